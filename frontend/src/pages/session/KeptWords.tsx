import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { Notice } from "~/components/Notice";
import { useKeptWords } from "~/hooks/useKeptWords";
import { CopyWords, outlineOf } from "~/pages/session/CopyWords";

/** In place of a map that may not be opened any more: what was written in it and never got away. */
export function KeptWords({ map }: { map: string }) {
  const { t } = useTranslation();
  const { words, discard } = useKeptWords(map);
  if (outlineOf(words) === "") return null;
  return (
    <Notice
      tone="warn"
      title={t("map.setAside.keptTitle")}
      action={
        <>
          <CopyWords words={words} />
          <Button size="s" onClick={() => void discard()}>
            {t("map.setAside.dismiss")}
          </Button>
        </>
      }
    >
      {t("map.setAside.keptText")}
    </Notice>
  );
}
