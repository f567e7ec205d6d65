// Serves the built web app (dist/) with the stand-in API of test/mockApi.ts, to look at pages without a server.
//   npx vite build && node e2e/mock-server.mjs [port]
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { runnerImport } from "vite";

const DIST = join(import.meta.dirname, "../dist");
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const alias = { "~": join(import.meta.dirname, "../src") };
const { module } = await runnerImport(join(import.meta.dirname, "../test/mockApi.ts"), {
  resolve: { alias },
});
const mock = new module.MockApi();

function readCookies(header = "") {
  const pairs = header.split("; ").filter((it) => it.includes("="));
  return new Map(pairs.map((it) => it.split("=").map(decodeURIComponent)));
}

/** A picture with the look of a QR code; nothing can be read from it. */
function qr() {
  const size = 25;
  const eye = (x, y) => `M${x} ${y}h7v7h-7zm1 1v5h5v-5zm1 1h3v3h-3z`;
  let path = eye(0, 0) + eye(size - 7, 0) + eye(0, size - 7);
  let state = 7;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      state = (state * 1103515245 + 12345) % 2147483648;
      const inEye = (x < 8 || size - 9 < x) && y < 8 ? true : x < 8 && size - 9 < y;
      if (!inEye && state % 7 < 3) path += `M${x} ${y}h1v1h-1z`;
    }
  }
  const body = `<path fill-rule="evenodd" d="${path}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">${body}</svg>`;
}

async function answerApi(request, response) {
  if (request.url.endsWith("/qr"))
    return response.writeHead(200, { "content-type": "image/svg+xml" }).end(qr());
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const cookies = readCookies(request.headers.cookie);
  const before = new Map(cookies);
  const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
  const answer = await mock.answer(
    new Request(`http://127.0.0.1${request.url}`, {
      method: request.method,
      ...(body && { body }),
    }),
    cookies,
  );
  const changed = [...cookies].filter(([name, value]) => before.get(name) !== value);
  const gone = [...before.keys()].filter((name) => !cookies.has(name));
  const set = [
    ...changed.map(
      ([name, value]) =>
        `${encodeURIComponent(name)}=${encodeURIComponent(value)}; Path=/; HttpOnly`,
    ),
    ...gone.map((name) => `${encodeURIComponent(name)}=; Path=/; Max-Age=0`),
  ];
  const type = answer.headers.get("content-type");
  response.writeHead(answer.status, { ...(type && { "content-type": type }), "set-cookie": set });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

function answerFile(request, response) {
  const path = normalize(new URL(request.url, "http://x").pathname);
  const file = join(DIST, path);
  const found =
    file.startsWith(DIST) && existsSync(file) && statSync(file).isFile()
      ? file
      : join(DIST, "index.html");
  response.writeHead(200, { "content-type": TYPES[extname(found)] ?? "application/octet-stream" });
  createReadStream(found).pipe(response);
}

const port = Number(process.argv[2] ?? 4180);
createServer((request, response) => {
  if (request.url.startsWith("/api/")) void answerApi(request, response);
  else answerFile(request, response);
}).listen(port, "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${port}\n`));
