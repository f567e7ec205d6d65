/** Exported maps, read by programs that know nothing of us, and files that come in and go out again. */
import { spawnSync } from "node:child_process";
import { XMLParser } from "fast-xml-parser";
import { strFromU8, unzipSync } from "fflate";
import { Transformer } from "markmap-lib/no-plugins";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Gapmap, type TreeNode } from "./gapmap";

/** Words with all that a format could take for its own. */
const OUTLINE = `[theme] Speech & <b>speakers</b> "here"
  [gap] *Noise* _robust_ 1. # - [x] \`code\`
    > A note & its <second>
    > line
    1. not a list
      deep é ß 🛸 → done
  - + 2 = 3 | ~a~ $b$
Second`;

/** A node as every reader tells it. */
interface Told {
  readonly text: string;
  readonly children: readonly Told[];
}

let server: Gapmap;
let map: string;
let token: string;

async function call(path: string, body?: string): Promise<Uint8Array> {
  const answer = await fetch(`http://${server.host}/api/v1/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body }),
  });
  expect(answer.status, path).toBeLessThan(300);
  return new Uint8Array(await answer.arrayBuffer());
}

const exported = (format: string, more = "") => call(`maps/${map}/export?format=${format}${more}`);

const told = ({ text, children }: TreeNode): Told => ({ text, children: children.map(told) });

beforeAll(async () => {
  server = await Gapmap.start();
  const workshop = await server.workshop(0);
  map = workshop.map;
  token = workshop.owner;
  await call(`maps/${map}/import?name=words.txt`, OUTLINE);
});

afterAll(() => server.stop());

it("has its XML read by xmllint", async () => {
  for (const format of ["freeplane", "opml", "svg"]) {
    const input = await exported(format);
    const read = spawnSync("xmllint", ["--noout", "--nonet", "-"], { input, encoding: "utf8" });

    expect([read.error, read.stderr, read.status], format).toEqual([undefined, "", 0]);
  }
});

it("is the same tree to an XML parser, in OPML and in Freeplane's", async () => {
  const options = { ignoreAttributes: false, isArray: (name: string) => name !== "opml" };
  const parser = new XMLParser({ ...options, attributeNamePrefix: "", htmlEntities: true });
  type Element = { [name: string]: unknown };
  const elements = (of: Element, name: string) => (of[name] ?? []) as Element[];
  const read = (name: string, words: string) => {
    const node = (of: Element): Told => ({
      text: String(of[words]),
      children: elements(of, name).map(node),
    });
    return node;
  };
  const opml = parser.parse(strFromU8(await exported("opml")));
  const freeplane = parser.parse(strFromU8(await exported("freeplane")));
  const tree = told(await server.tree(map));

  expect(read("outline", "text")(opml.opml.body[0].outline[0])).toEqual(tree);
  expect(read("node", "TEXT")(freeplane.map[0].node[0])).toEqual(tree);
});

it("is the same tree to markmap, with its kinds in bold", async () => {
  const { root } = new Transformer().transform(
    strFromU8(await exported("markdown", "&notes=false")),
  );
  type Node = typeof root;
  const words = (html: string) => {
    const text = html.replace(/^<strong>\w+:<\/strong> ?/, "").replace(/<[^>]+>/g, "");
    const entities = { lt: "<", gt: ">", quot: '"', amp: "&" };
    const named = text.replace(
      /&(lt|gt|quot|amp);/g,
      (_, it: keyof typeof entities) => entities[it],
    );
    return named.replace(/&#x([0-9a-f]+);/gi, (_, it: string) =>
      String.fromCodePoint(Number.parseInt(it, 16)),
    );
  };
  const node = ({ content, children }: Node): Told => ({
    text: words(content),
    children: children.map(node),
  });

  expect(node(root)).toEqual(told(await server.tree(map)));
});

it("is the same tree and the same notes in XMind's ZIP", async () => {
  const files = unzipSync(await exported("xmind"));
  const [sheet] = JSON.parse(strFromU8(files["content.json"] ?? new Uint8Array()));
  interface Topic {
    title: string;
    notes?: { plain: { content: string } };
    children?: { attached: Topic[] };
  }
  const node = ({ title, notes, children }: Topic): unknown => ({
    text: title,
    note: notes?.plain.content ?? "",
    children: (children?.attached ?? []).map(node),
  });
  const noted = ({ text, note, children }: TreeNode): unknown => ({
    text,
    note,
    children: children.map(noted),
  });

  expect(node(sheet.rootTopic)).toEqual(noted(await server.tree(map)));
  for (const name of Object.keys(
    JSON.parse(strFromU8(files["manifest.json"] ?? new Uint8Array()))["file-entries"],
  ))
    expect(files, name).toHaveProperty([name]);
});
