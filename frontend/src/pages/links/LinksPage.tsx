import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account, BoardRow, LinkState } from "~/api/types";
import { PageHeading } from "~/components/PageHeading";
import { Loading } from "~/components/Spinner";
import { toast } from "~/components/Toast";
import { useBoard, useDecide } from "~/hooks/useBoard";
import { useExplain } from "~/hooks/useExplain";
import { useSession } from "~/hooks/useSessions";
import { ListFrame } from "~/pages/ListFrame";
import { PageProblem } from "~/pages/PageProblem";
import { Board } from "./Board";
import { BoardFilter, EmptyBoard } from "./BoardFilter";
import { BoardPalette } from "./BoardPalette";
import type { BoardFilter as Filter } from "./filter";
import styles from "./LinksPage.module.css";

interface LinksPageProps {
  id: string;
  user: Account;
  /** Which ideas are shown, as the address holds it. */
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

/** The Links board of a session: its ideas by votes, linked and decided on one after the other. */
export function LinksPage({ id, user, filter, onFilter }: LinksPageProps) {
  const { t } = useTranslation();
  const session = useSession(id);
  const navigate = useNavigate();
  const list = useBoard(id, filter === "all" ? undefined : filter);
  const [linking, setLinking] = useState<BoardRow | null>(null);
  const decide = useDecision(id);
  if (session.isPending) return <Loading />;
  if (!session.data) {
    return <PageProblem error={session.error} retry={() => void session.refetch()} />;
  }
  const { title } = session.data;
  const maps = new Set(list.items.map((row) => row.map));
  return (
    <>
      <PageHeading
        above={
          <Link to="/sessions/$id" params={{ id }}>
            <ArrowLeft aria-hidden="true" />
            {title}
          </Link>
        }
        title={t("link.board.title")}
        tab={t("link.board.page", { session: title })}
        text={<p>{t("link.board.intro")}</p>}
      />
      <div className={styles.filter}>
        <BoardFilter filter={filter} onFilter={onFilter} />
      </div>
      <ListFrame list={list} empty={<EmptyBoard filter={filter} />}>
        {(rows) => (
          <Board
            rows={rows}
            namesMaps={maps.size > 1}
            onLink={setLinking}
            onShow={({ map, node }) =>
              void navigate({ to: "/maps/$id", params: { id: map }, search: { node } })
            }
            decide={user.role === "admin" || user.role === "analyst" ? decide : null}
          />
        )}
      </ListFrame>
      {linking && (
        <BoardPalette
          key={linking.node}
          map={linking.map}
          node={linking.node}
          onClose={() => {
            setLinking(null);
            list.retry();
          }}
        />
      )}
    </>
  );
}

function useDecision(session: string) {
  const { t } = useTranslation();
  const explain = useExplain();
  const decide = useDecide(session);
  return ({ map, node, links }: BoardRow, target: string, state: LinkState) => {
    const handle = links.find((it) => it.target === target)?.card?.handle ?? "";
    decide.mutate(
      { map, node, target, state },
      {
        onSuccess: () =>
          toast({ title: t("link.board.decided", { handle, state: t(`link.state.${state}`) }) }),
        onError: (error) => toast({ title: explain(error), tone: "danger" }),
      },
    );
  };
}
