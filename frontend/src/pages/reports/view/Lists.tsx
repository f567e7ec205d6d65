import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Light, ReportDocument } from "~/api/types";
import { Badge } from "~/components/Badge";
import { formatDate } from "~/components/format";
import { LightBadge } from "~/components/Light";
import { Select } from "~/components/Select";
import { LIGHTS } from "~/pages/catalogue/list/useFilterOptions";
import { RecordRef } from "./InApp";
import { Batch, Part } from "./Part";
import { FitLine, GapSheet, Quote, SolutionSheet } from "./Sheets";
import type { ReportViewSearch } from "./search";
import { type SectionName, voicesOf } from "./sections";
import styles from "./View.module.css";

interface ListProps {
  document: ReportDocument;
  search: ReportViewSearch;
}

/** Shows another part of a list; the address keeps it, and the page stays where it is. */
function useFilter(hash: SectionName) {
  const navigate = useNavigate({ from: "/reports/$id" });
  return (search: ReportViewSearch) =>
    void navigate({ search, hash, replace: true, resetScroll: false, hashScrollIntoView: false });
}

/** A sheet for each gap. */
export function GapsPart({ document, search }: ListProps) {
  const { t } = useTranslation();
  const filter = useFilter("gaps");
  const { light } = search;
  const gaps = document.gaps.filter((it) => light === undefined || it.light === light);
  const options = [
    { value: "all" as const, label: t("reports.view.allGaps") },
    ...LIGHTS.map((value) => ({ value, label: t(`catalogue.light.${value}`) })),
  ];
  return (
    <Part
      name="gaps"
      actions={
        <Select
          label={t("catalogue.filter.coverage")}
          hideLabel
          value={light ?? "all"}
          options={options}
          onChange={(it) => filter({ ...search, light: it === "all" ? undefined : it })}
          className={styles.filter}
        />
      }
    >
      <p className={styles.quiet} role="status">
        {t("reports.view.shown", { count: gaps.length, all: document.gaps.length })}
      </p>
      <Batch items={gaps} none={t("reports.view.noGaps")}>
        {(some) => (
          <div className={styles.sheets}>
            {some.map((gap) => (
              <GapSheet key={gap.number} gap={gap} />
            ))}
          </div>
        )}
      </Batch>
    </Part>
  );
}

/** What keeps a fit from being one at all; the same as the server leaves out of its number. */
const NO_FIT: readonly (string | null)[] = ["rejected", "not_accepted", "withdrawn", "no_fit"];

/** The fits between gaps and solutions. */
export function FitsPart({ document, search }: ListProps) {
  const { t } = useTranslation();
  const filter = useFilter("fits");
  const kept = document.fits.filter((it) => {
    if (search.fits === "counted") return it.left_out === null;
    return search.fits === undefined || !NO_FIT.includes(it.left_out);
  });
  const options = (["all", "accepted", "counted"] as const).map((value) => ({
    value,
    label: t(`reports.view.fits.${value}`),
  }));
  return (
    <Part
      name="fits"
      actions={
        <Select
          label={t("reports.section.fits")}
          hideLabel
          value={search.fits ?? "all"}
          options={options}
          onChange={(it) => filter({ ...search, fits: it === "all" ? undefined : it })}
          className={styles.filter}
        />
      }
    >
      <p className={styles.quiet} role="status">
        {t("reports.view.shown", { count: kept.length, all: document.fits.length })}
      </p>
      <Batch items={kept} none={t("reports.view.noFits")}>
        {(some) => (
          <ul className={styles.fits}>
            {some.map((fit) => (
              <li key={fit.number}>
                <FitLine fit={fit} to="both" />
              </li>
            ))}
          </ul>
        )}
      </Batch>
    </Part>
  );
}

/** A sheet for each solution. */
export function SolutionsPart({ document }: Omit<ListProps, "search">) {
  const { t } = useTranslation();
  return (
    <Part name="solutions">
      <Batch items={document.solutions} none={t("reports.view.noSolutions")}>
        {(some) => (
          <div className={styles.sheets}>
            {some.map((it) => (
              <SolutionSheet key={it.number} solution={it} />
            ))}
          </div>
        )}
      </Batch>
    </Part>
  );
}

/** The gaps that nothing fits yet. */
export function UncoveredPart({ document }: Omit<ListProps, "search">) {
  const { t } = useTranslation();
  return (
    <Part name="uncovered">
      <Batch
        items={document.uncovered}
        none={t(document.gaps.length === 0 ? "reports.view.noGap" : "reports.view.noUncovered")}
      >
        {(some) => (
          <ul className={styles.rows}>
            {some.map(({ gap, light, searched, votes }) => (
              <li key={gap.number}>
                <RecordRef it={gap} />
                <span className={styles.rowEnd}>
                  {votes > 0 && (
                    <span className={styles.quiet}>
                      {t("catalogue.list.votes", { count: votes })}
                    </span>
                  )}
                  {searched !== "" && (
                    <span className={styles.quiet}>
                      {t("reports.view.searched", { when: formatDate(searched) })}
                    </span>
                  )}
                  <LightBadge light={light as Light} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Batch>
    </Part>
  );
}

/** Fits that would count if one thing were different. */
export function MissesPart({ document }: Omit<ListProps, "search">) {
  const { t, i18n } = useTranslation();
  const words = (reason: string) =>
    i18n.exists(`reports.miss.${reason}`) ? String(t(`reports.miss.${reason}` as never)) : reason;
  return (
    <Part name="misses">
      <p className={styles.quiet}>{t("reports.view.missesText")}</p>
      <Batch items={document.near_misses} none={t("reports.view.noMisses")}>
        {(some) => (
          <ul className={styles.fits}>
            {some.map(({ fit, reason }) => (
              <li key={fit.number}>
                <FitLine fit={fit} to="both" mark={<Badge tone="warn">{words(reason)}</Badge>} />
              </li>
            ))}
          </ul>
        )}
      </Batch>
    </Part>
  );
}

/** What was said in the workshops: each sentence leads to where it stands in its map. */
export function VoicesPart({ document }: Omit<ListProps, "search">) {
  const { t } = useTranslation();
  return (
    <Part name="voices">
      <p className={styles.quiet}>{t("reports.view.voicesText")}</p>
      <Batch items={voicesOf(document)} none={t("reports.view.noVoices")}>
        {(some) => (
          <ul className={styles.quotes}>
            {some.map((it) => (
              <li key={`${it.gap.number} ${it.href}`}>
                <Quote voice={it} />
                <span>
                  <RecordRef it={it.gap} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Batch>
    </Part>
  );
}
