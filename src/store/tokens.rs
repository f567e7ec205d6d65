//! API tokens: what a script shows in place of a password.

use std::time::Duration;

use super::audit::{By, record};
use super::columns::id;
use super::error::StoreError;
use super::open::Store;
use super::page::{Page, PageRequest};
use super::secret::{Secret, hash_of};
use super::sign_ins::{SignedIn, SignedInRow};
use crate::base::id::{TokenId, UserId};
use crate::base::time::Timestamp;

/// Every API token begins so: told from a participant's, and found by those who search for secrets.
pub(super) const API_PREFIX: &str = "gapmap_api_";

/// An API token without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: TokenId,
    /// Whose it is.
    pub user: UserId,
    /// What it is for, in its owner's words.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    id: String,
    account: String,
    name: String,
    created_at: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
}

impl TryFrom<TokenRow> for ApiToken {
    type Error = StoreError;

    fn try_from(row: TokenRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(&row.id)?,
            user: id(&row.account)?,
            name: row.name,
            created_at: Timestamp(row.created_at),
            expires_at: Timestamp(row.expires_at),
            revoked_at: row.revoked_at.map(Timestamp),
        })
    }
}

impl Store {
    /// Makes a token; its secret is told here and never again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when there is no such account.
    pub async fn create_token(
        &self,
        user: UserId,
        name: &str,
        lifetime: Duration,
        by: &By,
    ) -> Result<(ApiToken, Secret), StoreError> {
        let secret = Secret::fresh(API_PREFIX);
        let mut tx = self.begin().await?;
        let row: TokenRow = sqlx::query_as(
            "INSERT INTO api_token (id, account, name, secret_hash, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             RETURNING id, account, name, created_at, expires_at, revoked_at",
        )
        .bind(TokenId::new().to_string())
        .bind(user.to_string())
        .bind(name)
        .bind(hash_of(secret.expose()))
        .bind(by.at.0)
        .bind(by.at.after(lifetime).0)
        .fetch_one(&mut *tx)
        .await?;
        let target = format!("token:{}", row.id);
        record(
            &mut tx,
            by,
            "token.create",
            &target,
            &format!("user:{user}"),
        )
        .await?;
        tx.commit().await?;
        Ok((row.try_into()?, secret))
    }

    /// The tokens of an account, newest first, revoked and expired ones too.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn tokens(
        &self,
        user: UserId,
        page: &PageRequest,
    ) -> Result<Page<ApiToken>, StoreError> {
        let rows: Vec<TokenRow> = sqlx::query_as(
            "SELECT id, account, name, created_at, expires_at, revoked_at FROM api_token
             WHERE account = $1 AND (CAST($2 AS TEXT) IS NULL OR id < $2)
               AND (CAST($3 AS TEXT) IS NULL OR lower(name) LIKE $3 ESCAPE '\\')
             ORDER BY id DESC LIMIT $4",
        )
        .bind(user.to_string())
        .bind(page.after())
        .bind(page.like())
        .bind(page.fetch())
        .fetch_all(&self.read)
        .await?;
        let tokens: Vec<ApiToken> = rows
            .into_iter()
            .map(ApiToken::try_from)
            .collect::<Result<_, _>>()?;
        Ok(page.page(tokens, |it| it.id.to_string()))
    }

    /// Takes a token of this account back, for good. Taking it back twice is as once.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`], also when the token is somebody else's.
    pub async fn revoke_token(
        &self,
        user: UserId,
        token: TokenId,
        by: &By,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let changed = sqlx::query(
            "UPDATE api_token SET revoked_at = COALESCE(revoked_at, $3)
             WHERE id = $1 AND account = $2",
        )
        .bind(token.to_string())
        .bind(user.to_string())
        .bind(by.at.0)
        .execute(&mut *tx)
        .await?;
        if changed.rows_affected() == 0 {
            return Err(StoreError::NotFound("token"));
        }
        record(&mut tx, by, "token.revoke", &format!("token:{token}"), "").await?;
        Ok(tx.commit().await?)
    }

    /// Whose API token this is, and until when; `None` when it is nobody's, or no longer.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn token_owner(
        &self,
        shown: &str,
        now: Timestamp,
    ) -> Result<Option<SignedIn>, StoreError> {
        if !shown.starts_with(API_PREFIX) {
            return Ok(None);
        }
        let row: Option<SignedInRow> = sqlx::query_as(
            "SELECT a.id, a.email, a.name, a.role, a.disabled_at, a.signed_in_at, a.version, a.created_at,
                    a.changed_at, t.expires_at
             FROM api_token AS t JOIN account AS a ON a.id = t.account
             WHERE t.secret_hash = $1 AND t.expires_at > $2 AND t.revoked_at IS NULL
               AND a.disabled_at IS NULL",
        )
        .bind(hash_of(shown))
        .bind(now.0)
        .fetch_optional(&self.read)
        .await?;
        row.map(SignedIn::try_from).transpose()
    }
}
