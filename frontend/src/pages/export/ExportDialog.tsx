import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ExportFormat } from "~/api/types";
import { Button } from "~/components/Button";
import { Checkbox } from "~/components/Checkbox";
import { Dialog } from "~/components/Dialog";
import { Notice } from "~/components/Notice";
import { Select } from "~/components/Select";
import { Spinner } from "~/components/Spinner";
import { toast } from "~/components/Toast";
import { Working } from "~/components/Working";
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
  const wanted = formats.data?.find((it) => it.format === chosen) ?? formats.data?.[0];
  const problem = formats.error ?? download.error;
  const submit = () => {
    if (!wanted?.is_available || download.isPending) return;
    const under = scope === "branch" ? branch?.id : undefined;
    const choice = { ...parts, format: wanted.format, branch: under };
    download.make(choice, {
      onSuccess: ({ name, percent }) => {
        const title = t("export.done", { name });
        toast(percent === null ? { title } : { title, text: t("export.shrunk", { percent }) });
        onClose();
      },
    });
  };
  const close = () => {
    download.callOff(); // Nobody expects a file after they have gone.
    onClose();
  };
  const footer = (
    <>
      <Button onClick={close}>{t("common.cancel")}</Button>
      <Button
        type="submit"
        variant="primary"
        icon={Download}
        busy={download.isPending}
        disabled={!wanted?.is_available}
      >
        {t("export.download")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={close}
      title={t("export.title")}
      description={t("export.text")}
      onSubmit={submit}
      footer={footer}
    >
      <div className={styles.form}>
        {download.isPending && <Making name={wanted?.name ?? ""} onCancel={download.callOff} />}
        {problem && <Notice tone="danger">{explain(problem)}</Notice>}
        {formats.isPending && <Spinner />}
        {formats.data && wanted && (
          <FormatSelect formats={formats.data} wanted={wanted} onChange={setChosen} />
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

function Making({ name, onCancel }: { name: string; onCancel: () => void }) {
  const { t } = useTranslation();
  return <Working label={t("export.making", { format: name })} onCancel={onCancel} />;
}

interface FormatSelectProps {
  formats: readonly ExportFormat[];
  wanted: ExportFormat;
  onChange: (format: string) => void;
}

/** The forms that the server knows; one that it cannot make says so once it is chosen. */
function FormatSelect({ formats, wanted, onChange }: FormatSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      label={t("export.format")}
      value={wanted.format}
      {...(!wanted.is_available && { hint: t("export.notHere") })}
      options={formats.map((it) => ({ value: it.format, label: `${it.name} (.${it.extension})` }))}
      onChange={onChange}
    />
  );
}
