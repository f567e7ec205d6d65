import { Link } from "@tanstack/react-router";
import { Boxes, CircleDashed, Link2, Plus, Quote } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Account, Evidence, Fit, Gap, Solution } from "~/api/types";
import { Badge } from "~/components/Badge";
import { buttonClass } from "~/components/Button";
import { DOT, formatDate } from "~/components/format";
import { LightBadge } from "~/components/Light";
import { TrlBadge } from "~/components/TrlBadge";
import { useGroups } from "~/hooks/useGroups";
import { DegreeMark } from "~/pages/catalogue/DegreeMark";
import { RecordState } from "~/pages/catalogue/RecordState";
import { mayWrite } from "~/pages/catalogue/rights";
import { useWords } from "~/pages/catalogue/useWords";
import { ListPage, type ListPageProps } from "./ListPage";
import { Row } from "./Row";

const PLUS = <Plus aria-hidden="true" size={18} />;

/** The gaps. */
export function GapsPage({ user, ...list }: ListPageProps & { user: Account }) {
  const { t } = useTranslation();
  const create = mayWrite(user.role) && (
    <Link to="/catalogue/gaps/new" className={buttonClass({ variant: "primary" })}>
      {PLUS}
      {t("catalogue.list.gaps.create")}
    </Link>
  );
  return (
    <ListPage
      {...list}
      kind="gap"
      texts="gaps"
      icon={CircleDashed}
      create={create || undefined}
      row={(gap) => <GapRow gap={gap} />}
    />
  );
}

function GapRow({ gap }: { gap: Gap }) {
  const { t } = useTranslation();
  const groups = useGroups();
  const solutions =
    gap.solutions === 0
      ? t("catalogue.list.noSolution")
      : t("catalogue.list.solutions", { count: gap.solutions });
  const best = gap.best_trl !== null && t("catalogue.list.bestTrl", { level: gap.best_trl });
  const votes = gap.votes ? t("catalogue.list.votes", { count: gap.votes }) : "";
  const names = gap.groups.map((id) => groups.items.find((it) => it.id === id)?.name ?? "");
  const meta = [[solutions, best].filter(Boolean).join(", "), votes, ...names].filter(Boolean);
  return (
    <Row kind="gap" number={gap.number} title={gap.title} tlp={gap.tlp} meta={meta.join(DOT)}>
      <LightBadge light={gap.coverage} />
      <RecordState kind="gap" state={gap.state} />
    </Row>
  );
}

/** The solutions. */
export function SolutionsPage({ user, ...list }: ListPageProps & { user: Account }) {
  const { t } = useTranslation();
  const create = mayWrite(user.role) && (
    <Link to="/catalogue/solutions/new" className={buttonClass({ variant: "primary" })}>
      {PLUS}
      {t("catalogue.list.solutions.create")}
    </Link>
  );
  return (
    <ListPage
      {...list}
      kind="solution"
      texts="solutions"
      icon={Boxes}
      create={create || undefined}
      row={(solution) => <SolutionRow solution={solution} />}
    />
  );
}

function SolutionRow({ solution }: { solution: Solution }) {
  const { t } = useTranslation();
  const { word } = useWords();
  const { market_status: market, trl_basis: basis } = solution;
  const meta = [
    word("solution", "kind", solution.kind),
    market === null ? "" : word("solution", "market_status", market),
    solution.provider,
  ].filter(Boolean);
  return (
    <Row
      kind="solution"
      number={solution.number}
      title={solution.name}
      tlp={solution.tlp}
      meta={meta.join(DOT)}
    >
      <TrlBadge maturity={solution} basis={basis && word("solution", "trl_basis", basis)} />
      {solution.stale && <Badge tone="warn">{t("catalogue.stale")}</Badge>}
      <RecordState kind="solution" state={solution.state} />
    </Row>
  );
}

/** The fits. */
export function FitsPage(list: ListPageProps) {
  return (
    <ListPage {...list} kind="fit" texts="fits" icon={Link2} row={(fit) => <FitRow fit={fit} />} />
  );
}

function FitRow({ fit }: { fit: Fit }) {
  const title = `${fit.gap.title} ↔ ${fit.solution.title}`;
  const meta = [fit.gap.number, fit.solution.number, fit.rationale].join(DOT);
  return (
    <Row kind="fit" number={fit.number} title={title} tlp={fit.tlp} meta={meta}>
      <DegreeMark degree={fit.degree} state={fit.state} words />
      <RecordState kind="fit" state={fit.state} />
    </Row>
  );
}

/** The evidence. */
export function EvidencePage(list: ListPageProps) {
  const row = (evidence: Evidence) => <EvidenceRow evidence={evidence} />;
  return <ListPage {...list} kind="evidence" texts="evidence" icon={Quote} row={row} />;
}

function EvidenceRow({ evidence }: { evidence: Evidence }) {
  const { t } = useTranslation();
  const { date_checked: checked, about } = evidence;
  const when =
    checked === null
      ? t("catalogue.evidence.unchecked")
      : t("catalogue.evidence.checked", { date: formatDate(checked) });
  const meta = [`${about.number} ${about.title}`, evidence.publisher, when].filter(Boolean);
  return (
    <Row
      kind="evidence"
      number={evidence.number}
      title={evidence.title}
      tlp={evidence.tlp}
      meta={meta.join(DOT)}
    >
      {evidence.conflict && <Badge tone="danger">{t("catalogue.evidence.conflict")}</Badge>}
      <RecordState kind="evidence" state={evidence.state} />
    </Row>
  );
}
