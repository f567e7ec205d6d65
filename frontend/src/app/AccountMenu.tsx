import { Link, useNavigate } from "@tanstack/react-router";
import { KeyRound, LockKeyhole, LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "~/api/types";
import { Avatar } from "~/components/Avatar";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { LanguageChoice } from "~/components/LanguageSwitch";
import { Menu, MenuHeading, MenuItem, MenuSeparator } from "~/components/Menu";
import { ThemeChoice } from "~/components/ThemeSwitch";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useSignOut } from "~/hooks/useMe";
import { forgetIdeas, hasUnsentIdeas } from "~/pages/session/silent/drawer";
import { PasswordDialog } from "~/pages/start/PasswordDialog";
import { unsentOffline } from "~/sync/device";
import styles from "./AccountMenu.module.css";

/** One's own account: tokens, password, appearance, the way out. */
export function AccountMenu({ user }: { user: Account }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const [changing, setChanging] = useState(false);
  const [asking, setAsking] = useState(false);
  const leave = async () => {
    await signOut.mutateAsync();
    forgetIdeas();
    await navigate({ to: "/" });
  };
  // What the browser keeps goes with the sign-in, also what no server has got.
  const ask = async () => {
    if (hasUnsentIdeas() || (await unsentOffline()) > 0) return setAsking(true);
    await leave().catch((error) => toast({ title: explain(error), tone: "danger" }));
  };
  const trigger = (
    <button
      type="button"
      className={styles.trigger}
      aria-label={t("common.nav.account", { name: user.name })}
    >
      <Avatar id={user.id} name={user.name} />
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
        <MenuItem icon={LogOut} onSelect={() => void ask()}>
          {t("common.nav.signOut")}
        </MenuItem>
      </Menu>
      {changing && <PasswordDialog onClose={() => setChanging(false)} />}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("common.signOut.title")}
        text={t("common.signOut.unsent")}
        confirm={t("common.nav.signOut")}
        danger
        onConfirm={leave}
        explain={explain}
      />
    </>
  );
}
