import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Coverage } from "~/api/types";
import { LightMark } from "~/components/Light";
import { PageHeading } from "~/components/PageHeading";
import { Loading } from "~/components/Spinner";
import { type Column, Table } from "~/components/Table";
import { useCoverage } from "~/hooks/useCoverage";
import { LIGHTS } from "~/pages/catalogue/list/useFilterOptions";
import { useWords } from "~/pages/catalogue/useWords";
import { Problem } from "~/pages/Problem";
import { Section } from "~/pages/sessions/Section";
import styles from "./Coverage.module.css";
import { type CoverageProps, MatrixSection } from "./MatrixSection";

/** How the gaps are covered: in numbers, by group, and as the matrix of gaps and solutions. */
export function CoveragePage(props: CoverageProps) {
  const { t } = useTranslation();
  const coverage = useCoverage();
  return (
    <>
      <PageHeading title={t("catalogue.coverage.title")} text={t("catalogue.coverage.text")} />
      <div className={styles.parts}>
        {coverage.isPending && <Loading />}
        {!coverage.data && coverage.error && (
          <Problem error={coverage.error} retry={() => void coverage.refetch()} />
        )}
        {coverage.data && <Totals lights={coverage.data.lights} />}
        <div className={styles.wide}>
          <MatrixSection {...props} />
        </div>
        {coverage.data && (
          <div className={styles.halves}>
            <Groups coverage={coverage.data} />
            <LeftOut coverage={coverage.data} />
          </div>
        )}
      </div>
    </>
  );
}

type Lights = Coverage["lights"];
const sum = (lights: Lights) => LIGHTS.reduce((all, light) => all + lights[light], 0);

function Totals({ lights }: { lights: Lights }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t("catalogue.coverage.totals")}>
      <ul className={styles.totals}>
        {LIGHTS.map((light) => (
          <li key={light} className={styles.total}>
            <Link to="/catalogue/gaps" search={{ coverage: light }} className={styles.totalLink}>
              <LightMark light={light} />
              <strong>{lights[light]}</strong>
              <span>{t(`catalogue.light.${light}`)}</span>
            </Link>
            <p>{t(`catalogue.lightText.${light}`)}</p>
          </li>
        ))}
      </ul>
      <Bar lights={lights} />
      <p className={styles.text}>{t("catalogue.coverage.total", { count: sum(lights) })}</p>
    </section>
  );
}

/** The shares of the lights; the numbers stand beside it. */
function Bar({ lights }: { lights: Lights }) {
  const all = sum(lights);
  let x = 0;
  return (
    <svg
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      className={styles.shares}
      aria-hidden="true"
    >
      <rect width="100" height="6" className={styles.track} />
      {LIGHTS.map((light) => {
        const width = all === 0 ? 0 : (lights[light] / all) * 100;
        x += width;
        return (
          <rect key={light} x={x - width} width={width} height="6" className={styles[light]} />
        );
      })}
    </svg>
  );
}

function Groups({ coverage }: { coverage: Coverage }) {
  const { t } = useTranslation();
  type Row = Coverage["groups"][number];
  const columns: Column<Row>[] = [
    {
      key: "name",
      heading: t("catalogue.coverage.group"),
      cell: (row) => (
        <div className={styles.group}>
          {row.name}
          <Bar lights={row.lights} />
        </div>
      ),
    },
    ...LIGHTS.map((light) => ({
      key: light,
      heading: t(`catalogue.light.${light}`),
      align: "end" as const,
      cell: (row: Row) =>
        row.lights[light] === 0 ? (
          "0"
        ) : (
          <Link to="/catalogue/gaps" search={{ coverage: light, group: row.group }}>
            {row.lights[light]}
          </Link>
        ),
    })),
  ];
  return (
    <Section title={t("catalogue.coverage.groups")}>
      {coverage.groups.length === 0 ? (
        <p className={styles.text}>{t("catalogue.coverage.noGroups")}</p>
      ) : (
        <Table
          caption={t("catalogue.coverage.groups")}
          columns={columns}
          rows={coverage.groups}
          rowKey={(row) => row.group}
        />
      )}
    </Section>
  );
}

function LeftOut({ coverage }: { coverage: Coverage }) {
  const { t } = useTranslation();
  const words = useWords();
  type Row = Coverage["left_out"][number];
  const columns: Column<Row>[] = [
    {
      key: "reason",
      heading: t("catalogue.coverage.reasonHeading"),
      cell: (row) => words.leftOut(row.reason),
    },
    { key: "n", heading: t("catalogue.coverage.count"), align: "end", cell: (row) => row.n },
  ];
  const rows = coverage.left_out.filter((row) => row.n > 0);
  return (
    <Section title={t("catalogue.coverage.leftOut")}>
      <p className={styles.text}>
        {t(rows.length === 0 ? "catalogue.coverage.noneLeftOut" : "catalogue.coverage.leftOutText")}
      </p>
      {rows.length > 0 && (
        <Table
          caption={t("catalogue.coverage.leftOut")}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.reason}
        />
      )}
    </Section>
  );
}
