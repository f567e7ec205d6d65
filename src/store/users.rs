//! Accounts and their passwords.

use sqlx::{Any, Transaction};

use super::audit::{By, record};
use super::columns::{id, word};
use super::error::StoreError;
use super::open::Store;
use super::page::{Page, PageRequest};
use super::passwords;
use super::sweep::{Swept, owe};
use crate::base::id::{ParticipantId, UserId};
use crate::base::time::Timestamp;
use crate::workshop::account::{Account, AccountChange, Email, NewAccount, Password};
use crate::workshop::role::Role;

macro_rules! columns {
    () => {
        "id, email, name, role, disabled_at, signed_in_at, version, created_at, changed_at"
    };
}

#[derive(sqlx::FromRow)]
pub(super) struct AccountRow {
    id: String,
    email: String,
    name: String,
    role: String,
    disabled_at: Option<i64>,
    signed_in_at: Option<i64>,
    version: i64,
    created_at: i64,
    changed_at: i64,
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(&row.id)?,
            role: word(&row.role)?,
            email: row.email,
            name: row.name,
            disabled_at: row.disabled_at.map(Timestamp),
            signed_in_at: row.signed_in_at.map(Timestamp),
            version: row.version,
            created_at: Timestamp(row.created_at),
            changed_at: Timestamp(row.changed_at),
        })
    }
}

impl Store {
    /// Makes an account; without a password it can sign in by a link only.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when another account has the address.
    pub async fn create_user(
        &self,
        account: &NewAccount,
        password: Option<Password>,
        by: &By,
    ) -> Result<Account, StoreError> {
        let hash = match password {
            Some(password) => Some(passwords::hash(password).await?),
            None => None,
        };
        let mut tx = self.begin().await?;
        let row: AccountRow = sqlx::query_as(concat!(
            "INSERT INTO account
                 (id, email, name, role, password_hash, version, created_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, 1, $6, $6) RETURNING ",
            columns!()
        ))
        .bind(UserId::new().to_string())
        .bind(account.email.as_str())
        .bind(&account.name)
        .bind(account.role.as_str())
        .bind(hash)
        .bind(by.at.0)
        .fetch_one(&mut *tx)
        .await
        .map_err(|error| {
            StoreError::from(error).or_conflict("there is already an account with this address")
        })?;
        let target = format!("user:{}", row.id);
        record(&mut tx, by, "user.create", &target, &row.role).await?;
        tx.commit().await?;
        row.try_into()
    }

    /// Whether anybody can sign in at all.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn has_users(&self) -> Result<bool, StoreError> {
        let (n,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM account")
            .fetch_one(&self.read)
            .await?;
        Ok(n != 0)
    }

    /// Whether there is a way in: a password, a sign-in link that is still good, or one by which
    /// somebody came in before.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn has_way_in(&self, now: Timestamp) -> Result<bool, StoreError> {
        let (n,): (i64,) = sqlx::query_as(
            "SELECT (SELECT COUNT(*) FROM account
                     WHERE password_hash IS NOT NULL OR signed_in_at IS NOT NULL)
                 + (SELECT COUNT(*) FROM sign_in_link WHERE expires_at > $1)",
        )
        .bind(now.0)
        .fetch_one(&self.read)
        .await?;
        Ok(n != 0)
    }

    /// The account with this id.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn user(&self, user: UserId) -> Result<Account, StoreError> {
        let row: Option<AccountRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM account WHERE id = $1"
        ))
        .bind(user.to_string())
        .fetch_optional(&self.read)
        .await?;
        row.ok_or(StoreError::NotFound("user"))?.try_into()
    }

    /// The account with this address.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn user_by_email(&self, email: &Email) -> Result<Account, StoreError> {
        let row: Option<AccountRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM account WHERE email = $1"
        ))
        .bind(email.as_str())
        .fetch_optional(&self.read)
        .await?;
        row.ok_or(StoreError::NotFound("user"))?.try_into()
    }

    /// The oldest account that is an administrator and can sign in, where there is one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn first_administrator(&self) -> Result<Option<Account>, StoreError> {
        let row: Option<AccountRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM account WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id LIMIT 1"
        ))
        .fetch_optional(&self.read)
        .await?;
        row.map(Account::try_from).transpose()
    }

    /// The accounts, newest first; only those of a role, or only those that are shut or not.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn users(
        &self,
        role: Option<Role>,
        disabled: Option<bool>,
        page: &PageRequest,
    ) -> Result<Page<Account>, StoreError> {
        let rows: Vec<AccountRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM account
             WHERE (CAST($1 AS TEXT) IS NULL OR id < $1)
               AND (CAST($2 AS TEXT) IS NULL OR lower(name) LIKE $2 ESCAPE '\\'
                    OR email LIKE $2 ESCAPE '\\')
               AND (CAST($4 AS TEXT) IS NULL OR role = $4)
               AND (CAST($5 AS BIGINT) IS NULL
                    OR $5 = CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END)
             ORDER BY id DESC LIMIT $3"
        ))
        .bind(page.after())
        .bind(page.like())
        .bind(page.fetch())
        .bind(role.map(Role::as_str))
        .bind(disabled.map(i64::from))
        .fetch_all(&self.read)
        .await?;
        let accounts: Vec<Account> = rows
            .into_iter()
            .map(Account::try_from)
            .collect::<Result<_, _>>()?;
        Ok(page.page(accounts, |it| it.id.to_string()))
    }

    /// Changes what `change` names. A disabled account is signed out everywhere.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`], [`StoreError::Stale`] when `version` is given and is not the
    /// current one, [`StoreError::Conflict`] when no administrator would be left.
    pub async fn change_user(
        &self,
        user: UserId,
        version: Option<i64>,
        change: &AccountChange,
        by: &By,
    ) -> Result<Account, StoreError> {
        let mut tx = self.begin().await?;
        let before = administrates(&mut tx, user).await?;
        let row: Option<AccountRow> = sqlx::query_as(concat!(
            "UPDATE account
             SET name = COALESCE($3, name), role = COALESCE($4, role),
                 disabled_at = CASE WHEN $5 = 1 THEN COALESCE(disabled_at, $6)
                                    WHEN $5 = 0 THEN NULL ELSE disabled_at END,
                 version = version + 1, changed_at = $6
             WHERE id = $1 AND (CAST($2 AS BIGINT) IS NULL OR version = $2) RETURNING ",
            columns!()
        ))
        .bind(user.to_string())
        .bind(version)
        .bind(change.name.as_deref())
        .bind(change.role.map(Role::as_str))
        .bind(change.disabled.map_or(-1_i64, i64::from))
        .bind(by.at.0)
        .fetch_optional(&mut *tx)
        .await?;
        let row = row.ok_or(StoreError::Stale)?;
        if row.disabled_at.is_some() {
            sqlx::query("DELETE FROM sign_in WHERE account = $1")
                .bind(&row.id)
                .execute(&mut *tx)
                .await?;
        }
        let target = format!("user:{}", row.id);
        let state = if row.disabled_at.is_some() {
            "disabled"
        } else {
            "enabled"
        };
        let detail = format!("{}, {state}", row.role);
        record(&mut tx, by, "user.change", &target, &detail).await?;
        if before && !administrates(&mut tx, user).await? {
            an_administrator_is_left(&mut tx).await?;
        }
        tx.commit().await?;
        row.try_into()
    }

    /// Erases an account: its sign-ins, its tokens, and every link from it to a participant. What
    /// its participants wrote stays, as the words of a pseudonym.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`], [`StoreError::Conflict`] when no administrator would be left.
    pub async fn erase_user(&self, user: UserId, by: &By) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let before = administrates(&mut tx, user).await?;
        sqlx::query("DELETE FROM account WHERE id = $1")
            .bind(user.to_string())
            .execute(&mut *tx)
            .await?;
        let owed = owe(&mut tx).await?;
        record(&mut tx, by, "user.erase", &format!("user:{user}"), "").await?;
        if before {
            an_administrator_is_left(&mut tx).await?;
        }
        tx.commit().await?;
        if !self.sweep(Swept::People, owed).await {
            tracing::error!(%user, "the database's files may still hold the erased account");
        }
        Ok(())
    }

    /// The participants that an account is in its sessions: whom to cut off when it loses a right.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn participants_of_user(
        &self,
        user: UserId,
    ) -> Result<Vec<ParticipantId>, StoreError> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT participant FROM participant_account WHERE account = $1")
                .bind(user.to_string())
                .fetch_all(&self.read)
                .await?;
        rows.iter().map(|(it,)| id(it)).collect()
    }
}

/// Whether an account is an administrator who can sign in.
async fn administrates(
    tx: &mut Transaction<'static, Any>,
    user: UserId,
) -> Result<bool, StoreError> {
    let row: Option<(String, Option<i64>)> =
        sqlx::query_as("SELECT role, disabled_at FROM account WHERE id = $1")
            .bind(user.to_string())
            .fetch_optional(&mut **tx)
            .await?;
    let (role, disabled_at) = row.ok_or(StoreError::NotFound("user"))?;
    Ok(role == Role::Admin.as_str() && disabled_at.is_none())
}

/// Refuses what would leave nobody to let anybody in again; the caller's transaction is dropped.
///
/// Call it after [`record`], where all who change something wait for one another: of two who each
/// take an administrator away, the second sees what the first has done.
async fn an_administrator_is_left(tx: &mut Transaction<'static, Any>) -> Result<(), StoreError> {
    let (n,): (i64,) =
        sqlx::query_as("SELECT COUNT(*) FROM account WHERE role = 'admin' AND disabled_at IS NULL")
            .fetch_one(&mut **tx)
            .await?;
    if n == 0 {
        return Err(StoreError::Conflict("one administrator must be left"));
    }
    Ok(())
}
