import { useTranslation } from "react-i18next";
import type { Fit, Role } from "~/api/types";
import { Button } from "~/components/Button";
import { useWords } from "~/pages/catalogue/useWords";
import styles from "./Sheet.module.css";
import { useSteps } from "./useSteps";

/** What most steps are called; the others by the state they lead to. */
const VERBS: Record<string, "accept" | "review" | "reject"> = {
  accepted: "accept",
  under_review: "review",
  rejected: "reject",
};

/** The steps of a fit that who looks at it may take, each a button. */
export function FitSteps({ fit, role }: { fit: Fit; role: Role }) {
  const { t } = useTranslation();
  const words = useWords();
  const steps = useSteps("fit", fit, role);
  const label = (state: string) => {
    const verb = VERBS[state];
    return verb ? t(`catalogue.fits.${verb}`) : words.state("fit", state);
  };
  return (
    <div className={styles.steps}>
      {steps.states.map((state) => (
        <Button
          key={state}
          size="s"
          variant={state === "accepted" ? "primary" : "secondary"}
          busy={steps.busy === state}
          onClick={() => steps.go(state)}
        >
          {label(state)}
        </Button>
      ))}
      {steps.dialog}
    </div>
  );
}
