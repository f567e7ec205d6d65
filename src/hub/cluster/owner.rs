//! Taking a map, giving it away, and edits that others send to its owner.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::desk::{Behalf, Desk};
use super::wire::{self, Answer, Ask, Forwarded, Question, Row, Rows, Told};
use crate::base::id::ServerId;
use crate::broker::Reply;
use crate::hub::actor::{Actor, Open};
use crate::hub::error::HubError;
use crate::hub::inbox::Edit;
use crate::store::{Hold, StoreError, Taking};

/// An owner gives a map away within milliseconds, unless it is gone or busy.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long this server goes on asking: longer than the lease of an owner that has gone.
const LONG_PATIENCE: Duration = Duration::from_secs(6);
/// The pause between.
const PAUSE: Duration = Duration::from_millis(100);

impl Actor {
    /// Makes this server the map's owner, by having the present one give it away, and commits the
    /// edits that wait; whether that can be at the moment.
    ///
    /// # Errors
    ///
    /// [`HubError`] when the room cannot go on.
    pub(in crate::hub) async fn own(&mut self, open: &mut Open) -> Result<bool, HubError> {
        let begun = Instant::now();
        loop {
            if self.try_to_take(open).await? {
                self.commit_edits(open).await?;
                return Ok(true);
            }
            if LONG_PATIENCE <= begun.elapsed() {
                return Ok(false);
            }
            if !self.ask_for_map(open).await {
                sleep(PAUSE).await;
            }
        }
    }

    /// Asks the owner to give the map to this server; whether it has.
    pub(super) async fn ask_for_map(&self, open: &Open) -> bool {
        let (Some(link), Hold::Follow(owner)) = (&self.link, open.hold) else {
            return false;
        };
        let (map, what) = (self.map, Ask::HandOver(link.cluster.id));
        let question = wire::encode(&Question { map, what });
        let cluster = link.cluster.clone();
        cluster.ask(owner, question, PATIENCE).await == Ok(Answer::Given)
    }

    /// Takes the map where nobody has it and somebody here needs it.
    pub(super) async fn may_take(&mut self, open: &mut Open) -> Result<(), HubError> {
        let is_needed = !open.room.members.is_empty();
        if is_needed && self.try_to_take(open).await? {
            return self.commit_edits(open).await;
        }
        Ok(())
    }

    /// Takes the map unless another server that is there has it; whether it is this server's.
    ///
    /// # Errors
    ///
    /// [`HubError`] when the room cannot go on.
    pub(super) async fn try_to_take(&mut self, open: &mut Open) -> Result<bool, HubError> {
        let (Some(link), Hold::Follow(_)) = (&self.link, open.hold) else {
            return Ok(true);
        };
        let store = &self.shared.store;
        let (fence, epoch) = match store.take_map(self.map, link.cluster.id).await {
            Ok(Taking::Taken { fence, epoch }) => (fence, epoch),
            Ok(Taking::Elsewhere(owner)) => {
                open.hold = Hold::Follow(owner);
                return Ok(false);
            }
            Err(error) => {
                tracing::warn!(map = %self.map, %error, "the map could not be taken");
                return Ok(false);
            }
        };
        if epoch != open.room.epoch {
            self.rebuild(open).await?;
            return Ok(matches!(open.hold, Hold::Own(_)));
        }
        // Nobody else appends any more, so that what is read now is all.
        if !self.fill(open).await? {
            return Err(HubError::Unavailable);
        }
        open.hold = Hold::Own(fence);
        self.shared.metrics.takeovers.inc();
        // The owner before may have ended before it had read them.
        self.shared.readings.ask(self.map);
        if let Some(link) = &mut self.link {
            link.retry_at = None;
        }
        Ok(true)
    }

    /// Gives the map to a server that asks for it, and follows that.
    pub(super) async fn hand_over(
        &mut self,
        open: &mut Open,
        to: ServerId,
        reply: &Reply,
    ) -> Result<(), HubError> {
        self.commit_edits(open).await?;
        let (Some(link), Hold::Own(fence)) = (&self.link, open.hold) else {
            reply.give(wire::encode(&Answer::NotMine));
            return Ok(());
        };
        let (store, own) = (&self.shared.store, link.cluster.id);
        match store.give_map(self.map, (own, Some(fence)), Some(to)).await {
            Ok(true) => {
                open.hold = Hold::Follow(to);
                self.since_snapshot = (0, 0);
                reply.give(wire::encode(&Answer::Given));
                Ok(())
            }
            Ok(false) => Err(HubError::Unavailable),
            Err(error) => {
                tracing::warn!(map = %self.map, %error, "the map could not be given away");
                reply.give(wire::encode(&Answer::NotMine));
                Ok(())
            }
        }
    }

    /// Gives the map to whoever comes first: the room ends.
    pub(in crate::hub) async fn release(&mut self, open: &Open) {
        let (Some(link), Hold::Own(fence)) = (&self.link, open.hold) else {
            return;
        };
        let (store, own) = (&self.shared.store, link.cluster.id);
        match store.give_map(self.map, (own, Some(fence)), None).await {
            Ok(true) => link.say(&Told::Released),
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(map = %self.map, %error, "the map could not be released");
            }
        }
    }

    /// Makes sure that nobody has taken the map meanwhile.
    ///
    /// # Errors
    ///
    /// [`HubError::Unavailable`] when somebody has, and the room ends.
    pub(super) async fn must_still_own(&mut self, open: &mut Open) -> Result<(), HubError> {
        let Hold::Own(fence) = open.hold else {
            return self.look(open).await;
        };
        match self.shared.store.fence_of(self.map).await {
            Ok(now) if now == fence => Ok(()),
            Ok(_) => Err(HubError::Unavailable),
            Err(StoreError::NotFound(_)) => Err(HubError::NotFound),
            // Nobody can tell; nothing is committed meanwhile either.
            Err(_) => Ok(()),
        }
    }

    /// Puts edits of another server's clients into the inbox.
    pub(super) fn take_forwarded(
        &mut self,
        open: &Open,
        (epoch, edits): (u64, Vec<Forwarded>),
        reply: Reply,
    ) {
        if epoch != open.room.epoch || !matches!(open.hold, Hold::Own(_)) {
            reply.give(wire::encode(&Answer::NotMine));
            return;
        }
        let desk = Arc::new(Desk::new(reply));
        let edits = edits.into_iter().map(|it| Edit {
            from: it.from,
            number: it.number,
            update: it.update,
            behalf: Some(Behalf {
                by: it.by,
                right: it.right,
                desk: Some(desk.clone()),
            }),
        });
        self.inbox.add(edits);
    }

    /// Tells the servers that follow what the log has now.
    pub(in crate::hub) fn tell_rows(&self, open: &Open, rows: Vec<Row>) {
        let Some(link) = &self.link else {
            return;
        };
        let mut rows = Rows {
            epoch: open.room.epoch,
            seq: open.head.seq,
            hash: open.head.hash,
            rows,
        };
        let bytes: usize = rows.rows.iter().map(|it| it.update.len() + 64).sum();
        if link.cluster.broker.most_bytes() < bytes {
            rows.rows.clear();
        }
        link.say(&Told::Rows(rows));
    }
}
