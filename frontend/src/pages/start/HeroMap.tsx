import styles from "./HeroMap.module.css";

interface Leaf {
  x: number;
  y: number;
  width: number;
  colour: "blue" | "orange" | "green";
  lines: readonly number[];
  gap?: boolean;
}

const ROOT = { x: 24, y: 168, width: 104, height: 44 };
const BRANCHES: readonly (Leaf & { leaves: readonly Leaf[] })[] = [
  {
    ...box(188, 56, 92, "blue", [60]),
    leaves: [box(330, 22, 104, "blue", [78, 52]), box(330, 84, 84, "blue", [58])],
  },
  {
    ...box(188, 172, 104, "orange", [72]),
    leaves: [
      box(330, 140, 92, "orange", [62]),
      { ...box(330, 200, 116, "orange", [84, 60]), gap: true },
    ],
  },
  {
    ...box(188, 290, 84, "green", [54]),
    leaves: [box(330, 262, 108, "green", [76]), box(330, 318, 88, "green", [60, 40])],
  },
];

function box(
  x: number,
  y: number,
  width: number,
  colour: Leaf["colour"],
  lines: readonly number[],
): Leaf {
  return { x, y, width, colour, lines };
}

/** A drawing of a map with one gap in it, for the start page. It only decorates. */
export function HeroMap() {
  const start = { x: ROOT.x + ROOT.width, y: ROOT.y + ROOT.height / 2 };
  return (
    <svg viewBox="0 0 460 380" className={styles.map} aria-hidden="true">
      {BRANCHES.map((branch) => (
        <g key={branch.y} className={styles[branch.colour]}>
          <Curve from={start} to={entry(branch)} />
          {branch.leaves.map((leaf) => (
            <Curve key={leaf.y} from={exit(branch)} to={entry(leaf)} dashed={leaf.gap === true} />
          ))}
          <Node leaf={branch} />
          {branch.leaves.map((leaf) => (
            <Node key={leaf.y} leaf={leaf} />
          ))}
        </g>
      ))}
      <rect {...ROOT} rx="12" className={styles.root} />
      <rect
        x={ROOT.x + 18}
        y={ROOT.y + 18}
        width="68"
        height="8"
        rx="4"
        className={styles.rootLine}
      />
    </svg>
  );
}

interface Point {
  x: number;
  y: number;
}

const heightOf = (leaf: Leaf) => 18 + leaf.lines.length * 14;
const entry = (leaf: Leaf): Point => ({ x: leaf.x, y: leaf.y + heightOf(leaf) / 2 });
const exit = (leaf: Leaf): Point => ({ x: leaf.x + leaf.width, y: leaf.y + heightOf(leaf) / 2 });

function Curve({ from, to, dashed = false }: { from: Point; to: Point; dashed?: boolean }) {
  const middle = (from.x + to.x) / 2;
  const path = `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
  return <path d={path} className={dashed ? styles.dashed : styles.curve} />;
}

function Node({ leaf }: { leaf: Leaf }) {
  return (
    <>
      <rect
        x={leaf.x}
        y={leaf.y}
        width={leaf.width}
        height={heightOf(leaf)}
        rx="9"
        className={leaf.gap ? styles.gap : styles.node}
      />
      {leaf.lines.map((width, line) => (
        <rect
          key={width}
          x={leaf.x + 14}
          y={leaf.y + 13 + line * 14}
          width={width}
          height="6"
          rx="3"
          className={styles.line}
        />
      ))}
    </>
  );
}
