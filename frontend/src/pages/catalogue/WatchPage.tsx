import { Link } from "@tanstack/react-router";
import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Watch } from "~/api/types";
import { classes } from "~/components/classes";
import { PageHeading } from "~/components/PageHeading";
import { Loading } from "~/components/Spinner";
import { useWatch } from "~/hooks/useCoverage";
import { Problem } from "~/pages/Problem";
import { Section } from "~/pages/sessions/Section";
import type { ListSearch } from "./search";
import { TrlChart } from "./TrlChart";
import styles from "./WatchPage.module.css";

/** Each number of the watch with the list that it counts. */
const TILES = [
  ["to_review", "/catalogue/fits", { state: "proposed" }],
  ["unlinked_gaps", "/catalogue/gaps", { fits: "none" }],
  ["unlinked_solutions", "/catalogue/solutions", { fits: "none" }],
  ["stale", "/catalogue/solutions", { stale: "true" }],
  ["contradictory", "/catalogue/evidence", { conflict: "true" }],
  ["gaps_without_evidence", "/catalogue/gaps", { evidence: "none" }],
  ["solutions_without_evidence", "/catalogue/solutions", { evidence: "none" }],
] as const satisfies readonly (readonly [keyof Watch, string, ListSearch])[];

/** What is unlinked, stale, contradicted or without evidence, and how ripe the solutions are. */
export function WatchPage() {
  const { t } = useTranslation();
  const watch = useWatch();
  return (
    <>
      <PageHeading title={t("catalogue.watch.title")} text={t("catalogue.watch.text")} />
      {watch.isPending && <Loading />}
      {!watch.data && watch.error && (
        <Problem error={watch.error} retry={() => void watch.refetch()} />
      )}
      {watch.data && <Boards watch={watch.data} />}
    </>
  );
}

function Boards({ watch }: { watch: Watch }) {
  const { t } = useTranslation();
  return (
    <div className={styles.boards}>
      <ul className={styles.tiles}>
        {TILES.map(([name, to, search]) => {
          const isFine = watch[name] === 0;
          const Icon = isFine ? CircleCheck : CircleAlert;
          return (
            <li key={name} className={classes(styles.tile, isFine && styles.fine)}>
              <Link to={to} search={search} className={styles.link}>
                <strong>{watch[name]}</strong> {t(`catalogue.watch.${name}`)}
              </Link>
              <p>{t(`catalogue.watch.hint.${name}`)}</p>
              <p className={styles.sign}>
                <Icon aria-hidden="true" size={16} />
                {t(isFine ? "catalogue.watch.fine" : "catalogue.watch.attention")}
              </p>
            </li>
          );
        })}
      </ul>
      <Section title={t("catalogue.watch.levels")}>
        <TrlChart levels={watch.levels} />
      </Section>
    </div>
  );
}
