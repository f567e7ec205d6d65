import { Link } from "@tanstack/react-router";
import { Waypoints } from "lucide-react";
import { useTranslation } from "react-i18next";
import { readLinkState } from "~/api/links";
import type { Mention } from "~/api/types";
import { Badge } from "~/components/Badge";
import { EmptyState } from "~/components/EmptyState";
import { useMentions } from "~/hooks/useSearch";
import { ListFrame } from "~/pages/ListFrame";
import { Section } from "~/pages/sessions/Section";
import styles from "./Sheet.module.css";

const TONES = { proposed: "accent", confirmed: "ok", rejected: "danger" } as const;

/** Every session, map, branch and node that names a record, with the votes it got. */
export function MentionsSection({ kind, id }: { kind: "gap" | "solution"; id: string }) {
  const { t } = useTranslation();
  const list = useMentions(kind, id);
  const empty = (
    <EmptyState
      plain
      icon={Waypoints}
      title={t("catalogue.mentions.none")}
      text={t("catalogue.mentions.noneText")}
    />
  );
  return (
    <Section title={t("catalogue.mentions.title")} beside={list.items.length || ""}>
      <ListFrame list={list} empty={empty}>
        {(mentions) => (
          <ul className={styles.cards}>
            {mentions.map((it) => (
              <MentionItem key={`${it.map}/${it.node}`} mention={it} />
            ))}
          </ul>
        )}
      </ListFrame>
    </Section>
  );
}

function MentionItem({ mention }: { mention: Mention }) {
  const { t } = useTranslation();
  const { map, node, text, path, votes } = mention;
  const state = readLinkState(mention.link.state);
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <Link
          to="/maps/$id"
          params={{ id: map }}
          search={{ node }}
          className={styles.cardTitle}
          dir="auto"
        >
          {text}
        </Link>
        {votes > 0 && <span>{t("catalogue.mentions.votes", { count: votes })}</span>}
        <Badge tone={TONES[state]}>{t(`catalogue.mentions.state.${state}`)}</Badge>
      </div>
      <p className={styles.small} dir="auto">
        {[mention.session_title, mention.map_title, ...path].join(" › ")}
      </p>
    </li>
  );
}
