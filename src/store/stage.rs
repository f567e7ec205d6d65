//! What decides who may do what in a map just now: its own state, its session's, the round that is
//! on, and its locked branches.

use std::collections::BTreeMap;

use super::Store;
use super::audit::{By, record};
use super::columns::{id, word};
use super::error::StoreError;
use super::ideas::HiddenIdeas;
use crate::base::id::{MapId, RoundId, SessionId};
use crate::base::time::Timestamp;
use crate::workshop::anonymity::Anonymity;
use crate::workshop::course::Timer;
use crate::workshop::grants::{Authorship, Grants};
use crate::workshop::map::MapState;
use crate::workshop::round::{Method, RoundPlan, grants_in};
use crate::workshop::session::SessionState;

/// What a map's room goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The map's state.
    pub map: MapState,
    /// Its session's state.
    pub session: SessionState,
    /// Who sees whose pseudonym.
    pub anonymity: Anonymity,
    /// Whose nodes participants change.
    pub authorship: Authorship,
    /// The round that is on.
    pub round: Option<StageRound>,
    /// The locked branches, by their top nodes, sorted.
    pub locks: Vec<String>,
    /// The ideas that wait to be revealed.
    pub hidden: Option<HiddenIdeas>,
    /// The votes that nodes got in votes that are closed.
    pub tallies: BTreeMap<String, i64>,
}

/// The round that is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageRound {
    /// Its id.
    pub id: RoundId,
    /// Which of the agenda it is, from 1 on.
    pub n: usize,
    /// How many the agenda has.
    pub of: usize,
    /// What was planned.
    pub plan: RoundPlan,
    /// How its timer stands.
    pub timer: Timer,
    /// How many have voted in it.
    pub n_voters: i64,
    /// Whether what was written in it in silence stands in a map by now.
    pub is_revealed: bool,
}

impl Stage {
    /// One on which nobody does anything, for as long as the real one is not known.
    pub fn dark() -> Self {
        Self {
            map: MapState::Locked,
            session: SessionState::Closed,
            anonymity: Anonymity::None,
            authorship: Authorship::Own,
            round: None,
            locks: Vec::new(),
            hidden: None,
            tallies: BTreeMap::new(),
        }
    }

    /// What participants may do. Nobody votes while the timer is paused; what a session that is paused
    /// withholds, its state says.
    pub fn grants(&self) -> Grants {
        let grants = grants_in(self.authorship, self.round.as_ref().map(|it| &it.plan));
        let is_held = self.round.as_ref().is_some_and(|it| it.timer.is_held());
        Grants {
            vote: grants.vote && !is_held,
            ..grants
        }
    }
}

#[derive(sqlx::FromRow)]
struct StageRow {
    map_state: String,
    session: String,
    session_state: String,
    anonymity: String,
    authorship: String,
    round: Option<String>,
    round_ends: Option<i64>,
    round_left: Option<i64>,
}

impl Store {
    /// What a map's room goes by.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn stage(&self, map: MapId) -> Result<Stage, StoreError> {
        let row: Option<StageRow> = sqlx::query_as(
            "SELECT map.state AS map_state, session.id AS session, session.state AS session_state,
                 anonymity, authorship, round, round_ends, round_left
             FROM map JOIN session ON session.id = map.session WHERE map.id = $1",
        )
        .bind(map.to_string())
        .fetch_optional(&self.read)
        .await?;
        let row = row.ok_or(StoreError::NotFound("map"))?;
        let session = id(&row.session)?;
        let round = self.stage_round(session, &row).await?;
        let silent = round.as_ref().filter(|it| it.plan.method == Method::Silent);
        let silent = silent.map(|it| it.id);
        Ok(Stage {
            map: word(&row.map_state)?,
            session: word(&row.session_state)?,
            anonymity: word(&row.anonymity)?,
            authorship: word(&row.authorship)?,
            round,
            locks: self.locks(map).await?,
            hidden: self.hidden_ideas(session, silent).await?,
            tallies: self.tallies(map).await?,
        })
    }

    async fn stage_round(
        &self,
        session: SessionId,
        row: &StageRow,
    ) -> Result<Option<StageRound>, StoreError> {
        let Some(round) = row.round.as_deref() else {
            return Ok(None);
        };
        let round: RoundId = id(round)?;
        let rounds = self.agenda(session).await?.course.rounds;
        let Some(n) = rounds.iter().position(|it| it.id == round) else {
            return Ok(None);
        };
        Ok(Some(StageRound {
            id: round,
            n: n + 1,
            of: rounds.len(),
            plan: rounds[n].plan.clone(),
            timer: Timer {
                ends: row.round_ends.map(Timestamp),
                left: row.round_left,
            },
            n_voters: self.n_voters(round).await?,
            is_revealed: rounds[n].is_revealed,
        }))
    }

    /// The locked branches of a map, by their top nodes, sorted.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn locks(&self, map: MapId) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT node FROM map_lock WHERE map = $1 ORDER BY node")
                .bind(map.to_string())
                .fetch_all(&self.read)
                .await?;
        Ok(rows.into_iter().map(|(node,)| node).collect())
    }

    /// Locks a branch or opens it again; either twice is as once.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when there is no such map.
    pub async fn set_lock(
        &self,
        map: MapId,
        node: &str,
        locked: bool,
        by: &By,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let change = if locked {
            let insert = "INSERT INTO map_lock (map, node, at) VALUES ($1, $2, $3)
                          ON CONFLICT DO NOTHING";
            let insert = sqlx::query(insert).bind(map.to_string()).bind(node);
            insert.bind(by.at.0)
        } else {
            let delete = "DELETE FROM map_lock WHERE map = $1 AND node = $2";
            sqlx::query(delete).bind(map.to_string()).bind(node)
        };
        change.execute(&mut *tx).await?;
        let action = if locked { "map.lock" } else { "map.unlock" };
        record(&mut tx, by, action, &format!("map:{map}"), node).await?;
        Ok(tx.commit().await?)
    }
}
