import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { SignInLink } from "~/api/types";
import { Button } from "~/components/Button";
import { CopyButton } from "~/components/CopyButton";
import { Dialog } from "~/components/Dialog";
import { formatDateTime } from "~/components/format";
import styles from "./Admin.module.css";

interface LinkDialogProps {
  name: string;
  link: SignInLink;
  onClose: () => void;
}

/** Shows a link that signs somebody in once, this one time. */
export function LinkDialog({ name, link, onClose }: LinkDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.close")}</Button>
      <CopyButton text={link.url} label={t("admin.users.link.copy")} variant="primary" />
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("admin.users.link.title", { name })}
      description={t("admin.users.link.text", { when: formatDateTime(link.expires_at) })}
      footer={footer}
    >
      <div>
        <span id={id} className="visually-hidden">
          {t("admin.users.link.label")}
        </span>
        <output aria-labelledby={id} className={styles.secret}>
          {link.url}
        </output>
      </div>
    </Dialog>
  );
}
