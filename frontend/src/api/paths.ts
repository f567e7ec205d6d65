/**
 * The calls of the REST API in the form that openapi-fetch reads: path, method, what goes in, what comes out.
 * Written by hand from the contract, in the shape that the generated schema has.
 */
import type {
  AuditEvent,
  Group,
  Invite,
  Joined,
  JoinOffer,
  ListQuery,
  MapChange,
  MapEntry,
  MapRecord,
  Me,
  NewSession,
  NewToken,
  NewUser,
  Page,
  Participant,
  Session,
  SessionChange,
  SessionState,
  Token,
  User,
  UserChange,
} from "./types";

interface Json<Body> {
  content: { "application/json": Body };
}

interface Answers<Body> {
  headers: Record<string, unknown>;
  content: { "application/json": Body };
}

/** What stands in the address; a path without `{…}` needs nothing. */
type In<Path, Query = never> = [Path] extends [never]
  ? { query?: Query }
  : { query?: Query; path: Path };

/** A call that answers `Body` and takes no body of its own. */
interface Get<Body, Query = never, Path = never> {
  parameters: In<Path, Query>;
  responses: { 200: Answers<Body> };
}

/** A call that takes `Input`. */
interface Send<Input, Body, Path = never> {
  parameters: In<Path>;
  requestBody: Json<Input>;
  responses: { 200: Answers<Body> };
}

/** A call that answers nothing. */
interface Do<Path = never> {
  parameters: In<Path>;
  responses: { 204: { headers: Record<string, unknown>; content?: never } };
}

interface ById {
  id: string;
}

interface OfSession extends ListQuery {
  session: string;
}

interface SessionsQuery extends ListQuery {
  state?: SessionState | undefined;
  sort?: string | undefined;
}

/** Every path the web app calls. */
export interface paths {
  "/api/v1/me": { get: Get<Me> };
  "/api/v1/me/password": { post: Send<{ current?: string; new: string }, unknown> };
  "/api/v1/sign-in": { post: Send<{ email: string; password: string }, Me> };
  "/api/v1/sign-in/link": { post: Send<{ token: string }, Me> };
  "/api/v1/sign-out": { post: Do };
  "/api/v1/groups": { get: Get<Page<Group>, ListQuery> };
  "/api/v1/sessions": {
    get: Get<Page<Session>, SessionsQuery>;
    post: Send<NewSession, Session>;
  };
  "/api/v1/sessions/{id}": {
    get: Get<Session, never, ById>;
    patch: Send<SessionChange, Session, ById>;
  };
  "/api/v1/maps": {
    get: Get<Page<MapRecord>, OfSession>;
    post: Send<{ session: string; title: string }, MapRecord>;
  };
  "/api/v1/maps/{id}": {
    get: Get<MapEntry, never, ById>;
    patch: Send<MapChange, MapRecord, ById>;
  };
  "/api/v1/invites": {
    get: Get<Page<Invite>, OfSession>;
    post: Send<{ session: string; role: "editor" | "viewer" }, Invite>;
  };
  "/api/v1/invites/{id}": { delete: Do<ById> };
  "/api/v1/join/{code}": { get: Get<JoinOffer, never, { code: string }> };
  "/api/v1/join": { post: Send<{ invite: string; name?: string }, Joined> };
  "/api/v1/participants": { get: Get<Page<Participant>, OfSession> };
  "/api/v1/participants/{id}": { delete: Do<ById> };
  "/api/v1/users": { get: Get<Page<User>, ListQuery>; post: Send<NewUser, User> };
  "/api/v1/users/{id}": { patch: Send<UserChange, User, ById> };
  "/api/v1/tokens": {
    get: Get<Page<Token>, ListQuery>;
    post: Send<{ name: string; days: number }, NewToken>;
  };
  "/api/v1/tokens/{id}": { delete: Do<ById> };
  "/api/v1/audit": { get: Get<Page<AuditEvent>, ListQuery> };
}
