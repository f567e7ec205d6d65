//! Passwords: argon2id, a few at a time, away from the threads that serve requests.

use std::sync::LazyLock;

use super::audit::{By, record};
use super::columns::id;
use super::error::StoreError;
use super::open::Store;
use super::secret::hash_of;
use crate::base::id::UserId;
use crate::base::turns::Turns;
use crate::workshop::account::{Account, Email, Password};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// A hash takes 19 MiB and tens of milliseconds: a crowd that signs in waits here, in order, and
/// neither fills the memory nor takes the processors from the rooms. One for the whole process.
static TURNS: LazyLock<Turns> = LazyLock::new(|| Turns::new(2));

/// What is checked when there is no such account, so that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Z2FwbWFwLW5vYm9keS0$\
                      6RLGMgUyUX0lzGkGEeCjnYhgQm7C5rRYvhc1kpPGs0k";

/// The text to keep of a password.
pub(super) async fn hash(password: Password) -> Result<String, StoreError> {
    work(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| StoreError::Corrupt(format!("no hash for a password: {error}")))
    })
    .await
}

/// Whether this is the password behind `kept`; with nothing kept, `false` after the same time.
pub(super) async fn matches(password: Password, kept: Option<String>) -> Result<bool, StoreError> {
    work(move || {
        let known = kept.is_some();
        let text = kept.as_deref().unwrap_or(NOBODY);
        let hash = PasswordHash::new(text)
            .map_err(|error| StoreError::Corrupt(format!("a password's hash: {error}")))?;
        let same = Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok();
        Ok(same && known)
    })
    .await
}

async fn work<T: Send + 'static>(
    job: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let hashing = TURNS.take(None).await?.run(job);
    hashing.await.expect("hashing does not panic")
}

/// What goes on when a password is set anew; all else that opens the account ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept<'a> {
    /// The sign-in in hand.
    pub sign_in: Option<&'a str>,
    /// Whether API tokens go on.
    pub tokens: bool,
}

impl Store {
    /// Sets a password and ends all sign-ins and API tokens but those that are kept, and the links
    /// that would sign in.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn set_password(
        &self,
        user: UserId,
        password: Password,
        kept: Kept<'_>,
        by: &By,
    ) -> Result<(), StoreError> {
        let hash = hash(password).await?;
        let mut tx = self.begin().await?;
        let changed = sqlx::query(
            "UPDATE account SET password_hash = $2, version = version + 1, changed_at = $3
             WHERE id = $1",
        )
        .bind(user.to_string())
        .bind(hash)
        .bind(by.at.0)
        .execute(&mut *tx)
        .await?;
        if changed.rows_affected() == 0 {
            return Err(StoreError::NotFound("user"));
        }
        sqlx::query("DELETE FROM sign_in WHERE account = $1 AND secret_hash <> $2")
            .bind(user.to_string())
            .bind(kept.sign_in.map(hash_of).unwrap_or_default())
            .execute(&mut *tx)
            .await?;
        sqlx::query("UPDATE sign_in SET by_link = 0 WHERE account = $1")
            .bind(user.to_string())
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM sign_in_link WHERE account = $1")
            .bind(user.to_string())
            .execute(&mut *tx)
            .await?;
        if !kept.tokens {
            sqlx::query(
                "UPDATE api_token SET revoked_at = $2
                 WHERE account = $1 AND revoked_at IS NULL AND expires_at > $2",
            )
            .bind(user.to_string())
            .bind(by.at.0)
            .execute(&mut *tx)
            .await?;
        }
        let detail = if kept.tokens { "" } else { "tokens revoked" };
        let target = format!("user:{user}");
        record(&mut tx, by, "user.password", &target, detail).await?;
        Ok(tx.commit().await?)
    }

    /// The account that this address and password open; `None` when they open none, for whatever
    /// reason, always after about the same time.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn check_password(
        &self,
        email: &Email,
        password: Password,
    ) -> Result<Option<Account>, StoreError> {
        let found: Option<(String, Option<String>)> = sqlx::query_as(
            "SELECT id, password_hash FROM account WHERE email = $1 AND disabled_at IS NULL",
        )
        .bind(email.as_str())
        .fetch_optional(&self.read)
        .await?;
        let (account, kept) = found.unzip();
        let kept = kept.flatten();
        if !matches(password, kept.clone()).await? {
            return Ok(None);
        }
        // Another one may have been set while this one waited for its turn.
        let still: Option<(String,)> = sqlx::query_as(
            "SELECT id FROM account
             WHERE id = $1 AND password_hash = $2 AND disabled_at IS NULL",
        )
        .bind(account)
        .bind(kept)
        .fetch_optional(&self.read)
        .await?;
        match still {
            Some((account,)) => Ok(Some(self.user(id(&account)?).await?)),
            None => Ok(None),
        }
    }

    /// Whether a password is set.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn has_password(&self, user: UserId) -> Result<bool, StoreError> {
        let found: Option<(i64,)> = sqlx::query_as(
            "SELECT CAST(CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS BIGINT)
             FROM account WHERE id = $1",
        )
        .bind(user.to_string())
        .fetch_optional(&self.read)
        .await?;
        Ok(found.ok_or(StoreError::NotFound("user"))?.0 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let right = Password::chosen("password", "correct horse").unwrap();
        let wrong = Password::chosen("password", "battery staple").unwrap();

        let kept = hash(right.clone()).await.unwrap();

        assert!(kept.starts_with("$argon2id$"));
        assert!(matches(right.clone(), Some(kept.clone())).await.unwrap());
        assert!(!matches(wrong, Some(kept)).await.unwrap());
        assert!(!matches(right, None).await.unwrap());
    }
}
