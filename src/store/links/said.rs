//! What people said of a record: the words of the nodes whose link to it an analyst confirmed.

use std::collections::BTreeMap;

use sqlx::Row;

use crate::base::id::RecordId;
use crate::catalogue::handle::Target;
use crate::store::columns::id;
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::statement::Statement;

/// How many links are read, the last confirmed first.
const MOST: i64 = 5000;
/// How many ways to speak of one record count.
const WAYS: usize = 20;

/// Texts by the record that they are linked to, without repetitions and in an order of their own.
pub type Said = BTreeMap<RecordId, Vec<String>>;

impl Store {
    /// What live nodes say whose links are confirmed, by the record that the link leads to by now.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn said_of_records(&self) -> Result<Said, StoreError> {
        let mut statement = Statement::new(
            "SELECT m.record, n.text FROM link_judgement AS j
             JOIN mention AS m ON m.map = j.map AND m.node = j.node AND m.target = j.target
             JOIN map_node AS n ON n.map = j.map AND n.node = j.node
             WHERE j.state = 'confirmed' AND m.live = 1 AND n.text <> ''
             ORDER BY j.at DESC, j.map, j.node, j.target LIMIT ",
        );
        statement.arg(MOST);
        let mut said = Said::new();
        for row in statement.fetch(&mut *self.read.acquire().await?).await? {
            let record: Target = id(&row.try_get::<String, _>("record")?)?;
            let ways = said.entry(record.id).or_default();
            let text: String = row.try_get("text")?;
            if ways.len() < WAYS && !ways.contains(&text) {
                ways.push(text);
            }
        }
        Ok(said)
    }
}
