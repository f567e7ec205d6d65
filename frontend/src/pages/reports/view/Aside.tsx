import { Link } from "@tanstack/react-router";
import { ChevronDown, ExternalLink, FileDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { reportPageAddress } from "~/api/reports";
import type { Report } from "~/api/types";
import { Button } from "~/components/Button";
import { formatDateTime } from "~/components/format";
import { Menu, MenuItem, MenuSeparator } from "~/components/Menu";
import { toast } from "~/components/Toast";
import { Working } from "~/components/Working";
import { useExplain } from "~/hooks/useExplain";
import { wasCalledOff } from "~/hooks/useFile";
import { useDownloadReport, useReport, useReportFormats } from "~/hooks/useReports";
import { useActor } from "~/pages/catalogue/sheet/useActor";
import styles from "./View.module.css";

/** The report as a file, in each form that the server has. */
export function Downloads({ report }: { report: Report }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const formats = useReportFormats(report.id);
  const download = useDownloadReport(report.id);
  const take = (format: string) =>
    download.make(format, {
      onSuccess: ({ name }) => toast({ title: t("export.done", { name }) }),
      onError: (error) =>
        toast(
          wasCalledOff(error)
            ? { title: t("export.calledOff") }
            : { title: explain(error), tone: "danger" },
        ),
    });
  const making = formats.data?.find((it) => it.format === download.choice);
  const hasPage = formats.data?.some((it) => it.format === "html");
  const address = reportPageAddress(report.number);
  return (
    <>
      <Menu
        trigger={
          <Button icon={ChevronDown} busy={download.isPending || formats.isPending}>
            {t("reports.view.download")}
          </Button>
        }
      >
        {formats.error && <MenuItem disabled>{explain(formats.error)}</MenuItem>}
        {formats.data?.map((it) => (
          <MenuItem
            key={it.format}
            icon={FileDown}
            reason={it.is_available ? null : t("export.notHere")}
            onSelect={() => take(it.format)}
          >
            {it.name} <span className={styles.extension}>.{it.extension}</span>
          </MenuItem>
        ))}
        {hasPage && (
          <>
            <MenuSeparator />
            <MenuItem
              icon={ExternalLink}
              link={<a href={address} target="_blank" rel="noreferrer" />}
            >
              {t("reports.view.asPage")}
            </MenuItem>
          </>
        )}
      </Menu>
      {download.isPending && (
        <Working
          label={t("export.making", { format: making?.name ?? "" })}
          onCancel={download.callOff}
        />
      )}
    </>
  );
}

/** The report that this one follows. */
function Follows({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data } = useReport(id);
  if (!data) return null;
  return (
    <p>
      {t("reports.trail.follows")}{" "}
      <Link to="/reports/$id" params={{ id: data.number }} dir="auto">
        {data.number} {data.title}
      </Link>
    </p>
  );
}

/** Who did what with the report, and when. */
export function Trail({ report }: { report: Report }) {
  const { t } = useTranslation();
  const actor = useActor();
  const deeds: [string, string | null, string | null][] = [
    [t("reports.trail.made"), report.created_at, report.created_by],
    [t("reports.trail.changed"), report.changed_at, report.changed_by],
    [t("reports.trail.submitted"), report.submitted_at, report.submitted_by],
    [t("reports.trail.approved"), report.approved_at, report.approved_by],
    [t("reports.trail.published"), report.published_at, null],
  ];
  // The last step changed it too: said once is enough.
  const isStep = [report.created_at, report.submitted_at, report.approved_at, report.published_at];
  const told = deeds.filter(
    ([, at], place) => at !== null && !(place === 1 && isStep.includes(at)),
  );
  told.sort(([, one], [, other]) => `${one}`.localeCompare(`${other}`));
  return (
    <section className={styles.trail} aria-labelledby="trail-title">
      <h2 id="trail-title">{t("reports.trail.title")}</h2>
      <ol>
        {told.map(([what, at, by]) => (
          <li key={what}>
            <strong>{what}</strong>
            <span>{at !== null && formatDateTime(at)}</span>
            {by !== null && <span>{actor(by)}</span>}
          </li>
        ))}
      </ol>
      {report.previous !== null && <Follows id={report.previous} />}
      {report.snapshot_hash !== null && (
        <p title={report.snapshot_hash}>
          {t("reports.trail.snapshot", { hash: report.snapshot_hash.slice(0, 12) })}
        </p>
      )}
    </section>
  );
}
