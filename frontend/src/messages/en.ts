/** All English texts, by area. Each area has a file in en/, so that two people seldom edit the same one. */
import { admin } from "./en/admin";
import { agenda } from "./en/agenda";
import { catalogue } from "./en/catalogue";
import { catalogueBoards } from "./en/catalogueBoards";
import { catalogueWords } from "./en/catalogueWords";
import { common } from "./en/common";
import { exporting } from "./en/export";
import { imports } from "./en/imports";
import { join } from "./en/join";
import { link } from "./en/link";
import { map } from "./en/map";
import { mapImport } from "./en/mapImport";
import { outline } from "./en/outline";
import { reports } from "./en/reports";
import { run } from "./en/run";
import { server } from "./en/server";
import { sessions } from "./en/sessions";
import { start } from "./en/start";
import { timeline } from "./en/timeline";

/** The texts of the product; the other languages have its shape. */
export const en = {
  agenda,
  common,
  export: exporting,
  start,
  sessions,
  join,
  link,
  admin,
  imports,
  outline,
  map,
  mapImport,
  reports,
  run,
  server,
  timeline,
  catalogue: { ...catalogue, ...catalogueBoards, ...catalogueWords },
};
