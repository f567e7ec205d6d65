import { CircleDashed, CirclePlus, Link2, PackageCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { DOT } from "~/components/format";
import { Spinner } from "~/components/Spinner";
import { stateText } from "./chips";
import styles from "./LinkPalette.module.css";
import { type LinkOption, marked, NO_FILTER } from "./options";
import { useChipWords } from "./useChips";
import type { Palette } from "./usePalette";

interface PaletteListProps {
  id: string;
  palette: Palette;
  offline: boolean;
}

/** The lines of the palette; the field above has the keys. */
export function PaletteList({ id, palette, offline }: PaletteListProps) {
  const { t } = useTranslation();
  const { options, newTitle, suggested } = palette;
  return (
    <div className={styles.results}>
      {options.length === 0 && !suggested.error && <Empty palette={palette} offline={offline} />}
      <div
        id={id}
        role="listbox"
        aria-label={t("link.palette.list")}
        aria-multiselectable="true"
        aria-busy={suggested.loading}
      >
        {options.map((option, line) => (
          <OptionLine key={option.card.target} {...{ id, palette, option, line }} />
        ))}
        {newTitle !== null && (
          <NewGapLine id={id} palette={palette} title={newTitle} offline={offline} />
        )}
      </div>
    </div>
  );
}

function Empty({ palette, offline }: { palette: Palette; offline: boolean }) {
  const { t } = useTranslation();
  const { suggested, filter, newTitle, typed, reason } = palette;
  if (suggested.loading) {
    return (
      <p className={styles.none}>
        <Spinner /> {t("common.loading")}
      </p>
    );
  }
  if (offline && typed === "") return null;
  const words =
    newTitle === null && typed === ""
      ? t("link.palette.noWords")
      : filter !== NO_FILTER && JSON.stringify(filter) !== JSON.stringify(NO_FILTER)
        ? t("link.palette.noneFiltered")
        : reason !== null || offline
          ? t("link.palette.noneReadOnly")
          : t("link.palette.none");
  return <p className={styles.none}>{words}</p>;
}

interface LineProps {
  id: string;
  palette: Palette;
  line: number;
  className?: string | undefined;
  selected: boolean;
  disabled?: boolean;
  children: React.ReactNode;
}

/** One line: pointed at or chosen by keys, pressed or entered. */
function Line({ id, palette, line, selected, disabled = false, children }: LineProps) {
  const isActive = line === palette.at;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
    <div
      id={`${id}-${line}`}
      ref={isActive ? intoView : undefined}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-disabled={disabled || undefined}
      data-active={isActive || undefined}
      className={styles.line}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => !isActive && palette.choose(line)}
      onClick={() => palette.act(line)}
    >
      {children}
    </div>
  );
}

function OptionLine(props: { id: string; palette: Palette; option: LinkOption; line: number }) {
  const { palette, option } = props;
  const { card, summary, matched } = option;
  const { t, i18n } = useTranslation();
  const words = useChipWords();
  const Icon = card.kind === "gap" ? CircleDashed : PackageCheck;
  const isLinked = palette.isLinked(card);
  const market = card.kind === "solution" ? card.market_status : null;
  const marketKey = `link.market.${market}`;
  const facts = [
    stateText(card, words),
    market && market !== "unknown" && i18n.exists(marketKey)
      ? t(marketKey as "link.market.on_market")
      : "",
  ];
  return (
    <Line {...props} selected={isLinked} disabled={palette.reason !== null}>
      <Icon aria-hidden="true" className={styles.mark} />
      <span className={styles.words}>
        <span className={styles.name} dir="auto">
          <span className={styles.handle}>{card.handle}</span>{" "}
          <Marked text={card.title} matched={matched} />
        </span>
        <span className={styles.facts}>{facts.filter(Boolean).join(DOT)}</span>
        {summary !== "" && (
          <span className={styles.summary} dir="auto">
            <Marked text={summary} matched={matched} />
          </span>
        )}
      </span>
      {isLinked && (
        <span className={styles.linked}>
          <Link2 aria-hidden="true" />
          {t("link.palette.linked")}
        </span>
      )}
    </Line>
  );
}

interface NewGapLineProps {
  id: string;
  palette: Palette;
  title: string;
  offline: boolean;
}

function NewGapLine({ id, palette, title, offline }: NewGapLineProps) {
  const { t } = useTranslation();
  const isOff = offline || palette.reason !== null;
  return (
    <Line {...{ id, palette }} line={palette.options.length} selected={false} disabled={isOff}>
      {palette.makingGap ? <Spinner /> : <CirclePlus aria-hidden="true" className={styles.mark} />}
      <span className={styles.words}>
        <span className={styles.name} dir="auto">
          {t("link.palette.newGap", {
            title: title.length > 80 ? `${title.slice(0, 79)}…` : title,
          })}
        </span>
        <span className={styles.facts}>
          {t(offline ? "link.palette.newGapAway" : "link.palette.newGapHint")}
        </span>
      </span>
    </Line>
  );
}

function Marked({ text, matched }: { text: string; matched: readonly string[] }) {
  return marked(text, matched).map((piece, n) =>
    piece.isMatch ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other names
      <mark key={n} className={styles.match}>
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
}

function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}
