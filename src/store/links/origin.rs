//! The gap that is made of a node.

use sqlx::{AnyConnection, Row};

use crate::base::id::{MapId, RecordId};
use crate::catalogue::record::NewRecord;
use crate::store::audit::By;
use crate::store::columns::id;
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::statement::Statement;

/// A gap that is to be made of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The id that it will have, since the link that is written with it says so.
    pub gap: RecordId,
    /// The number that it will have.
    pub number: i64,
    /// What it says.
    pub new: NewRecord,
    /// Who makes it, and when.
    pub by: By,
    /// The node.
    pub node: String,
}

impl Store {
    /// The gap that was made of a node.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn gap_of_node(
        &self,
        map: MapId,
        node: &str,
    ) -> Result<Option<RecordId>, StoreError> {
        let mut statement = Statement::new("SELECT gap FROM node_gap WHERE map = ");
        statement.arg(map.to_string()).sql(" AND node = ").arg(node);
        let mut on = self.read.acquire().await?;
        let rows = statement.fetch(&mut on).await?;
        let found = rows.first().map(|it| it.try_get::<String, _>("gap"));
        found.transpose()?.map(|it| id(&it)).transpose()
    }

    /// The words of a live node, as the tables have them.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn node_text(&self, map: MapId, node: &str) -> Result<String, StoreError> {
        let mut statement = Statement::new("SELECT text FROM map_node WHERE live = 1 AND map = ");
        statement.arg(map.to_string()).sql(" AND node = ").arg(node);
        let mut on = self.read.acquire().await?;
        let rows = statement.fetch(&mut on).await?;
        let row = rows.first().ok_or(StoreError::NotFound("node"))?;
        Ok(row.try_get("text")?)
    }
}

/// Notes which gap a node became.
pub(in crate::store) async fn remember(
    on: &mut AnyConnection,
    map: MapId,
    origin: &Origin,
) -> Result<(), StoreError> {
    let mut statement = Statement::new("INSERT INTO node_gap (map, node, gap) VALUES ");
    statement.rows([vec![
        map.to_string().into(),
        origin.node.as_str().into(),
        origin.gap.to_string().into(),
    ]]);
    let done = statement.execute(on).await;
    done.map(drop)
        .map_err(|it| it.or_conflict("a gap was made of this node already"))
}
