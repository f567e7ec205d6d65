/** Rounds: a session's agenda, and going through it; templates to begin with. */
import { answer, api } from "./client";
import type { Agenda, Page, RoundDraft, Step, Template } from "./types";

/** A session's agenda. */
export const readAgenda = (session: string): Promise<Agenda> =>
  answer(api.GET("/api/v1/sessions/{id}/rounds", { params: { path: { id: session } } }));

/** Writes an agenda anew, whole; `version` is the session's that it was made from. */
export const changeAgenda = (
  session: string,
  version: number,
  rounds: readonly RoundDraft[],
): Promise<Agenda> =>
  answer(
    api.PUT("/api/v1/sessions/{id}/rounds", {
      params: { path: { id: session } },
      body: { version, rounds: [...rounds] },
    }),
  );

/** Begins, ends or times a round. */
export const stepRound = (session: string, step: Step): Promise<Agenda> =>
  answer(
    api.POST("/api/v1/sessions/{id}/round", { params: { path: { id: session } }, body: step }),
  );

/** What sessions begin with. */
export const listTemplates = (): Promise<Page<Template>> => answer(api.GET("/api/v1/templates"));

/** Saves a session's agenda and first branches. */
export const saveTemplate = (name: string, session: string): Promise<Template> =>
  answer(api.POST("/api/v1/templates", { body: { name, session } }));

/** Deletes a saved template. */
export const deleteTemplate = (id: string): Promise<unknown> =>
  answer(api.DELETE("/api/v1/templates/{id}", { params: { path: { id } } }));
