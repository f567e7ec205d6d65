/**
 * Lists as other programs put them on the clipboard as HTML. It tells the levels that their plain text
 * leaves out: Word's paragraphs name them in a style, all others nest their lists or say them aloud.
 */
import { nest, type OutlineItem, type OutlineLine } from "~/map/outlineText";

/** Where Word says which level of a list a paragraph has. */
const WORD_LEVEL = /mso-list:\s*\S+\s+level(\d+)/i;
/** What Word put before the words of an item: its bullet or number. */
const WORD_MARK = /mso-list:\s*ignore/i;
const BLOCKS = "p, li, ul, ol, div, h1, h2, h3, h4, h5, h6, blockquote, pre";
/** Of no use without a reader who sees them. */
const UNSEEN = "style, script, title, head, template";

/** The lists in a piece of HTML as an outline; null where it tells no more than its plain text. */
export function readLists(html: string): OutlineItem[] | null {
  if (!/mso-list|<li[\s>]/i.test(html)) return null;
  // By another name: the page's content policy would have its say about styles, in a document that nobody sees.
  const unstyled = html.replaceAll(/(<[^>]*\s)style(\s*=)/gi, "$1data-style$2");
  const { body } = new DOMParser().parseFromString(unstyled, "text/html");
  // A table is better read as text: a row of it is one line there.
  if (body.querySelector("table")) return null;
  const lines: OutlineLine[] = [];
  for (const { depth, words } of linesOf(body)) {
    const text = wordsOf(words);
    if (text !== "") lines.push({ depth, text });
  }
  return lines.some(({ depth }) => depth > 0) ? nest(lines) : null;
}

interface Line {
  readonly depth: number;
  words: string;
}

/** What stands in blocks of its own, from top to bottom. */
function linesOf(body: HTMLElement): Line[] {
  const lines: Line[] = [];
  const read = (parent: Node, depth: number) => {
    for (const node of parent.childNodes) {
      const line = lines.at(-1);
      if (node instanceof Text && line) line.words += node.data.replaceAll(/\s+/g, " ");
      if (!(node instanceof HTMLElement) || node.matches(UNSEEN) || isMark(node)) continue;
      if (node.matches("br") && line) line.words += "\n";
      const isBlock = node.matches(BLOCKS);
      const own = isBlock ? (levelOf(node) ?? depth) : depth;
      if (isBlock) lines.push({ depth: own, words: "" });
      read(node, own);
      // What comes after a block is not part of it.
      if (isBlock) lines.push({ depth, words: "" });
    }
  };
  lines.push({ depth: 0, words: "" });
  read(body, 0);
  return lines;
}

const isMark = (element: HTMLElement) => WORD_MARK.test(element.dataset.style ?? "");

/** How many levels are above a block; undefined where it is as deep as what it stands in. */
function levelOf(block: HTMLElement): number | undefined {
  const word = WORD_LEVEL.exec(block.dataset.style ?? "")?.[1];
  const said = block.dataset.ariaLevel ?? block.ariaLevel;
  if (word !== undefined) return Number(word) - 1;
  if (!block.matches("li")) return undefined;
  if (said) return Math.max(0, Number.parseInt(said, 10) - 1 || 0);
  let lists = 0;
  for (let at = block.parentElement; at; at = at.parentElement) if (at.matches("ul, ol")) lists++;
  return Math.max(0, lists - 1);
}

/** Words as they are seen: breaks where they are asked for, and no other white space twice. */
function wordsOf(words: string): string {
  const lines = words.split("\n").map((line) => line.replaceAll(/[\s\u00a0]+/g, " ").trim());
  return lines.join("\n").trim();
}
