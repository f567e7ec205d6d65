import { Link2, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fit, RecordQueries, Records, Role } from "~/api/types";
import { Button } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { useRecordList } from "~/hooks/useRecords";
import { DEGREES } from "~/pages/catalogue/degree";
import { mayWrite } from "~/pages/catalogue/rights";
import { ListFrame } from "~/pages/ListFrame";
import { Section } from "~/pages/sessions/Section";
import { FitCard } from "./FitCard";
import { ProposeDialog } from "./FitDialog";
import styles from "./Sheet.module.css";

interface FitsSectionProps {
  kind: "gap" | "solution";
  record: Records["gap" | "solution"];
  role: Role;
}

const isClosed = (fit: Fit) => fit.state === "rejected" || fit.state === "superseded";
const STATES = ["accepted", "under_review", "proposed"];

/** The best first: what is accepted, then by degree. */
function byWorth(one: Fit, other: Fit): number {
  const state = STATES.indexOf(one.state) - STATES.indexOf(other.state);
  const rank = (fit: Fit) => DEGREES.indexOf(fit.degree);
  return state || rank(one) - rank(other);
}

/** The fits of a gap or a solution; what was rejected stands apart, with its reason. */
export function FitsSection({ kind, record, role }: FitsSectionProps) {
  const { t } = useTranslation();
  const [proposing, setProposing] = useState(false);
  const query: RecordQueries["fit"] = { [kind]: record.id, limit: 100 };
  const list = useRecordList("fit", query);
  const propose = mayWrite(role) && record.state !== "merged" && (
    <Button size="s" icon={Plus} onClick={() => setProposing(true)}>
      {t("catalogue.fits.propose")}
    </Button>
  );
  const card = (fit: Fit) => <FitCard key={fit.id} fit={fit} side={kind} role={role} />;
  const empty = (
    <EmptyState
      plain
      icon={Link2}
      title={t("catalogue.fits.none")}
      text={t(kind === "gap" ? "catalogue.fits.noneGap" : "catalogue.fits.noneSolution")}
    />
  );
  return (
    <Section title={t("catalogue.fits.title")} beside={list.items.length || ""} actions={propose}>
      <ListFrame list={list} empty={empty}>
        {(fits) => {
          const closed = fits.filter(isClosed);
          const live = fits.filter((fit) => !isClosed(fit)).sort(byWorth);
          return (
            <>
              <ul className={styles.cards}>{live.map(card)}</ul>
              {closed.length > 0 && (
                <details className={styles.closed}>
                  <summary>
                    {t("catalogue.fits.closed")} ({closed.length})
                  </summary>
                  <ul className={styles.cards}>{closed.map(card)}</ul>
                </details>
              )}
            </>
          );
        }}
      </ListFrame>
      {proposing && (
        <ProposeDialog kind={kind} record={record} onClose={() => setProposing(false)} />
      )}
    </Section>
  );
}
