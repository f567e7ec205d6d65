//! What the names of those look like who were in a session before that stood beside each name.

use super::error::StoreError;
use super::open::Store;
use crate::base::text::likeness;

/// Participants that one transaction looks at: who joins waits for no more than these.
const AT_ONCE: i64 = 500;

impl Store {
    /// Says it of all participants, once: of two that look alike in one session, of one. Nobody who
    /// joins from then on looks like any of them.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`]; the rest is done the next time.
    pub async fn fill_likenesses(&self) -> Result<(), StoreError> {
        let owed: Option<(String,)> =
            sqlx::query_as("SELECT what FROM owed WHERE what = 'likeness'")
                .fetch_optional(&self.read)
                .await?;
        if owed.is_none() {
            return Ok(());
        }
        let mut after = String::new();
        while let Some(last) = self.fill_some_likenesses(&after).await? {
            after = last;
        }
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM owed WHERE what = 'likeness'")
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// The same of those whose ids come next, the oldest first; the last of them.
    async fn fill_some_likenesses(&self, after: &str) -> Result<Option<String>, StoreError> {
        let mut tx = self.begin().await?;
        let some: Vec<(String, String, String, Option<String>)> = sqlx::query_as(
            "SELECT id, session, pseudonym, likeness FROM participant WHERE id > $1
             ORDER BY id LIMIT $2",
        )
        .bind(after)
        .bind(AT_ONCE)
        .fetch_all(&mut *tx)
        .await?;
        for (id, session, pseudonym, known) in &some {
            let looks = likeness(pseudonym);
            if known.as_ref() == Some(&looks) {
                continue;
            }
            sqlx::query(
                "UPDATE participant SET likeness = $2 WHERE id = $1 AND NOT EXISTS
                 (SELECT 1 FROM participant WHERE session = $3 AND likeness = $2)",
            )
            .bind(id)
            .bind(looks)
            .bind(session)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(some.into_iter().next_back().map(|it| it.0))
    }
}
