/** Invites: the links and codes by which people join a session. */
import { answer, api } from "./client";
import type { Invite, Joined, JoinOffer, Page } from "./types";

/** The invites of a session, revoked ones among them. */
export const listInvites = (session: string): Promise<Page<Invite>> =>
  answer(api.GET("/api/v1/invites", { params: { query: { session } } }));

/** Makes a join link. */
export const createInvite = (session: string, role: Invite["role"]): Promise<Invite> =>
  answer(api.POST("/api/v1/invites", { body: { session, role } }));

/** Ends a join link: nobody else gets in by it. */
export const revokeInvite = (id: string): Promise<unknown> =>
  answer(api.DELETE("/api/v1/invites/{id}", { params: { path: { id } } }));

/** The address of an invite's QR code, an SVG picture. */
export const inviteQr = (id: string): string => `/api/v1/invites/${encodeURIComponent(id)}/qr`;

/** What a code leads to, for its holder to see before joining; the notice is in this language. */
export const readJoin = (code: string, lang: string): Promise<JoinOffer> =>
  answer(api.GET("/api/v1/join/{code}", { params: { path: { code }, query: { lang } } }));

/** Joins by a code. The same device joining again is the same participant. */
export const join = (invite: string, name: string): Promise<Joined> =>
  answer(api.POST("/api/v1/join", { body: { invite, name } }));
