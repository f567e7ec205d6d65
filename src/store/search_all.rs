//! One search over everything that has words: gaps, solutions, evidence, and the nodes of maps.
//!
//! How well an entry answers is a matter of where the words stand in it, not of either database's own
//! measure, so that both give the same answers in the same order. The close ones are asked for first,
//! and the others only where a page has room left: to rank what half of a catalogue says takes longer
//! than to find it.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::columns::id;
use super::error::StoreError;
use super::open::Store;
use super::page::{Page, PageRequest};
use super::search::{Closeness, NODE};
use super::statement::Statement;
use crate::base::id::{MapId, RecordId, SessionId};
use crate::base::invalid::Invalid;
use crate::catalogue::excerpt::excerpt;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::catalogue::{shape, words};

/// What is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HitKind {
    /// Records of a kind that has words.
    Record(RecordKind),
    /// The live nodes of maps.
    Node,
}

impl HitKind {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Record(RecordKind::Gap),
        Self::Record(RecordKind::Solution),
        Self::Record(RecordKind::Evidence),
        Self::Node,
    ];

    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Record(kind) => kind.as_str(),
            Self::Node => NODE,
        }
    }
}

impl TryFrom<&str> for HitKind {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == word);
        found.ok_or_else(|| Invalid::new("kind", "must be gap, solution, evidence or node"))
    }
}

/// What is searched, and where.
#[derive(Clone, Debug)]
pub struct SearchFilter {
    /// The words; all of them have to be there, each as the beginning of a word.
    pub words: Vec<String>,
    /// Only these kinds.
    pub kinds: Vec<HitKind>,
    /// Nodes of these sessions only; `None` for all.
    pub sessions: Option<Vec<SessionId>>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Its id; a node's own.
    pub id: String,
    /// The number of a record.
    pub number: Option<i64>,
    /// What it is called.
    pub title: String,
    /// The words around what was found.
    pub excerpt: String,
    /// Of a node: its map and session.
    pub place: Option<(MapId, SessionId)>,
}

/// An entry that was found, and how well it answers.
struct Found {
    doc: i64,
    /// Its place among [`Closeness::ALL`].
    closeness: usize,
    kind: HitKind,
    id: String,
    map: Option<MapId>,
}

impl Store {
    /// What these words are found in: first where all of them stand in the title as they are, then
    /// where each begins a word of it, then where some do, then the others; the newest first in each.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] for a cursor that comes from nowhere.
    pub async fn search(
        &self,
        filter: &SearchFilter,
        page: &PageRequest,
    ) -> Result<Page<Hit>, StoreError> {
        if filter.words.is_empty() || filter.kinds.is_empty() {
            return Ok(page.page(Vec::new(), |_: &Hit| String::new()));
        }
        let mut on = self.read.acquire().await?;
        let found = self.find(&mut on, filter, page).await?;
        let page = page.page(found, |it| format!("{}/{}", it.closeness, it.doc));
        let mut items = Vec::with_capacity(page.items.len());
        for it in page.items {
            // What went between the two statements is not there any more.
            items.extend(tell(&mut on, it, &filter.words).await?);
        }
        Ok(Page {
            items,
            next: page.next,
        })
    }

    async fn find(
        &self,
        on: &mut AnyConnection,
        filter: &SearchFilter,
        page: &PageRequest,
    ) -> Result<Vec<Found>, StoreError> {
        let (first, mut before) = match page.after() {
            Some(cursor) => place(cursor)?,
            None => (0, i64::MAX),
        };
        let order = Closeness::order(self.kind());
        let mut found = Vec::new();
        for (closeness, it) in Closeness::ALL.into_iter().enumerate().skip(first) {
            let missing = page.fetch() - i64::try_from(found.len()).unwrap_or(i64::MAX);
            if missing <= 0 {
                break;
            }
            let columns = "e.doc, e.kind, e.id, e.map";
            let mut statement = it.select(columns, self.kind(), &filter.words);
            write_scope(&mut statement, filter);
            statement.sql(&format!(" AND {order} < ")).arg(before);
            statement.sql(&format!(" ORDER BY {order} DESC LIMIT "));
            statement.arg(missing);
            for row in &statement.fetch(on).await? {
                found.push(read(row, closeness)?);
            }
            before = i64::MAX;
        }
        Ok(found)
    }
}

/// Where the page before ended: how close, and before which entry.
fn place(cursor: &str) -> Result<(usize, i64), Invalid> {
    let place = cursor.split_once('/').and_then(|(closeness, doc)| {
        let closeness = closeness.parse().ok()?;
        (closeness < Closeness::ALL.len()).then_some((closeness, doc.parse().ok()?))
    });
    place.ok_or_else(|| Invalid::new("cursor", "must come from a list's next"))
}

fn write_scope(statement: &mut Statement, filter: &SearchFilter) {
    statement.sql(" AND e.kind IN ");
    statement.list(filter.kinds.iter().map(|it| it.as_str()));
    if let Some(sessions) = &filter.sessions {
        statement.sql(" AND (e.map IS NULL OR e.map IN (SELECT id FROM map WHERE session IN ");
        statement
            .list(sessions.iter().map(ToString::to_string))
            .sql("))");
    }
    for kind in [RecordKind::Gap, RecordKind::Solution] {
        if filter.kinds.contains(&HitKind::Record(kind)) {
            statement.sql(&format!(
                " AND e.id NOT IN (SELECT id FROM {kind} WHERE state = 'merged')"
            ));
        }
    }
}

fn read(row: &AnyRow, closeness: usize) -> Result<Found, StoreError> {
    let kind: String = row.try_get("kind")?;
    let map: Option<String> = row.try_get("map")?;
    Ok(Found {
        doc: row.try_get("doc")?,
        closeness,
        kind: HitKind::try_from(kind.as_str())
            .map_err(|_| StoreError::Corrupt(format!("the kind {kind:?}")))?,
        id: row.try_get("id")?,
        map: map.as_deref().map(id).transpose()?,
    })
}

/// What a result says; `None` where it is gone.
async fn tell(
    on: &mut AnyConnection,
    found: Found,
    words: &[String],
) -> Result<Option<Hit>, StoreError> {
    match (found.kind, found.map) {
        (HitKind::Record(kind), _) => {
            let id: RecordId = id(&found.id)?;
            let record = super::catalogue::record_of(on, kind, id).await?;
            Ok(record.map(|it| of_record(&it, words)))
        }
        (HitKind::Node, Some(map)) => of_node(on, map, &found.id, words).await,
        (HitKind::Node, None) => Ok(None),
    }
}

fn of_record(record: &Record, words: &[String]) -> Hit {
    let texts = shape::fields(record.kind)
        .iter()
        .filter(|it| Some(it.name) != shape::title(record.kind))
        .filter(|it| words::is_word(it.takes))
        .map(|it| match record.list(it.name) {
            [] => record.text(it.name).to_owned(),
            items => items.join(", "),
        });
    let texts: Vec<String> = texts.collect();
    Hit {
        kind: HitKind::Record(record.kind),
        id: record.id.to_string(),
        number: Some(record.number),
        title: record.title().to_owned(),
        excerpt: excerpt(&texts, words),
        place: None,
    }
}

async fn of_node(
    on: &mut AnyConnection,
    map: MapId,
    entry: &str,
    words: &[String],
) -> Result<Option<Hit>, StoreError> {
    let node = entry.split_once('/').map_or("", |it| it.1);
    let mut statement = Statement::new(
        "SELECT n.text, n.note, map.session FROM map_node AS n JOIN map ON map.id = n.map
         WHERE n.map = ",
    );
    statement
        .arg(map.to_string())
        .sql(" AND n.node = ")
        .arg(node);
    let rows = statement.fetch(on).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let (text, note): (String, String) = (row.try_get("text")?, row.try_get("note")?);
    let session: String = row.try_get("session")?;
    Ok(Some(Hit {
        kind: HitKind::Node,
        id: node.to_owned(),
        number: None,
        excerpt: excerpt(&[note], words),
        title: text,
        place: Some((map, id(&session)?)),
    }))
}
