//! A room whose map another server owns: edits go there, and what is committed comes from there.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::desk::Behalf;
use super::link::Link;
use super::wire::{self, Answer, Ask, Decided, Question, Row, Rows};
use crate::broker::Unanswered;
use crate::hub::actor::{Actor, Open};
use crate::hub::error::HubError;
use crate::hub::inbox::Edit;
use crate::hub::views::Views;
use crate::store::Hold;
use crate::store::log::Head;
use crate::sync::delivery::ConnectionId;

/// An owner that has not answered for so long is asked again.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long to wait before that, where nobody answers.
const RETRY: Duration = Duration::from_millis(200);
/// Rows that are read at a time.
const PAGE: i64 = 1000;

impl Actor {
    /// Sends the owner what waits, unless it has not answered yet.
    ///
    /// # Errors
    ///
    /// [`HubError`] when the room cannot go on.
    pub(in crate::hub) async fn forward(&mut self, open: &mut Open) -> Result<(), HubError> {
        let (Some(link), Hold::Follow(owner)) = (&mut self.link, open.hold) else {
            return Ok(());
        };
        if !link.pending.is_full() {
            for edit in self.inbox.take() {
                // What another server forwarded here is sent again by it, to the owner.
                let Some(member) = open.room.members.get(&edit.from) else {
                    continue;
                };
                let behalf = Behalf {
                    by: member.participant,
                    right: member.right,
                    desk: None,
                };
                link.pending.push(Edit {
                    behalf: Some(behalf),
                    ..edit
                });
            }
        }
        let is_early = link.retry_at.is_some_and(|it| Instant::now() < it);
        if link.is_asking || is_early {
            return Ok(());
        }
        link.retry_at = None;
        if link.pending.is_empty() {
            return Ok(());
        }
        let most = link.cluster.broker.most_bytes();
        let what = Ask::Edits(open.room.epoch, link.pending.first());
        let map = self.map;
        let question = wire::encode(&Question { map, what });
        if question.len() <= most {
            link.ask(owner, question, PATIENCE);
            return Ok(());
        }
        // Too large for a message: it goes into the log from here.
        if !Box::pin(self.own(open)).await?
            && let Some(link) = &mut self.link
        {
            link.retry_at = Some(Instant::now() + RETRY);
        }
        Ok(())
    }

    /// Whether the next edit goes to the owner by itself: what comes while that has others waits for
    /// its answer.
    pub(in crate::hub) fn may_forward(&self, open: &Open) -> bool {
        let is_free = |it: &Link| !it.is_asking && it.retry_at.is_none();
        matches!(open.hold, Hold::Follow(_)) && self.link.as_deref().is_some_and(is_free)
    }

    /// Takes in what the owner answered.
    pub(super) async fn answered(
        &mut self,
        open: &mut Open,
        answer: Result<Answer, Unanswered>,
    ) -> Result<(), HubError> {
        let Some(link) = &mut self.link else {
            return Ok(());
        };
        link.is_asking = false;
        if let Hold::Own(_) = open.hold {
            // What was asked about was decided here meanwhile.
            return Ok(());
        }
        let is_refused = answer == Ok(Answer::NotMine);
        if let Ok(Answer::Decided(seq, decided)) = answer {
            let settled = link.pending.settle(decided);
            if !settled.is_empty() {
                self.tell_decided(open, seq, settled);
                return self.commit_edits(open).await;
            }
        }
        link.retry_at = Some(Instant::now() + RETRY);
        let asked = open.hold;
        let is_ours = self.try_to_take(open).await?;
        if is_refused && !is_ours && open.hold == asked {
            self.look(open).await?;
            // It has the map and has lost its room, or lost the log's end.
            self.ask_for_map(open).await;
            self.try_to_take(open).await?;
        }
        self.commit_edits(open).await
    }

    /// Tells authors what became of their edits.
    fn tell_decided(&mut self, open: &Open, seq: u64, decided: Vec<Decided>) {
        let mut processed: HashMap<ConnectionId, u64> = HashMap::new();
        let mut unsaved = Vec::new();
        for Decided {
            from,
            number,
            refused,
        } in decided
        {
            processed.insert(from, number);
            let (Some(why), Some(member)) = (refused, open.room.members.get(&from)) else {
                continue;
            };
            let (code, connection) = (why.code(), &member.connection);
            self.refuse(connection, number, code, why.message, why.retryable);
            if code == "not_saved" {
                unsaved.push(from);
            } else if why.retryable {
                open.room.ask_for_missing(connection);
            }
        }
        if !unsaved.is_empty() {
            self.setback.failed(unsaved, Instant::now());
        }
        open.room.acknowledge(&processed, seq);
    }

    /// Takes in what the owner says it has committed.
    pub(super) async fn hear_rows(&mut self, open: &mut Open, rows: Rows) -> Result<(), HubError> {
        let is_news = open.head.seq < rows.seq || open.room.epoch < rows.epoch;
        match open.hold {
            // Somebody else has taken the map.
            Hold::Own(_) if is_news => return self.must_still_own(open).await,
            Hold::Follow(_) if is_news => {}
            _ => return Ok(()),
        }
        let n_rows = rows.rows.len() as u64;
        let is_next = open.head.seq + n_rows == rows.seq && n_rows > 0;
        if open.room.epoch == rows.epoch && is_next {
            let head = Head {
                seq: rows.seq,
                hash: rows.hash,
            };
            return self.take_rows(open, rows.rows, head).await;
        }
        self.look(open).await
    }

    /// Reads from the log what was not heard of.
    pub(super) async fn look(&mut self, open: &mut Open) -> Result<(), HubError> {
        if matches!(open.hold, Hold::Follow(_))
            && !self.fill(open).await?
            && let Some(link) = &mut self.link
        {
            link.look_soon();
        }
        Ok(())
    }

    /// Takes in the rest of the log; whether that could be read.
    ///
    /// # Errors
    ///
    /// [`HubError`] when the room cannot go on.
    pub(super) async fn fill(&mut self, open: &mut Open) -> Result<bool, HubError> {
        loop {
            let store = &self.shared.store;
            let rows = match store.log_after(self.map, open.head.seq, PAGE).await {
                Ok(rows) => rows,
                Err(error) => {
                    tracing::warn!(map = %self.map, %error, "the log cannot be followed");
                    return Ok(false);
                }
            };
            let Some(last) = rows.last() else {
                return Ok(true);
            };
            if rows.iter().any(|it| it.row.epoch != open.room.epoch) {
                self.rebuild(open).await?;
                return Ok(true);
            }
            let head = Head {
                seq: last.row.seq,
                hash: last.hash,
            };
            let rows = rows.into_iter().map(|it| Row {
                from: 0,
                by: it.row.participant,
                update: it.row.body,
            });
            self.take_rows(open, rows.collect(), head).await?;
        }
    }

    /// Shows everybody here what another server has committed.
    async fn take_rows(
        &mut self,
        open: &mut Open,
        rows: Vec<Row>,
        head: Head,
    ) -> Result<(), HubError> {
        for row in &rows {
            if let Err(refusal) = open.room.take_committed(row.by, &row.update) {
                let reason = refusal.code;
                tracing::warn!(map = %self.map, reason, "a map is read anew to follow it");
                return self.rebuild(open).await;
            }
        }
        let committed: Vec<(ConnectionId, Bytes)> =
            rows.into_iter().map(|it| (it.from, it.update)).collect();
        open.head = head;
        self.views = Views::default();
        open.room.publish(&committed, &HashMap::new(), head.seq);
        let n_rows = committed.len() as u64;
        self.shared.metrics.followed.inc_by(n_rows);
        Ok(())
    }
}
