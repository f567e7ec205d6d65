import styles from "./Avatar.module.css";
import { classes } from "./classes";

const COLOURS = ["red", "orange", "yellow", "green", "blue", "purple"] as const;

/** The letters that stand for a name: "Badger-07" is B7, "Maria Ruiz" is MR. */
export function initialsOf(name: string): string {
  const parts = name.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== "");
  const first = parts[0]?.charAt(0) ?? "?";
  const last = parts.length > 1 ? (parts.at(-1) ?? "").replace(/^0+(?=\d)/, "").charAt(0) : "";
  return (first + last).toUpperCase();
}

/** One of the branch colours, always the same for the same name. */
function colourOf(name: string): (typeof COLOURS)[number] {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return COLOURS[sum % COLOURS.length] ?? "blue";
}

interface AvatarProps {
  name: string;
  size?: "s" | "m";
  /** The colour that the server has given the person; without it, one of the name's own. */
  colour?: (typeof COLOURS)[number] | undefined;
}

/** A disc with initials. It decorates: the name itself stands beside it or names its button. */
export function Avatar({ name, size = "m", colour }: AvatarProps) {
  return (
    <span
      className={classes(styles.avatar, styles[colour ?? colourOf(name)], size === "s" && styles.s)}
      aria-hidden="true"
      // As content of the style sheet it is no text: a button that holds it keeps the name it was given.
      data-initials={initialsOf(name)}
    />
  );
}
