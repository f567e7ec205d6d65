//! Groups and sessions.

use gapmap::base::id::{GroupId, SessionId};
use gapmap::base::time::Timestamp;
use gapmap::store::{By, PageRequest, StoreError};
use gapmap::workshop::group::{Group, GroupChange, NewGroup};
use gapmap::workshop::session::{NewSession, Session, SessionChange, SessionDraft, SessionState};

use crate::harness::{Database, on_both_databases};

fn by() -> By {
    By::command(Timestamp(1_795_426_200_000))
}

async fn group(db: &Database, name: &str) -> Group {
    let group = NewGroup::new(name, "", "").unwrap();
    db.store.create_group(&group, &by()).await.unwrap()
}

async fn session(db: &Database, title: &str, groups: &[GroupId]) -> Session {
    let draft = SessionDraft {
        title: Some(title),
        ..SessionDraft::default()
    };
    let session = NewSession::new(&draft, groups).unwrap();
    db.store.create_session(&session, &by()).await.unwrap()
}

fn change(draft: &SessionDraft<'_>) -> SessionChange {
    SessionChange::try_from(draft).unwrap()
}

on_both_databases! {
    a_group_name_is_given_once,
    a_group_keeps_what_a_change_does_not_name,
    a_session_remembers_its_groups_in_order,
    a_session_for_a_group_that_is_not_there_is_refused_whole,
    sessions_are_listed_newest_first_with_their_groups,
    a_change_names_what_changes_and_a_day_can_be_taken_back,
    a_session_does_not_go_back_to_before_it_began,
    a_session_that_is_not_there_is_not_found,
}

async fn a_group_name_is_given_once(db: Database) {
    let forensics = group(&db, "Forensics").await;
    group(&db, "Cybercrime").await;

    let again = NewGroup::new("Forensics", "", "").unwrap();
    let again = db.store.create_group(&again, &by()).await;
    let rename = GroupChange::new(Some("Cybercrime"), None, None, None).unwrap();
    let renamed = db
        .store
        .change_group(forensics.id, None, &rename, &by())
        .await;

    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    assert!(
        matches!(renamed, Err(StoreError::Conflict(_))),
        "{renamed:?}"
    );
}

async fn a_group_keeps_what_a_change_does_not_name(db: Database) {
    let made = NewGroup::new("Forensics", "Traces", "i-LEAD").unwrap();
    let made = db.store.create_group(&made, &by()).await.unwrap();
    let retire = GroupChange::new(None, None, None, Some("retired")).unwrap();

    let changed = db
        .store
        .change_group(made.id, Some(1), &retire, &by())
        .await
        .unwrap();
    let stale = db
        .store
        .change_group(made.id, Some(1), &retire, &by())
        .await;

    assert_eq!(
        (changed.name.as_str(), changed.scope.as_str()),
        ("Forensics", "Traces")
    );
    assert_eq!(changed.state.as_str(), "retired");
    assert_eq!(db.store.group(made.id).await.unwrap(), changed);
    assert!(matches!(stale, Err(StoreError::Stale)), "{stale:?}");
}

async fn a_session_remembers_its_groups_in_order(db: Database) {
    let forensics = group(&db, "Forensics").await.id;
    let cybercrime = group(&db, "Cybercrime").await.id;
    let groups = [forensics, cybercrime, forensics];

    let made = session(&db, "Drones near crowds", &groups).await;

    let named = vec![
        (forensics, "Forensics".to_owned()),
        (cybercrime, "Cybercrime".to_owned()),
    ];
    assert_eq!(made.groups, named);
    assert_eq!(db.store.session(made.id).await.unwrap(), made);
}

async fn a_session_for_a_group_that_is_not_there_is_refused_whole(db: Database) {
    let draft = SessionDraft {
        title: Some("x"),
        ..SessionDraft::default()
    };
    let strange = NewSession::new(&draft, &[GroupId::new()]).unwrap();

    let refused = db.store.create_session(&strange, &by()).await;

    assert!(matches!(refused, Err(StoreError::Invalid(it)) if it.field == "groups"));
    let all = PageRequest::new(None, None, None).unwrap();
    assert!(db.store.sessions(&all).await.unwrap().items.is_empty());
}

async fn sessions_are_listed_newest_first_with_their_groups(db: Database) {
    let forensics = group(&db, "Forensics").await.id;
    let one = session(&db, "Traces at the scene", &[forensics]).await;
    let two = session(&db, "Drones", &[]).await;
    let find = async |q| {
        let page = PageRequest::new(None, None, q).unwrap();
        db.store.sessions(&page).await.unwrap().items
    };

    assert_eq!(find(None).await, [two, one.clone()]);
    assert_eq!(find(Some("SCENE")).await, [one]);
    assert!(find(Some("nothing of the kind")).await.is_empty());
}

async fn a_change_names_what_changes_and_a_day_can_be_taken_back(db: Database) {
    let made = session(&db, "Drones", &[]).await;
    let dated = change(&SessionDraft {
        date: Some("2026-11-23"),
        tlp: Some("GREEN"),
        ..SessionDraft::default()
    });
    let undated = change(&SessionDraft {
        date: Some(""),
        house_rule: Some(false),
        ..SessionDraft::default()
    });

    let first = db
        .store
        .change_session(made.id, Some(1), &dated, &by())
        .await
        .unwrap();
    let second = db
        .store
        .change_session(made.id, Some(2), &undated, &by())
        .await
        .unwrap();

    assert_eq!(
        (first.date.as_deref(), first.tlp.as_str()),
        (Some("2026-11-23"), "GREEN")
    );
    assert_eq!((second.date, second.house_rule), (None, false));
    assert_eq!((second.title, second.tlp.as_str()), (made.title, "GREEN"));
}

async fn a_session_does_not_go_back_to_before_it_began(db: Database) {
    let made = session(&db, "Drones", &[]).await;
    let to = |state| {
        change(&SessionDraft {
            state: Some(state),
            ..SessionDraft::default()
        })
    };

    let closed = db
        .store
        .change_session(made.id, None, &to("closed"), &by())
        .await
        .unwrap();
    let back = db
        .store
        .change_session(made.id, None, &to("draft"), &by())
        .await;
    let stale = db
        .store
        .change_session(made.id, Some(1), &to("live"), &by())
        .await;

    assert_eq!(closed.state, SessionState::Closed);
    assert!(matches!(back, Err(StoreError::Invalid(it)) if it.field == "state"));
    assert!(matches!(stale, Err(StoreError::Stale)), "{stale:?}");
}

async fn a_session_that_is_not_there_is_not_found(db: Database) {
    let nowhere = SessionId::new();
    let nothing = change(&SessionDraft::default());

    assert!(matches!(
        db.store.session(nowhere).await,
        Err(StoreError::NotFound("session"))
    ));
    assert!(matches!(
        db.store
            .change_session(nowhere, None, &nothing, &by())
            .await,
        Err(StoreError::NotFound("session"))
    ));
}
