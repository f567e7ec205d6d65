import { Link } from "@tanstack/react-router";
import { Boxes, Pencil, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account, Evidence, Fit, Gap, RecordKind, Records, Solution } from "~/api/types";
import { Badge } from "~/components/Badge";
import { Button, buttonClass } from "~/components/Button";
import { classes } from "~/components/classes";
import { LightBadge } from "~/components/Light";
import { Loading } from "~/components/Spinner";
import { TrlBadge } from "~/components/TrlBadge";
import { useRecord } from "~/hooks/useRecords";
import { DegreeMark } from "~/pages/catalogue/DegreeMark";
import { PATHS } from "~/pages/catalogue/paths";
import { mayReview, mayWrite } from "~/pages/catalogue/rights";
import { useWords } from "~/pages/catalogue/useWords";
import { PageProblem } from "~/pages/PageProblem";
import { Section } from "~/pages/sessions/Section";
import { EvidenceDialog } from "./EvidenceDialog";
import { EvidenceSection, SourceBody } from "./EvidenceSection";
import { Details, Facts } from "./Facts";
import { FitBody } from "./FitCard";
import { EditFitDialog } from "./FitDialog";
import { FitsSection } from "./FitsSection";
import { HistorySection } from "./HistorySection";
import { MentionsSection } from "./MentionsSection";
import { Aliases, MergedNotice } from "./Merged";
import { ScoreDialog } from "./ScoreDialog";
import styles from "./Sheet.module.css";
import { SheetHeading } from "./SheetHeading";

interface SheetProps {
  /** A number or an id, as the address has it. */
  id: string;
  user: Account;
}

interface LoadedProps<Kind extends RecordKind> {
  kind: Kind;
  id: string;
  children: (record: Records[Kind]) => ReactNode;
}

/** A record once it is here; until then that it is on its way, or why it does not come. */
function Loaded<Kind extends RecordKind>({ kind, id, children }: LoadedProps<Kind>) {
  const query = useRecord(kind, id);
  if (query.isPending) return <Loading />;
  if (!query.data) return <PageProblem error={query.error} retry={() => void query.refetch()} />;
  return children(query.data);
}

/** What is missing, what might fill it, and what both rest on. */
export function GapSheet({ id, user }: SheetProps) {
  return (
    <Loaded kind="gap" id={id}>
      {(gap) => <GapView gap={gap} asked={id} user={user} />}
    </Loaded>
  );
}

function GapView({ gap, asked, user }: { gap: Gap; asked: string; user: Account }) {
  const side = { kind: "gap" as const, record: gap };
  return (
    <article className={styles.sheet}>
      <SheetHeading
        {...side}
        title={gap.title}
        role={user.role}
        badges={<LightBadge light={gap.coverage} />}
      />
      <MergedNotice {...side} asked={asked} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Facts {...side} without={["title"]} />
          <FitsSection {...side} role={user.role} />
          <EvidenceSection target={{ kind: "gap", id: gap.id }} role={user.role} />
          <MentionsSection kind="gap" id={gap.id} />
        </div>
        <div className={styles.main}>
          <Details {...side} without={["title"]} />
          <Aliases {...side} />
          <HistorySection kind="gap" id={gap.id} />
        </div>
      </div>
    </article>
  );
}

/** A solution: how ripe it is, whether it can be had, and which gaps it fits. */
export function SolutionSheet({ id, user }: SheetProps) {
  return (
    <Loaded kind="solution" id={id}>
      {(solution) => <SolutionView solution={solution} asked={id} user={user} />}
    </Loaded>
  );
}

/** Shown together as a badge. */
const TRL = ["trl_low", "trl_high", "trl_basis"];

interface SolutionViewProps {
  solution: Solution;
  asked: string;
  user: Account;
}

function SolutionView({ solution, asked, user }: SolutionViewProps) {
  const { t } = useTranslation();
  const { word } = useWords();
  const side = { kind: "solution" as const, record: solution };
  const { trl_basis: basis } = solution;
  return (
    <article className={styles.sheet}>
      <SheetHeading
        {...side}
        title={solution.name}
        role={user.role}
        badges={
          <>
            <span>{word("solution", "kind", solution.kind)}</span>
            <TrlBadge maturity={solution} basis={basis && word("solution", "trl_basis", basis)} />
            {solution.stale && <Badge tone="warn">{t("catalogue.stale")}</Badge>}
          </>
        }
      />
      <MergedNotice {...side} asked={asked} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Facts {...side} without={["name"]} />
          <FitsSection {...side} role={user.role} />
          <ResultsSection solution={solution} user={user} />
          <EvidenceSection target={{ kind: "solution", id: solution.id }} role={user.role} />
          <MentionsSection kind="solution" id={solution.id} />
        </div>
        <div className={styles.main}>
          <Details {...side} without={["name", ...TRL]} />
          <Aliases {...side} />
          <HistorySection kind="solution" id={solution.id} />
        </div>
      </div>
    </article>
  );
}

/** The results of a project, each a solution of its own. */
function ResultsSection({ solution, user }: { solution: Solution; user: Account }) {
  const { t } = useTranslation();
  const writes = mayWrite(user.role) && solution.state !== "merged";
  if (solution.results.length === 0 && !writes) return null;
  const add = writes && (
    <Link
      to="/catalogue/solutions/new"
      search={{ parent: solution.id }}
      className={classes(buttonClass({ size: "s" }), styles.noPrint)}
    >
      <Plus aria-hidden="true" size={16} />
      {t("catalogue.sheet.addResult")}
    </Link>
  );
  return (
    <Section title={t("catalogue.sheet.results")} actions={add}>
      {solution.results.length === 0 && (
        <p className={styles.small}>{t("catalogue.sheet.noResults")}</p>
      )}
      <ul className={styles.links}>
        {solution.results.map((it) => (
          <li key={it.id}>
            <Boxes aria-hidden="true" size={16} />
            <Link to={PATHS.solution} params={{ id: it.number }} dir="auto">
              {it.number} {it.title}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A fit: what it joins, how well and why, and what it rests on. */
export function FitSheet({ id, user }: SheetProps) {
  return (
    <Loaded kind="fit" id={id}>
      {(fit) => <FitView fit={fit} user={user} />}
    </Loaded>
  );
}

function FitView({ fit, user }: { fit: Fit; user: Account }) {
  const { t } = useTranslation();
  const words = useWords();
  const [open, setOpen] = useState<"edit" | "score" | null>(null);
  const close = () => setOpen(null);
  const actions = (
    <>
      {mayReview(user.role) && (
        <Button onClick={() => setOpen("score")}>{t("catalogue.fits.score")}</Button>
      )}
      {mayWrite(user.role) && (
        <Button variant="primary" icon={Pencil} onClick={() => setOpen("edit")}>
          {t("catalogue.sheet.edit")}
        </Button>
      )}
    </>
  );
  return (
    <article className={styles.sheet}>
      <SheetHeading
        kind="fit"
        record={fit}
        title={`${fit.gap.title} ↔ ${fit.solution.title}`}
        role={user.role}
        badges={<DegreeMark degree={fit.degree} state={fit.state} words />}
        actions={actions}
      />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Section title={words.field("rationale")}>
            <FitBody fit={fit} />
          </Section>
          <EvidenceSection target={{ kind: "fit", id: fit.id }} role={user.role} />
        </div>
        <div className={styles.main}>
          <Details kind="fit" record={fit} without={["degree", "thor"]} />
          <HistorySection kind="fit" id={fit.id} />
        </div>
      </div>
      {open === "edit" && <EditFitDialog fit={fit} onClose={close} />}
      {open === "score" && <ScoreDialog fit={fit} onClose={close} />}
    </article>
  );
}

/** A piece of evidence, and what it is about. */
export function EvidenceSheet({ id, user }: SheetProps) {
  return (
    <Loaded kind="evidence" id={id}>
      {(evidence) => <EvidenceView evidence={evidence} user={user} />}
    </Loaded>
  );
}

function EvidenceView({ evidence, user }: { evidence: Evidence; user: Account }) {
  const { t } = useTranslation();
  const words = useWords();
  const [editing, setEditing] = useState(false);
  const about = { ...evidence.about, kind: evidence.about.kind as RecordKind };
  const edit = mayWrite(user.role) && (
    <Button variant="primary" icon={Pencil} onClick={() => setEditing(true)}>
      {t("catalogue.sheet.edit")}
    </Button>
  );
  return (
    <article className={styles.sheet}>
      <SheetHeading
        kind="evidence"
        record={evidence}
        title={evidence.title}
        role={user.role}
        badges={
          evidence.conflict && <Badge tone="danger">{t("catalogue.evidence.conflict")}</Badge>
        }
        actions={edit}
      />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Section title={words.field("target")}>
            <p>
              <Link to={PATHS[about.kind]} params={{ id: about.number }} dir="auto">
                {about.number} {about.title}
              </Link>
            </p>
            <SourceBody evidence={evidence} />
          </Section>
        </div>
        <div className={styles.main}>
          <Details kind="evidence" record={evidence} without={["title", "target", "url"]} />
          <HistorySection kind="evidence" id={evidence.id} />
        </div>
      </div>
      {editing && (
        <EvidenceDialog target={about} evidence={evidence} onClose={() => setEditing(false)} />
      )}
    </article>
  );
}
