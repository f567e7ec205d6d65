// @vitest-environment node
/** The types of the API are those of the description that the server's own test keeps up to date. */
import { readFileSync } from "node:fs";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";
import { expect, it } from "vitest";

it("are made from openapi.json by npm run api", async () => {
  const file = new URL("../openapi.json", import.meta.url);
  const types = astToString(await openapiTS(JSON.parse(readFileSync(file, "utf8"))));
  const kept = readFileSync(new URL("../src/api/schema.d.ts", import.meta.url), "utf8");

  expect(`${COMMENT_HEADER}${types}`).toBe(kept);
});
