/**
 * Names for what the calls take and give. The shapes are the server's own: schema.d.ts is made from
 * its description of the API (`npm run api`).
 */
import type { components, paths } from "./schema";

type Schemas = components["schemas"];

/** What an account may do; the server's role table decides, the pages only leave out what would be refused. */
export type Role = Schemas["Role"];
/** What a participant may do in a session. */
export type ParticipantRole = Schemas["MapRole"];
export type SessionState = Schemas["SessionState"];
/** Who may hear of it: the traffic light protocol. */
export type Tlp = Schemas["Tlp"];
export type MapState = Schemas["MapState"];

/** One page of a list; `next` is the cursor of the page after it. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** As pages write it: what they leave undefined is not said. */
type Loose<Query> = { [Key in keyof Query]: Query[Key] | undefined };

/** What every list takes. */
export type ListQuery = Loose<NonNullable<paths["/api/v1/groups"]["get"]["parameters"]["query"]>>;
/** How a list of sessions can be narrowed and ordered, too. */
export type SessionsQuery = Loose<
  NonNullable<paths["/api/v1/sessions"]["get"]["parameters"]["query"]>
>;

/** How the audit log can be narrowed. */
export type AuditQuery = Loose<NonNullable<paths["/api/v1/audit"]["get"]["parameters"]["query"]>>;

/** How a list of accounts can be narrowed, too. */
export type UsersQuery = Loose<NonNullable<paths["/api/v1/users"]["get"]["parameters"]["query"]>>;

/** What a map can be exported as. */
export type ExportFormat = Schemas["ExportFormat"];
/** What was read of a file from another program, and what came of it. */
export type ImportedMap = Schemas["ImportedMap"];

export type Account = Schemas["Account"];
export type Person = Schemas["Person"];
export type Me = Schemas["Me"];
/** How one may sign in. */
export type SignInMethods = Schemas["Methods"];
export type Group = Schemas["Group"];
export type Session = Schemas["Session"];
export type NewSession = Schemas["SessionBody"];
export type SessionChange = Schemas["SessionPatch"];
export type MapRecord = Schemas["Map"];
/** A map, and who the asker is in it. */
export type MapEntry = Schemas["MapWithMe"];
export type MapChange = Schemas["MapPatch"];
export type Invite = Schemas["Invite"];
/** A join link to make. */
export type NewInvite = Schemas["InviteBody"];
export type JoinOffer = Schemas["JoinOffer"];
export type Joined = Schemas["Joined"];
export type Participant = Schemas["Participant"];
/** Somebody who wrote in a map, by their pseudonym alone. */
export type MapAuthor = Schemas["Author"];
export type Agenda = Schemas["Agenda"];
export type Round = Schemas["Round"];
/** A round as it is to be; one that is there already has its id. */
export type RoundDraft = Schemas["RoundBody"];
export type RoundPlan = Schemas["RoundPlan"];
/** A step through the agenda. */
export type Step = Schemas["StepBody"];
export type Template = Schemas["Template"];
export type Checkpoint = Schemas["Checkpoint"];
export type Idea = Schemas["Idea"];
export type MyVotes = Schemas["MyVotes"];
/** What appeared in a map. */
export type Revealed = Schemas["Revealed"];
export type User = Schemas["User"];
export type NewUser = Schemas["UserBody"];
export type UserChange = Schemas["UserPatch"];
export type Token = Schemas["Token"];
/** A new token: `secret` is in this one answer and nowhere else. */
export type NewToken = Schemas["NewToken"];
/** A link that signs in once. */
export type SignInLink = Schemas["SignInLink"];
export type NewGroup = Schemas["GroupBody"];
export type GroupChange = Schemas["GroupPatch"];
/** Whether anybody has altered the audit. */
export type AuditCheck = Schemas["AuditCheck"];
/** What was taken out of a map, or would be. */
export type Redacted = Schemas["Redacted"];
export type Redaction = Schemas["RedactBody"];
export type AuditEvent = Schemas["AuditEvent"];
/** What went wrong, as the server says it. */
export type Code = Schemas["Code"];
/** A stretch of a map's log. */
export type ReplayPage = Schemas["Replay"];
/** Who wrote a node, and what was done to it. */
export type NodeAuthors = Schemas["NodeAuthors"];
/** Something that somebody did to a node. */
export type Deed = Schemas["DeedView"];
/** A place in a map's log that has a name. */
/** What differs between two places of a map's log. */
export type Comparison = Schemas["Comparison"];
export type NodeDifference = Schemas["NodeDifference"];
export type RestoreBody = Schemas["RestoreBody"];
/** What the server wrote into a map. */
export type Written = Schemas["WrittenView"];

/** A gap or a solution as a map shows it; `target` is the key of a link, `gap:<uuid>` or `solution:<uuid>`. */
export type Card = Schemas["Card"];
/** What became of a link: practitioners propose, analysts decide. */
export type LinkState = "proposed" | "confirmed" | "rejected";
/** What a map links to, and what was decided of its links; those that are not here are proposed. */
export interface MapCards {
  items: Card[];
  links: { node: string; target: string; state: LinkState }[];
}
/** A card that fits some words. */
export type Suggestion = Schemas["Suggestion"];
export type Suggestions = Schemas["Suggestions"];
/** An idea on the Links board; a link whose card is not known here has none. */
export type BoardRow = Omit<Schemas["BoardNode"], "links"> & {
  links: { target: string; state: LinkState; card: Card | null }[];
};
/** How the board can be narrowed and ordered. */
export type BoardQuery = Loose<
  NonNullable<paths["/api/v1/sessions/{id}/links"]["get"]["parameters"]["query"]>
>;
/** What a record of the catalogue is. */
export type RecordKind = "gap" | "solution" | "fit" | "evidence";
export type Gap = Schemas["Gap"];
export type Solution = Schemas["Solution"];
export type Fit = Schemas["Fit"];
export type Evidence = Schemas["Evidence"];
/** A record of each kind. */
export interface Records {
  gap: Gap;
  solution: Solution;
  fit: Fit;
  evidence: Evidence;
}
/** How a list of each kind can be narrowed and ordered. */
export interface RecordQueries {
  gap: Loose<NonNullable<paths["/api/v1/gaps"]["get"]["parameters"]["query"]>>;
  solution: Loose<NonNullable<paths["/api/v1/solutions"]["get"]["parameters"]["query"]>>;
  fit: Loose<NonNullable<paths["/api/v1/fits"]["get"]["parameters"]["query"]>>;
  evidence: Loose<NonNullable<paths["/api/v1/evidence"]["get"]["parameters"]["query"]>>;
}
/** What a field of a record can hold. */
export type FieldValue = string | number | boolean | null | string[];
/** A record in a few words. */
export type Reference = Schemas["Reference"];
/** One version in a record's history. */
export type RecordChange = Schemas["RecordChange"];
/** What the records of the catalogue are made of. */
export type Shapes = Schemas["Shapes"];
export type RecordShape = Schemas["RecordShape"];
export type FieldShape = Schemas["FieldShape"];
export type StateShape = Schemas["StateShape"];
/** One's own scores of a fit. */
export type FitScores = Schemas["FitScores"];
/** How well a gap is covered. */
export type Light = Gap["coverage"];
/** A field that others changed while somebody wrote. */
export interface Clash {
  field: string;
  yours: FieldValue;
  theirs: FieldValue;
}
/** A record that others changed while somebody wrote: how it stands, and what differs. */
export interface Stale {
  current: { version: number } & Record<string, unknown>;
  differences: Clash[];
}
export type Coverage = Schemas["Coverage"];
export type Matrix = Schemas["Matrix"];
/** Which part of the matrix is asked for. */
export type MatrixQuery = Loose<
  NonNullable<paths["/api/v1/coverage/matrix"]["get"]["parameters"]["query"]>
>;
export type Watch = Schemas["Watch"];
export type Tag = Schemas["Tag"];
export type TagsQuery = Loose<NonNullable<paths["/api/v1/tags"]["get"]["parameters"]["query"]>>;
export type NewTag = Schemas["TagBody"];
export type TagChange = Schemas["TagPatch"];
/** An account by its name alone. */
export type AccountName = Schemas["AccountName"];
/** What a search over everything asks. */
export type SearchQuery = Loose<NonNullable<paths["/api/v1/search"]["get"]["parameters"]["query"]>>;
/** What it found. */
export type Hit = Schemas["SearchHit"];
/** A node of a map that names a record. */
export type Mention = Schemas["Mention"];
/** A file on its way into the catalogue. */
export type Import = Schemas["Import"];
export type ImportDecisions = Schemas["DecisionsBody"];
export type ImportMapping = Schemas["ImportMapping"];
export type ImportNote = Schemas["ImportNote"];
export type ImportPreview = Schemas["PreviewBody"];
export type ImportRow = Schemas["ImportRow"];
export type ImportSample = Schemas["ImportSample"];
export type NewMapping = Schemas["NewMapping"];
export type SavedMapping = Schemas["SavedMapping"];
/** A report, without what it says. */
export type Report = Schemas["Report"];
export type ReportState = Schemas["ReportState"];
export type ReportNaming = Schemas["ReportNaming"];
export type ReportLanguage = Schemas["ReportLanguage"];
export type ReportLevel = Schemas["ReportLevel"];
export type NewReport = Schemas["ReportBody"];
export type ReportChange = Schemas["ReportPatch"];
export type ReportsQuery = Loose<
  NonNullable<paths["/api/v1/reports"]["get"]["parameters"]["query"]>
>;
/** What a report says. */
export type ReportDocument = Schemas["ReportDocument"];
/** What a report can be downloaded as. */
export type ReportFormat = Schemas["ExportFormat"];
