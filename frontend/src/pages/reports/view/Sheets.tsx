import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Light, ReportDocument } from "~/api/types";
import { Badge } from "~/components/Badge";
import { DOT } from "~/components/format";
import { LightBadge } from "~/components/Light";
import { DegreeMark } from "~/pages/catalogue/DegreeMark";
import { Scores } from "~/pages/catalogue/sheet/Scores";
import { useWords } from "~/pages/catalogue/useWords";
import { InApp, RecordRef } from "./InApp";
import { Said } from "./Said";
import { Sheet } from "./Sheet";
import styles from "./View.module.css";

type Gap = ReportDocument["gaps"][number];
type Solution = ReportDocument["solutions"][number];
type Fit = ReportDocument["fits"][number];

/** A gap, what might fill it, and the sentences that named it. */
export function GapSheet({ gap }: { gap: Gap }) {
  const { t } = useTranslation();
  const meta = [
    t("catalogue.list.solutions", { count: gap.solutions }),
    gap.best_trl !== null && t("catalogue.list.bestTrl", { level: gap.best_trl }),
    gap.votes > 0 && t("catalogue.list.votes", { count: gap.votes }),
    ...gap.groups,
  ];
  return (
    <Sheet
      it={gap}
      meta={meta.filter(Boolean).join(DOT)}
      badges={
        <>
          <LightBadge light={gap.light as Light} />
          {gap.tlp !== "TLP:CLEAR" && <Badge>{gap.tlp}</Badge>}
        </>
      }
    >
      <Said facts={gap.texts} long />
      <Said facts={gap.facts} />
      <FitLines fits={gap.fits} to="solution" />
      <Mentions gap={gap} />
      <EvidenceLines evidence={gap.evidence} />
    </Sheet>
  );
}

function Mentions({ gap }: { gap: Gap }) {
  const { t } = useTranslation();
  if (gap.mentions.length === 0) return null;
  return (
    <div className={styles.block}>
      <h4>{t("reports.view.voices")}</h4>
      <ul className={styles.quotes}>
        {gap.mentions.map((it) => (
          <li key={it.href}>
            <Quote voice={it} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Where a node named it, which leads there: a report keeps nobody's words. */
export function Quote({ voice }: { voice: Gap["mentions"][number] }) {
  const { t } = useTranslation();
  const votes = voice.votes > 0 && t("catalogue.list.votes", { count: voice.votes });
  return (
    <>
      <InApp href={voice.href} className={styles.quote}>
        {t("reports.view.idea", { session: voice.session })}
      </InApp>
      {votes && <span className={styles.quiet}>{votes}</span>}
    </>
  );
}

/** A solution: how ripe it is, and which gaps it fits. */
export function SolutionSheet({ solution }: { solution: Solution }) {
  const { t } = useTranslation();
  const meta = [
    solution.kind,
    t("reports.view.covers", { count: solution.covers }),
    solution.mentions > 0 && t("reports.view.named", { count: solution.mentions }),
  ];
  return (
    <Sheet
      it={solution}
      meta={meta.filter(Boolean).join(DOT)}
      badges={solution.tlp !== "TLP:CLEAR" && <Badge>{solution.tlp}</Badge>}
    >
      {solution.parent && (
        <p>
          {t("reports.view.resultOf")} <RecordRef it={solution.parent} />
        </p>
      )}
      <Said facts={solution.texts} long />
      <Said facts={solution.facts} />
      {solution.url !== "" && (
        <p className={styles.url}>
          <a href={solution.url} target="_blank" rel="noreferrer">
            {solution.url}
          </a>
        </p>
      )}
      <FitLines fits={solution.fits} to="gap" />
      <EvidenceLines evidence={solution.evidence} />
    </Sheet>
  );
}

function FitLines({ fits, to }: { fits: readonly Fit[]; to: "gap" | "solution" }) {
  const { t } = useTranslation();
  if (fits.length === 0) return <p className={styles.quiet}>{t("catalogue.fits.none")}</p>;
  return (
    <div className={styles.block}>
      <h4>{t("reports.section.fits")}</h4>
      <ul className={styles.fits}>
        {fits.map((fit) => (
          <li key={fit.number}>
            <FitLine fit={fit} to={to} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface FitLineProps {
  fit: Fit;
  to: "gap" | "solution" | "both";
  /** What is said of it; without it, whether it counts. */
  mark?: ReactNode;
}

/** A fit as it counts, with what it joins on one side; or with both, and then without the reasons. */
export function FitLine({ fit, to, mark }: FitLineProps) {
  const { t } = useTranslation();
  const words = useWords();
  const why = fit.left_out === null ? t("reports.view.counts") : words.leftOut(fit.left_out);
  return (
    <>
      <div className={styles.fitHead}>
        <DegreeMark degree={fit.degree} state={fit.state} words />
        <span className={styles.fitEnds}>
          {to !== "solution" && <RecordRef it={fit.gap} />}
          {to === "both" && <span aria-hidden="true"> ↔ </span>}
          {to !== "gap" && <RecordRef it={fit.solution} />}
        </span>
        <InApp href={fit.href} className={styles.fitNumber}>
          {fit.number}
        </InApp>
        {mark ?? <Badge tone={fit.left_out === null ? "ok" : "neutral"}>{why}</Badge>}
      </div>
      {to === "solution" && fit.maturity !== "" && (
        <p className={styles.quiet} lang="en">
          {fit.maturity}
        </p>
      )}
      {to !== "both" && fit.rationale !== "" && (
        <p className={styles.prose} dir="auto">
          {fit.rationale}
        </p>
      )}
      {to !== "both" && fit.limits !== "" && (
        <p className={styles.prose} dir="auto">
          <strong>{t("catalogue.fits.limits")}:</strong> {fit.limits}
        </p>
      )}
      {to !== "both" && (
        <Scores scores={Object.fromEntries(fit.scores.map((it) => [it.criterion, it]))} />
      )}
    </>
  );
}

function EvidenceLines({ evidence }: { evidence: Gap["evidence"] }) {
  const { t } = useTranslation();
  if (evidence.length === 0) return null;
  return (
    <div className={styles.block}>
      <h4>{t("catalogue.nav.evidence")}</h4>
      <ul className={styles.refs}>
        {evidence.map((it) => (
          <li key={it.number}>
            <InApp href={it.href}>{it.number}</InApp> <span dir="auto">{it.fact}</span>{" "}
            <span className={styles.quiet}>
              [{it.source}]{it.conflict && `${DOT}${t("catalogue.evidence.conflict")}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
