import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { Checkbox } from "~/components/Checkbox";
import { Dialog } from "~/components/Dialog";
import { toast } from "~/components/Toast";
import { PasswordFields, usePasswordForm } from "./PasswordFields";

/** Changes one's password. Mounted while it is open, so that it starts empty each time. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [endTokens, setEndTokens] = useState(false);
  const form = usePasswordForm({
    withCurrent: true,
    endTokens,
    onDone: () => {
      toast({ title: t("start.password.done") });
      onClose();
    },
  });
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={form.busy}>
        {t("start.password.button")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("start.password.title")}
      description={t("start.password.text")}
      onSubmit={form.submit}
      footer={footer}
    >
      <PasswordFields form={form} />
      <Checkbox
        label={t("start.password.endTokens")}
        hint={t("start.password.endTokensHint")}
        checked={endTokens}
        onChange={setEndTokens}
      />
    </Dialog>
  );
}
