//! Sign-ins: browsers in which an account is at home, and links that open one once.

use std::time::Duration;

use super::audit::{By, record};
use super::error::StoreError;
use super::open::Store;
use super::secret::{Secret, hash_of};
use super::users::AccountRow;
use crate::base::id::UserId;
use crate::base::time::Timestamp;
use crate::workshop::account::Account;

/// How long a browser stays signed in.
pub const SIGN_IN_LIFETIME: Duration = Duration::from_secs(14 * 24 * 3600);
/// How long a sign-in link is good for.
pub const LINK_LIFETIME: Duration = Duration::from_secs(24 * 3600);
/// How long whoever came by a link may set a password without the one so far: not for as long as they
/// are signed in, since a browser may be left open.
const VOUCHED: Duration = Duration::from_secs(3600);

/// By what somebody signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInBy {
    /// A password, or an identity provider.
    Own,
    /// A link that an administrator made, or the server at its first start.
    Link,
}

/// Somebody who is signed in, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub account: Account,
    /// Until when what they showed is good.
    pub expires_at: Timestamp,
}

#[derive(sqlx::FromRow)]
pub(super) struct SignedInRow {
    #[sqlx(flatten)]
    account: AccountRow,
    expires_at: i64,
}

impl TryFrom<SignedInRow> for SignedIn {
    type Error = StoreError;

    fn try_from(row: SignedInRow) -> Result<Self, StoreError> {
        Ok(Self {
            account: row.account.try_into()?,
            expires_at: Timestamp(row.expires_at),
        })
    }
}

impl Store {
    /// Signs an account in; the secret is for its browser.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when the account was erased meanwhile.
    pub async fn sign_in(
        &self,
        user: UserId,
        means: SignInBy,
        by: &By,
    ) -> Result<Secret, StoreError> {
        let secret = Secret::fresh("gapmap_user_");
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM sign_in WHERE account = $1 AND expires_at <= $2")
            .bind(user.to_string())
            .bind(by.at.0)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "INSERT INTO sign_in (secret_hash, account, created_at, expires_at, by_link)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(hash_of(secret.expose()))
        .bind(user.to_string())
        .bind(by.at.0)
        .bind(by.at.after(SIGN_IN_LIFETIME).0)
        .bind(i64::from(means == SignInBy::Link))
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE account SET signed_in_at = $2 WHERE id = $1")
            .bind(user.to_string())
            .bind(by.at.0)
            .execute(&mut *tx)
            .await?;
        record(&mut tx, by, "user.sign_in", &format!("user:{user}"), "").await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// Whose browser shows this secret; `None` when it is nobody's, or no longer.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn signed_in(
        &self,
        shown: &str,
        now: Timestamp,
    ) -> Result<Option<SignedIn>, StoreError> {
        let row: Option<SignedInRow> = sqlx::query_as(
            "SELECT a.id, a.email, a.name, a.role, a.disabled_at, a.signed_in_at, a.version, a.created_at,
                    a.changed_at, s.expires_at
             FROM sign_in AS s JOIN account AS a ON a.id = s.account
             WHERE s.secret_hash = $1 AND s.expires_at > $2 AND a.disabled_at IS NULL",
        )
        .bind(hash_of(shown))
        .bind(now.0)
        .fetch_optional(&self.read)
        .await?;
        row.map(SignedIn::try_from).transpose()
    }

    /// Whether this browser came by a link a short while ago, and no password was set since: the link
    /// stands for the password that was lost.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn came_by_link(&self, shown: &str, now: Timestamp) -> Result<bool, StoreError> {
        let found: Option<(i64,)> =
            sqlx::query_as("SELECT created_at FROM sign_in WHERE secret_hash = $1 AND by_link = 1")
                .bind(hash_of(shown))
                .fetch_optional(&self.read)
                .await?;
        Ok(found.is_some_and(|(at,)| now < Timestamp(at).after(VOUCHED)))
    }

    /// Ends one sign-in. One that is not there is already ended.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn sign_out(&self, shown: &str) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM sign_in WHERE secret_hash = $1")
            .bind(hash_of(shown))
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Makes a link that signs the account in once; earlier ones of it stop working.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when there is no such account.
    pub async fn create_sign_in_link(&self, user: UserId, by: &By) -> Result<Secret, StoreError> {
        let secret = Secret::fresh("");
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM sign_in_link WHERE account = $1")
            .bind(user.to_string())
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "INSERT INTO sign_in_link (secret_hash, account, created_at, expires_at)
             VALUES ($1, $2, $3, $4)",
        )
        .bind(hash_of(secret.expose()))
        .bind(user.to_string())
        .bind(by.at.0)
        .bind(by.at.after(LINK_LIFETIME).0)
        .execute(&mut *tx)
        .await?;
        record(&mut tx, by, "user.link", &format!("user:{user}"), "").await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// Uses a link up and says whose it was; `None` when it was used, has expired or never was.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn use_sign_in_link(
        &self,
        shown: &str,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        // Anybody may ask, and whoever guesses shall not have those wait who write.
        let there: Option<(i64,)> =
            sqlx::query_as("SELECT expires_at FROM sign_in_link WHERE secret_hash = $1")
                .bind(hash_of(shown))
                .fetch_optional(&self.read)
                .await?;
        if there.is_none() {
            return Ok(None);
        }
        let mut tx = self.begin().await?;
        // One statement takes it away: of two who come at once, one gets it.
        let used: Option<(String, i64)> = sqlx::query_as(
            "DELETE FROM sign_in_link WHERE secret_hash = $1 RETURNING account, expires_at",
        )
        .bind(hash_of(shown))
        .fetch_optional(&mut *tx)
        .await?;
        tx.commit().await?;
        let Some((account, expires_at)) = used else {
            return Ok(None);
        };
        let account = self.user(super::columns::id(&account)?).await?;
        Ok(Some(account).filter(|it| now.0 < expires_at && it.disabled_at.is_none()))
    }
}
