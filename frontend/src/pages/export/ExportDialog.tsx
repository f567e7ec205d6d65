import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { Checkbox } from "~/components/Checkbox";
import { Dialog } from "~/components/Dialog";
import { Notice } from "~/components/Notice";
import { Select } from "~/components/Select";
import { Spinner } from "~/components/Spinner";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useExport, useExportFormats } from "~/hooks/useExport";
import styles from "./ExportDialog.module.css";

interface ExportDialogProps {
  map: string;
  branch: { id: string; words: string } | null;
  onClose: () => void;
}

const PARTS = ["notes", "links", "votes"] as const;

/** In what form a map is downloaded, and how much of it. */
export function ExportDialog({ map, branch, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const formats = useExportFormats(map);
  const download = useExport(map);
  const [chosen, setChosen] = useState<string | null>(null);
  const [scope, setScope] = useState<"map" | "branch">("map");
  const [parts, setParts] = useState({ notes: true, links: true, votes: true });
  const format = chosen ?? formats.data?.[0]?.format ?? null;
  const problem = formats.error ?? download.error;
  const submit = () => {
    if (format === null || download.isPending) return;
    const choice = { ...parts, format, branch: scope === "branch" ? branch?.id : undefined };
    download.mutate(choice, {
      onSuccess: (name) => {
        toast({ title: t("export.done", { name }) });
        onClose();
      },
    });
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button
        type="submit"
        variant="primary"
        icon={Download}
        busy={download.isPending}
        disabled={format === null}
      >
        {t("export.download")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("export.title")}
      description={t("export.text")}
      onSubmit={submit}
      footer={footer}
    >
      <div className={styles.form}>
        {problem && <Notice tone="danger">{explain(problem)}</Notice>}
        {formats.isPending && <Spinner />}
        {formats.data && format !== null && (
          <Select
            label={t("export.format")}
            value={format}
            options={formats.data.map((it) => ({
              value: it.format,
              label: `${it.name} (.${it.extension})`,
            }))}
            onChange={setChosen}
          />
        )}
        {branch && (
          <Select
            label={t("export.scope")}
            value={scope}
            options={[
              { value: "map", label: t("export.whole") },
              { value: "branch", label: t("export.branch", { words: branch.words }) },
            ]}
            onChange={setScope}
          />
        )}
        <fieldset className={styles.parts}>
          <legend>{t("export.parts")}</legend>
          {PARTS.map((part) => (
            <Checkbox
              key={part}
              label={t(`export.${part}`)}
              checked={parts[part]}
              onChange={(checked) => setParts({ ...parts, [part]: checked })}
            />
          ))}
        </fieldset>
      </div>
    </Dialog>
  );
}
