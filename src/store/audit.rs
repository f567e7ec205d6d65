//! Who did what: appended in the transaction that does it, and chained by hashes, so that a row
//! that is changed, cut out or put in is found.

use sha2::{Digest, Sha256};
use sqlx::{Any, Transaction};

use super::error::StoreError;
use super::open::Store;
use super::page::{Page, PageRequest};
use crate::base::id::{ParticipantId, UserId};
use crate::base::time::Timestamp;

/// Who does something, and when: every change to the store names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
}

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody with an account.
    Account(UserId),
    /// A participant, by pseudonym only.
    Participant(ParticipantId),
    /// Whoever has a shell on the server.
    Command,
    /// The server itself, when it is time.
    Server,
}

impl By {
    /// An account, now.
    pub fn account(id: UserId, at: Timestamp) -> Self {
        let actor = Actor::Account(id);
        Self { actor, at }
    }

    /// A participant, now.
    pub fn participant(id: ParticipantId, at: Timestamp) -> Self {
        let actor = Actor::Participant(id);
        Self { actor, at }
    }

    /// A command on the server, now.
    pub fn command(at: Timestamp) -> Self {
        let actor = Actor::Command;
        Self { actor, at }
    }

    /// The server itself, now.
    pub fn server(at: Timestamp) -> Self {
        let actor = Actor::Server;
        Self { actor, at }
    }
}

impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Participant(id) => write!(f, "participant:{id}"),
            Self::Command => f.write_str("command"),
            Self::Server => f.write_str("server"),
        }
    }
}

/// Which events are wanted; none wants all. Each of the words is the whole or its beginning: `invite`
/// for all that begins with `invite.`, `account` for every account.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Who did it.
    pub actor: Option<String>,
    /// What was done.
    pub action: Option<String>,
    /// On what.
    pub target: Option<String>,
    /// Not before this.
    pub from: Option<Timestamp>,
    /// Before this.
    pub before: Option<Timestamp>,
}

/// One line of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEvent {
    /// Its place, from 1 and without gaps.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who: `account:<id>`, `participant:<id>`, `command` or `server`.
    pub actor: String,
    /// What was done, such as `invite.revoke`.
    pub action: String,
    /// On what: kind and id.
    pub target: String,
    /// What else is worth knowing; never names, addresses or what people wrote.
    pub detail: String,
}

#[derive(sqlx::FromRow)]
struct EventRow {
    seq: i64,
    at: i64,
    actor: String,
    action: String,
    target: String,
    detail: String,
}

#[derive(sqlx::FromRow)]
struct ChainRow {
    #[sqlx(flatten)]
    event: EventRow,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

/// Appends one event to the chain.
///
/// Call it last before the commit: it waits for other appenders and then keeps them waiting.
pub(super) async fn record(
    tx: &mut Transaction<'static, Any>,
    by: &By,
    action: &str,
    target: &str,
    detail: &str,
) -> Result<(), StoreError> {
    let (seq, prev_hash): (i64, Vec<u8>) =
        sqlx::query_as("UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash")
            .fetch_one(&mut **tx)
            .await?;
    let event = EventRow {
        seq,
        at: by.at.0,
        actor: by.actor.to_string(),
        action: action.to_owned(),
        target: target.to_owned(),
        detail: detail.to_owned(),
    };
    let hash = chain(&prev_hash, &event);
    sqlx::query(
        "INSERT INTO audit_event (seq, at, actor, action, target, detail, prev_hash, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(event.seq)
    .bind(event.at)
    .bind(event.actor)
    .bind(event.action)
    .bind(event.target)
    .bind(event.detail)
    .bind(prev_hash)
    .bind(hash.clone())
    .execute(&mut **tx)
    .await?;
    sqlx::query("UPDATE audit_head SET hash = $1 WHERE id = 1")
        .bind(hash)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The hash of an event: of the one before, then every field with its length, so that no two
/// different events are hashed from the same bytes.
fn chain(prev_hash: &[u8], event: &EventRow) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(prev_hash);
    hasher.update(event.seq.to_be_bytes());
    hasher.update(event.at.to_be_bytes());
    for text in [&event.actor, &event.action, &event.target, &event.detail] {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().to_vec()
}

impl Store {
    /// Those events of the audit that a filter lets through, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`], or [`StoreError::Invalid`] for a cursor that is no number.
    pub async fn audit_events(
        &self,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Result<Page<AuditEvent>, StoreError> {
        let rows: Vec<EventRow> = sqlx::query_as(
            "SELECT seq, at, actor, action, target, detail FROM audit_event
             WHERE (CAST($1 AS BIGINT) IS NULL OR seq < $1)
               AND (CAST($2 AS TEXT) IS NULL OR lower(action) LIKE $2 ESCAPE '\\'
                    OR target LIKE $2 ESCAPE '\\' OR actor LIKE $2 ESCAPE '\\')
               AND (CAST($4 AS TEXT) IS NULL OR actor = $4
                    OR substr(actor, 1, length($4) + 1) = $4 || ':')
               AND (CAST($5 AS TEXT) IS NULL OR action = $5
                    OR substr(action, 1, length($5) + 1) = $5 || '.')
               AND (CAST($6 AS TEXT) IS NULL OR target = $6
                    OR substr(target, 1, length($6) + 1) = $6 || ':')
               AND (CAST($7 AS BIGINT) IS NULL OR at >= $7)
               AND (CAST($8 AS BIGINT) IS NULL OR at < $8)
             ORDER BY seq DESC LIMIT $3",
        )
        .bind(page.after_number()?)
        .bind(page.like())
        .bind(page.fetch())
        .bind(filter.actor.as_deref())
        .bind(filter.action.as_deref())
        .bind(filter.target.as_deref())
        .bind(filter.from.map(|it| it.0))
        .bind(filter.before.map(|it| it.0))
        .fetch_all(&self.read)
        .await?;
        let events = rows.into_iter().map(AuditEvent::from).collect();
        Ok(page.page(events, |it| it.seq.to_string()))
    }

    /// Walks the whole chain and returns how many events it has.
    ///
    /// # Errors
    ///
    /// [`StoreError::Corrupt`] names the first event that is not as it was written.
    pub async fn verify_audit(&self) -> Result<i64, StoreError> {
        const AT_ONCE: i64 = 1000;
        let mut seq = 0;
        let mut hash = vec![0; 32];
        loop {
            let rows: Vec<ChainRow> = sqlx::query_as(
                "SELECT seq, at, actor, action, target, detail, prev_hash, hash FROM audit_event
                 WHERE seq > $1 ORDER BY seq LIMIT $2",
            )
            .bind(seq)
            .bind(AT_ONCE)
            .fetch_all(&self.read)
            .await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let whole = row.event.seq == seq + 1
                    && row.prev_hash == hash
                    && row.hash == chain(&hash, &row.event);
                if !whole {
                    let found = row.event.seq;
                    let broken = format!("the audit is broken at event {found}, after {seq}");
                    return Err(StoreError::Corrupt(broken));
                }
                seq = row.event.seq;
                hash = row.hash;
            }
        }
        self.verify_audit_end(seq, &hash).await?;
        Ok(seq)
    }

    /// The head says where the chain must end. It is read last: events may come in meanwhile.
    async fn verify_audit_end(&self, seq: i64, hash: &[u8]) -> Result<(), StoreError> {
        let known: Option<(i64,)> = sqlx::query_as(
            "SELECT head.seq FROM audit_head AS head
             WHERE head.id = 1 AND (head.seq > $1 AND EXISTS (
                       SELECT 1 FROM audit_event WHERE seq = head.seq AND hash = head.hash)
                   OR head.seq = $1 AND head.hash = $2)",
        )
        .bind(seq)
        .bind(hash.to_vec())
        .fetch_optional(&self.read)
        .await?;
        match known {
            Some(_) => Ok(()),
            None => Err(StoreError::Corrupt(format!(
                "the audit ends at event {seq}, before its recorded end"
            ))),
        }
    }
}

impl From<EventRow> for AuditEvent {
    fn from(row: EventRow) -> Self {
        Self {
            seq: row.seq,
            at: Timestamp(row.at),
            actor: row.actor,
            action: row.action,
            target: row.target,
            detail: row.detail,
        }
    }
}
