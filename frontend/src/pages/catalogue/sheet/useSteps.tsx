import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordKind, Records, Role } from "~/api/types";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useSaveRecord, useShape } from "~/hooks/useRecords";
import { nextStates } from "~/pages/catalogue/rights";
import { useWords } from "~/pages/catalogue/useWords";
import { RejectDialog } from "./RejectDialog";

interface Steps {
  /** The states that the record can be set to from here, by who looks at it. */
  readonly states: readonly string[];
  readonly go: (state: string) => void;
  /** The state that it is being set to. */
  readonly busy: string | null;
  /** Asks for the reason where one is needed. */
  readonly dialog: ReactNode;
}

/** Where a record can go next, as the server's table of states has it, and going there. */
export function useSteps<Kind extends RecordKind>(
  kind: Kind,
  record: Records[Kind],
  role: Role,
): Steps {
  const { t } = useTranslation();
  const words = useWords();
  const shape = useShape(kind);
  const explain = useExplain();
  const save = useSaveRecord(kind, record.id);
  const [rejecting, setRejecting] = useState(false);
  const [busy, setBusy] = useState<string | null>(null);
  const go = (state: string) => {
    if (kind === "fit" && state === "rejected") return setRejecting(true);
    setBusy(state);
    const { number, version } = record;
    save.mutate(
      { state, version },
      {
        onSuccess: () =>
          toast({ title: t("catalogue.sheet.moved", { number, state: words.state(kind, state) }) }),
        onError: (error) => toast({ title: explain(error), tone: "danger" }),
      },
    );
  };
  return {
    states: shape ? nextStates(shape, record.state, role).map(({ name }) => name) : [],
    go,
    busy: save.isPending ? busy : null,
    dialog: rejecting && (
      <RejectDialog fit={record as Records["fit"]} onClose={() => setRejecting(false)} />
    ),
  };
}
