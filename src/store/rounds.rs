//! A session's agenda: its rounds, which of them is on, and its timer.

use sqlx::{Any, Transaction};

use super::audit::{By, record};
use super::columns::{id, word};
use super::error::StoreError;
use super::open::Store;
use super::votes;
use crate::base::id::{RoundId, SessionId};
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;
use crate::workshop::course::{Action, Course, Step, Timer};
use crate::workshop::round::{MAX_ROUNDS, Overrides, Round, RoundPlan, RoundState};
use crate::workshop::session::SessionState;

/// What is planned of a round, as its columns are.
#[derive(sqlx::FromRow)]
pub(super) struct PlanRow {
    title: String,
    method: String,
    prompt: String,
    minutes: Option<i64>,
    votes: Option<i64>,
    vote_kind: Option<String>,
    target: Option<String>,
    may_add: Option<i16>,
    may_edit: Option<String>,
    may_link: Option<i16>,
}

impl TryFrom<PlanRow> for RoundPlan {
    type Error = StoreError;

    fn try_from(row: PlanRow) -> Result<Self, StoreError> {
        Ok(Self {
            method: word(&row.method)?,
            title: row.title,
            prompt: row.prompt,
            minutes: row.minutes,
            votes: row.votes,
            vote_kind: row.vote_kind,
            target: row.target,
            overrides: Overrides {
                add: row.may_add.map(|it| it != 0),
                edit: row.may_edit.as_deref().map(word).transpose()?,
                link: row.may_link.map(|it| it != 0),
            },
        })
    }
}

#[derive(sqlx::FromRow)]
struct RoundRow {
    id: String,
    state: String,
    revealed_at: Option<i64>,
    #[sqlx(flatten)]
    plan: PlanRow,
}

impl TryFrom<RoundRow> for Round {
    type Error = StoreError;

    fn try_from(row: RoundRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(&row.id)?,
            state: word(&row.state)?,
            is_revealed: row.revealed_at.is_some(),
            plan: row.plan.try_into()?,
        })
    }
}

/// A session's rounds as they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agenda {
    /// The session's version.
    pub version: i64,
    /// The rounds and the timer.
    pub course: Course,
}

/// A round of a new agenda: one that is there already keeps its id and where it is in its life.
#[derive(Clone, Debug)]
pub struct AgendaItem {
    /// Its id, where it is there already.
    pub id: Option<RoundId>,
    /// What is planned.
    pub plan: RoundPlan,
}

impl Store {
    /// A session's agenda.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn agenda(&self, session: SessionId) -> Result<Agenda, StoreError> {
        let row: Option<(i64, Option<i64>, Option<i64>)> =
            sqlx::query_as("SELECT version, round_ends, round_left FROM session WHERE id = $1")
                .bind(session.to_string())
                .fetch_optional(&self.read)
                .await?;
        let (version, ends, left) = row.ok_or(StoreError::NotFound("session"))?;
        let rounds = rounds_of(session, &self.read).await?;
        Ok(agenda_of(version, ends, left, rounds))
    }

    /// Writes the agenda anew. A round that has begun stays in it.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::Stale`] when `version` is given and is not the
    /// session's; [`StoreError::Conflict`] when a round is left out that has begun, or in which
    /// somebody wrote something that nobody has seen;
    /// [`StoreError::Invalid`] on `rounds`.
    pub async fn change_agenda(
        &self,
        session: SessionId,
        version: Option<i64>,
        items: &[AgendaItem],
        by: &By,
    ) -> Result<Agenda, StoreError> {
        let mut tx = self.begin().await?;
        let (_, before) = locked_agenda(&mut tx, session, version, by).await?;
        let before = before.course.rounds;
        let mut kept = Vec::new();
        for named in items.iter().filter_map(|it| it.id) {
            if kept.contains(&named) || !before.iter().any(|it| it.id == named) {
                return Err(Invalid::new("rounds", "names a round that is not there").into());
            }
            kept.push(named);
        }
        let has_begun = |it: &&Round| it.state != RoundState::Waiting;
        if before
            .iter()
            .filter(has_begun)
            .any(|it| !kept.contains(&it.id))
        {
            return Err(StoreError::Conflict("a round that has begun stays"));
        }
        for gone in before.iter().filter(|it| !kept.contains(&it.id)) {
            if holds_ideas(&mut tx, gone.id).await? {
                return Err(StoreError::Conflict("a round with hidden ideas stays"));
            }
            sqlx::query("DELETE FROM session_round WHERE id = $1")
                .bind(gone.id.to_string())
                .execute(&mut *tx)
                .await?;
        }
        write_rounds(&mut tx, session, items).await?;
        let target = format!("session:{session}");
        record(&mut tx, by, "session.agenda", &target, "").await?;
        tx.commit().await?;
        self.agenda(session).await
    }

    /// Goes on in the agenda. A round that ends thereby leaves a checkpoint in every map of the
    /// session, and a vote that was on is closed.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::Conflict`] while the session is not under way;
    /// [`StoreError::Invalid`] where the step cannot be taken.
    pub async fn step_round(
        &self,
        session: SessionId,
        step: Step,
        by: &By,
    ) -> Result<Agenda, StoreError> {
        let mut tx = self.begin().await?;
        let (state, agenda) = locked_agenda(&mut tx, session, None, by).await?;
        if !matches!(state, SessionState::Live | SessionState::Paused) {
            return Err(StoreError::Conflict("the session is not under way"));
        }
        let is_paused = state == SessionState::Paused;
        if is_paused && matches!(step.action, Action::Pause | Action::Resume) {
            return Err(StoreError::Conflict(
                "the session is paused, and its timer with it",
            ));
        }
        let mut course = agenda.course;
        let before = course.current().map(|it| course.rounds[it].id);
        let ended = course.take(step, by.at)?;
        if is_paused {
            course.timer = course.timer.paused_with_session(by.at);
        }
        if let Some(ended) = ended {
            leave_checkpoints(&mut tx, session, &course.rounds[ended], by).await?;
        }
        save_course(&mut tx, session, &course).await?;
        let now = course.current().map(|it| course.rounds[it].id);
        if let Some(left) = before.filter(|_| before != now) {
            votes::count(&mut tx, left).await?;
        }
        let target = format!("session:{session}");
        record(&mut tx, by, "session.round", &target, step.action.as_str()).await?;
        tx.commit().await?;
        self.agenda(session).await
    }
}

/// Pauses the timer with its session, or has it go on with that.
pub(super) async fn keep_time(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
    state: SessionState,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (ends, left): (Option<i64>, Option<i64>) =
        sqlx::query_as("SELECT round_ends, round_left FROM session WHERE id = $1")
            .bind(session.to_string())
            .fetch_one(&mut **tx)
            .await?;
    let timer = agenda_of(0, ends, left, Vec::new()).course.timer;
    let timer = match state {
        SessionState::Paused => timer.paused_with_session(now),
        _ => timer.resumed_with_session(now),
    };
    save_timer(tx, session, timer).await
}

/// Ends the round that is on, because the session does.
pub(super) async fn end_course(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
    by: &By,
) -> Result<(), StoreError> {
    let rounds = rounds_of(session, &mut **tx).await?;
    let mut course = agenda_of(0, None, None, rounds).course;
    if let Some(on) = course.current() {
        course.rounds[on].state = RoundState::Done;
        leave_checkpoints(tx, session, &course.rounds[on], by).await?;
        save_course(tx, session, &course).await?;
        votes::count(tx, course.rounds[on].id).await?;
    }
    Ok(())
}

async fn holds_ideas(
    tx: &mut Transaction<'static, Any>,
    round: RoundId,
) -> Result<bool, StoreError> {
    let (n,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM idea WHERE round = $1")
        .bind(round.to_string())
        .fetch_one(&mut **tx)
        .await?;
    Ok(n != 0)
}

fn agenda_of(version: i64, ends: Option<i64>, left: Option<i64>, rounds: Vec<Round>) -> Agenda {
    let timer = Timer {
        ends: ends.map(Timestamp),
        left,
    };
    Agenda {
        version,
        course: Course { rounds, timer },
    }
}

async fn rounds_of<'e>(
    session: SessionId,
    executor: impl sqlx::Executor<'e, Database = Any>,
) -> Result<Vec<Round>, StoreError> {
    let rows: Vec<RoundRow> = sqlx::query_as(
        "SELECT id, state, revealed_at, title, method, prompt, minutes, votes, vote_kind, target, may_add,
             may_edit, may_link
         FROM session_round WHERE session = $1 ORDER BY place",
    )
    .bind(session.to_string())
    .fetch_all(executor)
    .await?;
    rows.into_iter().map(Round::try_from).collect()
}

/// The agenda, with the session's row held until the end of the transaction: whoever changes the
/// agenda counts a version up first.
async fn locked_agenda(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
    version: Option<i64>,
    by: &By,
) -> Result<(SessionState, Agenda), StoreError> {
    let row: Option<(String, i64, Option<i64>, Option<i64>)> = sqlx::query_as(
        "UPDATE session SET version = version + 1, changed_at = $2 WHERE id = $1
         RETURNING state, version, round_ends, round_left",
    )
    .bind(session.to_string())
    .bind(by.at.0)
    .fetch_optional(&mut **tx)
    .await?;
    let (state, counted, ends, left) = row.ok_or(StoreError::NotFound("session"))?;
    if version.is_some_and(|it| it != counted - 1) {
        return Err(StoreError::Stale);
    }
    let rounds = rounds_of(session, &mut **tx).await?;
    Ok((word(&state)?, agenda_of(counted, ends, left, rounds)))
}

/// Writes rounds in this order: those that have an id are there and are changed.
pub(super) async fn write_rounds(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
    items: &[AgendaItem],
) -> Result<(), StoreError> {
    if MAX_ROUNDS < items.len() {
        return Err(Invalid::new("rounds", format!("must be {MAX_ROUNDS} at most")).into());
    }
    for (place, item) in (1_i64..).zip(items) {
        let AgendaItem { id, plan } = item;
        sqlx::query(
            "INSERT INTO session_round (id, session, place, title, method, prompt, minutes, votes,
                 vote_kind, target, may_add, may_edit, may_link, state)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'waiting')
             ON CONFLICT (id) DO UPDATE SET place = excluded.place, title = excluded.title,
                 method = excluded.method, prompt = excluded.prompt, minutes = excluded.minutes,
                 votes = excluded.votes, vote_kind = excluded.vote_kind,
                 target = excluded.target, may_add = excluded.may_add,
                 may_edit = excluded.may_edit, may_link = excluded.may_link",
        )
        .bind(id.unwrap_or_else(RoundId::new).to_string())
        .bind(session.to_string())
        .bind(place)
        .bind(&plan.title)
        .bind(plan.method.as_str())
        .bind(&plan.prompt)
        .bind(plan.minutes)
        .bind(plan.votes)
        .bind(plan.vote_kind.as_deref())
        .bind(plan.target.as_deref())
        .bind(plan.overrides.add.map(i16::from))
        .bind(plan.overrides.edit.map(|it| it.as_str()))
        .bind(plan.overrides.link.map(i16::from))
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

async fn save_course(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
    course: &Course,
) -> Result<(), StoreError> {
    for round in &course.rounds {
        sqlx::query("UPDATE session_round SET state = $2 WHERE id = $1 AND state <> $2")
            .bind(round.id.to_string())
            .bind(round.state.as_str())
            .execute(&mut **tx)
            .await?;
    }
    let current = course.current().map(|it| course.rounds[it].id.to_string());
    sqlx::query("UPDATE session SET round = $2 WHERE id = $1")
        .bind(session.to_string())
        .bind(current)
        .execute(&mut **tx)
        .await?;
    save_timer(tx, session, course.timer).await
}

async fn save_timer(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
    timer: Timer,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE session SET round_ends = $2, round_left = $3 WHERE id = $1")
        .bind(session.to_string())
        .bind(timer.ends.map(|it| it.0))
        .bind(timer.left)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A checkpoint in every map of the session, named by the round that ended.
async fn leave_checkpoints(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
    ended: &Round,
    by: &By,
) -> Result<(), StoreError> {
    let maps: Vec<(String,)> = sqlx::query_as("SELECT id FROM map WHERE session = $1")
        .bind(session.to_string())
        .fetch_all(&mut **tx)
        .await?;
    for (map,) in maps {
        let round = Some(ended.id);
        super::checkpoints::insert(tx, id(&map)?, &ended.plan.title, round, by).await?;
    }
    Ok(())
}
