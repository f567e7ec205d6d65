import { useTranslation } from "react-i18next";
import type { Light, ReportDocument } from "~/api/types";
import { Badge } from "~/components/Badge";
import { DOT, formatDate } from "~/components/format";
import { LightBadge } from "~/components/Light";
import { type Column, Table } from "~/components/Table";
import { useWords } from "~/pages/catalogue/useWords";
import { InApp, RecordRef } from "./InApp";
import { Batch, Part } from "./Part";
import styles from "./View.module.css";

interface DocumentProps {
  document: ReportDocument;
}

type Method = ReportDocument["method"];
type Session = Method["sessions"][number];

/** How the report came about. */
export function MethodPart({ document: { method } }: DocumentProps) {
  const { t } = useTranslation();
  return (
    <Part name="method">
      {(["scope", "rule", "limits"] as const).map((name) => (
        <div key={name} className={styles.block}>
          <h3>{t(`reports.view.method.${name}`)}</h3>
          <ul className={styles.lines} lang="en">
            {method[name].map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
      <div className={styles.block}>
        <h3>{t("reports.view.method.sessions", { count: method.sessions.length })}</h3>
        {method.sessions.length === 0 && (
          <p className={styles.quiet}>{t("reports.view.noSessions")}</p>
        )}
        <ul className={styles.quotes}>
          {method.sessions.map((it) => (
            <li key={it.href}>
              <SessionLine session={it} />
            </li>
          ))}
        </ul>
      </div>
    </Part>
  );
}

function SessionLine({ session }: { session: Session }) {
  const { t } = useTranslation();
  const words = [
    session.held_on !== "" && formatDate(session.held_on),
    session.place,
    ...session.groups,
    session.people !== null && t("reports.view.people", { count: session.people }),
    t("reports.view.nodes", { count: session.nodes }),
    session.votes > 0 && t("catalogue.list.votes", { count: session.votes }),
    session.house_rule && t("reports.view.houseRule"),
  ];
  return (
    <>
      <span className={styles.sessionHead}>
        <InApp href={session.href}>{session.title}</InApp>
        <Badge>{session.tlp}</Badge>
      </span>
      <span className={styles.quiet} dir="auto">
        {words.filter(Boolean).join(DOT)}
      </span>
      {session.rounds.length > 0 && (
        <span className={styles.quiet} dir="auto">
          {session.rounds.join(" → ")}
        </span>
      )}
    </>
  );
}

/** What is withheld for its label, in words; nothing where it is nothing. */
export function useWithheld(): (withheld: Method["withheld"]) => string[] {
  const { t } = useTranslation();
  return (withheld) =>
    (["gaps", "solutions", "fits", "evidence", "sessions", "mentions"] as const)
      .filter((name) => withheld[name] > 0)
      .map((name) => t(`reports.withheld.${name}`, { count: withheld[name] }));
}

/** What does not count or is not in the report, and why. */
export function LeftOutPart({ document }: DocumentProps) {
  const { t } = useTranslation();
  const words = useWords();
  const withheld = useWithheld()(document.method.withheld);
  type Row = Method["left_out"][number];
  const columns: Column<Row>[] = [
    {
      key: "why",
      heading: t("catalogue.coverage.reasonHeading"),
      cell: (row) =>
        row.what === "fits" ? words.leftOut(row.reason) : <span lang="en">{row.why}</span>,
    },
    { key: "what", heading: t("reports.view.what"), cell: (row) => whatOf(row.what) },
    { key: "n", heading: t("catalogue.coverage.count"), align: "end", cell: (row) => row.n },
  ];
  const whatOf = (what: string) =>
    what === "gaps" || what === "fits" || what === "sessions" ? t(`reports.whatOf.${what}`) : what;
  return (
    <Part name="leftout">
      {withheld.length > 0 && (
        <p>
          {t(`reports.view.withheld.${document.cover.level === "PU" ? "PU" : "SEN"}`)}{" "}
          {t("reports.view.withheldAre", { what: withheld.join(", ") })}
        </p>
      )}
      {document.method.left_out.length === 0 ? (
        <p className={styles.quiet}>{t("reports.view.nothingLeftOut")}</p>
      ) : (
        <Table
          caption={t("reports.section.leftout")}
          columns={columns}
          rows={document.method.left_out}
          rowKey={(row) => `${row.what} ${row.reason}`}
        />
      )}
    </Part>
  );
}

/** What changed since the report before, and the version table. */
export function ChangesPart({ document }: DocumentProps) {
  const { t } = useTranslation();
  const { changes, cover } = document;
  if (changes === null) return null;
  const lists = ["gaps_added", "gaps_gone", "solutions_added", "solutions_gone"] as const;
  const isSame = lists.every((name) => changes[name].length === 0) && changes.lights.length === 0;
  return (
    <Part name="changes">
      <p>
        {t("reports.view.since", {
          number: changes.since.number,
          edition: changes.since.edition,
          when: formatDate(changes.since.cut_off),
        })}
      </p>
      {isSame && <p className={styles.quiet}>{t("reports.view.noChanges")}</p>}
      {changes.lights.length > 0 && (
        <div className={styles.block}>
          <h3>{t("reports.view.lights")}</h3>
          <ul className={styles.rows}>
            {changes.lights.map(({ gap, before, after }) => (
              <li key={gap.number}>
                <RecordRef it={gap} />
                <span className={styles.rowEnd}>
                  <LightBadge light={before as Light} />
                  <span aria-hidden="true">→</span>
                  <LightBadge light={after as Light} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {lists
        .filter((name) => changes[name].length > 0)
        .map((name) => (
          <div key={name} className={styles.block}>
            <h3>{t(`reports.view.${name}`, { count: changes[name].length })}</h3>
            <ul className={styles.refs}>
              {changes[name].map((it) => (
                <li key={it.number}>
                  <RecordRef it={it} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      <Editions editions={cover.editions} />
    </Part>
  );
}

function Editions({ editions }: { editions: ReportDocument["cover"]["editions"] }) {
  const { t } = useTranslation();
  type Row = (typeof editions)[number];
  const columns: Column<Row>[] = [
    {
      key: "edition",
      heading: t("reports.field.edition"),
      cell: (row) => `${row.number}${DOT}${row.edition}`,
    },
    { key: "cutoff", heading: t("reports.view.cutOff"), cell: (row) => formatDate(row.cut_off) },
    { key: "changes", heading: t("reports.field.changes"), cell: (row) => row.changes },
  ];
  return (
    <div className={styles.block}>
      <h3>{t("reports.view.editions")}</h3>
      <Table
        caption={t("reports.view.editions")}
        columns={columns}
        rows={editions}
        rowKey={(row) => `${row.number} ${row.edition}`}
      />
    </div>
  );
}

/** What all of it rests on. */
export function SourcesPart({ document }: DocumentProps) {
  const { t } = useTranslation();
  return (
    <Part name="sources">
      <Batch items={document.sources} none={t("reports.view.noSources")}>
        {(some) => (
          <ol className={styles.sources}>
            {some.map((it) => (
              <li key={it.n} value={it.n}>
                <span dir="auto">
                  {it.url === "" ? (
                    it.title
                  ) : (
                    <a href={it.url} target="_blank" rel="noreferrer noopener">
                      {it.title}
                    </a>
                  )}
                </span>{" "}
                <span className={styles.quiet} dir="auto">
                  {[
                    it.publisher,
                    it.date_checked !== "" &&
                      t("reports.view.checked", { when: formatDate(it.date_checked) }),
                  ]
                    .filter(Boolean)
                    .join(DOT)}
                </span>{" "}
                <InApp href={it.href}>{it.number}</InApp>
              </li>
            ))}
          </ol>
        )}
      </Batch>
    </Part>
  );
}
