//! Sessions, and which groups they are for.

use std::collections::HashMap;

use sqlx::{Any, Transaction};

use super::audit::{By, record};
use super::columns::{id, word};
use super::error::StoreError;
use super::maps::insert_map;
use super::open::Store;
use super::page::{Page, PageRequest};
use super::rounds::{AgendaItem, end_course, keep_time, write_rounds};
use crate::base::id::{GroupId, SessionId};
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;
use crate::workshop::anonymity::Anonymity;
use crate::workshop::grants::Authorship;
use crate::workshop::map::MapTitle;
use crate::workshop::session::{NewSession, Session, SessionChange, SessionState, Tlp};

macro_rules! columns {
    () => {
        "id, title, theme, state, tlp, house_rule, held_on, place, anonymity, authorship,
         retain_until, cleared_at, version, created_at, changed_at"
    };
}

/// The statement of a list that goes on where `$after` says, in this order.
macro_rules! list {
    ($after:literal, $order:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM session
             WHERE (CAST($1 AS TEXT) IS NULL OR ",
            $after,
            ") AND (CAST($2 AS TEXT) IS NULL OR lower(title) LIKE $2 ESCAPE '\\'
                    OR lower(theme) LIKE $2 ESCAPE '\\')
               AND (CAST($3 AS TEXT) IS NULL OR state = $3)
               AND (CAST($5 AS TEXT) IS NULL OR retain_until <= $5 AND cleared_at IS NULL)
             ORDER BY ",
            $order,
            " LIMIT $4"
        )
    };
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    id: String,
    title: String,
    theme: String,
    state: String,
    tlp: String,
    house_rule: i16,
    held_on: Option<String>,
    place: String,
    anonymity: String,
    authorship: String,
    retain_until: Option<String>,
    cleared_at: Option<i64>,
    version: i64,
    created_at: i64,
    changed_at: i64,
}

/// What a session begins with.
#[derive(Clone, Debug, Default)]
pub struct Beginning {
    /// Its agenda.
    pub rounds: Vec<AgendaItem>,
    /// Its first map: title, and document as a Yjs update, v1.
    pub map: Option<(MapTitle, Vec<u8>)>,
}

/// Which sessions a list shows, and in which order.
#[derive(Clone, Debug, Default)]
pub struct SessionFilter {
    /// Only those in this state.
    pub state: Option<SessionState>,
    /// Only those that hold something which may not be kept after this day, such as `2026-11-23`.
    pub due_by: Option<String>,
    /// The order.
    pub order: SessionOrder,
}

/// An order of sessions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionOrder {
    /// The last made first.
    #[default]
    Newest,
    /// The last changed first.
    Changed,
    /// By title.
    Title,
}

impl TryFrom<&str> for SessionOrder {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "newest" => Ok(Self::Newest),
            "changed" => Ok(Self::Changed),
            "title" => Ok(Self::Title),
            _ => Err(Invalid::new("sort", "must be newest, changed or title")),
        }
    }
}

type Groups = HashMap<String, Vec<(GroupId, String)>>;

impl SessionRow {
    fn with(self, groups: &mut Groups) -> Result<Session, StoreError> {
        Ok(Session {
            groups: groups.remove(&self.id).unwrap_or_default(),
            id: id(&self.id)?,
            state: word(&self.state)?,
            tlp: word(&self.tlp)?,
            house_rule: self.house_rule != 0,
            title: self.title,
            theme: self.theme,
            date: self.held_on,
            place: self.place,
            anonymity: word(&self.anonymity)?,
            authorship: word(&self.authorship)?,
            retain_until: self.retain_until,
            cleared_at: self.cleared_at.map(Timestamp),
            version: self.version,
            created_at: Timestamp(self.created_at),
            changed_at: Timestamp(self.changed_at),
        })
    }
}

impl Store {
    /// Makes a session with nothing in it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] on `groups` when one of them is not there.
    pub async fn create_session(
        &self,
        session: &NewSession,
        by: &By,
    ) -> Result<Session, StoreError> {
        self.begin_session(session, Beginning::default(), by).await
    }

    /// Makes a session, with an agenda and a first map.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] on `groups` when one of them is not there.
    pub async fn begin_session(
        &self,
        session: &NewSession,
        beginning: Beginning,
        by: &By,
    ) -> Result<Session, StoreError> {
        let made = SessionId::new();
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO session (id, title, theme, state, tlp, house_rule, held_on, version,
                                  created_at, changed_at, place, anonymity, authorship,
                                  retain_until)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8, $9, $10, $11, $12)",
        )
        .bind(made.to_string())
        .bind(&session.title)
        .bind(&session.theme)
        .bind(session.state.as_str())
        .bind(session.tlp.as_str())
        .bind(i16::from(session.house_rule))
        .bind(session.date.as_deref())
        .bind(by.at.0)
        .bind(&session.place)
        .bind(session.anonymity.as_str())
        .bind(session.authorship.as_str())
        .bind(session.retain_until.as_deref())
        .execute(&mut *tx)
        .await?;
        for (place, group) in (0_i16..).zip(&session.groups) {
            add_group(&mut tx, made, *group, place).await?;
        }
        write_rounds(&mut tx, made, &beginning.rounds).await?;
        if let Some((title, document)) = beginning.map {
            insert_map(&mut tx, made, &title, document, by).await?;
        }
        let target = format!("session:{made}");
        record(
            &mut tx,
            by,
            "session.create",
            &target,
            session.state.as_str(),
        )
        .await?;
        tx.commit().await?;
        self.session(made).await
    }

    /// The session with this id.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn session(&self, session: SessionId) -> Result<Session, StoreError> {
        let row: Option<SessionRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM session WHERE id = $1"
        ))
        .bind(session.to_string())
        .fetch_optional(&self.read)
        .await?;
        let row = row.ok_or(StoreError::NotFound("session"))?;
        let mut groups = self.groups_between(&row.id, &row.id).await?;
        row.with(&mut groups)
    }

    /// The sessions that `filter` shows. Each page begins after the last row of the one before.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn sessions(
        &self,
        filter: &SessionFilter,
        page: &PageRequest,
    ) -> Result<Page<Session>, StoreError> {
        let sql = match filter.order {
            SessionOrder::Newest => list!("id < $1", "id DESC"),
            SessionOrder::Changed => list!(
                "(changed_at, id) < (SELECT changed_at, id FROM session WHERE id = $1)",
                "changed_at DESC, id DESC"
            ),
            SessionOrder::Title => list!(
                "(lower(title), id) > (SELECT lower(title), id FROM session WHERE id = $1)",
                "lower(title), id"
            ),
        };
        let rows: Vec<SessionRow> = sqlx::query_as(sql)
            .bind(page.after())
            .bind(page.like())
            .bind(filter.state.map(SessionState::as_str))
            .bind(page.fetch())
            .bind(filter.due_by.as_deref())
            .fetch_all(&self.read)
            .await?;
        let ids = || rows.iter().map(|row| &row.id);
        let mut groups = match (ids().min(), ids().max()) {
            (Some(oldest), Some(newest)) => self.groups_between(oldest, newest).await?,
            _ => Groups::new(),
        };
        let sessions: Vec<Session> = rows
            .into_iter()
            .map(|row| row.with(&mut groups))
            .collect::<Result<_, _>>()?;
        Ok(page.page(sessions, |it| it.id.to_string()))
    }

    /// Changes what `change` names.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`], [`StoreError::Stale`] when `version` is given and is not the
    /// current one, [`StoreError::Invalid`] when the session cannot go to that state.
    pub async fn change_session(
        &self,
        session: SessionId,
        version: Option<i64>,
        change: &SessionChange,
        by: &By,
    ) -> Result<Session, StoreError> {
        let mut tx = self.begin().await?;
        let (state, current) = hold(&mut tx, session).await?;
        if version.is_some_and(|it| it != current) {
            return Err(StoreError::Stale);
        }
        let next = change.state.map_or(Ok(state), |next| state.step_to(next))?;
        let (changes_date, date) = said(change.date.as_ref());
        let (changes_retention, retain_until) = said(change.retain_until.as_ref());
        let changed = sqlx::query(
            "UPDATE session
             SET title = COALESCE($3, title), theme = COALESCE($4, theme), state = $5,
                 tlp = COALESCE($6, tlp), house_rule = COALESCE($7, house_rule),
                 held_on = CASE WHEN $8 = 1 THEN $9 ELSE held_on END,
                 place = COALESCE($11, place), anonymity = COALESCE($12, anonymity),
                 authorship = COALESCE($13, authorship),
                 retain_until = CASE WHEN $14 = 1 THEN $15 ELSE retain_until END,
                 version = version + 1, changed_at = $10
             WHERE id = $1 AND version = $2",
        )
        .bind(session.to_string())
        .bind(current)
        .bind(change.title.as_deref())
        .bind(change.theme.as_deref())
        .bind(next.as_str())
        .bind(change.tlp.map(Tlp::as_str))
        .bind(change.house_rule.map(i16::from))
        .bind(changes_date)
        .bind(date)
        .bind(by.at.0)
        .bind(change.place.as_deref())
        .bind(change.anonymity.map(Anonymity::as_str))
        .bind(change.authorship.map(Authorship::as_str))
        .bind(changes_retention)
        .bind(retain_until)
        .execute(&mut *tx)
        .await?;
        if changed.rows_affected() == 0 {
            return Err(StoreError::Stale);
        }
        if matches!(next, SessionState::Closed | SessionState::Archived) {
            end_course(&mut tx, session, by).await?;
        } else {
            keep_time(&mut tx, session, next, by.at).await?;
        }
        let target = format!("session:{session}");
        record(&mut tx, by, state.step_name(next), &target, next.as_str()).await?;
        tx.commit().await?;
        self.session(session).await
    }

    /// The groups of all sessions from one id to another, which is one statement for a whole page.
    async fn groups_between(&self, oldest: &str, newest: &str) -> Result<Groups, StoreError> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT sg.session, g.id, g.name
             FROM session_group AS sg JOIN practitioner_group AS g ON g.id = sg.practitioner_group
             WHERE sg.session BETWEEN $1 AND $2 ORDER BY sg.session, sg.place",
        )
        .bind(oldest)
        .bind(newest)
        .fetch_all(&self.read)
        .await?;
        let mut groups = Groups::new();
        for (session, group, name) in rows {
            groups.entry(session).or_default().push((id(&group)?, name));
        }
        Ok(groups)
    }
}

/// A value that may be taken back: whether it changes, and to what.
fn said(value: Option<&Option<String>>) -> (i64, Option<&str>) {
    value.map_or((0, None), |it| (1, it.as_deref()))
}

async fn add_group(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
    group: GroupId,
    place: i16,
) -> Result<(), StoreError> {
    // Selecting it is the check that it is there: a broken rule would end a Postgres transaction.
    let added = sqlx::query(
        "INSERT INTO session_group (session, practitioner_group, place)
         SELECT $1, id, $3 FROM practitioner_group WHERE id = $2",
    )
    .bind(session.to_string())
    .bind(group.to_string())
    .bind(place)
    .execute(&mut **tx)
    .await?;
    if added.rows_affected() == 0 {
        return Err(Invalid::new("groups", "names a group that is not there").into());
    }
    Ok(())
}

/// A session's state and version, with its row held, by writing what is there: whoever changes it at
/// the same time, such as by a step through its agenda, is waited for and seen.
async fn hold(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
) -> Result<(SessionState, i64), StoreError> {
    let row: Option<(String, i64)> = sqlx::query_as(
        "UPDATE session SET version = version WHERE id = $1 RETURNING state, version",
    )
    .bind(session.to_string())
    .fetch_optional(&mut **tx)
    .await?;
    let (state, version) = row.ok_or(StoreError::NotFound("session"))?;
    Ok((word(&state)?, version))
}
