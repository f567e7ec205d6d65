/** The picture of each kind of node. Its word always stands beside it. */
import {
  Ban,
  CircleDashed,
  CircleParking,
  CircleQuestionMark,
  GitFork,
  Layers,
  Lightbulb,
  type LucideIcon,
  Mountain,
  Signpost,
  Target,
} from "lucide-react";
import type { Kind } from "~/map/schema";

/** Kind to picture. */
export const KIND_ICONS: Readonly<Record<Kind, LucideIcon>> = {
  theme: Layers,
  challenge: Mountain,
  gap: CircleDashed,
  need: Target,
  cause: GitFork,
  idea: Lightbulb,
  hint: Signpost,
  constraint: Ban,
  question: CircleQuestionMark,
  parked: CircleParking,
};
