import { Link } from "@tanstack/react-router";
import { FolderOpen } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Report, ReportDocument } from "~/api/types";
import { formatDate } from "~/components/format";
import { LightMark } from "~/components/Light";
import { type Column, Table } from "~/components/Table";
import { LIGHTS } from "~/pages/catalogue/list/useFilterOptions";
import { InApp, RecordRef } from "./InApp";
import { Part } from "./Part";
import type { ReportViewSearch } from "./search";
import type { SectionName } from "./sections";
import styles from "./View.module.css";

interface DocumentProps {
  document: ReportDocument;
}

/** What stands on the cover, and the numbers. */
export function SummaryPart({ report, document }: DocumentProps & { report: Report }) {
  const { cover } = document;
  return (
    <Part name="summary">
      {cover.summary !== "" && (
        <p className={styles.prose} dir="auto">
          {cover.summary}
        </p>
      )}
      <CoverFacts document={document} />
      <Numbers report={report} document={document} />
    </Part>
  );
}

function CoverFacts({ document: { cover } }: DocumentProps) {
  const { t } = useTranslation();
  const facts = [
    ["project", cover.project],
    ["deliverable", cover.deliverable],
    ["grant_number", cover.grant_number],
    ["authors", cover.authors],
    ["reviewers", cover.reviewers],
    ["disclaimer", cover.disclaimer],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== "")
        .map(([name, value]) => (
          <div key={name}>
            <dt>{t(`reports.field.${name}`)}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      <div>
        <dt>{t("reports.view.cutOff")}</dt>
        <dd>{formatDate(cover.cut_off)}</dd>
      </div>
      <div>
        <dt>{t("reports.view.tlp")}</dt>
        <dd>{cover.tlp}</dd>
      </div>
    </dl>
  );
}

interface Place {
  hash: SectionName;
  search?: ReportViewSearch;
}

/** Where in the report exactly those stand that a number counts. */
const PLACES: Record<string, Place> = {
  gaps: { hash: "gaps" },
  green: { hash: "gaps", search: { light: "green" } },
  amber: { hash: "gaps", search: { light: "amber" } },
  red: { hash: "gaps", search: { light: "red" } },
  grey: { hash: "gaps", search: { light: "grey" } },
  solutions: { hash: "solutions" },
  fits: { hash: "fits", search: { fits: "accepted" } },
  counted: { hash: "fits", search: { fits: "counted" } },
  evidence: { hash: "sources" },
  sessions: { hash: "method" },
  mentions: { hash: "voices" },
};

/** The numbers, each a way to what it counts. */
function Numbers({ report, document }: DocumentProps & { report: Report }) {
  const { t, i18n } = useTranslation();
  const nameOf = (it: ReportDocument["numbers"][number]) =>
    i18n.exists(`reports.figure.${it.name}`)
      ? String(t(`reports.figure.${it.name}` as never))
      : it.about;
  return (
    <ul className={styles.numbers}>
      {document.numbers.map((it) => {
        const place = PLACES[it.name];
        const light = LIGHTS.find((name) => name === it.name);
        const words = (
          <>
            <strong>{it.n}</strong>{" "}
            <span className={styles.numberName}>
              {light && <LightMark light={light} />}
              {nameOf(it)}
            </span>
          </>
        );
        return (
          <li key={it.name} className={styles.number}>
            {place ? (
              <Link
                to="/reports/$id"
                params={{ id: report.number }}
                search={place.search ?? {}}
                hash={place.hash}
                className={styles.numberLink}
              >
                {words}
              </Link>
            ) : (
              <InApp href={it.href} className={styles.numberLink}>
                {words}
              </InApp>
            )}
            <InApp href={it.href} className={styles.origin}>
              <FolderOpen aria-hidden="true" size={15} />
              <span className="visually-hidden">
                {t("reports.view.inCatalogue", { what: nameOf(it) })}
              </span>
            </InApp>
          </li>
        );
      })}
    </ul>
  );
}

type Row = ReportDocument["coverage"][number];

/** How the gaps of each group are covered. */
export function CoveragePart({ document }: DocumentProps) {
  const { t } = useTranslation();
  const columns: Column<Row>[] = [
    {
      key: "group",
      heading: t("catalogue.coverage.group"),
      cell: (row) => (row.href === null ? row.group : <InApp href={row.href}>{row.group}</InApp>),
    },
    { key: "gaps", heading: t("reports.section.gaps"), align: "end", cell: (row) => row.gaps },
    ...LIGHTS.map((light) => ({
      key: light,
      heading: t(`catalogue.light.${light}`),
      align: "end" as const,
      cell: (row: Row) => {
        const href = row.href === null ? null : `${row.href}&coverage=${light}`;
        return row[light] === 0 || href === null ? (
          row[light]
        ) : (
          <InApp href={href}>{row[light]}</InApp>
        );
      },
    })),
  ];
  return (
    <Part name="coverage">
      <Table
        caption={t("reports.section.coverage")}
        columns={columns}
        rows={document.coverage}
        rowKey={(row) => row.href ?? row.group}
      />
    </Part>
  );
}

/** Sentences on records, in the report's own words. */
export function Findings({ items }: { items: ReportDocument["findings"] }) {
  return (
    <ul className={styles.findings}>
      {items.map((it) => (
        <li key={`${it.text} ${it.about.map((ref) => ref.number)}`}>
          {/* The server writes reports in English, whatever language the page is in. */}
          <p lang="en">{it.text}</p>
          {it.about.length > 0 && (
            <ul className={styles.refs}>
              {it.about.map((ref) => (
                <li key={ref.number}>
                  <RecordRef it={ref} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What matters most. */
export function FindingsPart({ document }: DocumentProps) {
  const { t } = useTranslation();
  return (
    <Part name="findings">
      {document.findings.length === 0 ? (
        <p className={styles.quiet}>{t("reports.view.noFindings")}</p>
      ) : (
        <Findings items={document.findings} />
      )}
    </Part>
  );
}

/** What to do, by whom. */
export function RecommendationsPart({ document }: DocumentProps) {
  const { t, i18n } = useTranslation();
  const nameOf = (who: string) =>
    i18n.exists(`reports.addressee.${who}`) ? String(t(`reports.addressee.${who}` as never)) : who;
  return (
    <Part name="recommendations">
      {document.recommendations.length === 0 && (
        <p className={styles.quiet}>{t("reports.view.noRecommendations")}</p>
      )}
      {document.recommendations.map((it) => (
        <div key={it.addressee} className={styles.block}>
          <h3>{nameOf(it.addressee)}</h3>
          <Findings items={it.items} />
          {it.more > 0 && (
            <p className={styles.quiet}>{t("reports.view.andMore", { count: it.more })}</p>
          )}
        </div>
      ))}
    </Part>
  );
}
