/** The agendas and templates of the stand-in server. */
import type { Agenda, Round, Session, Template } from "~/api/types";
import { newId, timeAt } from "./mockData";
import { type Call, found, page, Refusal } from "./mockKit";

const ROUND = {
  prompt: "",
  minutes: null,
  votes: null,
  vote_kind: null,
  target: null,
  may_add: null,
  may_edit: null,
  may_link: null,
  state: "waiting",
  revealed: false,
};

/** Agendas by session. The version is the session's, as in the real one. */
export class MockAgendas {
  readonly rounds = new Map<string, Round[]>();
  readonly templates: Template[] = [
    {
      ...{ id: "blank", name: "Blank", description: "", built_in: true },
      ...{ rounds: [], outline: "", created_at: null },
    },
  ];

  constructor(private readonly sessions: () => readonly Session[]) {}

  /** A session, or with "/rounds" behind its id the agenda. */
  read(call: Call): Session | Agenda {
    const [id = "", part] = call.id.split("/");
    const session = found([...this.sessions()], id);
    return part === "rounds" ? this.agenda(session) : session;
  }

  change(call: Call): Agenda {
    const session = found([...this.sessions()], call.id.split("/")[0] ?? "");
    if (call.body.version !== session.version)
      throw new Refusal(412, "stale", "changed since it was read");
    const rounds = call.body.rounds as Partial<Round>[];
    this.rounds.set(
      session.id,
      rounds.map((it) => ({ title: "", method: "collect", ...ROUND, ...it, id: it.id ?? newId() })),
    );
    session.version += 1;
    return this.agenda(session);
  }

  list = (call: Call) => page(call, this.templates);

  save(call: Call): Template {
    const rounds = this.rounds.get(String(call.body.session)) ?? [];
    const saved = { id: newId(), name: String(call.body.name), rounds, created_at: timeAt(0) };
    const template = { ...saved, description: "", built_in: false, outline: "" };
    this.templates.push(template);
    return template;
  }

  private agenda({ id, version }: Session): Agenda {
    const rounds = this.rounds.get(id) ?? [];
    return { version, rounds, round: null, ends: null, left: null, time: Date.now() };
  }
}
