//! Sessions that very many join.

use gapmap::store::StoreError;
use gapmap::workshop::account::NewAccount;
use gapmap::workshop::invite::Invite;
use gapmap::workshop::participant::MOST_GUESTS;
use gapmap::workshop::role::{MapRole, Role};
use sqlx::{AnyConnection, Connection};

use super::join::{NOW, by, invite, join, join_at, session};
use crate::harness::{Database, on_both_databases};

on_both_databases! {
    a_full_session_takes_no_more_guests_until_some_are_removed,
    a_name_is_found_however_many_have_it,
}

/// Fills a session with so many guests at one stroke, who have these names and came by this invite.
async fn fill(db: &Database, invite: &Invite, name: &str, n: i64) {
    let mut connection = AnyConnection::connect(&db.url).await.unwrap();
    let rows = "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number
                                           WHERE n < $4)
                INSERT INTO participant (id, session, pseudonym, role, joined_at, invite)
                SELECT '0195b9e4-0000-7000-8000-' || CAST(100000000000 + n AS TEXT), $1,
                       CASE WHEN n = 1 THEN $2 ELSE $2 || ' ' || CAST(n AS TEXT) END, 'editor', 0,
                       $3
                FROM number";
    sqlx::query(rows)
        .bind(invite.session.to_string())
        .bind(name)
        .bind(invite.id.to_string())
        .bind(n)
        .execute(&mut connection)
        .await
        .unwrap();
}

async fn a_full_session_takes_no_more_guests_until_some_are_removed(db: Database) {
    let session = session(&db, "live").await;
    let stray = invite(&db, session, MapRole::Editor, None).await;
    let other = invite(&db, session, MapRole::Editor, None).await;
    let (ann, _) = join(&db, &other, "anns").await.unwrap();
    fill(&db, &stray, "Eve", MOST_GUESTS - 1).await;

    let full = join(&db, &other, "device").await;

    assert!(
        matches!(full, Err(StoreError::Conflict(why)) if why.contains("full")),
        "{full:?}"
    );
    assert_eq!(db.store.invite(other.id).await.unwrap().uses, 1);
    // Who is in comes back, and who has an account comes in, who can make room.
    assert_eq!(join(&db, &other, "anns").await.unwrap().0, ann);
    let lead = NewAccount::new("lead@example.org", None, Role::Facilitator).unwrap();
    let lead = db.store.create_user(&lead, None, &by()).await.unwrap();
    let entered = db.store.participant_of_account(session, &lead, NOW).await;
    entered.unwrap();
    let shut_out = db.store.revoke_invite_from_guests(stray.id, &by()).await;
    shut_out.unwrap();
    join(&db, &other, "device").await.unwrap();
}

async fn a_name_is_found_however_many_have_it(db: Database) {
    let session = session(&db, "live").await;
    let invite = invite(&db, session, MapRole::Editor, None).await;
    fill(&db, &invite, "Ana", 3000).await;

    let (named, _) = join_at(&db, &invite.code, "one", Some("Ana"), NOW)
        .await
        .unwrap();
    // At once, too: on Postgres these meet one another's names.
    let devices: Vec<String> = (0..10).map(|n| format!("device {n}")).collect();
    let all = devices
        .iter()
        .map(|it| join_at(&db, &invite.code, it, Some("Ana"), NOW));
    let more = futures_util::future::try_join_all(all).await.unwrap();

    assert_eq!(named.pseudonym, "Ana 3001");
    let mut names: Vec<_> = more.iter().map(|it| it.0.pseudonym.clone()).collect();
    names.sort();
    let wanted: Vec<String> = (3002..3012).map(|n| format!("Ana {n}")).collect();
    assert_eq!(names, wanted);
}
