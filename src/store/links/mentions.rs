//! Where a record is named.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{AnyConnection, Row};

use super::judgement::LinkState;
use super::path::paths;
use crate::base::id::{MapId, SessionId};
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;
use crate::catalogue::handle::Target;
use crate::store::columns::{id, word};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::page::{Page, PageRequest};
use crate::store::statement::Statement;
use crate::workshop::anonymity::Anonymity;

/// A node that names a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its map.
    pub map: MapId,
    /// What the map is called.
    pub map_title: String,
    /// The map's session.
    pub session: SessionId,
    /// What the session is called.
    pub session_title: String,
    /// The node.
    pub node: String,
    /// Its words.
    pub text: String,
    /// The words of what it hangs under, the central topic first.
    pub path: Vec<String>,
    /// The votes that it got in votes that are closed.
    pub votes: i64,
    /// What the link says; of several that became one, the one made to the record itself.
    pub target: String,
    /// How well the record fits, where that was said.
    pub fit: Option<String>,
    /// The id of who made the link.
    pub by: Option<String>,
    /// To whom its session shows who that is.
    pub names: Anonymity,
    /// When.
    pub at: Timestamp,
    /// How far it has come.
    pub state: LinkState,
}

/// How often a record was named, in one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedIn {
    /// The session.
    pub session: SessionId,
    /// What it is called.
    pub title: String,
    /// How many nodes name the record.
    pub nodes: i64,
    /// The votes that these got.
    pub votes: i64,
}

/// How often a record was named. Links that an analyst rejected do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// In which sessions, the newest first.
    pub sessions: Vec<NamedIn>,
    /// By how many groups.
    pub groups: i64,
    /// In how many main branches of maps.
    pub branches: i64,
    /// By how many nodes.
    pub nodes: i64,
    /// The votes that these got.
    pub votes: i64,
}

/// Of several links of a node that became one, one: that to the record itself, or the first.
pub(in crate::store) const ONE_OF_SAME: &str = "NOT EXISTS (SELECT 1 FROM mention AS o
    WHERE o.map = m.map AND o.node = m.node AND o.record = m.record AND o.target <> m.target
      AND (o.target = o.record OR (m.target <> m.record AND o.target < m.target)))";

impl Store {
    /// The live nodes that name a record, the newest map first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] for a cursor that comes from nowhere.
    pub async fn mentions(
        &self,
        record: Target,
        page: &PageRequest,
    ) -> Result<Page<Mention>, StoreError> {
        let mut statement = Statement::new(
            "SELECT m.map, map.title AS map_title, map.session, s.title AS session_title,
                    s.anonymity, m.node,
                    n.text, m.target, m.fit, m.maker, m.at, j.state,
                    (SELECT CAST(COALESCE(SUM(t.n), 0) AS BIGINT) FROM tally AS t
                     WHERE t.map = m.map AND t.node = m.node) AS votes
             FROM mention AS m JOIN map ON map.id = m.map JOIN session AS s ON s.id = map.session
             JOIN map_node AS n ON n.map = m.map AND n.node = m.node
             LEFT JOIN link_judgement AS j
                 ON j.map = m.map AND j.node = m.node AND j.target = m.target
             WHERE m.live = 1 AND m.record = ",
        );
        statement
            .arg(record.to_string())
            .sql(" AND ")
            .sql(ONE_OF_SAME);
        if let Some(after) = page.after() {
            let odd = || Invalid::new("cursor", "must come from a list's next");
            let (map, node) = after.split_once('/').ok_or_else(odd)?;
            statement.sql(" AND (m.map, m.node) < (").arg(map);
            statement.sql(", ").arg(node).sql(")");
        }
        statement.sql(" ORDER BY m.map DESC, m.node DESC LIMIT ");
        statement.arg(page.fetch());
        let mut on = self.read.acquire().await?;
        let rows = statement.fetch(&mut on).await?;
        let found: Vec<Mention> = rows.iter().map(mention).collect::<Result<_, _>>()?;
        let mut page = page.page(found, |it| format!("{}/{}", it.map, it.node));
        let spots = page.items.iter();
        let spots: Vec<_> = spots
            .map(|it| (it.map.to_string(), it.node.clone()))
            .collect();
        let mut paths = paths(&mut on, &spots).await?;
        for (mention, spot) in page.items.iter_mut().zip(&spots) {
            mention.path = paths.remove(spot).unwrap_or_default();
        }
        Ok(page)
    }

    /// How often a record was named, and where.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn named(&self, record: Target) -> Result<Named, StoreError> {
        let mut statement = Statement::new(
            "SELECT m.map, m.node, m.branch, map.session, s.title,
                    (SELECT CAST(COALESCE(SUM(t.n), 0) AS BIGINT) FROM tally AS t
                     WHERE t.map = m.map AND t.node = m.node) AS votes
             FROM mention AS m JOIN map ON map.id = m.map JOIN session AS s ON s.id = map.session
             LEFT JOIN link_judgement AS j
                 ON j.map = m.map AND j.node = m.node AND j.target = m.target
             WHERE m.live = 1 AND COALESCE(j.state, '') <> 'rejected' AND m.record = ",
        );
        statement
            .arg(record.to_string())
            .sql(" AND ")
            .sql(ONE_OF_SAME);
        let mut on = self.read.acquire().await?;
        let mut named = Named::default();
        let mut sessions: BTreeMap<String, NamedIn> = BTreeMap::new();
        let mut branches: BTreeSet<(String, String)> = BTreeSet::new();
        for row in statement.fetch(&mut on).await? {
            let session: String = row.try_get("session")?;
            let votes: i64 = row.try_get("votes")?;
            branches.insert((row.try_get("map")?, row.try_get("branch")?));
            let title: String = row.try_get("title")?;
            let in_session = NamedIn {
                session: id(&session)?,
                title,
                nodes: 0,
                votes: 0,
            };
            let in_session = sessions.entry(session).or_insert(in_session);
            in_session.nodes += 1;
            in_session.votes += votes;
            named.nodes += 1;
            named.votes += votes;
        }
        named.groups = groups_of(&mut on, sessions.keys()).await?;
        named.branches = i64::try_from(branches.len()).unwrap_or(i64::MAX);
        named.sessions = sessions.into_values().rev().collect();
        Ok(named)
    }
}

/// How many groups these sessions are of.
async fn groups_of(
    on: &mut AnyConnection,
    sessions: impl Iterator<Item = &String>,
) -> Result<i64, StoreError> {
    let mut statement = Statement::new(
        "SELECT COUNT(DISTINCT practitioner_group) AS n FROM session_group WHERE session IN ",
    );
    statement.list(sessions.map(String::as_str));
    let rows = statement.fetch(on).await?;
    Ok(rows.first().map_or(Ok(0), |it| it.try_get("n"))?)
}

fn mention(row: &sqlx::any::AnyRow) -> Result<Mention, StoreError> {
    let text = |column: &str| row.try_get::<String, _>(column);
    let said = |text: String| Some(text).filter(|it| !it.is_empty());
    let state: Option<String> = row.try_get("state")?;
    Ok(Mention {
        map: id(&text("map")?)?,
        map_title: text("map_title")?,
        session: id(&text("session")?)?,
        session_title: text("session_title")?,
        node: text("node")?,
        text: text("text")?,
        path: Vec::new(),
        votes: row.try_get("votes")?,
        target: text("target")?,
        fit: said(text("fit")?),
        by: said(text("maker")?),
        names: word(&text("anonymity")?)?,
        at: Timestamp(row.try_get("at")?),
        state: word(state.as_deref().unwrap_or("proposed"))?,
    })
}
