import { Link } from "@tanstack/react-router";
import { Pencil, Plus, Quote, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Evidence, RecordKind, Role } from "~/api/types";
import { Badge } from "~/components/Badge";
import { Button } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { DOT, formatDate } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import { useRecordList } from "~/hooks/useRecords";
import { PATHS } from "~/pages/catalogue/paths";
import { mayWrite } from "~/pages/catalogue/rights";
import { useWords } from "~/pages/catalogue/useWords";
import { ListFrame } from "~/pages/ListFrame";
import { Section } from "~/pages/sessions/Section";
import { EvidenceDialog } from "./EvidenceDialog";
import styles from "./Sheet.module.css";

interface EvidenceSectionProps {
  target: { kind: RecordKind; id: string };
  role: Role;
}

/** The sources that a record rests on, each with the day somebody read it. */
export function EvidenceSection({ target, role }: EvidenceSectionProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Evidence | "new" | null>(null);
  const list = useRecordList("evidence", { target: `${target.kind}:${target.id}`, limit: 50 });
  const conflicts = list.items.filter((it) => it.conflict && it.state === "current").length;
  const writes = mayWrite(role);
  const add = writes && (
    <Button size="s" icon={Plus} onClick={() => setOpen("new")}>
      {t("catalogue.evidence.add")}
    </Button>
  );
  const empty = (
    <EmptyState
      plain
      icon={Quote}
      title={t("catalogue.evidence.none")}
      text={t("catalogue.evidence.noneText")}
    />
  );
  const beside =
    conflicts > 0 ? (
      <Badge tone="danger">{t("catalogue.evidence.conflicts", { count: conflicts })}</Badge>
    ) : (
      list.items.length || ""
    );
  return (
    <Section title={t("catalogue.evidence.title")} beside={beside} actions={add}>
      <ListFrame list={list} empty={empty}>
        {(items) => (
          <ul className={styles.cards}>
            {items.map((it) => (
              <Source key={it.id} evidence={it} onEdit={writes ? () => setOpen(it) : null} />
            ))}
          </ul>
        )}
      </ListFrame>
      {open !== null && (
        <EvidenceDialog
          target={target}
          evidence={open === "new" ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}

function Source({ evidence, onEdit }: { evidence: Evidence; onEdit: (() => void) | null }) {
  const { t } = useTranslation();
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        {evidence.conflict && <TriangleAlert aria-hidden="true" className={styles.conflict} />}
        <Link
          to={PATHS.evidence}
          params={{ id: evidence.number }}
          className={styles.cardTitle}
          dir="auto"
        >
          {evidence.title}
        </Link>
        {evidence.conflict && <Badge tone="danger">{t("catalogue.evidence.conflict")}</Badge>}
        {evidence.state === "withdrawn" && <Badge>{t("catalogue.evidence.withdrawn")}</Badge>}
        {onEdit && (
          <IconButton
            icon={Pencil}
            size="s"
            label={t("catalogue.evidence.edit", { number: evidence.number })}
            onClick={onEdit}
            className={styles.noPrint}
          />
        )}
      </div>
      <SourceBody evidence={evidence} />
    </li>
  );
}

/** What a piece of evidence says, where it is to be read, and when it was. */
export function SourceBody({ evidence }: { evidence: Evidence }) {
  const { t } = useTranslation();
  const words = useWords();
  const { date_checked: checked, field, kind, confidence } = evidence;
  const facts = [
    evidence.number,
    kind && words.word("evidence", "kind", kind),
    evidence.publisher,
    evidence.published,
    checked === null
      ? t("catalogue.evidence.unchecked")
      : t("catalogue.evidence.checked", { date: formatDate(checked) }),
    confidence &&
      t("catalogue.evidence.confidence", {
        word: words.word("evidence", "confidence", confidence),
      }),
    field && t("catalogue.evidence.on", { field: words.field(field) }),
  ].filter(Boolean);
  return (
    <>
      {evidence.fact !== "" && (
        <p className={styles.prose} dir="auto">
          {evidence.fact}
        </p>
      )}
      <p className={styles.small}>{facts.join(DOT)}</p>
      {evidence.url !== null && (
        <p className={styles.small}>
          <a href={evidence.url} rel="noreferrer noopener" target="_blank" className={styles.url}>
            {evidence.url}
          </a>
        </p>
      )}
    </>
  );
}
