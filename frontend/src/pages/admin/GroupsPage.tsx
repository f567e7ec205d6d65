import { Archive, ArchiveRestore, Pencil, Plus, UsersRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Group } from "~/api/types";
import { Badge } from "~/components/Badge";
import { Button } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { Filters } from "~/components/Filters";
import { IconButton } from "~/components/IconButton";
import { PageHeading } from "~/components/PageHeading";
import { SearchField } from "~/components/SearchField";
import { type Column, Table } from "~/components/Table";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useChangeGroup, useGroups } from "~/hooks/useGroups";
import { ListFrame } from "~/pages/ListFrame";
import styles from "./Admin.module.css";
import { GroupDialog } from "./GroupDialog";

/** The Practitioners' Groups: add, rename, retire. For administrators. */
export function GroupsPage({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<Group | "new" | null>(null);
  const list = useGroups(true, q);
  const columns: Column<Group>[] = [
    {
      key: "name",
      heading: t("admin.groups.name"),
      cell: (group) => (
        <>
          <span dir="auto">{group.name}</span>
          {group.scope !== "" && (
            <span className={styles.under} dir="auto">
              {group.scope}
            </span>
          )}
        </>
      ),
    },
    {
      key: "origin",
      heading: t("admin.groups.origin"),
      cell: (group) => <span dir="auto">{group.origin}</span>,
    },
    {
      key: "state",
      heading: t("admin.groups.state"),
      cell: (group) => (
        <Badge tone={group.state === "active" ? "ok" : "neutral"}>
          {t(`admin.groups.${group.state}`)}
        </Badge>
      ),
    },
    {
      key: "actions",
      heading: t("common.actions"),
      quiet: true,
      align: "end",
      cell: (group) => <GroupActions group={group} onEdit={() => setEditing(group)} />,
    },
  ];
  return (
    <>
      <PageHeading
        title={t("admin.groups.title")}
        text={t("admin.groups.text")}
        actions={
          <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
            {t("admin.groups.create")}
          </Button>
        }
      />
      <Filters>
        <SearchField label={t("admin.groups.search")} value={q} onChange={onSearch} />
      </Filters>
      <ListFrame
        list={list}
        empty={<EmptyState icon={UsersRound} title={t("admin.groups.empty")} />}
      >
        {(groups) => (
          <Table
            caption={t("admin.groups.title")}
            columns={columns}
            rows={groups}
            rowKey={(group) => group.id}
          />
        )}
      </ListFrame>
      {editing !== null && (
        <GroupDialog group={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

/** A group that is retired can be brought back; sessions keep it either way. */
function GroupActions({ group, onEdit }: { group: Group; onEdit: () => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const change = useChangeGroup();
  const { id, name, version } = group;
  const isActive = group.state === "active";
  const toggle = () =>
    change.mutate(
      { id, version, state: isActive ? "retired" : "active" },
      {
        onSuccess: () =>
          toast({
            title: t(isActive ? "admin.groups.retiredDone" : "admin.groups.backDone", { name }),
          }),
        onError: (error) => toast({ title: explain(error), tone: "danger" }),
      },
    );
  return (
    <span className={styles.nowrap}>
      <IconButton
        icon={Pencil}
        size="s"
        label={t("admin.groups.edit", { name })}
        onClick={onEdit}
      />
      <IconButton
        icon={isActive ? Archive : ArchiveRestore}
        size="s"
        label={t(isActive ? "admin.groups.retire" : "admin.groups.bringBack", { name })}
        busy={change.isPending}
        onClick={toggle}
      />
    </span>
  );
}
