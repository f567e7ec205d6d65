//! Which session a map belongs to: all that the door of a map must know of it.

use super::columns::id;
use super::error::StoreError;
use super::open::Store;
use crate::base::id::{MapId, SessionId};

impl Store {
    /// The session that a map belongs to.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when there is no such map.
    pub async fn map_session(&self, map: MapId) -> Result<SessionId, StoreError> {
        let row: Option<(String,)> = sqlx::query_as("SELECT session FROM map WHERE id = $1")
            .bind(map.to_string())
            .fetch_optional(&self.read)
            .await?;
        id(&row.ok_or(StoreError::NotFound("map"))?.0)
    }
}
