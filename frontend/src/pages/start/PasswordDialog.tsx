import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { toast } from "~/components/Toast";
import { PasswordFields, usePasswordForm } from "./PasswordFields";

/** Changes one's password. Mounted while it is open, so that it starts empty each time. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const form = usePasswordForm({
    withCurrent: true,
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
      onSubmit={form.submit}
      footer={footer}
    >
      <PasswordFields form={form} />
    </Dialog>
  );
}
