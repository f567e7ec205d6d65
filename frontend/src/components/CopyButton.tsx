import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, type ButtonLook } from "./Button";
import { toast } from "./Toast";

/** Puts `text` on the clipboard, and says so where the finger is. */
export function CopyButton({ text, label, ...look }: { text: string; label: string } & ButtonLook) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Over plain HTTP a browser has no clipboard for pages: show the text so that it can be taken by hand.
      toast({ title: t("common.copyFailed"), text, tone: "danger" });
    }
  };
  return (
    <>
      <Button {...look} icon={copied ? Check : Copy} onClick={() => void copy()}>
        {copied ? t("common.copied") : label}
      </Button>
      <span className="visually-hidden" role="status">
        {copied && t("common.copied")}
      </span>
    </>
  );
}
