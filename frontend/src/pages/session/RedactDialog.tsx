import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Redacted } from "~/api/types";
import { Button } from "~/components/Button";
import { Checkbox } from "~/components/Checkbox";
import { Dialog } from "~/components/Dialog";
import { TextField } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useRedact } from "~/hooks/useMaps";

interface RedactDialogProps {
  map: string;
  /** The node that it was asked for at, and its words. */
  node: string;
  text: string;
  onClose: () => void;
}

/** Takes the words of a node out for good, and with them everything that holds a name or a sentence. */
export function RedactDialog({ map, node, text, onClose }: RedactDialogProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const preview = useRedact(map);
  const redact = useRedact(map);
  const [words, setWords] = useState("");
  const [picked, setPicked] = useState(true);
  const nodes = picked ? [node] : [];
  const nothing = !picked && words.trim() === "";
  const body = { nodes, ...(words.trim() !== "" && { text: words }) };
  const change = (act: () => void) => {
    act();
    // What was counted before is not what would go now.
    preview.reset();
  };
  const submit = () => {
    if (nothing) return;
    if (!preview.data) preview.mutate({ ...body, preview: true });
    else
      redact.mutate(
        { ...body, preview: false },
        {
          onSuccess: ({ nodes }) => {
            toast({ title: t("map.redact.done", { count: nodes.length }) });
            onClose();
          },
        },
      );
  };
  const error = redact.error ?? preview.error;
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button
        type="submit"
        variant={preview.data ? "danger" : "primary"}
        disabled={nothing || (preview.data !== undefined && isNothing(preview.data))}
        busy={preview.isPending || redact.isPending}
      >
        {preview.data ? t("map.redact.confirm") : t("map.redact.look")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("map.redact.title")}
      description={t("map.redact.text")}
      onSubmit={submit}
      footer={footer}
    >
      {error && <Notice tone="danger">{explain(error)}</Notice>}
      <Checkbox
        label={t("map.redact.node", { text: text || t("map.untitled") })}
        checked={picked}
        onChange={(next) => change(() => setPicked(next))}
      />
      <TextField
        label={t("map.redact.words")}
        hint={t("map.redact.wordsHint")}
        optional
        maxLength={200}
        autoComplete="off"
        value={words}
        onChange={(event) => change(() => setWords(event.target.value))}
      />
      {preview.data && <Found found={preview.data} />}
    </Dialog>
  );
}

function isNothing(found: Redacted): boolean {
  return found.nodes.length + found.comments + found.labels === 0;
}

/** What would go. */
function Found({ found }: { found: Redacted }) {
  const { t } = useTranslation();
  if (isNothing(found)) return <Notice tone="info">{t("map.redact.nothing")}</Notice>;
  return (
    <Notice tone="warn" title={t("map.redact.nodes", { count: found.nodes.length })}>
      {0 < found.comments + found.labels &&
        t("map.redact.others", { comments: found.comments, labels: found.labels })}
    </Notice>
  );
}
