import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./IconButton";
import { Menu, MenuChoice } from "./Menu";
import { chooseTheme, chosenTheme, onTheme, type Theme } from "./theme";

const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** The three choices, for a menu that has more to offer. */
export function ThemeChoice() {
  const { t } = useTranslation();
  const theme = useSyncExternalStore(onTheme, chosenTheme);
  const options = (["system", "light", "dark"] as const).map((value: Theme) => ({
    value,
    label: t(`common.theme.${value}`),
    icon: ICONS[value],
  }));
  return (
    <MenuChoice
      label={t("common.theme.label")}
      value={theme}
      options={options}
      onChange={chooseTheme}
    />
  );
}

/** A button that opens the choice between light, dark and what the system says. */
export function ThemeSwitch() {
  const { t } = useTranslation();
  const theme = useSyncExternalStore(onTheme, chosenTheme);
  return (
    <Menu trigger={<IconButton icon={ICONS[theme]} label={t("common.theme.label")} />}>
      <ThemeChoice />
    </Menu>
  );
}
