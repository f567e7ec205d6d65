/**
 * A stand-in for the REST server, in memory: enough of its contract to drive every page.
 *
 * `new MockApi()` is the server; `browser()` is one browser of it, with cookies of its own. A test can make the
 * next call to a path fail, or hold answers back to see what a page shows meanwhile.
 */
import type { Participant, User } from "~/api/types";
import { MockAgendas } from "./mockAgenda";
import { type MockData, newId, seed, timeAt } from "./mockData";
import {
  type Call,
  end,
  found,
  matching,
  notFound,
  page,
  person,
  pick,
  plainUser,
  Refusal,
} from "./mockKit";
import { MockLinks } from "./mockLinks";
import { MockReports } from "./mockReports";

const DAY = 86_400_000;

type Handler = (call: Call) => unknown;

/** The server. */
export class MockApi {
  readonly data: MockData = seed();
  readonly agendas = new MockAgendas(() => this.data.sessions);
  readonly links = new MockLinks();
  readonly reports = new MockReports();
  /** Every call so far, as "METHOD /path". */
  readonly calls: string[] = [];
  /** Whether people can sign in at an identity provider. */
  hasProvider = false;
  private readonly failures: { call: string; refusal: Refusal }[] = [];
  private gate: Promise<void> = Promise.resolve();

  private readonly routes: [string, Handler][] = [
    ["GET /me", (call) => this.me(call)],
    ["POST /me/password", (call) => this.setPassword(call)],
    ["POST /sign-in", (call) => this.signIn(call)],
    ["POST /sign-in/link", (call) => this.signInByLink(call)],
    ["POST /sign-out", (call) => void call.cookies.delete("gapmap_user")],
    ["GET /groups", (call) => page(call, matching(this.data.groups, call))],
    ["GET /sessions", (call) => this.sessions(call)],
    ["POST /sessions", (call) => this.createSession(call)],
    [
      "GET /sessions/*",
      (call) => (call.id.endsWith("/links") ? this.links.board(call) : this.agendas.read(call)),
    ],
    ["GET /suggest", (call) => this.links.suggest(call)],
    ["PUT /maps/*", (call) => this.links.decide(call)],
    ["PATCH /sessions/*", (call) => this.change(call, this.data.sessions)],
    ["PUT /sessions/*", (call) => this.agendas.change(call)],
    ["GET /templates", (call) => this.agendas.list(call)],
    ["POST /templates", (call) => this.agendas.save(call)],
    ["GET /reports", (call) => this.reports.list(call)],
    ["POST /reports", (call) => this.reports.create(call)],
    ["GET /reports/*", (call) => this.reports.read(call)],
    ["PATCH /reports/*", (call) => this.reports.change(call)],
    ["POST /reports/*", (call) => this.reports.step(call)],
    ["GET /maps", (call) => page(call, this.ofSession(call, this.data.maps))],
    ["POST /maps", (call) => this.createMap(call)],
    ["GET /maps/*", (call) => this.map(call)],
    ["PATCH /maps/*", (call) => this.change(call, this.data.maps)],
    ["GET /invites", (call) => page(call, this.ofSession(call, this.data.invites))],
    ["POST /invites", (call) => this.createInvite(call)],
    ["DELETE /invites/*", (call) => end(found(this.data.invites, call.id), "revoked_at")],
    ["GET /join/*", (call) => this.offer(call)],
    ["POST /join", (call) => this.join(call)],
    ["GET /participants", (call) => page(call, this.ofSession(call, this.data.participants))],
    ["DELETE /participants/*", (call) => end(found(this.data.participants, call.id), "removed_at")],
    [
      "GET /users",
      (call) => page(call, this.admin(call) && matching(this.data.users.map(plainUser), call)),
    ],
    ["POST /users", (call) => this.createUser(call)],
    ["PATCH /users/*", (call) => this.changeUser(call)],
    [
      "GET /tokens",
      (call) =>
        page(
          call,
          this.data.tokens.map(({ user: _, ...token }) => token),
        ),
    ],
    ["POST /tokens", (call) => this.createToken(call)],
    ["DELETE /tokens/*", (call) => end(found(this.data.tokens, call.id), "revoked_at")],
    ["GET /audit/check", () => ({ whole: true, events: 3, problem: null })],
    ["GET /sign-in/methods", () => ({ password: true, oidc: this.hasProvider })],
    ["PATCH /groups/*", (call) => this.change(call, this.data.groups)],
    ["GET /audit", (call) => page(call, this.admin(call) && matching(this.data.audit, call))],
  ];

  /** The next call of this method and path, such as "POST /join", is refused. */
  failNext(call: string, refusal: Refusal): void {
    this.failures.push({ call, refusal });
  }

  /** Holds every answer back until the returned function is called. */
  hold(): () => void {
    let open = () => {};
    this.gate = new Promise((resolve) => {
      open = resolve;
    });
    return open;
  }

  /** A browser: a `fetch` with cookies of its own. */
  browser(cookies = new Map<string, string>()): typeof fetch {
    return async (input, init) => {
      const request = input instanceof Request ? input : new Request(input, init);
      return this.answer(request, cookies);
    };
  }

  /** Answers one request, reading and changing the browser's cookies. */
  async answer(request: Request, cookies: Map<string, string>): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/api\/v1/, "");
    const name = `${request.method} ${path}`;
    const text = await request.text();
    const body = (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
    this.calls.push(name);
    await this.gate;
    const failure = this.failures.findIndex((it) => it.call === name);
    try {
      if (failure >= 0) throw this.failures.splice(failure, 1)[0]?.refusal;
      const [handler, id] = this.find(name);
      const value = handler({
        method: request.method,
        path,
        query: url.searchParams,
        body,
        cookies,
        id,
      });
      if (value === undefined) return new Response(null, { status: 204 });
      return Response.json(value, { status: request.method === "POST" ? 201 : 200 });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code, message: detail, field } = error;
      const problem = { type: "about:blank", title: code, status, code, detail, field };
      return Response.json(problem, {
        status,
        headers: { "content-type": "application/problem+json" },
      });
    }
  }

  private find(name: string): [Handler, string] {
    for (const [pattern, handler] of this.routes) {
      if (pattern === name) return [handler, ""];
    }
    for (const [pattern, handler] of this.routes) {
      const start = pattern.slice(0, -1);
      if (pattern.endsWith("*") && name.startsWith(start))
        return [handler, decodeURIComponent(name.slice(start.length))];
    }
    throw notFound();
  }

  private user(call: Call) {
    const user = this.data.users.find((it) => it.id === call.cookies.get("gapmap_user"));
    if (!user) throw new Refusal(401, "unauthenticated", "sign in first");
    return user;
  }

  private admin(call: Call): true {
    if (this.user(call).role !== "admin") throw new Refusal(403, "forbidden", "for administrators");
    return true;
  }

  private me(call: Call) {
    const user = this.data.users.find((it) => it.id === call.cookies.get("gapmap_user"));
    const participants = this.data.participants.filter(
      (it) => call.cookies.get(`device:${it.session}`) === it.id,
    );
    return { ...(user && { user: pick(user) }), participants: participants.map(person) };
  }

  private signIn(call: Call) {
    const user = this.data.users.find(
      (it) => it.email === call.body.email && it.password === call.body.password,
    );
    if (!user || user.disabled_at)
      throw new Refusal(401, "unauthenticated", "wrong e-mail address or password");
    call.cookies.set("gapmap_user", user.id);
    return this.me(call);
  }

  private signInByLink(call: Call) {
    const user = this.data.links.get(String(call.body.token));
    if (!user) throw new Refusal(410, "gone", "this link was used already, or has run out");
    this.data.links.delete(String(call.body.token));
    call.cookies.set("gapmap_user", user);
    return this.me(call);
  }

  private setPassword(call: Call) {
    const user = this.user(call);
    if (user.password !== null && call.body.current !== user.password) {
      throw new Refusal(422, "invalid", "is not your password", "current");
    }
    user.password = String(call.body.new);
    const own = this.data.tokens.filter((it) => it.user === user.id);
    if (call.body.end_tokens === true) for (const token of own) end(token, "revoked_at");
    return undefined;
  }

  /** What belongs to a session, for accounts and for who takes part in it. */
  private ofSession<Item extends { session: string }>(call: Call, items: Item[]): Item[] {
    const session = call.query.get("session");
    if (!call.cookies.has(`device:${session}`)) this.user(call);
    return items.filter((it) => it.session === session);
  }

  private sessions(call: Call) {
    this.user(call);
    const state = call.query.get("state");
    const rows = matching(this.data.sessions, call).filter(
      (it) => state === null || it.state === state,
    );
    if (call.query.get("sort") === "title") rows.sort((a, b) => a.title.localeCompare(b.title));
    return page(call, rows);
  }

  private createSession(call: Call) {
    this.user(call);
    const { title = "", groups = [], ...rest } = call.body as { title?: string; groups?: string[] };
    if (title.length > 120)
      throw new Refusal(422, "invalid", "must have at most 120 characters", "title");
    const now = { version: 1, created_at: timeAt(0), changed_at: timeAt(0) };
    const named = groups
      .map((id) => found(this.data.groups, id))
      .map(({ id, name }) => ({ id, name }));
    const base = {
      theme: "",
      state: "live" as const,
      tlp: "AMBER" as const,
      house_rule: false,
      date: null,
      place: "",
      retain_until: null,
      anonymity: "all",
      authorship: "everyone",
      cleared_at: null,
    };
    const session = { id: newId(), title, groups: named, ...base, ...rest, ...now };
    this.data.sessions.unshift(session);
    return session;
  }

  private change<Item extends { id: string; version: number; changed_at: string }>(
    call: Call,
    items: Item[],
  ): Item {
    this.user(call);
    const item = found(items, call.id);
    if (call.body.version !== item.version)
      throw new Refusal(412, "stale", "changed since it was read");
    return Object.assign(item, call.body, { version: item.version + 1, changed_at: timeAt(0) });
  }

  private createMap(call: Call) {
    this.user(call);
    const { session, title } = call.body as { session: string; title: string };
    const now = { version: 1, created_at: timeAt(0), changed_at: timeAt(0) };
    const map = { id: newId(), session, title, state: "open" as const, epoch: 1, ...now };
    this.data.maps.push(map);
    return map;
  }

  private map(call: Call) {
    const map = found(this.data.maps, call.id);
    const device = this.data.participants.find(
      (it) => it.id === call.cookies.get(`device:${map.session}`),
    );
    if (!device) this.user(call);
    const facilitator = this.data.participants.find(
      (it) => it.session === map.session && it.role === "facilitator",
    );
    const who = device ?? facilitator;
    return { ...map, me: { participant: who?.id, pseudonym: who?.pseudonym, role: who?.role } };
  }

  private createInvite(call: Call) {
    this.user(call);
    const { session, role } = call.body as { session: string; role: "editor" | "viewer" };
    const code = `NEW${String(this.data.invites.length).padStart(5, "2")}`;
    const url = `https://gapmap.example.org/join/${code}`;
    const rest = { expires_at: timeAt(14 * DAY), max_uses: null, uses: 0, revoked_at: null };
    const invite = { id: newId(), code, url, session, role, ...rest };
    this.data.invites.push(invite);
    return invite;
  }

  private invite(code: string) {
    const invite = this.data.invites.find((it) => it.code === code);
    if (!invite) throw new Refusal(404, "not_found", "no such code");
    if (invite.revoked_at) throw new Refusal(410, "gone", "this invite was revoked");
    if (Date.parse(invite.expires_at) < Date.now())
      throw new Refusal(410, "gone", "this invite has run out");
    return invite;
  }

  private offer(call: Call) {
    const invite = this.invite(call.id);
    const { id, title, groups } = found(this.data.sessions, invite.session);
    const me = this.data.participants.find(
      (it) => it.id === call.cookies.get(`device:${id}`) && !it.removed_at,
    );
    const maps = this.data.maps.filter((it) => it.session === id && it.state === "open");
    const words = ["Badger", "Heron", "Linden", "Quartz", "Meadow"];
    const n = this.calls.length;
    return {
      session: { id, title, groups },
      role: invite.role,
      pseudonym: `${words[n % words.length]}-${String((n * 7) % 100).padStart(2, "0")}`,
      notice:
        "This is for planning.\nPlease write no case material.\nEverybody in this session sees what you write.",
      me: me ? person(me) : null,
      maps: maps.map((map) => ({ id: map.id, title: map.title })),
    };
  }

  private join(call: Call) {
    const invite = this.invite(String(call.body.invite));
    const name = String(call.body.name ?? "Badger-01");
    if (name.length > 40)
      throw new Refusal(422, "invalid", "must have at most 40 characters", "name");
    const known = this.data.participants.find(
      (it) => it.id === call.cookies.get(`device:${invite.session}`),
    );
    const rest = {
      role: invite.role,
      session: invite.session,
      joined_at: timeAt(0),
      removed_at: null,
      erased_at: null,
    };
    const me: Participant = known ?? { id: newId(), pseudonym: name, ...rest };
    if (!known) this.data.participants.push(me);
    invite.uses += 1;
    call.cookies.set(`device:${invite.session}`, me.id);
    const maps = this.data.maps.filter(
      (it) => it.session === invite.session && it.state === "open",
    );
    return {
      participant: person(me),
      token: "secret",
      maps: maps.map(({ id, title }) => ({ id, title })),
    };
  }

  private createUser(call: Call) {
    this.admin(call);
    const { email, name, role, password } = call.body as Record<
      "email" | "name" | "password",
      string
    > &
      Pick<User, "role">;
    if (this.data.users.some((it) => it.email === email)) {
      throw new Refusal(409, "conflict", "there is an account with this e-mail address", "email");
    }
    const now = { version: 1, created_at: timeAt(0), changed_at: timeAt(0), disabled_at: null };
    const user = { id: newId(), email, name, role, password, signed_in_at: null, ...now };
    this.data.users.push(user);
    return plainUser(user);
  }

  private changeUser(call: Call) {
    this.admin(call);
    const { disabled, ...body } = call.body;
    const disabled_at = disabled === undefined ? {} : { disabled_at: disabled ? timeAt(0) : null };
    return plainUser(this.change({ ...call, body: { ...body, ...disabled_at } }, this.data.users));
  }

  private createToken(call: Call) {
    const user = this.user(call).id;
    const { name, days } = call.body as { name: string; days: number };
    const token = {
      id: newId(),
      name,
      created_at: timeAt(0),
      expires_at: timeAt(days * DAY),
      revoked_at: null,
    };
    this.data.tokens.unshift({ ...token, user });
    return { ...token, secret: "gapmap_x4T9wQmB7rKcZ2nVhE8dLpYs" };
  }
}
