import { UserRound, UserX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Participant, Session } from "~/api/types";
import { Avatar } from "~/components/Avatar";
import { Badge } from "~/components/Badge";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { EmptyState } from "~/components/EmptyState";
import { formatRelative } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useParticipants, useRemoveParticipant } from "~/hooks/useParticipants";
import { ListFrame } from "~/pages/ListFrame";
import { EraseButton } from "./EraseButton";
import { LOOK_EVERY_MS } from "./InviteSection";
import styles from "./PeopleSection.module.css";
import { Section } from "./Section";

/** Who takes part, by pseudonym. */
export function PeopleSection({ session, runs }: { session: Session; runs: boolean }) {
  const { t } = useTranslation();
  const list = useParticipants(session.id, session.state === "live" ? LOOK_EVERY_MS : undefined);
  const present = { ...list, items: list.items.filter((person) => person.removed_at === null) };
  const count = present.items.length;
  const empty = (
    <EmptyState
      plain
      icon={UserRound}
      title={t("sessions.people.empty")}
      text={t("sessions.people.emptyText")}
    />
  );
  return (
    <Section
      title={t("sessions.people.title")}
      beside={count > 0 ? t("sessions.people.count", { count }) : undefined}
    >
      <ListFrame list={present} empty={empty}>
        {(people) => (
          <ul className={styles.list}>
            {people.map((person) => (
              <PersonRow key={person.id} person={person} runs={runs} />
            ))}
          </ul>
        )}
      </ListFrame>
    </Section>
  );
}

function PersonRow({ person, runs }: { person: Participant; runs: boolean }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const remove = useRemoveParticipant(person.session);
  const [asking, setAsking] = useState(false);
  const name = person.pseudonym ?? t("sessions.people.nameless");
  const end = async () => {
    await remove.mutateAsync(person.id);
    toast({ title: t("sessions.people.removed", { name }) });
  };
  return (
    <li className={styles.row}>
      <Avatar id={person.id} name={name} />
      <div className={styles.words}>
        <p className={styles.name} dir="auto">
          {name}
        </p>
        <p className={styles.meta}>
          {t("sessions.people.joined", { when: formatRelative(person.joined_at) })}
        </p>
      </div>
      {person.role !== "editor" && <Badge>{t(`sessions.people.role.${person.role}`)}</Badge>}
      {runs && person.role !== "facilitator" && (
        <IconButton
          icon={UserX}
          label={t("sessions.people.removePerson", { name })}
          size="s"
          onClick={() => setAsking(true)}
        />
      )}
      {runs && <EraseButton person={person} name={name} />}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("sessions.people.removeConfirm", { name })}
        text={t("sessions.people.removeText")}
        confirm={t("sessions.people.remove")}
        danger
        onConfirm={end}
        explain={explain}
      />
    </li>
  );
}
