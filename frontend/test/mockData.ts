/** What the stand-in server holds when it starts: some sessions as a network of practitioners would have them. */
import type {
  AuditEvent,
  Group,
  Invite,
  MapRecord,
  Participant,
  Session,
  SessionState,
  Token,
  User,
} from "~/api/types";

/** Everything the stand-in server keeps. */
export interface MockData {
  groups: Group[];
  users: (User & { password: string | null })[];
  sessions: Session[];
  maps: MapRecord[];
  invites: Invite[];
  participants: Participant[];
  tokens: (Token & { user: string })[];
  audit: AuditEvent[];
  links: Map<string, string>;
}

/** Reckoned from one moment, so that "2 hours ago" stays so. */
export const START = Date.parse("2026-11-23T09:30:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A time so many milliseconds from the start. */
export function timeAt(offset: number): string {
  return new Date(Date.now() - (Date.now() % 1000) + offset).toISOString();
}

let counter = 0;

/** An id in the form of a UUID v7; later ones sort after earlier ones. */
export function newId(): string {
  counter += 1;
  return `0199f3a0-0000-7000-8000-${counter.toString(16).padStart(12, "0")}`;
}

function stamp(offset: number) {
  return { version: 1, created_at: timeAt(offset), changed_at: timeAt(offset) };
}

const GROUPS = [
  "Front Line Policing",
  "Cross Border Crime",
  "Cybercrime",
  "Crime & Intelligence",
  "Forensics",
  "Prevention",
  "Cross-cutting",
];

const SESSIONS: readonly [string, number[], SessionState, string, number][] = [
  [
    "Forensics at the scene: what is missing?",
    [4, 0],
    "live",
    "Which steps at a scene still cost hours, and what would let a first responder secure them at once?",
    0,
  ],
  [
    "Help before harm: guidance, treatment, training",
    [5],
    "live",
    "What does somebody who seeks help find, and what is missing before they do?",
    0,
  ],
  ["Shared patrols on a border river", [1, 0], "scheduled", "", 9],
  [
    "Radio and body-worn cameras in crowds and rain",
    [0],
    "scheduled",
    "What fails first, and who notices?",
    16,
  ],
  ["Large data seizures: from months to days", [2, 4], "paused", "", -1],
  ["Reading open sources within the law", [3, 2], "draft", "", 30],
  [
    "Crypto-assets: following the money in time",
    [2, 1],
    "closed",
    "Which questions can an investigator answer today without outside help?",
    -12,
  ],
  ["Vehicle identification across languages", [1], "closed", "", -20],
  ["Standards for digital evidence exchange", [4, 2, 1], "closed", "", -34],
  ["Training that reaches night shifts", [6, 0], "archived", "", -80],
];

/** A filled server. */
export function seed(): MockData {
  const groups = GROUPS.map((name): Group => {
    const origin = "i-LEAD";
    return { id: newId(), name, scope: "", origin, state: "active", ...stamp(-200 * DAY) };
  });
  const users = seedUsers();
  const rows = [...SESSIONS];
  for (let n = 1; n <= 16; n += 1)
    rows.push([`Follow-up call ${n} of the autumn series`, [n % 7], "closed", "", -40 - 3 * n]);
  const sessions = rows.map(([title, of, state, theme, days]): Session => {
    const named = of.flatMap((at) => groups[at] ?? []).map(({ id, name }) => ({ id, name }));
    const date = timeAt(days * DAY).slice(0, 10);
    const who = { anonymity: "all", authorship: "everyone", place: "", retain_until: null };
    const rest = { tlp: "AMBER" as const, house_rule: true, date, ...who };
    return { id: newId(), title, groups: named, theme, state, ...rest, ...stamp((days - 6) * DAY) };
  });
  const live = sessions[0]?.id ?? "";
  const second = sessions[1]?.id ?? "";
  return {
    groups,
    users,
    sessions,
    maps: [
      map(live, "Forensics at the scene", "open", -20 * 60_000),
      map(live, "Parking lot", "locked", -3 * DAY),
      map(second, "Help before harm", "open", -HOUR),
    ],
    invites: seedInvites(live, second),
    participants: seedParticipants(live),
    tokens: seedTokens(users[0]?.id ?? ""),
    audit: seedAudit(users[0]?.id ?? "", live),
    links: new Map([["first-start", users[0]?.id ?? ""]]),
  };
}

function seedUsers(): MockData["users"] {
  const user = (name: string, email: string, role: User["role"], days: number, shut = false) => ({
    id: newId(),
    email,
    name,
    role,
    disabled_at: shut ? timeAt(-5 * DAY) : null,
    password: "correct horse",
    ...stamp(-days * DAY),
  });
  return [
    user("Ines Marques", "ines@example.org", "admin", 200),
    user("Pavel Novák", "pavel@example.org", "facilitator", 120),
    user("Aoife Byrne", "aoife@example.org", "analyst", 90),
    user("Jonas Lindqvist", "jonas@example.org", "reviewer", 60),
    user("Marta Kowalska", "marta@example.org", "facilitator", 45, true),
  ];
}

function map(session: string, title: string, state: MapRecord["state"], offset: number): MapRecord {
  return { id: newId(), session, title, state, epoch: 1, ...stamp(offset) };
}

function seedInvites(live: string, second: string): Invite[] {
  const invite = (code: string, session: string, change: Partial<Invite> = {}): Invite => ({
    id: newId(),
    code,
    url: `https://gapmap.example.org/join/${code}`,
    session,
    role: "editor",
    expires_at: timeAt(13 * DAY),
    max_uses: null,
    uses: 14,
    revoked_at: null,
    ...change,
  });
  return [
    invite("K7WM4QXD", live),
    invite("V9RT3HGA", live, { role: "viewer", uses: 2, revoked_at: timeAt(-DAY) }),
    invite("EXPRD234", live, { expires_at: timeAt(-DAY) }),
    invite("REVKD234", live, { revoked_at: timeAt(-HOUR) }),
    invite("HB4HX234", second, { uses: 0 }),
  ];
}

const PSEUDONYMS =
  "Badger-07 Kingfisher-22 Otter-31 Heron-12 Lynx-48 Willow-05 Puffin-63 Marten-19 Osprey-77 Robin-02 Larch-40 Wren-58 Ibex-11 Falcon-94".split(
    " ",
  );

function seedParticipants(session: string): Participant[] {
  const people = PSEUDONYMS.map((pseudonym, n): Participant => {
    const role = n === 3 ? "viewer" : "editor";
    return {
      id: newId(),
      pseudonym,
      role,
      session,
      joined_at: timeAt(-(50 - 3 * n) * 60_000),
      removed_at: null,
    };
  });
  const facilitator = { id: newId(), pseudonym: "Cedar-16", role: "facilitator" as const, session };
  return [{ ...facilitator, joined_at: timeAt(-2 * HOUR), removed_at: null }, ...people];
}

function seedTokens(user: string): MockData["tokens"] {
  const token = (name: string, made: number, ends: number, revoked: number | null) => ({
    id: newId(),
    name,
    created_at: timeAt(made * DAY),
    expires_at: timeAt(ends * DAY),
    revoked_at: revoked === null ? null : timeAt(revoked * DAY),
    user,
  });
  return [
    token("Nightly export", -20, 70, null),
    token("Load test", -40, -10, null),
    token("Old laptop", -90, 30, -60),
  ];
}

function seedAudit(user: string, session: string): AuditEvent[] {
  const rows: [string, string, string, string][] = [
    [`account:${user}`, "session.closed", `session:${session}`, ""],
    [`account:${user}`, "invite.created", `session:${session}`, "editor"],
    [`account:${user}`, "participant.removed", `session:${session}`, "Finch-20"],
    ["command", "user.created", `account:${user}`, "admin"],
    [`account:${user}`, "token.created", `account:${user}`, "Nightly export"],
  ];
  return Array.from({ length: 30 }, (_, n) => {
    const [actor, action, target, detail] = rows[n % rows.length] ?? ["", "", "", ""];
    return { seq: 30 - n, at: timeAt(-n * 7 * HOUR), actor, action, target, detail };
  });
}
