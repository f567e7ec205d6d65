//! What a map was when its session closed, so that it can be proved later.

use super::actor::{Actor, Open};
use super::error::HubError;
use crate::mindmap::digest::digest;
use crate::store::{SignOff, Signed};

impl Actor {
    /// Where the map stands, after the edits that wait.
    ///
    /// # Errors
    ///
    /// [`HubError`] when the room cannot go on.
    pub(super) async fn sign_off(&mut self, open: &mut Open) -> Result<SignOff, HubError> {
        if !self.own(open).await? {
            return Err(HubError::Unavailable);
        }
        self.need_replica(open).await?;
        let replica = open.room.replica().ok_or(HubError::Unavailable)?;
        Ok(SignOff {
            seq: open.head.seq,
            epoch: open.room.epoch,
            signed: Signed {
                log: open.head.hash,
                state: digest(replica.doc()),
            },
        })
    }
}
