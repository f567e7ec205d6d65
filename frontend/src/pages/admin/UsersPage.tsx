import { Plus, UserSearch } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account, User } from "~/api/types";
import { Badge } from "~/components/Badge";
import { Button } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { Filters } from "~/components/Filters";
import { formatDate, formatRelative } from "~/components/format";
import { PageHeading } from "~/components/PageHeading";
import { SearchField } from "~/components/SearchField";
import { Select } from "~/components/Select";
import { type Column, Table } from "~/components/Table";
import { useUsers } from "~/hooks/useUsers";
import { ListFrame } from "~/pages/ListFrame";
import styles from "./Admin.module.css";
import { CreateUserDialog } from "./CreateUserDialog";
import { ROLES } from "./roles";
import { UserMenu } from "./UserMenu";
import { type UserSearch as Search, SHUT } from "./userSearch";

interface UsersPageProps {
  me: Account;
  /** The filter, as the address holds it. */
  search: Search;
  onSearch: (search: Search) => void;
}

/** The accounts. For administrators. */
export function UsersPage({ me, search, onSearch }: UsersPageProps) {
  const { t } = useTranslation();
  const [creating, setCreating] = useState(false);
  const { shut, ...query } = search;
  const list = useUsers({ ...query, disabled: shut && shut === "yes" });
  const columns: Column<User>[] = [
    {
      key: "name",
      heading: t("admin.users.name"),
      cell: (user) => <UserName user={user} me={me} />,
    },
    { key: "role", heading: t("admin.users.role"), cell: (user) => t(`common.role.${user.role}`) },
    { key: "state", heading: t("admin.users.state"), cell: (user) => <UserState user={user} /> },
    {
      key: "lastSignIn",
      heading: t("admin.users.lastSignIn"),
      cell: (user) =>
        user.signed_in_at === null ? t("admin.users.never") : formatRelative(user.signed_in_at),
    },
    { key: "since", heading: t("admin.users.since"), cell: (user) => formatDate(user.created_at) },
    {
      key: "actions",
      heading: t("common.actions"),
      quiet: true,
      align: "end",
      cell: (user) => user.id !== me.id && <UserMenu user={user} />,
    },
  ];
  return (
    <>
      <PageHeading
        title={t("admin.users.title")}
        text={t("admin.users.text")}
        actions={
          <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
            {t("admin.users.create")}
          </Button>
        }
      />
      <UserFilters search={search} onSearch={onSearch} />
      <ListFrame
        list={list}
        empty={<EmptyState icon={UserSearch} title={t("admin.users.empty")} />}
      >
        {(users) => (
          <Table
            caption={t("admin.users.title")}
            columns={columns}
            rows={users}
            rowKey={(user) => user.id}
          />
        )}
      </ListFrame>
      {creating && <CreateUserDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function UserFilters({ search, onSearch }: Omit<UsersPageProps, "me">) {
  const { t } = useTranslation();
  const setWords = useCallback(
    (q: string) => onSearch({ ...search, q: q || undefined }),
    [search, onSearch],
  );
  const any = { value: "any" as const, label: t("admin.users.anyRole") };
  const roles = [any, ...ROLES.map((value) => ({ value, label: t(`common.role.${value}`) }))];
  const states = (["any", ...SHUT] as const).map((value) => ({
    value,
    label: t(`admin.users.shut.${value}`),
  }));
  return (
    <Filters>
      <SearchField label={t("admin.users.search")} value={search.q ?? ""} onChange={setWords} />
      <Select
        label={t("admin.users.role")}
        hideLabel
        value={search.role ?? "any"}
        options={roles}
        onChange={(role) => onSearch({ ...search, role: role === "any" ? undefined : role })}
      />
      <Select
        label={t("admin.users.state")}
        hideLabel
        value={search.shut ?? "any"}
        options={states}
        onChange={(shut) => onSearch({ ...search, shut: shut === "any" ? undefined : shut })}
      />
    </Filters>
  );
}

function UserName({ user, me }: { user: User; me: Account }) {
  const { t } = useTranslation();
  return (
    <>
      <span dir="auto">{user.name}</span>{" "}
      {user.id === me.id && <Badge tone="accent">{t("admin.users.you")}</Badge>}
      <span className={styles.under}>{user.email}</span>
    </>
  );
}

function UserState({ user }: { user: User }) {
  const { t } = useTranslation();
  return user.disabled_at === null ? (
    <Badge tone="ok">{t("admin.users.active")}</Badge>
  ) : (
    <Badge tone="warn">{t("admin.users.disabled")}</Badge>
  );
}
