import { CircleCheck, CircleDashed, CircleX, Link2, PackageCheck } from "lucide-react";
import styles from "./Chip.module.css";
import type { Chip } from "./chips";

const ICONS = { gap: CircleDashed, solution: PackageCheck, many: Link2 };
const DECIDED = { confirmed: CircleCheck, rejected: CircleX };

/** What something is linked to, as the map shows it. */
export function ChipView({ chip }: { chip: Chip }) {
  const Icon = ICONS[chip.kind];
  const Decided = chip.standing === "proposed" ? null : DECIDED[chip.standing];
  return (
    <span className={styles.chip} data-standing={chip.standing} title={chip.label}>
      <Icon aria-hidden="true" />
      <span aria-hidden="true" className={styles.text}>
        {chip.text}
      </span>
      {Decided && <Decided aria-hidden="true" />}
      <span className="visually-hidden">, {chip.label}</span>
    </span>
  );
}
