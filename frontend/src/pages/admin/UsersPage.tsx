import { Ellipsis, UserRoundCheck, UserRoundX, UserSearch } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account, Role, User } from "~/api/types";
import { Badge } from "~/components/Badge";
import { Button } from "~/components/Button";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { EmptyState } from "~/components/EmptyState";
import { formatDate } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "~/components/Menu";
import { PageHeading } from "~/components/PageHeading";
import { SearchField } from "~/components/SearchField";
import { type Column, Table } from "~/components/Table";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useChangeUser, useUsers } from "~/hooks/useUsers";
import { ListFrame } from "~/pages/ListFrame";
import styles from "./Admin.module.css";
import { CreateUserDialog } from "./CreateUserDialog";
import { ROLES } from "./roles";

interface UsersPageProps {
  me: Account;
  q: string;
  onSearch: (q: string) => void;
}

/** The accounts. For administrators. */
export function UsersPage({ me, q, onSearch }: UsersPageProps) {
  const { t } = useTranslation();
  const [creating, setCreating] = useState(false);
  const list = useUsers(q);
  const columns: Column<User>[] = [
    {
      key: "name",
      heading: t("admin.users.name"),
      cell: (user) => <UserName user={user} me={me} />,
    },
    { key: "role", heading: t("admin.users.role"), cell: (user) => t(`common.role.${user.role}`) },
    { key: "state", heading: t("admin.users.state"), cell: (user) => <UserState user={user} /> },
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
          <Button variant="primary" onClick={() => setCreating(true)}>
            {t("admin.users.create")}
          </Button>
        }
      />
      <div className={styles.filters}>
        <SearchField label={t("admin.users.search")} value={q} onChange={onSearch} />
      </div>
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

function UserMenu({ user }: { user: User }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const change = useChangeUser();
  const [asking, setAsking] = useState(false);
  const { id, name, version } = user;
  const say = { onError: (error: unknown) => toast({ title: explain(error), tone: "danger" }) };
  const setRole = (role: Role) =>
    change.mutate(
      { id, version, role },
      {
        ...say,
        onSuccess: () =>
          toast({ title: t("admin.users.roleDone", { name, role: t(`common.role.${role}`) }) }),
      },
    );
  const enable = () =>
    change.mutate(
      { id, version, disabled: false },
      { ...say, onSuccess: () => toast({ title: t("admin.users.enabledDone", { name }) }) },
    );
  const disable = async () => {
    await change.mutateAsync({ id, version, disabled: true });
    toast({ title: t("admin.users.disabledDone", { name }) });
  };
  return (
    <>
      <Menu
        trigger={
          <IconButton
            icon={Ellipsis}
            label={t("common.actionsFor", { name })}
            size="s"
            busy={change.isPending}
          />
        }
      >
        <MenuChoice
          label={t("admin.users.role")}
          value={user.role}
          options={ROLES.map((value) => ({ value, label: t(`common.role.${value}`) }))}
          onChange={setRole}
        />
        <MenuSeparator />
        {user.disabled_at === null ? (
          <MenuItem icon={UserRoundX} danger onSelect={() => setAsking(true)}>
            {t("admin.users.disable")}
          </MenuItem>
        ) : (
          <MenuItem icon={UserRoundCheck} onSelect={enable}>
            {t("admin.users.enable")}
          </MenuItem>
        )}
      </Menu>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("admin.users.disableConfirm", { name })}
        text={t("admin.users.disableText")}
        confirm={t("admin.users.disable")}
        danger
        onConfirm={disable}
        explain={explain}
      />
    </>
  );
}
