import type { ExportFile } from "~/api/exports";

/** Hands a file to the browser as a download; what it is called. */
export function saveFile(file: ExportFile): string {
  const address = URL.createObjectURL(file.content);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  // The browser has taken it over by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return file.name;
}
