import { Link } from "@tanstack/react-router";
import { Pencil, Plus, Tag as TagIcon, Trash2 } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account, Tag } from "~/api/types";
import { Button } from "~/components/Button";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { EmptyState } from "~/components/EmptyState";
import { Filters } from "~/components/Filters";
import { IconButton } from "~/components/IconButton";
import { PageHeading } from "~/components/PageHeading";
import { SearchField } from "~/components/SearchField";
import { Select } from "~/components/Select";
import { type Column, Table } from "~/components/Table";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useDeleteTag, useTags } from "~/hooks/useTags";
import { mayWrite } from "~/pages/catalogue/rights";
import type { TagSearch } from "~/pages/catalogue/searches";
import { ListFrame } from "~/pages/ListFrame";
import { TagDialog } from "./TagDialog";
import styles from "./TagsPage.module.css";

/** Stands in the address for tags of no scheme. */
const FREE = "-";

interface TagsPageProps {
  user: Account;
  search: TagSearch;
  onSearch: (search: TagSearch) => void;
}

/** The tags and their schemes: what they mean, how often they are used. */
export function TagsPage({ user, search, onSearch }: TagsPageProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<Tag | "new" | null>(null);
  const [deleting, setDeleting] = useState<Tag | null>(null);
  const { q, scheme } = search;
  const list = useTags({
    limit: 100,
    q,
    scheme: scheme === FREE ? "" : scheme,
  });
  const writes = mayWrite(user.role);
  const create = writes && (
    <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
      {t("catalogue.tags.create")}
    </Button>
  );
  const columns = useColumns(writes, setEditing, setDeleting);
  const isNarrowed = q !== undefined || scheme !== undefined;
  const empty = (
    <EmptyState
      icon={TagIcon}
      title={t(isNarrowed ? "catalogue.tags.none" : "catalogue.tags.empty")}
      action={isNarrowed ? undefined : create || undefined}
    />
  );
  return (
    <>
      <PageHeading
        title={t("catalogue.tags.title")}
        text={t("catalogue.tags.text")}
        actions={create || undefined}
      />
      <TagFilters search={search} onSearch={onSearch} />
      <ListFrame list={list} empty={empty}>
        {(tags) => (
          <Table
            caption={t("catalogue.tags.title")}
            columns={columns}
            rows={tags}
            rowKey={(tag) => tag.id}
          />
        )}
      </ListFrame>
      {editing !== null && (
        <TagDialog tag={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
      {deleting && <DeleteDialog tag={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

/** The schemes there are: those of the tags that have one. */
function useSchemes(): string[] {
  const all = useTags({ limit: 500 });
  return [...new Set(all.items.map((it) => it.scheme))].filter((it) => it !== "").sort();
}

function TagFilters({ search, onSearch }: Omit<TagsPageProps, "user">) {
  const { t } = useTranslation();
  const schemes = useSchemes();
  const options = [
    { value: "", label: t("catalogue.tags.anyScheme") },
    { value: FREE, label: t("catalogue.tags.free") },
    ...schemes.map((value) => ({ value, label: value })),
  ];
  const setWords = useCallback(
    (q: string) => onSearch({ ...search, q: q || undefined }),
    [search, onSearch],
  );
  return (
    <Filters>
      <SearchField label={t("catalogue.tags.search")} value={search.q ?? ""} onChange={setWords} />
      <Select
        label={t("catalogue.tags.scheme")}
        hideLabel
        value={search.scheme ?? ""}
        options={options}
        onChange={(scheme) => onSearch({ ...search, scheme: scheme || undefined })}
      />
    </Filters>
  );
}

function useColumns(
  writes: boolean,
  onEdit: (tag: Tag) => void,
  onDelete: (tag: Tag) => void,
): Column<Tag>[] {
  const { t } = useTranslation();
  const uses = (kind: "gaps" | "solutions", tag: Tag) => (
    <Link
      to={kind === "gaps" ? "/catalogue/gaps" : "/catalogue/solutions"}
      search={{ tag: tag.label }}
      aria-label={t("catalogue.tags.uses", {
        kind: t(`catalogue.tags.${kind}`),
        name: tag.label,
      })}
    >
      {t(`catalogue.tags.${kind}`)}
    </Link>
  );
  return [
    { key: "name", heading: t("catalogue.tags.name"), cell: (tag) => tag.label },
    { key: "about", heading: t("catalogue.tags.about"), cell: (tag) => tag.about },
    {
      key: "used",
      heading: t("catalogue.tags.used"),
      align: "end",
      cell: (tag) => (
        <span className={styles.uses}>
          {tag.used}
          {tag.used > 0 && uses("gaps", tag)}
          {tag.used > 0 && uses("solutions", tag)}
        </span>
      ),
    },
    ...(writes
      ? [
          {
            key: "actions",
            heading: t("common.actions"),
            quiet: true,
            align: "end" as const,
            cell: (tag: Tag) => (
              <span className={styles.buttons}>
                <IconButton
                  icon={Pencil}
                  size="s"
                  label={t("catalogue.tags.edit", { name: tag.label })}
                  onClick={() => onEdit(tag)}
                />
                <IconButton
                  icon={Trash2}
                  size="s"
                  label={t("catalogue.tags.delete", { name: tag.label })}
                  onClick={() => onDelete(tag)}
                />
              </span>
            ),
          },
        ]
      : []),
  ];
}

function DeleteDialog({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const remove = useDeleteTag();
  const name = tag.label;
  const run = async () => {
    await remove.mutateAsync(tag.id);
    toast({ title: t("catalogue.tags.deleted", { name }) });
  };
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={t("catalogue.tags.deleteTitle", { name })}
      text={t("catalogue.tags.deleteText", { count: tag.used })}
      confirm={t("catalogue.tags.deleteButton")}
      onConfirm={run}
      explain={explain}
    />
  );
}
