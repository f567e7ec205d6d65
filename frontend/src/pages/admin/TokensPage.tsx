import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Token } from "~/api/types";
import { Badge } from "~/components/Badge";
import { Button } from "~/components/Button";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { EmptyState } from "~/components/EmptyState";
import { formatDate } from "~/components/format";
import { PageHeading } from "~/components/PageHeading";
import { type Column, Table } from "~/components/Table";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useRevokeToken, useTokens } from "~/hooks/useTokens";
import { ListFrame } from "~/pages/ListFrame";
import { CreateTokenDialog } from "./CreateTokenDialog";

/** One's API tokens. */
export function TokensPage() {
  const { t } = useTranslation();
  const [creating, setCreating] = useState(false);
  const list = useTokens();
  const create = (
    <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
      {t("admin.tokens.create")}
    </Button>
  );
  const columns: Column<Token>[] = [
    {
      key: "name",
      heading: t("admin.tokens.name"),
      cell: (token) => <span dir="auto">{token.name}</span>,
    },
    {
      key: "created",
      heading: t("admin.tokens.created"),
      cell: (token) => formatDate(token.created_at),
    },
    {
      key: "expires",
      heading: t("admin.tokens.expires"),
      cell: (token) => formatDate(token.expires_at),
    },
    {
      key: "state",
      heading: t("admin.tokens.state"),
      cell: (token) => <TokenState token={token} />,
    },
    {
      key: "actions",
      heading: t("common.actions"),
      quiet: true,
      align: "end",
      cell: (token) => stateOf(token) === "active" && <RevokeButton token={token} />,
    },
  ];
  const none = !list.loading && list.items.length === 0;
  return (
    <>
      <PageHeading
        title={t("admin.tokens.title")}
        text={t("admin.tokens.text")}
        actions={none ? undefined : create}
      />
      <ListFrame
        list={list}
        empty={
          <EmptyState
            icon={KeyRound}
            title={t("admin.tokens.empty")}
            text={t("admin.tokens.emptyText")}
            action={create}
          />
        }
      >
        {(tokens) => (
          <Table
            caption={t("admin.tokens.title")}
            columns={columns}
            rows={tokens}
            rowKey={(token) => token.id}
          />
        )}
      </ListFrame>
      {creating && <CreateTokenDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function stateOf(token: Token): "active" | "expired" | "revoked" {
  if (token.revoked_at !== null) return "revoked";
  return new Date(token.expires_at).getTime() > Date.now() ? "active" : "expired";
}

function TokenState({ token }: { token: Token }) {
  const { t } = useTranslation();
  const state = stateOf(token);
  return <Badge tone={state === "active" ? "ok" : "neutral"}>{t(`admin.tokens.${state}`)}</Badge>;
}

function RevokeButton({ token }: { token: Token }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const revoke = useRevokeToken();
  const [asking, setAsking] = useState(false);
  const { id, name } = token;
  const end = async () => {
    await revoke.mutateAsync(id);
    toast({ title: t("admin.tokens.revokedDone", { name }) });
  };
  return (
    <>
      <Button
        size="s"
        onClick={() => setAsking(true)}
        aria-label={t("admin.tokens.revokeToken", { name })}
      >
        {t("admin.tokens.revoke")}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("admin.tokens.revokeConfirm", { name })}
        text={t("admin.tokens.revokeText")}
        confirm={t("admin.tokens.revoke")}
        danger
        onConfirm={end}
        explain={explain}
      />
    </>
  );
}
