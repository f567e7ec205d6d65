//! The Links board: what a session's nodes are linked to, and which are not.

use std::collections::HashMap;

use sqlx::{AnyConnection, Row};

use super::judgement::LinkState;
use super::path::{Spot, paths};
use crate::base::id::{MapId, SessionId};
use crate::base::invalid::Invalid;
use crate::store::columns::{id, word};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::page::{Page, PageRequest};
use crate::store::statement::Statement;

/// Which nodes the board shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkFilter {
    /// Those without a link, but for rejected ones.
    None,
    /// Those with a link that nobody judged.
    Proposed,
    /// Those with a link that an analyst agrees with.
    Confirmed,
}

impl TryFrom<&str> for LinkFilter {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "none" => Ok(Self::None),
            "proposed" => Ok(Self::Proposed),
            "confirmed" => Ok(Self::Confirmed),
            _ => {
                let reason = "must be none, proposed or confirmed";
                Err(Invalid::new("linked", reason))
            }
        }
    }
}

/// What the board shows.
#[derive(Clone, Debug)]
pub struct BoardFilter {
    /// Of which session.
    pub session: SessionId,
    /// Only those that are linked so.
    pub linked: Option<LinkFilter>,
}

/// A link on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardLink {
    /// What it leads to, as it says.
    pub target: String,
    /// How far it has come.
    pub state: LinkState,
}

/// A node on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardNode {
    /// Its map.
    pub map: MapId,
    /// What the map is called.
    pub map_title: String,
    /// The node.
    pub node: String,
    /// Its words.
    pub text: String,
    /// The word for its kind; empty without one.
    pub kind: String,
    /// The words of what it hangs under, the central topic first.
    pub path: Vec<String>,
    /// The votes that it got in votes that are closed.
    pub votes: i64,
    /// Its links.
    pub links: Vec<BoardLink>,
}

const VOTES: &str = "COALESCE(v.n, 0)";

impl Store {
    /// The live nodes of a session's maps that say something, those with the most votes first. The
    /// central topic is shown only when it is linked.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] for a cursor that comes from nowhere.
    pub async fn links_board(
        &self,
        filter: &BoardFilter,
        page: &PageRequest,
    ) -> Result<Page<BoardNode>, StoreError> {
        let session = filter.session.to_string();
        let mut statement = Statement::new(&format!(
            "SELECT n.map, map.title AS map_title, n.node, n.text, n.kind,
                    CAST({VOTES} AS BIGINT) AS votes
             FROM map_node AS n JOIN map ON map.id = n.map
             LEFT JOIN (SELECT map, node, CAST(SUM(n) AS BIGINT) AS n FROM tally
                        WHERE map IN (SELECT id FROM map WHERE session = "
        ));
        statement.arg(session.as_str());
        statement.sql(
            ") GROUP BY map, node) AS v ON v.map = n.map AND v.node = n.node
             WHERE n.live = 1 AND map.session = ",
        );
        statement.arg(session.as_str());
        statement.sql(
            " AND ((n.text <> '' AND n.parent <> '')
                   OR EXISTS (SELECT 1 FROM mention AS l WHERE l.map = n.map AND l.node = n.node))",
        );
        write_linked(&mut statement, filter.linked);
        if let Some(like) = page.like() {
            statement.sql(" AND lower(n.text) LIKE ").arg(like);
            statement.sql(" ESCAPE '\\'");
        }
        if let Some(after) = page.after() {
            write_after(&mut statement, after)?;
        }
        statement.sql(&format!(
            " ORDER BY {VOTES} DESC, n.map DESC, n.node DESC LIMIT "
        ));
        statement.arg(page.fetch());
        let mut on = self.read.acquire().await?;
        let rows = statement.fetch(&mut on).await?;
        let nodes: Vec<BoardNode> = rows.iter().map(node).collect::<Result<_, _>>()?;
        let mut page = page.page(nodes, |it| format!("{}/{}/{}", it.votes, it.map, it.node));
        let spots: Vec<Spot> = page
            .items
            .iter()
            .map(|it| (it.map.to_string(), it.node.clone()))
            .collect();
        let mut paths = paths(&mut on, &spots).await?;
        let mut links = links_of(&mut on, &spots).await?;
        for (node, spot) in page.items.iter_mut().zip(&spots) {
            node.path = paths.remove(spot).unwrap_or_default();
            node.links = links.remove(spot).unwrap_or_default();
        }
        Ok(page)
    }
}

fn write_linked(statement: &mut Statement, linked: Option<LinkFilter>) {
    let (is, judged) = match linked {
        None => return,
        Some(LinkFilter::None) => ("NOT EXISTS", "COALESCE(j.state, '') <> 'rejected'"),
        Some(LinkFilter::Proposed) => ("EXISTS", "j.state IS NULL"),
        Some(LinkFilter::Confirmed) => ("EXISTS", "j.state = 'confirmed'"),
    };
    statement.sql(&format!(
        " AND {is} (SELECT 1 FROM mention AS m LEFT JOIN link_judgement AS j
                ON j.map = m.map AND j.node = m.node AND j.target = m.target
            WHERE m.map = n.map AND m.node = n.node AND {judged})"
    ));
}

fn write_after(statement: &mut Statement, after: &str) -> Result<(), Invalid> {
    let odd = || Invalid::new("cursor", "must come from a list's next");
    let (votes, spot) = after.split_once('/').ok_or_else(odd)?;
    let (map, node) = spot.split_once('/').ok_or_else(odd)?;
    let votes: i64 = votes.parse().map_err(|_| odd())?;
    statement.sql(&format!(" AND ({VOTES} < ")).arg(votes);
    statement.sql(&format!(" OR ({VOTES} = ")).arg(votes);
    statement.sql(" AND (n.map, n.node) < (").arg(map);
    statement.sql(", ").arg(node).sql(")))");
    Ok(())
}

fn node(row: &sqlx::any::AnyRow) -> Result<BoardNode, StoreError> {
    Ok(BoardNode {
        map: id(&row.try_get::<String, _>("map")?)?,
        map_title: row.try_get("map_title")?,
        node: row.try_get("node")?,
        text: row.try_get("text")?,
        kind: row.try_get("kind")?,
        path: Vec::new(),
        votes: row.try_get("votes")?,
        links: Vec::new(),
    })
}

async fn links_of(
    on: &mut AnyConnection,
    spots: &[Spot],
) -> Result<HashMap<Spot, Vec<BoardLink>>, StoreError> {
    let mut links: HashMap<Spot, Vec<BoardLink>> = HashMap::new();
    for some in spots.chunks(200) {
        let mut statement = Statement::new(
            "SELECT m.map, m.node, m.target, j.state
             FROM mention AS m LEFT JOIN link_judgement AS j
                 ON j.map = m.map AND j.node = m.node AND j.target = m.target
             WHERE (m.map, m.node) IN (VALUES ",
        );
        let rows = some.iter();
        statement.rows(rows.map(|(map, node)| vec![map.as_str().into(), node.as_str().into()]));
        statement.sql(") ORDER BY m.target");
        for row in statement.fetch(on).await? {
            let spot = (row.try_get("map")?, row.try_get("node")?);
            let state: Option<String> = row.try_get("state")?;
            links.entry(spot).or_default().push(BoardLink {
                target: row.try_get("target")?,
                state: word(state.as_deref().unwrap_or("proposed"))?,
            });
        }
    }
    Ok(links)
}
