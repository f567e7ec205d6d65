import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The tests that need a built server: GAPMAP_BIN=…/gapmap npm run test:live. */
export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    environment: "node",
    include: ["test/live/*.live.ts"],
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
