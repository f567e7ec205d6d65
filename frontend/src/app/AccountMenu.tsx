import { Link, useNavigate } from "@tanstack/react-router";
import { KeyRound, LockKeyhole, LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "~/api/types";
import { Avatar } from "~/components/Avatar";
import { LanguageChoice } from "~/components/LanguageSwitch";
import { Menu, MenuHeading, MenuItem, MenuSeparator } from "~/components/Menu";
import { ThemeChoice } from "~/components/ThemeSwitch";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useSignOut } from "~/hooks/useMe";
import { PasswordDialog } from "~/pages/start/PasswordDialog";
import styles from "./AccountMenu.module.css";

/** One's own account: tokens, password, appearance, the way out. */
export function AccountMenu({ user }: { user: Account }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const [changing, setChanging] = useState(false);
  const leave = () =>
    signOut.mutate(undefined, {
      onSuccess: () => void navigate({ to: "/" }),
      onError: (error) => toast({ title: explain(error), tone: "danger" }),
    });
  const trigger = (
    <button
      type="button"
      className={styles.trigger}
      aria-label={t("common.nav.account", { name: user.name })}
    >
      <Avatar name={user.name} />
    </button>
  );
  return (
    <>
      <Menu trigger={trigger}>
        <MenuHeading>
          <strong className={styles.name} dir="auto">
            {user.name}
          </strong>
          {t(`common.role.${user.role}`)}
        </MenuHeading>
        <MenuSeparator />
        <MenuItem icon={KeyRound} link={<Link to="/admin/tokens" />}>
          {t("common.nav.tokens")}
        </MenuItem>
        <MenuItem icon={LockKeyhole} onSelect={() => setChanging(true)}>
          {t("common.nav.password")}
        </MenuItem>
        <MenuSeparator />
        <ThemeChoice />
        <MenuSeparator />
        <LanguageChoice />
        <MenuSeparator />
        <MenuItem icon={LogOut} onSelect={leave}>
          {t("common.nav.signOut")}
        </MenuItem>
      </Menu>
      {changing && <PasswordDialog onClose={() => setChanging(false)} />}
    </>
  );
}
