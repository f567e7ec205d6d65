import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordKind, Records, Role } from "~/api/types";
import { Button } from "~/components/Button";
import { Menu, MenuItem } from "~/components/Menu";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useSaveRecord, useShape } from "~/hooks/useRecords";
import { nextStates } from "~/pages/catalogue/rights";
import { useWords } from "~/pages/catalogue/useWords";
import { RejectDialog } from "./RejectDialog";

interface StateMenuProps<Kind extends RecordKind> {
  kind: Kind;
  record: Records[Kind];
  role: Role;
}

/** The states that a record can be set to from here, by who looks at it; none, no button. */
export function StateMenu<Kind extends RecordKind>({ kind, record, role }: StateMenuProps<Kind>) {
  const { t } = useTranslation();
  const words = useWords();
  const shape = useShape(kind);
  const explain = useExplain();
  const save = useSaveRecord(kind, record.id);
  const [rejecting, setRejecting] = useState(false);
  const steps = shape ? nextStates(shape, record.state, role) : [];
  if (steps.length === 0) return null;
  const go = (state: string) => {
    if (kind === "fit" && state === "rejected") return setRejecting(true);
    save.mutate(
      { state, version: record.version },
      {
        onSuccess: () =>
          toast({
            title: t("catalogue.sheet.moved", {
              number: record.number,
              state: words.state(kind, state),
            }),
          }),
        onError: (error) => toast({ title: explain(error), tone: "danger" }),
      },
    );
  };
  return (
    <>
      <Menu
        trigger={
          <Button icon={ChevronDown} busy={save.isPending}>
            {words.field("state")}: {words.state(kind, record.state)}
          </Button>
        }
      >
        {steps.map(({ name }) => (
          <MenuItem key={name} onSelect={() => go(name)}>
            {t("catalogue.sheet.moveTo", { state: words.state(kind, name) })}
          </MenuItem>
        ))}
      </Menu>
      {rejecting && (
        <RejectDialog fit={record as Records["fit"]} onClose={() => setRejecting(false)} />
      )}
    </>
  );
}
