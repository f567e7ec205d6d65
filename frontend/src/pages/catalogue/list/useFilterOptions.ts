import { useTranslation } from "react-i18next";
import type { Option } from "~/components/Select";
import { useGroups } from "~/hooks/useGroups";
import { useShape } from "~/hooks/useRecords";
import { type FilterKey, LIST_KEYS, type ListKind } from "~/pages/catalogue/search";
import { useWords } from "~/pages/catalogue/useWords";

/** One way to narrow a list: its words and what it can be set to. */
export interface Filter {
  key: FilterKey;
  label: string;
  options: Option<string>[];
}

/** The levels of the traffic light protocol, from the widest circle to the narrowest. */
export const TLPS = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] as const;
/** The lights, the best first. */
export const LIGHTS = ["green", "amber", "red", "grey"] as const;

/** What the list of a kind can be narrowed by; the scales are the server's. */
export function useFilterOptions(kind: ListKind): Filter[] {
  const { t } = useTranslation();
  const words = useWords();
  const shape = useShape(kind);
  const groups = useGroups(kind === "gap");
  const yesNo = (yes: string, no: string) => [
    { value: "true", label: yes },
    { value: "false", label: no },
  ];
  const scale = (name: string) =>
    shape?.fields
      .find((it) => it.name === name)
      ?.choices.map((value) => ({
        value,
        label: words.word(kind, name, value),
      })) ?? [];
  const options: Record<FilterKey, () => Option<string>[]> = {
    coverage: () => LIGHTS.map((value) => ({ value, label: t(`catalogue.light.${value}`) })),
    state: () =>
      shape?.states.map(({ name }) => ({ value: name, label: words.state(kind, name) })) ?? [],
    group: () => groups.items.map(({ id, name }) => ({ value: id, label: name })),
    tlp: () => TLPS.map((value) => ({ value, label: `TLP:${value}` })),
    trl_min: () =>
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((it) => ({ value: `${it}`, label: `TRL ${it}` })),
    stale: () => yesNo(t("catalogue.filter.staleYes"), t("catalogue.filter.staleNo")),
    conflict: () => yesNo(t("catalogue.filter.conflictYes"), t("catalogue.filter.conflictNo")),
    fits: () => [{ value: "none", label: t("catalogue.filter.fitsNone") }],
    evidence: () => [{ value: "none", label: t("catalogue.filter.evidenceNone") }],
    thor: () => scale("thor"),
    kind: () => scale("kind"),
    market: () => scale("market_status"),
    lifecycle: () => scale("lifecycle"),
    degree: () => scale("degree"),
    tag: () => [],
  };
  return LIST_KEYS[kind]
    .filter((key) => key !== "tag")
    .map((key) => ({ key, label: t(`catalogue.filter.${key}`), options: options[key]() }));
}
