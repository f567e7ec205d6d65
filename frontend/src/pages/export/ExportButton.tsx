import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/components/IconButton";
import { ExportDialog } from "./ExportDialog";

interface ExportButtonProps {
  map: string;
  /** A branch that may be exported alone, with its words. */
  branch?: { id: string; words: string } | null;
  /** For a list of maps: whose export it is. */
  label?: string;
  size?: "s" | "m";
}

/** Opens what a map can be exported as. */
export function ExportButton({ map, branch = null, label, size = "m" }: ExportButtonProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        icon={Download}
        label={label ?? t("export.open")}
        size={size}
        onClick={() => setOpen(true)}
      />
      {open && <ExportDialog map={map} branch={branch} onClose={() => setOpen(false)} />}
    </>
  );
}
