import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { Select } from "~/components/Select";
import { useShape } from "~/hooks/useRecords";
import { ChoicesField } from "~/pages/catalogue/form/ChoicesField";
import styles from "~/pages/catalogue/form/Form.module.css";
import { same } from "~/pages/catalogue/same";
import { useWords } from "~/pages/catalogue/useWords";
import { SERVER_RULE } from "./draft";
import type { ReportFormState } from "./useReportForm";
import { listOf, textOf } from "./values";

const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((it) => ({ value: `${it}`, label: `TRL ${it}` }));
/** The field of a solution whose scale each list chooses from. */
const SCALES = { lifecycles: "lifecycle", markets: "market_status" } as const;
const NAMES = ["trl_from", "trl_to", "lifecycles", "markets"] as const;

/** By which rule the report counts a fit. */
export function RuleFields({ form }: { form: ReportFormState }) {
  const { t } = useTranslation();
  const words = useWords();
  const shape = useShape("solution");
  const error = form.errorAt("rule");
  const isServers = NAMES.every((name) => same(form.draft[name], SERVER_RULE[name]));
  const scale = (field: string) => shape?.fields.find((it) => it.name === field)?.choices ?? [];
  const reset = () => {
    for (const name of NAMES) form.set(name, SERVER_RULE[name]);
  };
  return (
    <section className={styles.part}>
      <h2>{t("reports.form.rule")}</h2>
      <p className={styles.whole}>{t("reports.form.ruleText")}</p>
      {(["trl_from", "trl_to"] as const).map((name) => (
        <Select
          key={name}
          label={t(`reports.field.${name}`)}
          value={textOf(form.draft[name])}
          options={LEVELS}
          onChange={(level) => form.set(name, Number(level))}
        />
      ))}
      {(["lifecycles", "markets"] as const).map((name) => (
        <div key={name} className={styles.whole}>
          <ChoicesField
            label={t(`reports.field.${name}`)}
            hint={t(`reports.form.${name}Hint`)}
            error={null}
            optional
            choices={scale(SCALES[name]).map((value) => ({
              value,
              label: words.word("solution", SCALES[name], value),
            }))}
            chosen={listOf(form.draft[name])}
            onChange={(chosen) => form.set(name, chosen)}
          />
        </div>
      ))}
      {error !== null && (
        <div className={styles.error} role="alert">
          {error}
        </div>
      )}
      <div className={styles.whole}>
        {isServers ? (
          <p className={styles.hint}>{t("reports.form.serverRule")}</p>
        ) : (
          <Button size="s" icon={RotateCcw} onClick={reset}>
            {t("reports.form.useServerRule")}
          </Button>
        )}
      </div>
    </section>
  );
}
