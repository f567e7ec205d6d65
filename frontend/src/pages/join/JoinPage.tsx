import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import type { JoinOffer } from "~/api/types";
import { Button } from "~/components/Button";
import { DOT } from "~/components/format";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { Loading, Spinner } from "~/components/Spinner";
import { useExplain } from "~/hooks/useExplain";
import { useJoinOffer } from "~/hooks/useJoin";
import { JoinByCode } from "~/pages/start/JoinByCode";
import { JoinForm } from "./JoinForm";
import styles from "./JoinPage.module.css";

/** Where a join link leads: from here one is in the map within seconds. */
export function JoinPage({ code }: { code: string }) {
  const offer = useJoinOffer(code, false);
  if (offer.isPending) return <Loading />;
  if (!offer.data) return <JoinProblem error={offer.error} retry={() => void offer.refetch()} />;
  if (offer.data.me) return <JoinedPage code={code} />;
  return (
    <div className={styles.narrow}>
      <OfferHeading offer={offer.data} />
      <JoinForm code={code} offer={offer.data} />
    </div>
  );
}

function OfferHeading({ offer }: { offer: JoinOffer }) {
  const { t } = useTranslation();
  const groups = offer.session.groups.map((group) => group.name).join(DOT);
  return (
    <PageHeading
      above={<p className={styles.above}>{t("join.invited")}</p>}
      title={offer.session.title}
      text={groups === "" ? undefined : groups}
    />
  );
}

/** This device has joined: into the map if there is one, to the list if there are several, and waiting if none. */
function JoinedPage({ code }: { code: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: offer } = useJoinOffer(code, true);
  const maps = offer?.maps ?? [];
  const only = maps.length === 1 ? maps[0] : undefined;
  useEffect(() => {
    if (only) void navigate({ to: "/maps/$id", params: { id: only.id }, replace: true });
  }, [only, navigate]);
  if (!offer?.me || only) return <Loading />;
  return (
    <div className={styles.narrow}>
      <OfferHeading offer={offer} />
      <div className={styles.card}>
        <p>{t("join.you", { name: offer.me.pseudonym })}</p>
        {maps.length === 0 ? (
          <>
            <h2>{t("join.noMap")}</h2>
            <Spinner label={t("join.noMapText")} />
          </>
        ) : (
          <>
            <h2>{t("join.maps")}</h2>
            <ul className={styles.maps}>
              {maps.map((map) => (
                <li key={map.id}>
                  <Link to="/maps/$id" params={{ id: map.id }} className={styles.map} dir="auto">
                    {map.title}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function JoinProblem({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const code = error instanceof ApiError ? error.code : "internal";
  const unknown = code === "not_found" || code === "invalid";
  const ended = code === "gone" || code === "conflict" || code === "forbidden";
  const title = unknown
    ? t("join.problem.unknown")
    : ended
      ? t("join.problem.ended")
      : code === "network"
        ? t("join.problem.offline")
        : t("common.error.title");
  return (
    <div className={styles.narrow}>
      <PageHeading title={t("join.title")} />
      <div className={styles.problem}>
        <Notice
          tone="danger"
          title={title}
          action={
            unknown || ended ? undefined : <Button onClick={retry}>{t("common.retry")}</Button>
          }
        >
          {unknown && t("join.problem.unknownText")}
          {ended && `${explain(error)} ${t("join.problem.endedText")}`}
          {!unknown && !ended && explain(error)}
        </Notice>
        {(unknown || ended) && (
          <div className={styles.card}>
            <JoinByCode />
          </div>
        )}
      </div>
    </div>
  );
}
