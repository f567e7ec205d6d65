//! Invites: made, counted, taken back.

use sqlx::{Any, Transaction};

use super::audit::{By, record};
use super::columns::{id, word};
use super::error::StoreError;
use super::open::Store;
use super::page::{Page, PageRequest};
use super::secret::random;
use crate::base::id::{InviteId, ParticipantId, SessionId};
use crate::base::time::Timestamp;
use crate::workshop::invite::{Code, Invite, NewInvite};

macro_rules! columns {
    () => {
        "id, session, code, role, expires_at, max_uses, uses, revoked_at"
    };
}

#[derive(sqlx::FromRow)]
struct InviteRow {
    id: String,
    session: String,
    code: String,
    role: String,
    expires_at: i64,
    max_uses: Option<i64>,
    uses: i64,
    revoked_at: Option<i64>,
}

impl TryFrom<InviteRow> for Invite {
    type Error = StoreError;

    fn try_from(row: InviteRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(&row.id)?,
            session: id(&row.session)?,
            role: word(&row.role)?,
            code: row.code,
            expires_at: Timestamp(row.expires_at),
            max_uses: row.max_uses,
            uses: row.uses,
            revoked_at: row.revoked_at.map(Timestamp),
        })
    }
}

impl Store {
    /// Makes an invite with a code of its own.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when there is no such session.
    pub async fn create_invite(&self, invite: &NewInvite, by: &By) -> Result<Invite, StoreError> {
        self.session(invite.session).await?;
        loop {
            let mut tx = self.begin().await?;
            let row: Option<InviteRow> = sqlx::query_as(concat!(
                "INSERT INTO invite
                     (id, session, code, role, expires_at, max_uses, uses, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, 0, $7)
                 ON CONFLICT (code) DO NOTHING RETURNING ",
                columns!()
            ))
            .bind(InviteId::new().to_string())
            .bind(invite.session.to_string())
            .bind(Code::from_random(random()).as_str())
            .bind(invite.role.as_str())
            .bind(invite.expires_at.0)
            .bind(invite.max_uses)
            .bind(by.at.0)
            .fetch_optional(&mut *tx)
            .await?;
            // Taken by another invite, once in many millions: another one, then.
            let Some(row) = row else { continue };
            let target = format!("invite:{}", row.id);
            let detail = format!("session:{} {}", row.session, row.role);
            record(&mut tx, by, "invite.create", &target, &detail).await?;
            tx.commit().await?;
            return row.try_into();
        }
    }

    /// The invite with this id.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn invite(&self, invite: InviteId) -> Result<Invite, StoreError> {
        let row: Option<InviteRow> =
            sqlx::query_as(concat!("SELECT ", columns!(), " FROM invite WHERE id = $1"))
                .bind(invite.to_string())
                .fetch_optional(&self.read)
                .await?;
        row.ok_or(StoreError::NotFound("invite"))?.try_into()
    }

    /// The invite with this code, as long as it lets anybody in or did so for whoever asks.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn invite_by_code(&self, code: &Code) -> Result<Invite, StoreError> {
        let row: Option<InviteRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM invite WHERE code = $1"
        ))
        .bind(code.as_str())
        .fetch_optional(&self.read)
        .await?;
        row.ok_or(StoreError::NotFound("invite"))?.try_into()
    }

    /// The invites of a session, newest first, revoked and expired ones too.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn invites(
        &self,
        session: SessionId,
        page: &PageRequest,
    ) -> Result<Page<Invite>, StoreError> {
        let rows: Vec<InviteRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM invite
             WHERE session = $1 AND (CAST($2 AS TEXT) IS NULL OR id < $2)
               AND (CAST($3 AS TEXT) IS NULL OR lower(code) LIKE $3 ESCAPE '\\')
             ORDER BY id DESC LIMIT $4"
        ))
        .bind(session.to_string())
        .bind(page.after())
        .bind(page.like())
        .bind(page.fetch())
        .fetch_all(&self.read)
        .await?;
        let invites: Vec<Invite> = rows
            .into_iter()
            .map(Invite::try_from)
            .collect::<Result<_, _>>()?;
        Ok(page.page(invites, |it| it.id.to_string()))
    }

    /// Takes an invite back, and shuts out whoever came by it, until they join by another one.
    /// Answers with who that is.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn revoke_invite_from_guests(
        &self,
        invite: InviteId,
        by: &By,
    ) -> Result<Vec<ParticipantId>, StoreError> {
        self.revoke_invite(invite, by).await?;
        let mut tx = self.begin().await?;
        let guests: Vec<(String,)> = sqlx::query_as(
            "UPDATE participant SET shut_out_at = COALESCE(shut_out_at, $2) WHERE invite = $1
             RETURNING id",
        )
        .bind(invite.to_string())
        .bind(by.at.0)
        .fetch_all(&mut *tx)
        .await?;
        let target = format!("invite:{invite}");
        record(&mut tx, by, "invite.shut_out", &target, "").await?;
        tx.commit().await?;
        guests.iter().map(|(guest,)| id(guest)).collect()
    }

    /// Takes an invite back, for good. Taking it back twice is as once.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn revoke_invite(&self, invite: InviteId, by: &By) -> Result<Invite, StoreError> {
        let mut tx = self.begin().await?;
        let row: Option<InviteRow> = sqlx::query_as(concat!(
            "UPDATE invite SET revoked_at = COALESCE(revoked_at, $2) WHERE id = $1 RETURNING ",
            columns!()
        ))
        .bind(invite.to_string())
        .bind(by.at.0)
        .fetch_optional(&mut *tx)
        .await?;
        let row = row.ok_or(StoreError::NotFound("invite"))?;
        record(
            &mut tx,
            by,
            "invite.revoke",
            &format!("invite:{invite}"),
            "",
        )
        .await?;
        tx.commit().await?;
        row.try_into()
    }
}

/// Counts one use, if there is one left: one statement, so that of two who come at once for the
/// last place one gets it. `false` when there is none.
pub(super) async fn take_a_place(
    tx: &mut Transaction<'static, Any>,
    invite: InviteId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let counted = sqlx::query(
        "UPDATE invite SET uses = uses + 1
         WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2
           AND (max_uses IS NULL OR uses < max_uses)",
    )
    .bind(invite.to_string())
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(counted.rows_affected() == 1)
}
