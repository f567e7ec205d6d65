/** The routes of links and suggestions as they are agreed on, until the server's own description has them. */
import type { BoardRow, Card, LinkState, MapCards, Page, Suggestions } from "./types";

interface Call<Parameters, Content> {
  parameters: Parameters;
  requestBody?: unknown;
  responses: { 200: { headers: never; content: { "application/json": Content } } };
}
type Json<Body> = { content: { "application/json": Body } };

/** By path and method, as the generated types have them. */
export interface ContractPaths {
  "/api/v1/maps/{id}/cards": { get: Call<{ path: { id: string } }, Pick<MapCards, "items">> };
  "/api/v1/suggest": {
    get: Call<
      {
        query: {
          text: string;
          path?: string[];
          kind?: "gap" | "solution";
          map?: string;
          limit?: number;
        };
      },
      Suggestions
    >;
  };
  "/api/v1/maps/{id}/nodes/{node}/gap": {
    post: Call<{ path: { id: string; node: string } }, Card> & {
      requestBody: Json<{ title?: string }>;
    };
  };
  "/api/v1/sessions/{id}/links": {
    get: Call<
      {
        path: { id: string };
        query: {
          linked?: "none" | "proposed" | "confirmed";
          sort?: "votes";
          limit?: number;
          cursor?: string;
        };
      },
      Page<BoardRow>
    >;
  };
  "/api/v1/maps/{id}/nodes/{node}/links/{target}": {
    put: Call<{ path: { id: string; node: string; target: string } }, never> & {
      requestBody: Json<{ state: LinkState }>;
    };
  };
}
