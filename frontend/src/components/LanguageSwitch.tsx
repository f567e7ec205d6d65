import { Languages } from "lucide-react";
import { useTranslation } from "react-i18next";
import { chooseLanguage, LANGUAGES, type Language } from "~/messages/language";
import { IconButton } from "./IconButton";
import { Menu, MenuChoice } from "./Menu";

const OPTIONS = (Object.keys(LANGUAGES) as Language[]).map((value) => ({
  value,
  label: LANGUAGES[value],
}));

/** The languages, each by its own name, for a menu that has more to offer. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  const now = OPTIONS.find((it) => it.value === i18n.language)?.value ?? "en";
  return (
    <MenuChoice
      label={t("common.language.label")}
      value={now}
      options={OPTIONS}
      onChange={(language) => void chooseLanguage(language)}
    />
  );
}

/** A button that opens the choice of the language. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  return (
    <Menu trigger={<IconButton icon={Languages} label={t("common.language.label")} />}>
      <LanguageChoice />
    </Menu>
  );
}
