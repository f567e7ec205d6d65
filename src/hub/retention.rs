//! The job that carries out what sessions promise: their content goes when its day is over.

use std::time::Duration;

use super::rooms::Hub;
use crate::base::id::SessionId;
use crate::store::{By, Holdings, StoreError};
use crate::workshop::session::{SessionChange, SessionDraft};

impl Hub {
    /// Clears the sessions whose day is over, now and every time after `pause`, until the server
    /// stops. A day is over when the hub's clock says so, in UTC. Of several servers, one does it.
    pub async fn keep_retention(self, pause: Duration) {
        while !self.is_stopping() {
            if let Err(error) = self.keep_retention_if_first().await {
                tracing::error!(%error, "retention was not carried out; it is tried again later");
            }
            // A command may have cleared some beside this server: their rooms end now. Other servers
            // look for themselves.
            self.shared().all_changed().await;
            tokio::time::sleep(pause).await;
        }
    }

    /// Leaves it to another server where that is the first. Two that both count themselves the first
    /// for a moment do no harm: a session is cleared once.
    async fn keep_retention_if_first(&self) -> Result<(), StoreError> {
        let is_first = match &self.shared().cluster {
            Some(cluster) => cluster.is_first().await?,
            None => true,
        };
        if is_first {
            self.carry_out_retention().await?;
        }
        Ok(())
    }

    /// Clears the sessions whose day is over, and ends their rooms; what each of them held. One that cannot
    /// be cleared keeps no other. What was deleted before and is in the database's files still is cleared
    /// away, too.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the first session that could not be cleared; the others are.
    pub async fn carry_out_retention(&self) -> Result<Vec<(SessionId, Holdings)>, StoreError> {
        let mut cleared = Vec::new();
        let mut failed = None;
        for due in self.store().sessions_due(&self.now().day()).await? {
            match self.clear(due.id).await {
                Ok(held) => cleared.extend(held.map(|it| (due.id, it))),
                Err(error) => {
                    tracing::error!(session = %due.id, %error, "a session was not cleared");
                    failed.get_or_insert(error);
                }
            }
        }
        self.store().sweep_owed().await?;
        failed.map_or(Ok(cleared), Err)
    }

    /// Clears a session whose day is over, and ends its rooms; none where it is not, or no longer.
    async fn clear(&self, session: SessionId) -> Result<Option<Holdings>, StoreError> {
        let (store, now) = (self.store(), self.now());
        let (today, by) = (now.day(), By::server(now));
        let maps = store.maps_of(session).await?;
        // Archived first, so that nobody writes into what is about to go.
        let draft = SessionDraft {
            state: Some("archived"),
            ..SessionDraft::default()
        };
        let archive = SessionChange::try_from(&draft)?;
        store.change_session(session, None, &archive, &by).await?;
        for map in &maps {
            self.map_changed(*map).await;
        }
        let pause = self.shared().readings.pause().await;
        let held = store.clear_session(session, &today, &by).await?;
        drop(pause);
        for map in &maps {
            self.map_changed(*map).await;
        }
        if let Some(held) = held {
            tracing::info!(%session, %held, "cleared a session whose day was over");
        }
        Ok(held)
    }
}
