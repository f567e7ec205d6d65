import { Ellipsis, Link2, UserRoundCheck, UserRoundX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Role, User } from "~/api/types";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { IconButton } from "~/components/IconButton";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "~/components/Menu";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useChangeUser, useSignInLink } from "~/hooks/useUsers";
import { LinkDialog } from "./LinkDialog";
import { ROLES } from "./roles";

/** What can be done with somebody else's account. */
export function UserMenu({ user }: { user: User }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const change = useChangeUser();
  const makeLink = useSignInLink();
  const [asking, setAsking] = useState(false);
  const { id, name, version } = user;
  const say = { onError: (error: unknown) => toast({ title: explain(error), tone: "danger" }) };
  const setRole = (role: Role) =>
    change.mutate(
      { id, version, role },
      {
        ...say,
        onSuccess: () =>
          toast({ title: t("admin.users.roleDone", { name, role: t(`common.role.${role}`) }) }),
      },
    );
  const enable = () =>
    change.mutate(
      { id, version, disabled: false },
      { ...say, onSuccess: () => toast({ title: t("admin.users.enabledDone", { name }) }) },
    );
  const disable = async () => {
    await change.mutateAsync({ id, version, disabled: true });
    toast({ title: t("admin.users.disabledDone", { name }) });
  };
  return (
    <>
      <Menu
        trigger={
          <IconButton
            icon={Ellipsis}
            label={t("common.actionsFor", { name })}
            size="s"
            busy={change.isPending}
          />
        }
      >
        <MenuChoice
          label={t("admin.users.role")}
          value={user.role}
          options={ROLES.map((value) => ({ value, label: t(`common.role.${value}`) }))}
          onChange={setRole}
        />
        <MenuSeparator />
        {user.disabled_at === null && (
          <MenuItem icon={Link2} onSelect={() => makeLink.mutate(id, say)}>
            {t("admin.users.link.make")}
          </MenuItem>
        )}
        {user.disabled_at === null ? (
          <MenuItem icon={UserRoundX} danger onSelect={() => setAsking(true)}>
            {t("admin.users.disable")}
          </MenuItem>
        ) : (
          <MenuItem icon={UserRoundCheck} onSelect={enable}>
            {t("admin.users.enable")}
          </MenuItem>
        )}
      </Menu>
      {makeLink.data && (
        <LinkDialog name={name} link={makeLink.data} onClose={() => makeLink.reset()} />
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("admin.users.disableConfirm", { name })}
        text={t("admin.users.disableText")}
        confirm={t("admin.users.disable")}
        danger
        onConfirm={disable}
        explain={explain}
      />
    </>
  );
}
