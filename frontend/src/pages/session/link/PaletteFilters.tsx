import { useTranslation } from "react-i18next";
import { Segments } from "~/components/Segments";
import { Select } from "~/components/Select";
import styles from "./LinkPalette.module.css";
import { type LinkFilter, NO_FILTER } from "./options";

const KINDS = ["all", "gap", "solution"] as const;
const TRLS = ["0", "4", "6", "7", "8", "9"] as const;
const MARKETS = [
  "in_research",
  "pre_commercial",
  "available_restricted",
  "on_market",
  "available_public",
] as const;

interface PaletteFiltersProps {
  filter: LinkFilter;
  onFilter: (filter: LinkFilter) => void;
}

/** What the list is narrowed to. Choosing a TRL or a market leaves the gaps out, and says so. */
export function PaletteFilters({ filter, onFilter }: PaletteFiltersProps) {
  const { t } = useTranslation();
  const narrow = (part: Partial<LinkFilter>) => {
    const next = { ...filter, ...part };
    const isNarrow = next.trl > 0 || next.market !== NO_FILTER.market;
    onFilter(isNarrow ? { ...next, kind: "solution" } : next);
  };
  return (
    <div className={styles.filters}>
      <Segments
        label={t("link.filter.label")}
        value={filter.kind}
        options={KINDS.map((value) => ({ value, label: t(`link.filter.${value}`) }))}
        onChange={(kind) =>
          onFilter(kind === "solution" ? { ...filter, kind } : { ...NO_FILTER, kind })
        }
      />
      <Select
        label={t("link.filter.trl")}
        hideLabel
        value={String(filter.trl)}
        options={TRLS.map((value) => ({
          value: value as string,
          label: value === "0" ? t("link.filter.anyTrl") : t("link.filter.fromTrl", { trl: value }),
        }))}
        onChange={(trl) => narrow({ trl: Number(trl) })}
        className={styles.select}
      />
      <Select
        label={t("link.filter.market")}
        hideLabel
        value={filter.market}
        options={[
          { value: NO_FILTER.market, label: t("link.filter.anyMarket") },
          ...MARKETS.map((value) => ({ value: value as string, label: t(`link.market.${value}`) })),
        ]}
        onChange={(market) => narrow({ market })}
        className={styles.select}
      />
    </div>
  );
}
