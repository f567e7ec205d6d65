import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { AuditPage } from "~/pages/admin/AuditPage";
import { type AuditSearch, readAuditSearch } from "~/pages/admin/auditSearch";
import { GroupsPage } from "~/pages/admin/GroupsPage";
import { TokensPage } from "~/pages/admin/TokensPage";
import { UsersPage } from "~/pages/admin/UsersPage";
import type { UserSearch } from "~/pages/admin/userSearch";
import { RequireUser } from "~/pages/RequireUser";

const users = getRouteApi("/frame/admin/users");
const groups = getRouteApi("/frame/admin/groups");
const audit = getRouteApi("/frame/admin/audit");

/** Accounts, for administrators. */
export function UsersScreen() {
  const search = users.useSearch();
  const navigate = users.useNavigate();
  const onSearch = useCallback(
    (next: UserSearch) => void navigate({ search: next, replace: true }),
    [navigate],
  );
  return (
    <RequireUser only="admin">
      {(me) => <UsersPage me={me} search={search} onSearch={onSearch} />}
    </RequireUser>
  );
}

/** Practitioners' Groups, for administrators. */
export function GroupsScreen() {
  const { q = "" } = groups.useSearch();
  const navigate = groups.useNavigate();
  const onSearch = useCallback(
    (words: string) => void navigate({ search: words === "" ? {} : { q: words }, replace: true }),
    [navigate],
  );
  return <RequireUser only="admin">{() => <GroupsPage q={q} onSearch={onSearch} />}</RequireUser>;
}

/** One's own tokens. */
export function TokensScreen() {
  return <RequireUser>{() => <TokensPage />}</RequireUser>;
}

/** The audit log, for administrators. */
export function AuditScreen() {
  const raw = audit.useSearch();
  // The router leaves in what the route's own reading has left out.
  const search = useMemo(() => readAuditSearch({ ...raw }), [raw]);
  const navigate = audit.useNavigate();
  const onSearch = useCallback(
    // Typing in the search box must not fill the history with every pause.
    (next: AuditSearch) => void navigate({ search: next, replace: next.q !== search.q }),
    [navigate, search.q],
  );
  return (
    <RequireUser only="admin">
      {() => <AuditPage search={search} onSearch={onSearch} />}
    </RequireUser>
  );
}
