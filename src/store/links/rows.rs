//! Nodes and links as rows.

use std::collections::BTreeMap;

use sqlx::{AnyConnection, Row};

use crate::base::id::MapId;
use crate::store::error::StoreError;
use crate::store::statement::{Arg, Statement};

/// A node of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRow {
    /// Its id.
    pub node: String,
    /// What it hangs under; empty for the central topic.
    pub parent: String,
    /// Whether people see it.
    pub is_live: bool,
    /// The word for its kind; empty without one.
    pub kind: String,
    /// Its words.
    pub text: String,
    /// Its note.
    pub note: String,
}

/// A link of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionRow {
    /// The node.
    pub node: String,
    /// What the link leads to, as it says.
    pub target: String,
    /// What that became.
    pub record: String,
    /// The main branch that the node stands in.
    pub branch: String,
    /// Whether people see the node.
    pub is_live: bool,
    /// How well the target fits; empty where that was not said.
    pub fit: String,
    /// The id of who made it.
    pub maker: String,
    /// When, in milliseconds.
    pub at: i64,
}

pub(super) fn node_cells(map: MapId, row: &NodeRow) -> Vec<Arg> {
    vec![
        map.to_string().into(),
        row.node.as_str().into(),
        row.parent.as_str().into(),
        i64::from(row.is_live).into(),
        row.kind.as_str().into(),
        row.text.as_str().into(),
        row.note.as_str().into(),
    ]
}

pub(super) fn mention_cells(map: MapId, row: &MentionRow, record: &str) -> Vec<Arg> {
    vec![
        map.to_string().into(),
        row.node.as_str().into(),
        row.target.as_str().into(),
        record.into(),
        row.branch.as_str().into(),
        i64::from(row.is_live).into(),
        row.fit.as_str().into(),
        row.maker.as_str().into(),
        row.at.into(),
    ]
}

/// The nodes of a map.
pub(super) async fn nodes(
    on: &mut AnyConnection,
    map: MapId,
) -> Result<BTreeMap<String, NodeRow>, StoreError> {
    let mut statement =
        Statement::new("SELECT node, parent, live, kind, text, note FROM map_node WHERE map = ");
    statement.arg(map.to_string());
    let mut nodes = BTreeMap::new();
    for row in statement.fetch(on).await? {
        let node = NodeRow {
            node: row.try_get("node")?,
            parent: row.try_get("parent")?,
            is_live: row.try_get::<i64, _>("live")? != 0,
            kind: row.try_get("kind")?,
            text: row.try_get("text")?,
            note: row.try_get("note")?,
        };
        nodes.insert(node.node.clone(), node);
    }
    Ok(nodes)
}

/// The links of a map.
pub(super) async fn mentions(
    on: &mut AnyConnection,
    map: MapId,
) -> Result<BTreeMap<(String, String), MentionRow>, StoreError> {
    let mut statement = Statement::new(
        "SELECT node, target, record, branch, live, fit, maker, at FROM mention WHERE map = ",
    );
    statement.arg(map.to_string());
    let mut mentions = BTreeMap::new();
    for row in statement.fetch(on).await? {
        let mention = MentionRow {
            node: row.try_get("node")?,
            target: row.try_get("target")?,
            record: row.try_get("record")?,
            branch: row.try_get("branch")?,
            is_live: row.try_get::<i64, _>("live")? != 0,
            fit: row.try_get("fit")?,
            maker: row.try_get("maker")?,
            at: row.try_get("at")?,
        };
        mentions.insert((mention.node.clone(), mention.target.clone()), mention);
    }
    Ok(mentions)
}

pub(super) async fn delete_nodes(
    on: &mut AnyConnection,
    map: MapId,
    nodes: &[String],
) -> Result<(), StoreError> {
    let mut statement = Statement::new("DELETE FROM map_node WHERE map = ");
    statement.arg(map.to_string()).sql(" AND node IN ");
    statement.list(nodes.iter().map(String::as_str));
    statement.execute(on).await?;
    Ok(())
}

pub(super) async fn delete_mentions(
    on: &mut AnyConnection,
    map: MapId,
    links: &[(String, String)],
) -> Result<(), StoreError> {
    for (node, target) in links {
        let mut statement = Statement::new("DELETE FROM mention WHERE map = ");
        statement.arg(map.to_string()).sql(" AND node = ");
        statement.arg(node.as_str()).sql(" AND target = ");
        statement.arg(target.as_str());
        statement.execute(on).await?;
    }
    Ok(())
}
