//! Votes: ballots while a round is on, sums afterwards.

use std::collections::BTreeMap;

use sqlx::{Any, Transaction};

use super::columns::id;
use super::error::StoreError;
use super::held::{hold, hold_participant};
use super::open::Store;
use crate::base::id::{MapId, ParticipantId, RoundId, SessionId};
use crate::base::invalid::Invalid;
use crate::workshop::round::{Method, RoundPlan};

/// Votes for one node.
#[derive(Clone, Copy, Debug)]
pub struct Ballot<'a> {
    /// The map that the node is in.
    pub map: MapId,
    /// The node.
    pub node: &'a str,
    /// How many votes, from 1 on.
    pub n: i64,
}

impl Store {
    /// A round's session and plan.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn round(&self, round: RoundId) -> Result<(SessionId, RoundPlan), StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT session FROM session_round WHERE id = $1")
                .bind(round.to_string())
                .fetch_optional(&self.read)
                .await?;
        let session = id(&row.ok_or(StoreError::NotFound("round"))?.0)?;
        let mut rounds = self.agenda(session).await?.course.rounds.into_iter();
        let found = rounds.find(|it| it.id == round);
        let found = found.ok_or(StoreError::NotFound("round"))?;
        Ok((session, found.plan))
    }

    /// What somebody has given in a round, by node.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn votes_of(
        &self,
        round: RoundId,
        voter: ParticipantId,
    ) -> Result<BTreeMap<String, i64>, StoreError> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT node, n FROM ballot WHERE round = $1 AND participant = $2")
                .bind(round.to_string())
                .bind(voter.to_string())
                .fetch_all(&self.read)
                .await?;
        Ok(rows.into_iter().collect())
    }

    /// Gives a node votes, in place of those that the voter gave it before.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] unless the round is a vote and on; [`StoreError::Invalid`] when
    /// that is more than they have left.
    pub async fn vote(
        &self,
        round: RoundId,
        voter: ParticipantId,
        ballot: Ballot<'_>,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        // Who votes at the same time waits here, so that what is left is what is left.
        let held = hold(&mut tx, round).await?;
        held.must_be_on(Method::Vote)?;
        hold_participant(&mut tx, voter).await?;
        let (others,): (i64,) = sqlx::query_as(
            "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM ballot
             WHERE round = $1 AND participant = $2 AND node <> $3",
        )
        .bind(round.to_string())
        .bind(voter.to_string())
        .bind(ballot.node)
        .fetch_one(&mut *tx)
        .await?;
        let left = RoundPlan::votes_each(held.votes) - others;
        if !(1..=left).contains(&ballot.n) {
            return Err(Invalid::new("n", format!("must be from 0 to {}", left.max(0))).into());
        }
        sqlx::query(
            "INSERT INTO ballot (round, participant, map, node, n) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (round, participant, node)
                 DO UPDATE SET map = excluded.map, n = excluded.n",
        )
        .bind(round.to_string())
        .bind(voter.to_string())
        .bind(ballot.map.to_string())
        .bind(ballot.node)
        .bind(ballot.n)
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    /// Takes back the votes that somebody gave a node, also one that is gone by now.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] unless the round is a vote and on.
    pub async fn take_back_votes(
        &self,
        round: RoundId,
        voter: ParticipantId,
        node: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        hold(&mut tx, round).await?.must_be_on(Method::Vote)?;
        sqlx::query("DELETE FROM ballot WHERE round = $1 AND participant = $2 AND node = $3")
            .bind(round.to_string())
            .bind(voter.to_string())
            .bind(node)
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// How many have voted in a round, but for those who are shut out.
    pub(super) async fn n_voters(&self, round: RoundId) -> Result<i64, StoreError> {
        let (n,): (i64,) = sqlx::query_as(
            "SELECT COUNT(DISTINCT ballot.participant)
             FROM ballot JOIN participant AS p ON p.id = ballot.participant
             WHERE ballot.round = $1 AND p.shut_out_at IS NULL",
        )
        .bind(round.to_string())
        .fetch_one(&self.read)
        .await?;
        Ok(n)
    }

    /// What the nodes of a map got in all votes that are closed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn tallies(&self, map: MapId) -> Result<BTreeMap<String, i64>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT node, CAST(SUM(n) AS BIGINT) FROM tally WHERE map = $1 GROUP BY node",
        )
        .bind(map.to_string())
        .fetch_all(&self.read)
        .await?;
        Ok(rows.into_iter().collect())
    }
}

/// Closes the vote of a round that is over: what is left of it are sums. Call it after the round's
/// row says that it is over, so that nobody votes meanwhile.
///
/// Who is shut out by then has not voted; who has come back by another link has. A round that was voted
/// in once more counts anew, unless nobody voted.
pub(super) async fn count(
    tx: &mut Transaction<'static, Any>,
    round: RoundId,
) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM ballot WHERE round = $1 AND participant IN
             (SELECT id FROM participant WHERE shut_out_at IS NOT NULL)",
    )
    .bind(round.to_string())
    .execute(&mut **tx)
    .await?;
    let (n_ballots,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM ballot WHERE round = $1")
        .bind(round.to_string())
        .fetch_one(&mut **tx)
        .await?;
    if n_ballots == 0 {
        return Ok(());
    }
    for sql in [
        "DELETE FROM tally WHERE round = $1",
        "INSERT INTO tally (map, round, node, n)
         SELECT map, round, node, CAST(SUM(n) AS BIGINT) FROM ballot
         WHERE round = $1 GROUP BY map, round, node",
        "DELETE FROM ballot WHERE round = $1",
    ] {
        sqlx::query(sql)
            .bind(round.to_string())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Gives to one node what another has, because they became one.
pub(super) async fn move_votes(
    tx: &mut Transaction<'_, Any>,
    map: MapId,
    from: &str,
    into: &str,
) -> Result<(), StoreError> {
    for sql in [
        "INSERT INTO tally (map, round, node, n)
         SELECT map, round, CAST($3 AS TEXT), n FROM tally WHERE map = $1 AND node = $2
         ON CONFLICT (map, round, node) DO UPDATE SET n = tally.n + excluded.n",
        "DELETE FROM tally WHERE map = $1 AND node = $2 AND node <> $3",
        "INSERT INTO ballot (round, participant, map, node, n)
         SELECT round, participant, map, CAST($3 AS TEXT), n FROM ballot
         WHERE map = $1 AND node = $2
         ON CONFLICT (round, participant, node) DO UPDATE SET n = ballot.n + excluded.n",
        "DELETE FROM ballot WHERE map = $1 AND node = $2 AND node <> $3",
    ] {
        sqlx::query(sql)
            .bind(map.to_string())
            .bind(from)
            .bind(into)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
