import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RecordKind, Records, Role } from "~/api/types";
import { Button } from "~/components/Button";
import { Menu, MenuItem } from "~/components/Menu";
import { useWords } from "~/pages/catalogue/useWords";
import { useSteps } from "./useSteps";

interface StateMenuProps<Kind extends RecordKind> {
  kind: Kind;
  record: Records[Kind];
  role: Role;
}

/** The state of a record, and those that it can be set to from here; none, no button. */
export function StateMenu<Kind extends RecordKind>({ kind, record, role }: StateMenuProps<Kind>) {
  const { t } = useTranslation();
  const words = useWords();
  const steps = useSteps(kind, record, role);
  if (steps.states.length === 0) return null;
  return (
    <>
      <Menu
        trigger={
          <Button icon={ChevronDown} busy={steps.busy !== null}>
            {words.field("state")}: {words.state(kind, record.state)}
          </Button>
        }
      >
        {steps.states.map((state) => (
          <MenuItem key={state} onSelect={() => steps.go(state)}>
            {t("catalogue.sheet.moveTo", { state: words.state(kind, state) })}
          </MenuItem>
        ))}
      </Menu>
      {steps.dialog}
    </>
  );
}
