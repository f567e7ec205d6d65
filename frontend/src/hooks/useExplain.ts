import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, type ErrorCode } from "~/api/client";

/** The server's own sentence is the better one where it knows what exactly was wrong. */
const SPEAKS_FOR_ITSELF: ReadonlySet<ErrorCode> = new Set([
  "invalid",
  "conflict",
  "gone",
  "too_large",
]);

const WORDS = {
  invalid: "common.error.title",
  not_found: "common.error.notFound",
  unauthenticated: "common.error.unauthenticated",
  forbidden: "common.error.forbidden",
  conflict: "common.error.conflict",
  stale: "common.error.stale",
  gone: "common.error.gone",
  too_large: "common.error.tooLarge",
  busy: "common.error.busy",
  not_installed: "common.error.notInstalled",
  internal: "common.error.internal",
  network: "common.error.network",
} as const satisfies Record<ErrorCode, string>;

/** Puts an error into words for who caused or met it. */
export function useExplain(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      if (!(error instanceof ApiError)) return t("common.error.internal");
      if (SPEAKS_FOR_ITSELF.has(error.code) && error.detail !== "") return sentence(error.detail);
      return t(WORDS[error.code]);
    },
    [t],
  );
}

/** Where a form shows an error: at a field of its own, or, when it is about none of them, above its buttons. */
export interface FormProblem {
  /** The words for `field`, when the error is about it. */
  at: (field: string) => string | null;
  /** The words for the form as a whole. */
  rest: string | null;
}

/** Sorts the error of a form's call to the fields it has. */
export function useFormProblem(error: unknown, fields: readonly string[]): FormProblem {
  const explain = useExplain();
  if (!error) return { at: () => null, rest: null };
  const field = error instanceof ApiError ? error.field : null;
  const words = explain(error);
  if (field === null || !fields.includes(field)) return { at: () => null, rest: words };
  return { at: (name) => (name === field ? words : null), rest: null };
}

/** The server writes details as fragments, lower-case and without a full stop. */
function sentence(detail: string): string {
  const start = detail.charAt(0).toUpperCase() + detail.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
