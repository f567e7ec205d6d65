import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { TextField } from "~/components/Field";
import { Filters } from "~/components/Filters";
import { SearchField } from "~/components/SearchField";
import { Select } from "~/components/Select";
import { ACTORS, type AuditSearch, SUBJECTS } from "./auditSearch";

interface AuditFiltersProps {
  /** The filter, as the address holds it. */
  search: AuditSearch;
  onSearch: (search: AuditSearch) => void;
}

const ANY = "any";

/** Narrows the log: words, who, what, on what, and the days. */
export function AuditFilters({ search, onSearch }: AuditFiltersProps) {
  const { t } = useTranslation();
  const set = (change: Partial<AuditSearch>) => onSearch({ ...search, ...change });
  const setWords = useCallback(
    (q: string) => onSearch({ ...search, q: q || undefined }),
    [search, onSearch],
  );
  const kinds = ACTORS.map((value) => ({ value, label: t(`admin.audit.actors.${value}`) }));
  const subjects = SUBJECTS.map((value) => ({ value, label: t(`admin.audit.subjects.${value}`) }));
  const isNarrowed = Object.values(search).some((it) => it !== undefined);
  return (
    <Filters>
      <SearchField label={t("admin.audit.search")} value={search.q ?? ""} onChange={setWords} />
      <KindSelect
        label={t("admin.audit.actor")}
        any={t("admin.audit.anyActor")}
        value={search.actor}
        kinds={kinds}
        onChange={(actor) => set({ actor })}
      />
      <KindSelect
        label={t("admin.audit.action")}
        any={t("admin.audit.anyAction")}
        value={search.action}
        kinds={subjects}
        onChange={(action) => set({ action })}
      />
      <KindSelect
        label={t("admin.audit.target")}
        any={t("admin.audit.anyTarget")}
        value={search.target}
        kinds={subjects}
        onChange={(target) => set({ target })}
      />
      <TextField
        type="date"
        label={t("admin.audit.from")}
        value={search.from ?? ""}
        {...(search.until && { max: search.until })}
        onChange={(event) => set({ from: event.target.value || undefined })}
      />
      <TextField
        type="date"
        label={t("admin.audit.until")}
        value={search.until ?? ""}
        {...(search.from && { min: search.from })}
        onChange={(event) => set({ until: event.target.value || undefined })}
      />
      {isNarrowed && (
        <Button variant="quiet" onClick={() => onSearch({})}>
          {t("admin.audit.all")}
        </Button>
      )}
    </Filters>
  );
}

interface KindSelectProps {
  label: string;
  /** The words for all of them. */
  any: string;
  /** A kind, or one of it that was pressed in the log. */
  value: string | undefined;
  kinds: readonly { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
}

function KindSelect({ label, any, value, kinds, onChange }: KindSelectProps) {
  const isOne = value !== undefined && !kinds.some((it) => it.value === value);
  const options = [
    { value: ANY, label: any },
    ...(isOne ? [{ value, label: shortened(value) }] : []),
    ...kinds,
  ];
  return (
    <Select
      label={label}
      value={value ?? ANY}
      options={options}
      onChange={(next) => onChange(next === ANY ? undefined : next)}
    />
  );
}

/** A reference by its kind and the end of its id, where ids differ. */
export function shortened(text: string): string {
  const [kind, id] = text.split(":", 2);
  return id === undefined || id.length < 16 ? text : `${kind} …${id.slice(-6)}`;
}
