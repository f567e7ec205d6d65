//! Two requests at the same moment. What waits for what is seen on PostgreSQL: SQLite has one writer.

use gapmap::base::time::Timestamp;
use gapmap::catalogue::kind::RecordKind::Solution;
use gapmap::catalogue::state::MERGED;
use gapmap::store::{By, ImportState, StoreError};
use gapmap::workshop::account::{AccountChange, Email, NewAccount, Password};
use gapmap::workshop::role::Role;
use gapmap::workshop::session::{SessionChange, SessionDraft, SessionState};

use super::catalogue::{id, solution};
use super::join::session;
use crate::faults::saboteur::Saboteur;
use crate::harness::{Database, eventually, on_both_databases};

const NOW: Timestamp = Timestamp(1_795_426_200_000);

on_both_databases! {
    a_password_that_is_changed_while_it_is_checked_opens_nothing,
}

fn by() -> By {
    By::command(NOW)
}

/// Somebody who lets nobody come to an end who writes into the audit.
async fn at_the_end(db: &Database) -> Saboteur {
    let mut held = Saboteur::at(&db.url).await;
    held.run("BEGIN").await;
    held.run("UPDATE audit_head SET seq = seq").await;
    held
}

/// Waits until so many wait.
async fn until_waiting(db: &Database, n: i64) {
    let mut watch = Saboteur::at(&db.url).await;
    eventually("those who wait", async || n <= watch.n_waiting().await).await;
}

#[tokio::test]
async fn of_two_who_each_take_an_administrator_away_one_is_refused() {
    let db = Database::postgres().await;
    let mut admins = Vec::new();
    for email in ["ana@example.org", "bo@example.org"] {
        let admin = NewAccount::new(email, None, Role::Admin).unwrap();
        admins.push(db.store.create_user(&admin, None, &by()).await.unwrap().id);
    }
    let demote = AccountChange {
        role: Some(Role::Reviewer),
        ..AccountChange::default()
    };
    let mut held = at_the_end(&db).await;

    let (ana, bo, change) = (admins[0], admins[1], by());
    let (one, other, ()) = tokio::join!(
        db.store.change_user(ana, None, &demote, &change),
        db.store.erase_user(bo, &change),
        async {
            until_waiting(&db, 2).await;
            held.let_go().await;
        },
    );

    let refused = [one.map(drop), other].into_iter().filter_map(Result::err);
    let refused: Vec<StoreError> = refused.collect();
    assert!(
        matches!(refused[..], [StoreError::Conflict(_)]),
        "{refused:?}"
    );
    assert!(db.store.first_administrator().await.unwrap().is_some());
}

#[tokio::test]
async fn of_two_records_that_are_merged_into_each_other_one_stays() {
    let db = Database::postgres().await;
    let (one, other) = (solution(&db, "One").await, solution(&db, "Other").await);
    let mut held = at_the_end(&db).await;

    let (store, change) = (&db.store, by());
    let (there, back, ()) = tokio::join!(
        store.merge_records(Solution, id(&one), id(&other), &change),
        store.merge_records(Solution, id(&other), id(&one), &change),
        async {
            until_waiting(&db, 2).await;
            held.let_go().await;
        },
    );

    assert!(there.is_ok() != back.is_ok(), "{there:?} {back:?}");
    let mut states = Vec::new();
    for it in [one, other] {
        states.push(store.record(Solution, id(&it)).await.unwrap().state);
    }
    let n_merged = states.iter().filter(|it| **it == MERGED).count();
    assert_eq!(n_merged, 1, "{states:?}");
}

#[tokio::test]
async fn an_import_that_just_begins_is_stopped_and_keeps_its_file() {
    let db = Database::postgres().await;
    let store = &db.store;
    let import = store.create_import("gaps.csv", &by()).await.unwrap();
    store.add_import_part(import, 0, b"title\n").await.unwrap();
    store.finish_import_file(import, "", &by()).await.unwrap();
    let mut held = Saboteur::at(&db.url).await;
    held.run("BEGIN").await;
    held.run("UPDATE import SET stop = stop").await;

    let change = by();
    let (begun, stopped, ()) = tokio::join!(
        store.begin_import(import, ImportState::Reading, &change),
        async {
            until_waiting(&db, 1).await;
            store.stop_import(import, &change).await
        },
        async {
            until_waiting(&db, 2).await;
            held.let_go().await;
        },
    );

    assert!(begun.is_ok() && stopped.is_ok(), "{begun:?} {stopped:?}");
    let state = store.import(import, NOW).await.unwrap().state;
    assert_eq!(state, ImportState::Reading);
    assert!(store.import_part(import, 0).await.unwrap().is_some());
}

async fn a_password_that_is_changed_while_it_is_checked_opens_nothing(db: Database) {
    let password = |text| Password::chosen("password", text).unwrap();
    let mut made = Vec::new();
    for (email, text) in [("ana", "correct horse"), ("bo", "battery staple")] {
        let account = NewAccount::new(&format!("{email}@example.org"), None, Role::Analyst);
        let account = account.unwrap();
        let account = db
            .store
            .create_user(&account, Some(password(text)), &by())
            .await;
        made.push(account.unwrap().id);
    }
    // So many that the last one waits for its turn.
    let checks: Vec<_> = ["nobody"; 12]
        .into_iter()
        .chain(["ana"])
        .map(|name| {
            let (store, password) = (db.store.clone(), password("correct horse"));
            let email = Email::try_from(&*format!("{name}@example.org")).unwrap();
            tokio::spawn(async move { store.check_password(&email, password).await.unwrap() })
        })
        .collect();
    for _ in 0..20 {
        db.store.user(made[0]).await.unwrap();
    }

    let (ana, bo) = (made[0], made[1]);
    let change = format!(
        "UPDATE account SET password_hash =
             (SELECT b.password_hash FROM account AS b WHERE b.id = '{bo}') WHERE id = '{ana}'"
    );
    Saboteur::at(&db.url).await.run(&change).await;

    for check in checks {
        assert_eq!(check.await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_session_that_goes_on_while_somebody_closes_it_is_closed() {
    let db = Database::postgres().await;
    let session = session(&db, "live").await;
    // Somebody takes a step through its agenda.
    let mut stepping = Saboteur::at(&db.url).await;
    stepping.run("BEGIN").await;
    let step = "UPDATE session SET version = version + 1";
    stepping.run(step).await;

    let draft = SessionDraft {
        state: Some("closed"),
        ..SessionDraft::default()
    };
    let (change, by) = (SessionChange::try_from(&draft).unwrap(), by());
    let (closed, ()) = tokio::join!(
        db.store.change_session(session, None, &change, &by),
        async {
            until_waiting(&db, 1).await;
            stepping.run("COMMIT").await;
        },
    );

    assert_eq!(closed.unwrap().state, SessionState::Closed);
}
