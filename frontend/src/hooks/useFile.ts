import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import type { ExportFile } from "~/api/exports";
import { saveFile } from "./saveFile";

/** Has a file made, and hands it to the browser as a download; what is asked for can be called off. */
export function useFile<Choice>(
  make: (choice: Choice, signal: AbortSignal) => Promise<ExportFile>,
) {
  const asked = useRef<AbortController | null>(null);
  const making = useMutation({
    mutationFn: async (choice: Choice) => {
      asked.current = new AbortController();
      const file = await make(choice, asked.current.signal);
      return { name: saveFile(file), percent: file.percent };
    },
  });
  const { mutate, isPending, variables } = making;
  return {
    make: mutate,
    isPending,
    /** What is being made, or was last. */
    choice: variables,
    error: wasCalledOff(making.error) ? null : making.error,
    callOff: () => asked.current?.abort(),
  };
}

/** Whether something failed because whoever asked for it no longer wanted it. */
export const wasCalledOff = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "AbortError";
