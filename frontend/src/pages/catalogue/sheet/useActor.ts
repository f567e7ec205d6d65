import { useTranslation } from "react-i18next";
import { useNames } from "~/hooks/useNames";

/** Who did something, as the server writes it: `account:ID`, `participant`, `command` or `server`. */
export function useActor(): (actor: string) => string {
  const { t } = useTranslation();
  const names = useNames();
  return (actor) => {
    const [kind, id] = actor.split(":");
    if (kind === "account") return names.get(id ?? "") ?? t("catalogue.sheet.formerAccount");
    if (kind === "participant") return t("catalogue.sheet.byParticipant");
    return t(kind === "command" ? "catalogue.sheet.byCommand" : "catalogue.sheet.byServer");
  };
}
