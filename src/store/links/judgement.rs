//! What analysts say of links.

use std::collections::BTreeMap;

use sqlx::{AnyConnection, Row};

use crate::base::id::MapId;
use crate::base::invalid::Invalid;
use crate::catalogue::handle::Target;
use crate::store::audit::{By, record};
use crate::store::columns::{id, word};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::statement::Statement;

/// Maps that are asked for at once.
const AT_ONCE: usize = 200;

/// How far a link has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkState {
    /// Somebody made it.
    Proposed,
    /// An analyst agrees.
    Confirmed,
    /// An analyst does not; it stays listed.
    Rejected,
}

impl LinkState {
    /// The word in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
        }
    }
}

impl TryFrom<&str> for LinkState {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "proposed" => Ok(Self::Proposed),
            "confirmed" => Ok(Self::Confirmed),
            "rejected" => Ok(Self::Rejected),
            _ => {
                let reason = "must be proposed, confirmed or rejected";
                Err(Invalid::new("state", reason))
            }
        }
    }
}

/// A link that an analyst has confirmed or rejected.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Judged {
    /// The node that is linked.
    pub node: String,
    /// To what, as the link says it.
    pub target: Target,
    /// What became of it.
    pub state: LinkState,
}

impl Store {
    /// The judged links of the live nodes of maps; those that are not here are proposed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn judged_links(
        &self,
        maps: &[MapId],
    ) -> Result<BTreeMap<MapId, Vec<Judged>>, StoreError> {
        let mut on = self.read.acquire().await?;
        let mut judged: BTreeMap<MapId, Vec<Judged>> = BTreeMap::new();
        for some in maps.chunks(AT_ONCE) {
            let mut statement = Statement::new(
                "SELECT j.map, j.node, j.target, j.state FROM link_judgement j JOIN mention m
                 ON m.map = j.map AND m.node = j.node AND m.target = j.target
                 WHERE m.live = 1 AND j.map IN ",
            );
            statement.list(some.iter().map(ToString::to_string));
            statement.sql(" ORDER BY j.map, j.node, j.target");
            for row in statement.fetch(&mut on).await? {
                let text = |column| row.try_get::<String, _>(column);
                judged.entry(id(&text("map")?)?).or_default().push(Judged {
                    node: text("node")?,
                    target: id(&text("target")?)?,
                    state: word(&text("state")?)?,
                });
            }
        }
        Ok(judged)
    }

    /// Judges the link of a node to a target, and to whatever became one record with it.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when the node has no such link.
    pub async fn judge_link(
        &self,
        map: MapId,
        node: &str,
        target: Target,
        state: LinkState,
        by: &By,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let targets = same_link(&mut tx, map, node, target).await?;
        if targets.is_empty() {
            return Err(StoreError::NotFound("link"));
        }
        for target in &targets {
            let mut statement = Statement::new("DELETE FROM link_judgement WHERE map = ");
            statement.arg(map.to_string()).sql(" AND node = ");
            statement
                .arg(node)
                .sql(" AND target = ")
                .arg(target.as_str());
            statement.execute(&mut tx).await?;
            if state == LinkState::Proposed {
                continue;
            }
            let mut statement = Statement::new(
                "INSERT INTO link_judgement (map, node, target, state, at, actor) VALUES ",
            );
            statement.rows([vec![
                map.to_string().into(),
                node.into(),
                target.as_str().into(),
                state.as_str().into(),
                by.at.0.into(),
                by.actor.to_string().into(),
            ]]);
            statement.execute(&mut tx).await?;
        }
        let (action, detail) = (
            format!("link.{}", state.as_str()),
            format!("{node} {target}"),
        );
        record(&mut tx, by, &action, &format!("map:{map}"), &detail).await?;
        tx.commit().await?;
        self.catalogue_changed();
        Ok(())
    }
}

/// The links of a node that lead where the one to `target` does.
async fn same_link(
    on: &mut AnyConnection,
    map: MapId,
    node: &str,
    target: Target,
) -> Result<Vec<String>, StoreError> {
    let mut statement = Statement::new("SELECT target FROM mention WHERE map = ");
    statement.arg(map.to_string()).sql(" AND node = ").arg(node);
    statement.sql(" AND record IN (SELECT record FROM mention WHERE map = ");
    statement.arg(map.to_string()).sql(" AND node = ").arg(node);
    statement.sql(" AND (target = ").arg(target.to_string());
    statement
        .sql(" OR record = ")
        .arg(target.to_string())
        .sql("))");
    let rows = statement.fetch(on).await?;
    let targets = rows.iter().map(|it| it.try_get("target"));
    Ok(targets.collect::<Result<_, _>>()?)
}
