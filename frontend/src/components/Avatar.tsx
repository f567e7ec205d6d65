import { colourOfPerson } from "~/map/people";
import styles from "./Avatar.module.css";
import { classes } from "./classes";

/** The letters that stand for a name: "Badger-07" is B7, "Maria Ruiz" is MR. */
export function initialsOf(name: string): string {
  const parts = name.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== "");
  const first = parts[0]?.charAt(0) ?? "?";
  const last = parts.length > 1 ? (parts.at(-1) ?? "").replace(/^0+(?=\d)/, "").charAt(0) : "";
  return (first + last).toUpperCase();
}

interface AvatarProps {
  /** Who it is: a participant or an account. It gives the colour. */
  id: string;
  /** What they are called, which gives the initials; not what they are to whoever looks, such as "you". */
  name: string;
  size?: "s" | "m";
}

/** A disc with initials. It decorates: the name itself stands beside it or names its button. */
export function Avatar({ id, name, size = "m" }: AvatarProps) {
  return (
    <span
      className={classes(styles.avatar, styles[colourOfPerson(id)], size === "s" && styles.s)}
      aria-hidden="true"
      // As content of the style sheet it is no text: a button that holds it keeps the name it was given.
      data-initials={initialsOf(name)}
    />
  );
}
