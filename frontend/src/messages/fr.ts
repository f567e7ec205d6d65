/** Tous les textes français, par domaine, comme en.ts. */
import { admin } from "./fr/admin";
import { agenda } from "./fr/agenda";
import { catalogue } from "./fr/catalogue";
import { catalogueBoards } from "./fr/catalogueBoards";
import { catalogueWords } from "./fr/catalogueWords";
import { common } from "./fr/common";
import { exporting } from "./fr/export";
import { imports } from "./fr/imports";
import { join } from "./fr/join";
import { link } from "./fr/link";
import { map } from "./fr/map";
import { mapImport } from "./fr/mapImport";
import { outline } from "./fr/outline";
import { reports } from "./fr/reports";
import { run } from "./fr/run";
import { server } from "./fr/server";
import { sessions } from "./fr/sessions";
import { start } from "./fr/start";
import { timeline } from "./fr/timeline";

/** Les textes du produit, dans la forme d'en.ts ; un test dit ce qui manque. */
export const fr = {
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
