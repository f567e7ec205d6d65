import { useTranslation } from "react-i18next";
import { CopyButton } from "~/components/CopyButton";
import type { AsideText } from "~/sync/aside";

/** Copies words that are not in the map, for their author to take elsewhere; nothing where there are none. */
export function CopyWords({ words }: { words: readonly AsideText[] }) {
  const { t } = useTranslation();
  const text = outlineOf(words);
  if (text === "") return null;
  return <CopyButton text={text} label={t("map.setAside.copy")} variant="primary" size="s" />;
}

/** As an outline that can be pasted: each text under the one it stood under. */
export function outlineOf(words: readonly AsideText[]): string {
  return words
    .map(({ under, text, note }) => {
      const lines = [under, `\t${text}`, ...(note === "" ? [] : [`\t\t${note}`])];
      return lines.filter((line) => line.trim() !== "").join("\n");
    })
    .join("\n");
}
