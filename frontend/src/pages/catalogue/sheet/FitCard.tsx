import { Link } from "@tanstack/react-router";
import { Ellipsis, Gauge, Pencil, Quote } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fit, Role } from "~/api/types";
import { DOT, formatDate } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import { Menu, MenuItem } from "~/components/Menu";
import { DegreeMark } from "~/pages/catalogue/DegreeMark";
import { PATHS } from "~/pages/catalogue/paths";
import { RecordState } from "~/pages/catalogue/RecordState";
import { mayReview, mayWrite } from "~/pages/catalogue/rights";
import { useWords } from "~/pages/catalogue/useWords";
import { EvidenceDialog } from "./EvidenceDialog";
import { EditFitDialog } from "./FitDialog";
import { FitSteps } from "./FitSteps";
import { ScoreDialog } from "./ScoreDialog";
import { Scores } from "./Scores";
import styles from "./Sheet.module.css";
import { useActor } from "./useActor";

interface FitCardProps {
  fit: Fit;
  /** The side whose sheet this is; the other one is shown. */
  side: "gap" | "solution";
  role: Role;
}

/** A fit on the sheet of its gap or solution: the other side, how well and why, and what can be done with it. */
export function FitCard({ fit, side, role }: FitCardProps) {
  const { t } = useTranslation();
  const other = side === "gap" ? "solution" : "gap";
  return (
    <li className={styles.card} aria-label={fit.number}>
      <div className={styles.cardHead}>
        <DegreeMark degree={fit.degree} state={fit.state} words />
        <Link
          to={PATHS[other]}
          params={{ id: fit[other].number }}
          className={styles.cardTitle}
          dir="auto"
        >
          <span className={styles.number}>{fit[other].number}</span> {fit[other].title}
        </Link>
        <RecordState kind="fit" state={fit.state} />
        {mayReview(role) && <FitMenu fit={fit} role={role} />}
      </div>
      <FitBody fit={fit} />
      <div className={styles.cardFoot}>
        <Link to={PATHS.fit} params={{ id: fit.number }}>
          {t("catalogue.fits.open", { number: fit.number })}
        </Link>
        <FitSteps fit={fit} role={role} />
      </div>
    </li>
  );
}

/** What a fit says, and who proposed it. */
export function FitBody({ fit }: { fit: Fit }) {
  const { t } = useTranslation();
  const words = useWords();
  const actor = useActor();
  const when = formatDate(fit.created_at);
  return (
    <>
      <p className={styles.prose} dir="auto">
        {fit.rationale}
      </p>
      {fit.limits !== "" && (
        <p className={styles.prose} dir="auto">
          <strong>{t("catalogue.fits.limits")}:</strong> {fit.limits}
        </p>
      )}
      {fit.reason !== "" && (
        <p className={styles.prose} dir="auto">
          <strong>{t("catalogue.fits.reason")}:</strong> {fit.reason}
        </p>
      )}
      {fit.thor.length > 0 && (
        <p className={styles.small}>
          {t("catalogue.fits.covers")}:{" "}
          {fit.thor.map((it) => words.word("fit", "thor", it)).join(", ")}
        </p>
      )}
      <Scores scores={fit.scores} />
      <p className={styles.small}>
        {t("catalogue.fits.proposedBy", { when, who: actor(fit.created_by) })}
        {fit.version > 1 &&
          `${DOT}${t("catalogue.fits.judgedBy", {
            when: formatDate(fit.changed_at),
            who: actor(fit.changed_by),
          })}`}
      </p>
    </>
  );
}

type Open = "edit" | "score" | "source" | null;

function FitMenu({ fit, role }: { fit: Fit; role: Role }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const label = t("catalogue.fits.actions", { number: fit.number });
  return (
    <>
      <Menu
        trigger={<IconButton icon={Ellipsis} label={label} size="s" className={styles.noPrint} />}
      >
        <MenuItem icon={Gauge} onSelect={() => setOpen("score")}>
          {t("catalogue.fits.score")}
        </MenuItem>
        {mayWrite(role) && (
          <>
            <MenuItem icon={Pencil} onSelect={() => setOpen("edit")}>
              {t("catalogue.sheet.edit")}
            </MenuItem>
            <MenuItem icon={Quote} onSelect={() => setOpen("source")}>
              {t("catalogue.fits.addSource")}
            </MenuItem>
          </>
        )}
      </Menu>
      {open === "edit" && <EditFitDialog fit={fit} onClose={close} />}
      {open === "score" && <ScoreDialog fit={fit} onClose={close} />}
      {open === "source" && (
        <EvidenceDialog target={{ kind: "fit", id: fit.id }} evidence={null} onClose={close} />
      )}
    </>
  );
}
