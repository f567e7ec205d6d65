import { Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPlace } from "~/api/mapImports";
import type { ImportedMap } from "~/api/types";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { TextField } from "~/components/Field";
import { FileDrop } from "~/components/FileDrop";
import { DOT } from "~/components/format";
import { Notice } from "~/components/Notice";
import { Spinner } from "~/components/Spinner";
import { useExplain } from "~/hooks/useExplain";
import { useMapImport, useMapPreview } from "~/hooks/useMapImport";
import styles from "./ImportMapDialog.module.css";

interface ImportMapDialogProps {
  place: ImportPlace;
  /** The words of the node under which the file comes. */
  words?: string;
  onDone: (done: ImportedMap) => void;
  onClose: () => void;
}

/** Chooses a file, shows what would come of it, and imports it. */
export function ImportMapDialog({ place, words, onDone, onClose }: ImportMapDialogProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const preview = useMapPreview(place);
  const carryOut = useMapImport(place);
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState("");
  const found = preview.data ?? null;
  const problem = carryOut.error ?? preview.error;
  const isNew = "session" in place;
  const choose = (next: File) => {
    setFile(next);
    carryOut.reset();
    preview.mutate(next, { onSuccess: (it) => setTitle(it.title.slice(0, 200)) });
  };
  const submit = () => {
    if (!file || !found || carryOut.isPending) return;
    const named = isNew && title.trim() !== "" ? { title: title.trim() } : {};
    carryOut.mutate({ file, ...named }, { onSuccess: onDone });
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={carryOut.isPending} disabled={found === null}>
        {t("mapImport.import")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={isNew ? t("mapImport.titleNew") : t("mapImport.titleUnder", { words })}
      description={t("mapImport.text")}
      onSubmit={submit}
      footer={footer}
    >
      <div className={styles.form}>
        <FileDrop
          icon={Upload}
          label={t(file ? "mapImport.other" : "mapImport.choose")}
          hint={t("mapImport.drop")}
          file={file?.name ?? null}
          accept=".mm,.xmind,.opml,.xml,.md,.markdown,.txt,.json"
          onFile={choose}
        />
        <div role="status">
          {preview.isPending && (
            <p className={styles.name}>
              <Spinner /> {t("mapImport.reading", { name: file?.name })}
            </p>
          )}
          {found && <Found found={found} />}
        </div>
        {problem && <Notice tone="danger">{explain(problem)}</Notice>}
        {found && isNew && (
          <TextField
            label={t("mapImport.name")}
            value={title}
            maxLength={200}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </div>
    </Dialog>
  );
}

/** What a file holds, and what of it would be lost. */
function Found({ found }: { found: ImportedMap }) {
  const { t } = useTranslation();
  return (
    <div className={styles.form}>
      <ul className={styles.counts}>
        <li>{t("mapImport.as", { format: t(`mapImport.format.${found.format}`) })}</li>
        <li>{t("mapImport.found", { count: found.nodes })}</li>
        <li>{t("mapImport.levels", { count: found.levels })}</li>
        {found.arrows > 0 && <li>{t("mapImport.arrows", { count: found.arrows })}</li>}
      </ul>
      {found.not_kept.length === 0 ? (
        <p className={styles.places}>{t("mapImport.all")}</p>
      ) : (
        <div className={styles.lost}>
          <h3>{t("mapImport.notKept")}</h3>
          <ul className={styles.lost}>
            {found.not_kept.map((it) => (
              <li key={it.what}>
                {t(`mapImport.what.${it.what}`)} ({it.count})
                {it.places.some((place) => place !== "") && (
                  <span className={styles.places} dir="auto">
                    {t("mapImport.at", { places: it.places.filter(Boolean).join(DOT) })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
