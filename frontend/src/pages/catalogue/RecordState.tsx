import type { RecordKind } from "~/api/types";
import { Badge, type BadgeTone } from "~/components/Badge";
import { useWords } from "./useWords";

/** The states that a record has come to; the others are on the way there. */
const TONES: Record<string, BadgeTone> = {
  accepted: "ok",
  prioritised: "accent",
  verified: "ok",
  recommended: "ok",
  under_review: "warn",
  proposed: "accent",
  rejected: "danger",
  not_recommended: "danger",
};

/** Where a record is in its life. */
export function RecordState({ kind, state }: { kind: RecordKind; state: string }) {
  const words = useWords();
  return <Badge tone={TONES[state] ?? "neutral"}>{words.state(kind, state)}</Badge>;
}
