//! Servers that share a database: who is there, and who has which map. PostgreSQL only, since no
//! two servers share an SQLite file; all times are by the database's clock, which they share.

use sqlx::Row;

use super::Store;
use super::error::StoreError;
use super::log::number;
use crate::base::id::{MapId, ServerId};

/// The database's clock.
macro_rules! now {
    () => {
        "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
    };
}

/// What came of reaching for a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// It is this server's.
    Taken {
        /// Appends with a smaller number are refused from now on.
        fence: i64,
        /// The map's history.
        epoch: u64,
    },
    /// A server that is there has it.
    Elsewhere(ServerId),
}

impl Store {
    /// By what the servers of this database call one another; the same for all of them.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn cluster_name(&self) -> Result<String, StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query("INSERT INTO cluster (id, name) VALUES (1, $1) ON CONFLICT (id) DO NOTHING")
            .bind(ServerId::new().to_string())
            .execute(&mut *tx)
            .await?;
        let row = sqlx::query("SELECT name FROM cluster WHERE id = 1")
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(row.try_get("name")?)
    }

    /// Forgets servers of which nothing was heard for a day.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn forget_servers(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query(concat!(
            "DELETE FROM server WHERE until + 86400000 < ",
            now!()
        ))
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    /// Says that this server is there for `lease_ms` milliseconds from now on.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn renew_lease(&self, server: ServerId, lease_ms: i64) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query(concat!(
            "INSERT INTO server (id, until) VALUES ($1, ",
            now!(),
            " + $2) ON CONFLICT (id) DO UPDATE SET until = excluded.until"
        ))
        .bind(server.to_string())
        .bind(lease_ms)
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    /// Says that a server has ended.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn end_lease(&self, server: ServerId) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM server WHERE id = $1")
            .bind(server.to_string())
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// The servers that are there, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the database does not answer or holds something it should not.
    pub async fn servers(&self) -> Result<Vec<ServerId>, StoreError> {
        let rows = sqlx::query(concat!(
            "SELECT id FROM server WHERE until > ",
            now!(),
            " ORDER BY id"
        ))
        .fetch_all(&self.read)
        .await?;
        rows.iter().map(|row| server(row.try_get("id")?)).collect()
    }

    /// Takes a map for a server, unless another one that is there has it. A server whose own lease
    /// is over takes none.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when there is no such map, [`StoreError::LeaseOver`].
    pub async fn take_map(&self, map: MapId, own: ServerId) -> Result<Taking, StoreError> {
        let mut tx = self.begin().await?;
        // FOR UPDATE waits for appends that are under way: each holds its map's row by the reference
        // to it. So what the owner before was about to commit is decided when this returns, unless
        // it stands still inside its statement, before it holds the row; then the next append finds
        // its place taken.
        let taken = sqlx::query(concat!(
            "WITH present AS (SELECT id FROM server WHERE until > ",
            now!(),
            "), free AS (
                 SELECT id FROM map
                 WHERE id = $1 AND $2 IN (SELECT id FROM present)
                     AND (owner = $2 OR owner NOT IN (SELECT id FROM present))
                 FOR UPDATE
             )
             UPDATE map SET fence = fence + 1, owner = $2 FROM free WHERE map.id = free.id
             RETURNING fence, epoch"
        ))
        .bind(map.to_string())
        .bind(own.to_string())
        .fetch_optional(&mut *tx)
        .await?;
        let found = match taken {
            Some(row) => Taking::Taken {
                fence: row.try_get("fence")?,
                epoch: number(row.try_get("epoch")?),
            },
            None => {
                let row = sqlx::query("SELECT owner FROM map WHERE id = $1")
                    .bind(map.to_string())
                    .fetch_optional(&mut *tx)
                    .await?
                    .ok_or(StoreError::NotFound("map"))?;
                let owner: String = row.try_get("owner")?;
                if owner.is_empty() || owner == own.to_string() {
                    return Err(StoreError::LeaseOver);
                }
                Taking::Elsewhere(server(owner)?)
            }
        };
        tx.commit().await?;
        Ok(found)
    }

    /// Gives a map that `from` has to another server, or to whoever comes first; whether `from`
    /// had it, by this fencing number if one is given. Appends of `from` are refused from now on.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn give_map(
        &self,
        map: MapId,
        from: (ServerId, Option<i64>),
        to: Option<ServerId>,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let given = sqlx::query(
            "UPDATE map SET owner = $4, fence = fence + 1
             WHERE id = $1 AND owner = $2 AND CAST($3 AS BIGINT) IN (fence, 0)",
        )
        .bind(map.to_string())
        .bind(from.0.to_string())
        .bind(from.1.unwrap_or(0))
        .bind(to.map_or_else(String::new, |it| it.to_string()))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(given.rows_affected() == 1)
    }

    /// The servers that are there, the oldest first, and how many maps each has.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the database does not answer or holds something it should not.
    pub async fn maps_of_servers(&self) -> Result<Vec<(ServerId, u64)>, StoreError> {
        let rows = sqlx::query(concat!(
            "SELECT server.id, COUNT(map.id) AS n_maps
             FROM server LEFT JOIN map ON map.owner = server.id
             WHERE server.until > ",
            now!(),
            " GROUP BY server.id ORDER BY server.id"
        ))
        .fetch_all(&self.read)
        .await?;
        rows.iter()
            .map(|row| Ok((server(row.try_get("id")?)?, number(row.try_get("n_maps")?))))
            .collect()
    }

    /// The server that has a map; `None` where none does that is there.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when there is no such map.
    pub async fn server_of(&self, map: MapId) -> Result<Option<ServerId>, StoreError> {
        let row = sqlx::query(concat!(
            "SELECT server.id FROM map
             LEFT JOIN server ON server.id = map.owner AND server.until > ",
            now!(),
            " WHERE map.id = $1"
        ))
        .bind(map.to_string())
        .fetch_optional(&self.read)
        .await?
        .ok_or(StoreError::NotFound("map"))?;
        let found: Option<String> = row.try_get("id")?;
        found.map(server).transpose()
    }

    /// The fencing number by which a map is held, whoever holds it.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when there is no such map.
    pub async fn fence_of(&self, map: MapId) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT fence FROM map WHERE id = $1")
            .bind(map.to_string())
            .fetch_optional(&self.read)
            .await?
            .ok_or(StoreError::NotFound("map"))?;
        Ok(row.try_get("fence")?)
    }
}

fn server(id: String) -> Result<ServerId, StoreError> {
    id.parse()
        .map_err(|_| StoreError::Corrupt(format!("the server {id:?}")))
}
