import { CalendarSearch, Plus, UsersRound } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account, SessionState } from "~/api/types";
import { Button } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { Filters } from "~/components/Filters";
import { PageHeading } from "~/components/PageHeading";
import { SearchField } from "~/components/SearchField";
import { Select } from "~/components/Select";
import { useSessions } from "~/hooks/useSessions";
import { ListFrame } from "~/pages/ListFrame";
import { CreateSessionDialog } from "./CreateSessionDialog";
import { soon } from "./retention";
import { mayRunSessions } from "./rights";
import { SessionList } from "./SessionList";
import { SESSION_SORTS, SESSION_STATES, type SessionSearch, type SessionSort } from "./search";

interface SessionsPageProps {
  user: Account;
  /** The filter, as the address holds it. */
  search: SessionSearch;
  onSearch: (search: SessionSearch) => void;
}

/** The sessions: found by words and state, in an address that can be shared. */
export function SessionsPage({ user, search, onSearch }: SessionsPageProps) {
  const { t } = useTranslation();
  const [creating, setCreating] = useState(false);
  const { keeping, ...query } = search;
  const due_by = keeping === "soon" ? soon(Date.now()) : undefined;
  const list = useSessions({ ...query, due_by, limit: 20 });
  const filtered = [search.q, search.state, keeping].some((it) => it !== undefined);
  const create = mayRunSessions(user.role) && (
    <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
      {t("sessions.create")}
    </Button>
  );
  const empty = filtered ? (
    <EmptyState
      icon={CalendarSearch}
      title={t("sessions.nothingFound.title")}
      text={t("sessions.nothingFound.text")}
      action={<Button onClick={() => onSearch({})}>{t("common.clearFilters")}</Button>}
    />
  ) : (
    <EmptyState
      icon={UsersRound}
      title={t("sessions.empty.title")}
      text={t("sessions.empty.text")}
      action={create || undefined}
    />
  );
  return (
    <>
      <PageHeading title={t("sessions.title")} actions={create || undefined} />
      <SessionFilters search={search} onSearch={onSearch} />
      <p className="visually-hidden" role="status">
        {!list.loading && t("sessions.shown", { count: list.items.length })}
      </p>
      <ListFrame list={list} empty={empty}>
        {(items) => <SessionList sessions={items} />}
      </ListFrame>
      {creating && <CreateSessionDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function SessionFilters({ search, onSearch }: Omit<SessionsPageProps, "user">) {
  const { t } = useTranslation();
  const states = [
    { value: "any" as const, label: t("sessions.anyState") },
    ...SESSION_STATES.map((value) => ({ value, label: t(`sessions.state.${value}`) })),
  ];
  const sorts = SESSION_SORTS.map((value) => ({ value, label: t(`sessions.sort.${value}`) }));
  const setState = (state: SessionState | "any") =>
    onSearch({ ...search, state: state === "any" ? undefined : state });
  const setSort = (sort: SessionSort) =>
    onSearch({ ...search, sort: sort === "newest" ? undefined : sort });
  const keepings = (["any", "soon"] as const).map((value) => ({
    value,
    label: t(`sessions.retention.${value}`),
  }));
  const setKeeping = (keeping: "any" | "soon") =>
    onSearch({ ...search, keeping: keeping === "any" ? undefined : keeping });
  const setWords = useCallback(
    (q: string) => onSearch({ ...search, q: q || undefined }),
    [search, onSearch],
  );
  return (
    <Filters>
      <SearchField label={t("sessions.searchLabel")} value={search.q ?? ""} onChange={setWords} />
      <Select
        label={t("sessions.stateFilter")}
        hideLabel
        value={search.state ?? "any"}
        options={states}
        onChange={setState}
      />
      <Select
        label={t("sessions.sortLabel")}
        hideLabel
        value={search.sort ?? "newest"}
        options={sorts}
        onChange={setSort}
      />
      <Select
        label={t("sessions.retention.label")}
        hideLabel
        value={search.keeping ?? "any"}
        options={keepings}
        onChange={setKeeping}
      />
    </Filters>
  );
}
