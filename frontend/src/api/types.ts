/** The records of the REST API, as its answers hold them. Times are RFC 3339 UTC. */

/** What an account may do; the server's role table decides, the pages only leave out what would be refused. */
export type Role = "admin" | "facilitator" | "analyst" | "reviewer";
/** What a participant may do in a session. */
export type ParticipantRole = "viewer" | "editor" | "facilitator";
/** How far a session has come. */
export type SessionState = "draft" | "scheduled" | "live" | "paused" | "closed" | "archived";
/** Who may hear of it: the traffic light protocol. */
export type Tlp = "CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED";
/** Whether a map takes edits. */
export type MapState = "open" | "locked" | "archived";

/** One page of a list; `next` is the cursor of the page after it. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** What every list takes. */
export interface ListQuery {
  q?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** What every record carries; a change names the version it was made from. */
export interface Versioned {
  version: number;
  created_at: string;
  changed_at: string;
}

/** Whoever is signed in in this browser. */
export interface Account {
  id: string;
  email: string;
  name: string;
  role: Role;
}

/** A pseudonym in one session. */
export interface Person {
  id: string;
  pseudonym: string;
  role: ParticipantRole;
  session: string;
}

/** Who this browser is: an account, pseudonyms in sessions, both, or nobody yet. */
export interface Me {
  user?: Account | null;
  participants: Person[];
}

/** A Practitioners' Group. */
export interface Group extends Versioned {
  id: string;
  name: string;
  scope: string;
  origin: string;
  state: "active" | "retired";
}

/** A workshop sitting. */
export interface Session extends Versioned {
  id: string;
  title: string;
  groups: { id: string; name: string }[];
  theme: string;
  state: SessionState;
  tlp: Tlp;
  /** Held under the Chatham House rule. */
  house_rule: boolean;
  /** A calendar date, such as 2026-11-23. */
  date: string | null;
}

/** A new session: only the title is a must. */
export type NewSession = Pick<Session, "title"> &
  Partial<Pick<Session, "theme" | "state" | "tlp" | "house_rule" | "date">> & { groups: string[] };
/** The fields of a session to change, and the version they were read from. */
export type SessionChange = Partial<
  Pick<Session, "title" | "theme" | "state" | "tlp" | "house_rule" | "date">
> & { version: number };

/** One document of a session. The document itself comes over the socket. */
export interface MapRecord extends Versioned {
  id: string;
  session: string;
  title: string;
  state: MapState;
  epoch: number;
}

/** A map, and who the asker is in it. */
export interface MapEntry extends MapRecord {
  me: { participant: string; pseudonym: string; role: ParticipantRole };
}

/** The fields of a map to change, and the version they were read from. */
export type MapChange = Partial<Pick<MapRecord, "title" | "state">> & { version: number };

/** A join link. */
export interface Invite {
  id: string;
  code: string;
  url: string;
  session: string;
  role: "editor" | "viewer";
  expires_at: string;
  max_uses: number | null;
  uses: number;
  revoked_at: string | null;
}

/** What the holder of a code is shown before joining. */
export interface JoinOffer {
  session: { id: string; title: string; groups: { id: string; name: string }[] };
  role: "editor" | "viewer";
  /** A pseudonym that is free. */
  pseudonym: string;
  notice: string;
  /** Who this device already is in the session. */
  me: Person | null;
  maps: { id: string; title: string }[];
}

/** The answer to joining; the browser keeps its secret as a cookie. */
export interface Joined {
  participant: Person;
  token: string;
  maps: { id: string; title: string }[];
}

/** A pseudonym in a session, as its facilitator sees it. */
export interface Participant extends Person {
  joined_at: string;
  removed_at: string | null;
}

/** An account, as an administrator sees it. */
export interface User extends Account, Versioned {
  disabled_at: string | null;
}

/** A new account. */
export interface NewUser {
  email: string;
  name: string;
  role: Role;
  password?: string;
}

/** The fields of an account to change, and the version they were read from. */
export type UserChange = Partial<Pick<User, "name" | "role">> & {
  disabled?: boolean;
  version: number;
};

/** What a script shows in place of a password. */
export interface Token {
  id: string;
  name: string;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
}

/** A new token: `secret` is in this one answer and nowhere else. */
export interface NewToken extends Token {
  secret: string;
}

/** Who did what, when. */
export interface AuditEvent {
  seq: number;
  at: string;
  actor: string;
  action: string;
  target: string;
  detail: string;
}
