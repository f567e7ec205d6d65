//! What was read from the catalogue and the sessions at a report's cut-off: all that the report is
//! made of, in a form that can be kept.
//!
//! Nobody who took part is in here, so that nobody can come out: of people there are counts only.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use super::draft::Draft;
use super::language::Language;
use super::level::Level;
use crate::base::id::{GroupId, MapId, RecordId, SessionId};
use crate::base::time::Timestamp;
use crate::base::tlp::Tlp;
use crate::catalogue::json;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::catalogue::shape;
use crate::catalogue::state;

/// Counts up when an older reader would misread what is kept.
pub const FORMAT: u32 = 1;

/// What a report is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// How this is written; see [`FORMAT`].
    pub format: u32,
    /// The report's number, such as REP-3.
    pub number: String,
    /// What people decided of it.
    pub draft: Draft,
    /// Whether it is a look at a report that is not finished.
    pub is_preview: bool,
    /// When all this was read.
    pub cut_off: Timestamp,
    /// Where the server is reached, for links from files; empty where nobody knows.
    pub base: String,
    /// The groups that are named by anything below.
    pub groups: Vec<GroupFact>,
    /// The sessions in scope, in the order in which they were held.
    pub sessions: Vec<SessionFact>,
    /// The gaps in scope, by number.
    pub gaps: Vec<Item>,
    /// The solutions with a fit to one of them, by number.
    pub solutions: Vec<Item>,
    /// Those fits, by number.
    pub fits: Vec<Item>,
    /// How several people scored them; what was kept before this was told has none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub scores: BTreeMap<RecordId, Vec<ScoreFact>>,
    /// What is known of all these, by number.
    pub evidence: Vec<Item>,
    /// Where the gaps and solutions were named in the sessions.
    pub mentions: Vec<MentionFact>,
    /// How many gaps of the scope are left out, by the state that they are in.
    pub gaps_by_state: Vec<(String, usize)>,
    /// How many sessions of the scope had not begun.
    pub sessions_to_come: usize,
    /// The report that this one follows.
    pub previous: Option<Previous>,
    /// The reports before this one, the first first.
    pub editions: Vec<Edition>,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFact {
    /// Its id.
    pub id: GroupId,
    /// What it is called.
    pub name: String,
    /// What it is about.
    pub scope: String,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionFact {
    /// Its id.
    pub id: SessionId,
    /// What it is called.
    pub title: String,
    /// What it was about.
    pub theme: String,
    /// How far its content may travel.
    pub tlp: Label,
    /// Whether the Chatham House rule held.
    pub house_rule: bool,
    /// On which day.
    pub held_on: Option<String>,
    /// Where.
    pub place: String,
    /// For which groups.
    pub groups: Vec<GroupId>,
    /// Its maps.
    pub maps: Vec<MapId>,
    /// Its agenda.
    pub rounds: Vec<RoundFact>,
    /// How many took part, by what they were there for.
    pub people: Vec<(String, i64)>,
    /// How many nodes its maps have.
    pub nodes: i64,
    /// How many votes were given.
    pub votes: i64,
}

/// An item of an agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundFact {
    /// What it is called.
    pub title: String,
    /// How it is worked in.
    pub method: String,
    /// How long it takes.
    pub minutes: Option<i64>,
}

/// A record of the catalogue, without who wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: RecordId,
    /// Its number.
    pub number: i64,
    /// Its state.
    pub state: String,
    /// Its label.
    pub tlp: Label,
    /// What it says, as the database keeps it.
    pub fields: Map<String, Json>,
}

/// How several people scored a fit by one criterion. Who they were is not kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreFact {
    /// The criterion, as the catalogue calls it.
    pub criterion: String,
    /// How many scored it.
    pub n: i64,
    /// What they gave on average, from 1 to 5.
    pub mean: f64,
}

/// Where a record was named. The node's words are not kept: what is purged from a map, or deleted
/// when its session's day is over, would live on in here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionFact {
    /// What was named, `gap:UUID` or `solution:UUID`.
    pub target: String,
    /// In which session.
    pub session: SessionId,
    /// In which map.
    pub map: MapId,
    /// By which node.
    pub node: String,
    /// The votes that the node got.
    pub votes: i64,
}

/// The report that this one follows, as far as changes are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Previous {
    /// Its number.
    pub number: String,
    /// Its edition.
    pub edition: String,
    /// How far it could travel.
    pub level: Level,
    /// The day of its cut-off.
    pub cut_off: String,
    /// Its gaps, with their lights.
    pub gaps: Vec<Was>,
    /// Its solutions.
    pub solutions: Vec<Was>,
}

/// A record in a former report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was {
    /// Its id.
    pub id: RecordId,
    /// Its number, such as GAP-12.
    pub number: String,
    /// What it was called.
    pub title: String,
    /// The label that it had.
    pub tlp: Label,
    /// A gap's light; empty for solutions.
    pub light: String,
}

/// A row of the version table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// The report's number.
    pub number: String,
    /// Its edition.
    pub edition: String,
    /// How far it could travel.
    pub level: Level,
    /// The day of its cut-off.
    pub cut_off: String,
    /// What had changed, in its authors' words.
    pub changes: String,
}

/// A label, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(pub Tlp);

impl TryFrom<String> for Label {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        let label = Tlp::try_from(&*word);
        label.map(Self).map_err(|refused| refused.to_string())
    }
}

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.0.as_str().to_owned()
    }
}

/// A snapshot that does not read back.
#[derive(Debug, thiserror::Error)]
#[error("the snapshot does not read back: {0}")]
pub struct BadSnapshot(pub(super) String);

impl Snapshot {
    /// The same in another language, where one is asked for.
    #[must_use]
    pub fn said_in(mut self, language: Option<Language>) -> Self {
        self.draft.language = language.unwrap_or(self.draft.language);
        self
    }

    /// The snapshot as it is kept.
    pub fn pack(&self) -> String {
        // Of texts, numbers and lists only: there is no way for this to fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Self::pack`] wrote.
    ///
    /// # Errors
    ///
    /// [`BadSnapshot`].
    pub fn unpack(text: &str) -> Result<Self, BadSnapshot> {
        let snapshot: Self =
            serde_json::from_str(text).map_err(|error| BadSnapshot(error.to_string()))?;
        match snapshot.format {
            FORMAT => Ok(snapshot),
            other => Err(BadSnapshot(format!("it has format {other}"))),
        }
    }
}

/// The SHA-256 of a snapshot as it is kept, in hexadecimal.
pub fn hash_of(packed: &str) -> String {
    let hash = Sha256::digest(packed.as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Item {
    /// What is kept of a record.
    pub fn of(record: &Record) -> Self {
        let fields = record.fields.iter().map(|(name, value)| (*name, value));
        let fields = serde_json::from_str(&json::pack(fields));
        Self {
            id: record.id,
            number: record.number,
            state: record.state.to_owned(),
            tlp: Label(record.tlp),
            fields: fields.unwrap_or_default(),
        }
    }

    /// The record, made by nobody at no time.
    ///
    /// # Errors
    ///
    /// [`BadSnapshot`].
    pub fn record(&self, kind: RecordKind) -> Result<Record, BadSnapshot> {
        let state = state::find(shape::states(kind), &self.state)
            .map_err(|refused| BadSnapshot(refused.to_string()))?;
        let fields = Json::Object(self.fields.clone()).to_string();
        Ok(Record {
            kind,
            id: self.id,
            number: self.number,
            version: 0,
            state: state.name,
            tlp: self.tlp.0,
            fields: json::unpack(kind, &fields).map_err(BadSnapshot)?,
            created_at: Timestamp(0),
            created_by: String::new(),
            changed_at: Timestamp(0),
            changed_by: String::new(),
            merged_into: None,
        })
    }

    /// The text in a field; empty where there is none.
    pub fn text(&self, field: &str) -> &str {
        let value = self.fields.get(field).and_then(Json::as_str);
        value.unwrap_or_default()
    }
}
