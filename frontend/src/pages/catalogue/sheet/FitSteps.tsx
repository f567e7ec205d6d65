import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fit, Role } from "~/api/types";
import { Button } from "~/components/Button";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useSaveRecord, useShape } from "~/hooks/useRecords";
import { nextStates } from "~/pages/catalogue/rights";
import { useWords } from "~/pages/catalogue/useWords";
import { RejectDialog } from "./RejectDialog";
import styles from "./Sheet.module.css";

/** What most steps are called; the others by the state they lead to. */
const VERBS: Record<string, "accept" | "review" | "reject"> = {
  accepted: "accept",
  under_review: "review",
  rejected: "reject",
};

/** The steps of a fit that who looks at it may take, as the server's table of states has them. */
export function FitSteps({ fit, role }: { fit: Fit; role: Role }) {
  const { t } = useTranslation();
  const words = useWords();
  const shape = useShape("fit");
  const explain = useExplain();
  const save = useSaveRecord("fit", fit.id);
  const [rejecting, setRejecting] = useState(false);
  const steps = shape ? nextStates(shape, fit.state, role) : [];
  const go = (state: string) => {
    if (state === "rejected") return setRejecting(true);
    const now = words.state("fit", state);
    save.mutate(
      { state, version: fit.version },
      {
        onSuccess: () =>
          toast({ title: t("catalogue.sheet.moved", { number: fit.number, state: now }) }),
        onError: (error) => toast({ title: explain(error), tone: "danger" }),
      },
    );
  };
  const label = (state: string) => {
    const verb = VERBS[state];
    return verb ? t(`catalogue.fits.${verb}`) : words.state("fit", state);
  };
  return (
    <div className={styles.steps}>
      {steps.map(({ name }) => (
        <Button
          key={name}
          size="s"
          variant={name === "accepted" ? "primary" : "secondary"}
          busy={save.isPending && save.variables?.state === name}
          onClick={() => go(name)}
        >
          {label(name)}
        </Button>
      ))}
      {rejecting && <RejectDialog fit={fit} onClose={() => setRejecting(false)} />}
    </div>
  );
}
