import { SlidersHorizontal, X } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { SearchField } from "~/components/SearchField";
import { Select } from "~/components/Select";
import {
  type FilterKey,
  type ListKind,
  type ListSearch,
  narrowed,
  type Sort,
  setFilters,
  sortsOf,
} from "~/pages/catalogue/search";
import styles from "./List.module.css";
import { TagFilter } from "./TagFilter";
import { useFilterOptions } from "./useFilterOptions";

const ANY = "";

export interface FilterBarProps {
  kind: ListKind;
  search: ListSearch;
  onSearch: (search: ListSearch) => void;
  label: string;
}

/** Words, order and filters of a list; what is set stands below as chips that take it away. */
export function FilterBar({ kind, search, onSearch, label }: FilterBarProps) {
  const { t } = useTranslation();
  const filters = useFilterOptions(kind);
  const set = setFilters(kind, search);
  const [open, setOpen] = useState(false);
  const change = (it: ListSearch) => onSearch(narrowed(search, it));
  const setWords = useCallback(
    (q: string) => onSearch(narrowed(search, { q: q || undefined })),
    [search, onSearch],
  );
  const sorts = sortsOf(kind).map((value) => ({ value, label: t(`catalogue.sort.${value}`) }));
  const setSort = (sort: Sort) => change({ sort: sort === sorts[0]?.value ? undefined : sort });
  const words = (key: FilterKey) =>
    filters.find((it) => it.key === key)?.options.find((it) => it.value === search[key])?.label;
  return (
    <search className={styles.search}>
      <div className={styles.bar}>
        <SearchField label={label} value={search.q ?? ""} onChange={setWords} />
        <Select
          label={t("catalogue.list.sort")}
          hideLabel
          value={search.sort ?? sorts[0]?.value ?? "newest"}
          options={sorts}
          onChange={setSort}
          className={styles.sort}
        />
        <Button icon={SlidersHorizontal} aria-expanded={open} onClick={() => setOpen(!open)}>
          {set.length === 0
            ? t("catalogue.list.filters")
            : t("catalogue.list.filtersOn", { count: set.length })}
        </Button>
      </div>
      {open && (
        <div className={styles.filters}>
          {filters.map(({ key, label, options }) => (
            <Select
              key={key}
              label={label}
              value={search[key] ?? ANY}
              options={[{ value: ANY, label: t("catalogue.list.any") }, ...options]}
              onChange={(value) => change({ [key]: value || undefined })}
            />
          ))}
          {(kind === "gap" || kind === "solution") && (
            <TagFilter value={search.tag} onChange={(tag) => change({ tag })} />
          )}
        </div>
      )}
      {set.length > 0 && (
        <div className={styles.chips}>
          {set.map((key) => (
            <button
              key={key}
              type="button"
              className={styles.chip}
              onClick={() => change({ [key]: undefined })}
            >
              {t(`catalogue.filter.${key}`)}: {words(key) ?? search[key]}
              <span className="visually-hidden">, {t("catalogue.list.remove")}</span>
              <X aria-hidden="true" className={styles.x} />
            </button>
          ))}
          <Button size="s" variant="quiet" onClick={() => onSearch({})}>
            {t("common.clearFilters")}
          </Button>
        </div>
      )}
    </search>
  );
}
