/** Invites: the links and codes by which people join a session. */
import { answer, api } from "./client";
import type { Invite, Joined, JoinOffer, NewInvite, Page } from "./types";

/** The invites of a session, revoked ones among them. */
export const listInvites = (session: string): Promise<Page<Invite>> =>
  answer(api.GET("/api/v1/invites", { params: { query: { session } } }));

/** Makes a join link. */
export const createInvite = (body: NewInvite): Promise<Invite> =>
  answer(api.POST("/api/v1/invites", { body }));

/** Ends a join link: nobody else gets in by it; with `guests`, those who came by it are out at once. */
export const revokeInvite = (id: string, guests: boolean): Promise<unknown> =>
  answer(
    api.DELETE("/api/v1/invites/{id}", { params: { path: { id }, query: { sockets: guests } } }),
  );

/** The address of an invite's QR code, an SVG picture. */
export const inviteQr = (id: string): string => `/api/v1/invites/${encodeURIComponent(id)}/qr`;

/** What a code leads to, for its holder to see before joining; the notice is in this language. */
export const readJoin = (code: string, lang: string): Promise<JoinOffer> =>
  answer(api.GET("/api/v1/join/{code}", { params: { path: { code }, query: { lang } } }));

/** Joins by a code. The same device joining again is the same participant. */
export const join = (invite: string, name: string): Promise<Joined> =>
  answer(api.POST("/api/v1/join", { body: { invite, name } }));
