import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, type ErrorCode } from "~/api/client";
import { wordsOfServer } from "~/messages/serverWords";

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

/** The status that says: it is you, and not the server, who is to wait. */
const TOO_OFTEN = 429;

/** Puts an error into words for who caused or met it. */
export function useExplain(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return useCallback(
    (error) => {
      if (!(error instanceof ApiError)) return t("common.error.internal");
      if (SPEAKS_FOR_ITSELF.has(error.code) && error.detail !== "") {
        // In English the server's sentence is the best there is: it begins with the field.
        return sentence(language === "en" ? error.detail : wordsOfServer(t, afterField(error)));
      }
      return t(error.status === TOO_OFTEN ? "common.error.tooOften" : WORDS[error.code]);
    },
    [t, language],
  );
}

/** What the server says of a field, without its name: the page has words of its own for that. */
function afterField({ detail, field }: ApiError): string {
  return field !== null && detail.startsWith(`${field} `) ? detail.slice(field.length + 1) : detail;
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
