//! Ideas that are held back until they are revealed: each is read by its author only.

use sqlx::{Any, Transaction};

use super::audit::{By, record};
use super::columns::id;
use super::error::StoreError;
use super::held::{hold, hold_participant};
use super::open::Store;
use super::secret::{hex, random};
use crate::base::id::{IdeaId, ParticipantId, RoundId, SessionId};
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;
use crate::workshop::idea::{IdeaChange, IdeaWords, MAX_CHARS, MAX_IDEAS};
use crate::workshop::round::Method;
use crate::workshop::session::SessionState;

/// An idea, as its author sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idea {
    /// Its id.
    pub id: IdeaId,
    /// What was written.
    pub words: IdeaWords,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// An idea that is to appear in a map. Nothing here leads to its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealedIdea {
    /// The node that it becomes.
    pub node: String,
    /// What was written.
    pub words: IdeaWords,
}

/// How far a silent round has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HiddenIdeas {
    /// The round.
    pub round: RoundId,
    /// How many ideas there are.
    pub ideas: i64,
    /// Of how many people.
    pub people: i64,
}

#[derive(sqlx::FromRow)]
struct IdeaRow {
    id: String,
    text: String,
    note: String,
    created_at: i64,
    changed_at: i64,
}

impl TryFrom<IdeaRow> for Idea {
    type Error = StoreError;

    fn try_from(row: IdeaRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(&row.id)?,
            words: IdeaWords {
                text: row.text,
                note: row.note,
            },
            created_at: Timestamp(row.created_at),
            changed_at: Timestamp(row.changed_at),
        })
    }
}

impl Store {
    /// What somebody wrote in a round, the first first. None is left of what was revealed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn ideas(
        &self,
        round: RoundId,
        author: ParticipantId,
    ) -> Result<Vec<Idea>, StoreError> {
        let rows: Vec<IdeaRow> = sqlx::query_as(
            "SELECT id, text, note, created_at, changed_at FROM idea
             WHERE round = $1 AND participant = $2 ORDER BY created_at, id",
        )
        .bind(round.to_string())
        .bind(author.to_string())
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(Idea::try_from).collect()
    }

    /// Adds an idea; one that its author has added before stays as it is.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] unless the round is silent and on, or when the id is another
    /// idea's; [`StoreError::Invalid`] when it is one too many.
    pub async fn add_idea(
        &self,
        (round, idea): (RoundId, IdeaId),
        author: ParticipantId,
        words: &IdeaWords,
        now: Timestamp,
    ) -> Result<Idea, StoreError> {
        let mut tx = self.begin().await?;
        hold_silent(&mut tx, round).await?;
        hold_participant(&mut tx, author).await?;
        let row: Option<IdeaRow> = sqlx::query_as(
            "INSERT INTO idea (id, round, participant, text, note, created_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (id) DO NOTHING
             RETURNING id, text, note, created_at, changed_at",
        )
        .bind(idea.to_string())
        .bind(round.to_string())
        .bind(author.to_string())
        .bind(&words.text)
        .bind(&words.note)
        .bind(now.0)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = row else {
            let known = own_idea(&mut tx, (round, idea), author).await?;
            return known.ok_or(StoreError::Conflict("this id is another idea's"));
        };
        keep_limits(&mut tx, round, author).await?;
        tx.commit().await?;
        row.try_into()
    }

    /// Changes an idea of its author's.
    ///
    /// # Errors
    ///
    /// As [`Store::add_idea`], and [`StoreError::NotFound`] when it is somebody else's.
    pub async fn change_idea(
        &self,
        (round, idea): (RoundId, IdeaId),
        author: ParticipantId,
        change: &IdeaChange,
        now: Timestamp,
    ) -> Result<Idea, StoreError> {
        let mut tx = self.begin().await?;
        hold_silent(&mut tx, round).await?;
        hold_participant(&mut tx, author).await?;
        let row: Option<IdeaRow> = sqlx::query_as(
            "UPDATE idea SET text = COALESCE($4, text), note = COALESCE($5, note), changed_at = $6
             WHERE id = $1 AND round = $2 AND participant = $3
             RETURNING id, text, note, created_at, changed_at",
        )
        .bind(idea.to_string())
        .bind(round.to_string())
        .bind(author.to_string())
        .bind(change.text.as_deref())
        .bind(change.note.as_deref())
        .bind(now.0)
        .fetch_optional(&mut *tx)
        .await?;
        let row = row.ok_or(StoreError::NotFound("idea"))?;
        keep_limits(&mut tx, round, author).await?;
        tx.commit().await?;
        row.try_into()
    }

    /// Takes an idea back.
    ///
    /// # Errors
    ///
    /// As [`Store::change_idea`].
    pub async fn delete_idea(
        &self,
        (round, idea): (RoundId, IdeaId),
        author: ParticipantId,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        hold_silent(&mut tx, round).await?;
        let gone =
            sqlx::query("DELETE FROM idea WHERE id = $1 AND round = $2 AND participant = $3")
                .bind(idea.to_string())
                .bind(round.to_string())
                .bind(author.to_string())
                .execute(&mut *tx)
                .await?;
        if gone.rows_affected() == 0 {
            return Err(StoreError::NotFound("idea"));
        }
        Ok(tx.commit().await?)
    }

    /// Closes a round's ideas, and answers with them in the order in which they are to appear. From
    /// here on nothing leads from an idea to its author: each gets a random node id in place of
    /// that, and stands where this puts it.
    ///
    /// They stay until the update that puts them into a map is appended ([`super::log::Along`]),
    /// and go in the same commit. So this can be asked for again, until they have appeared.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::Conflict`] while the session is not under way.
    pub async fn reveal_ideas(
        &self,
        round: RoundId,
        by: &By,
    ) -> Result<Vec<RevealedIdea>, StoreError> {
        let mut tx = self.begin().await?;
        let held = hold(&mut tx, round).await?;
        if !matches!(held.session, SessionState::Live | SessionState::Paused) {
            return Err(StoreError::Conflict("the session is not under way"));
        }
        if held.revealed_at.is_none() {
            sqlx::query("UPDATE session_round SET revealed_at = $2 WHERE id = $1")
                .bind(round.to_string())
                .bind(by.at.0)
                .execute(&mut *tx)
                .await?;
            cut_loose(&mut tx, round).await?;
            let target = format!("round:{round}");
            record(&mut tx, by, "round.reveal", &target, "").await?;
        }
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT node, text, note FROM idea WHERE round = $1 AND node IS NOT NULL ORDER BY node",
        )
        .bind(round.to_string())
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        let revealed = |(node, text, note)| RevealedIdea {
            node,
            words: IdeaWords { text, note },
        };
        Ok(rows.into_iter().map(revealed).collect())
    }

    /// The ideas that wait in a session: those of the round that is on, if that is silent, else of
    /// the last round that has any.
    pub(super) async fn hidden_ideas(
        &self,
        session: SessionId,
        silent: Option<RoundId>,
    ) -> Result<Option<HiddenIdeas>, StoreError> {
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(
            "SELECT idea.round, COUNT(*), COUNT(DISTINCT idea.participant)
             FROM idea JOIN session_round ON session_round.id = idea.round
             WHERE session_round.session = $1
             GROUP BY idea.round, session_round.place ORDER BY session_round.place",
        )
        .bind(session.to_string())
        .fetch_all(&self.read)
        .await?;
        let mut hidden = rows.into_iter().map(|(round, ideas, people)| {
            Ok(HiddenIdeas {
                round: id(&round)?,
                ideas,
                people,
            })
        });
        let Some(round) = silent else {
            return hidden.next_back().transpose();
        };
        let none = HiddenIdeas {
            round,
            ideas: 0,
            people: 0,
        };
        let of_round =
            hidden.find(|it: &Result<_, StoreError>| it.as_ref().is_ok_and(|it| it.round == round));
        Ok(Some(of_round.transpose()?.unwrap_or(none)))
    }
}

/// An idea of its author's, as it stands.
async fn own_idea(
    tx: &mut Transaction<'static, Any>,
    (round, idea): (RoundId, IdeaId),
    author: ParticipantId,
) -> Result<Option<Idea>, StoreError> {
    let row: Option<IdeaRow> = sqlx::query_as(
        "SELECT id, text, note, created_at, changed_at FROM idea
         WHERE id = $1 AND round = $2 AND participant = $3",
    )
    .bind(idea.to_string())
    .bind(round.to_string())
    .bind(author.to_string())
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Idea::try_from).transpose()
}

/// Holds a round in which ideas are written just now.
async fn hold_silent(tx: &mut Transaction<'static, Any>, round: RoundId) -> Result<(), StoreError> {
    let held = hold(tx, round).await?;
    if held.revealed_at.is_some() {
        return Err(StoreError::Conflict("the ideas of this round are revealed"));
    }
    held.must_be_on(Method::Silent)
}

/// Refuses more than one person may write.
async fn keep_limits(
    tx: &mut Transaction<'static, Any>,
    round: RoundId,
    author: ParticipantId,
) -> Result<(), StoreError> {
    let (ideas, chars): (i64, i64) = sqlx::query_as(
        "SELECT COUNT(*), CAST(COALESCE(SUM(LENGTH(text) + LENGTH(note)), 0) AS BIGINT) FROM idea
         WHERE round = $1 AND participant = $2",
    )
    .bind(round.to_string())
    .bind(author.to_string())
    .fetch_one(&mut **tx)
    .await?;
    if MAX_IDEAS < ideas {
        let reason = format!("would be one idea too many: {MAX_IDEAS} a round is the most");
        return Err(Invalid::new("text", reason).into());
    }
    if MAX_CHARS < chars {
        let reason = format!("is too much: {MAX_CHARS} characters a round is the most");
        return Err(Invalid::new("text", reason).into());
    }
    Ok(())
}

/// Gives each idea a random node in place of its author.
async fn cut_loose(tx: &mut Transaction<'static, Any>, round: RoundId) -> Result<(), StoreError> {
    let ideas: Vec<(String,)> = sqlx::query_as("SELECT id FROM idea WHERE round = $1")
        .bind(round.to_string())
        .fetch_all(&mut **tx)
        .await?;
    for (idea,) in ideas {
        sqlx::query("UPDATE idea SET node = $2, participant = NULL WHERE id = $1")
            .bind(idea)
            .bind(hex(&random::<16>()))
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Forgets what is hidden of somebody who is removed: ideas that are not revealed, and votes that
/// are not counted.
pub(super) async fn forget_hidden(
    tx: &mut Transaction<'static, Any>,
    participant: ParticipantId,
) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM idea WHERE participant = $1",
        "DELETE FROM ballot WHERE participant = $1",
    ] {
        sqlx::query(sql)
            .bind(participant.to_string())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
