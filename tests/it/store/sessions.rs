//! Groups and sessions.

use gapmap::base::id::{GroupId, SessionId};
use gapmap::base::time::Timestamp;
use gapmap::store::{By, PageRequest, SessionFilter, SessionOrder, StoreError};
use gapmap::workshop::group::{Group, GroupChange, NewGroup};
use gapmap::workshop::session::{NewSession, Session, SessionChange, SessionDraft, SessionState};

use crate::harness::{Database, on_both_databases};
use crate::scribe::Scribe;

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

async fn listed(
    db: &Database,
    filter: SessionFilter,
    page: &PageRequest,
) -> (Vec<Session>, Option<String>) {
    let page = db.store.sessions(&filter, page).await.unwrap();
    (page.items, page.next)
}

fn change(draft: &SessionDraft<'_>) -> SessionChange {
    SessionChange::try_from(draft).unwrap()
}

on_both_databases! {
    a_branch_is_opened_again_by_a_clock_that_is_behind,
    a_group_keeps_what_a_change_does_not_name,
    a_session_remembers_its_groups_in_order,
    a_session_is_found_by_its_words_whatever_their_capitals,
    a_session_for_a_group_that_is_not_there_is_refused_whole,
    sessions_are_listed_newest_first_with_their_groups,
    sessions_page_in_every_order_and_by_state,
    a_change_names_what_changes_and_a_day_can_be_taken_back,
    a_session_does_not_go_back_to_before_it_began,
    a_session_that_is_not_there_is_not_found,
}

async fn a_branch_is_opened_again_by_a_clock_that_is_behind(db: Database) {
    let map = Scribe::new(&db.store).await.map;
    let (now, earlier) = (by(), By::command(Timestamp(1)));

    db.store.set_lock(map, "n1", true, &now).await.unwrap();
    db.store.set_lock(map, "n1", false, &earlier).await.unwrap();

    assert!(db.store.locks(map).await.unwrap().is_empty());
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
    assert!(
        listed(&db, SessionFilter::default(), &all)
            .await
            .0
            .is_empty()
    );
}

async fn sessions_are_listed_newest_first_with_their_groups(db: Database) {
    let forensics = group(&db, "Forensics").await.id;
    let one = session(&db, "Traces at the scene", &[forensics]).await;
    let two = session(&db, "Drones", &[]).await;
    let find = async |q| {
        let page = PageRequest::new(None, None, q).unwrap();
        listed(&db, SessionFilter::default(), &page).await.0
    };

    assert_eq!(find(None).await, [two, one.clone()]);
    assert_eq!(find(Some("SCENE")).await, [one]);
    assert!(find(Some("nothing of the kind")).await.is_empty());
}

async fn sessions_page_in_every_order_and_by_state(db: Database) {
    for title in ["Beta", "alpha", "Gamma"] {
        session(&db, title, &[]).await;
    }
    let close = change(&SessionDraft {
        state: Some("closed"),
        ..SessionDraft::default()
    });
    let all = PageRequest::new(None, None, Some("beta")).unwrap();
    let beta = listed(&db, SessionFilter::default(), &all)
        .await
        .0
        .remove(0);
    let later = By::command(Timestamp(1_795_426_300_000));
    db.store
        .change_session(beta.id, None, &close, &later)
        .await
        .unwrap();

    let titles = async |order, state| {
        let filter = SessionFilter {
            state,
            order,
            ..SessionFilter::default()
        };
        let (mut titles, mut cursor) = (Vec::new(), None);
        loop {
            let page = PageRequest::new(Some(1), cursor, None).unwrap();
            let (items, next) = listed(&db, filter.clone(), &page).await;
            titles.extend(items.into_iter().map(|it| it.title));
            cursor = next;
            if cursor.is_none() {
                return titles;
            }
        }
    };

    let live = Some(SessionState::Live);
    assert_eq!(
        titles(SessionOrder::Newest, None).await,
        ["Gamma", "alpha", "Beta"]
    );
    assert_eq!(
        titles(SessionOrder::Changed, None).await,
        ["Beta", "Gamma", "alpha"]
    );
    assert_eq!(
        titles(SessionOrder::Title, None).await,
        ["alpha", "Beta", "Gamma"]
    );
    assert_eq!(titles(SessionOrder::Title, live).await, ["alpha", "Gamma"]);
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

async fn a_session_is_found_by_its_words_whatever_their_capitals(db: Database) {
    let (french, greek) = ("Équipe de nuit", "Νυχτερινή Ομάδα");
    for title in [french, greek, "Night shift"] {
        session(&db, title, &[]).await;
    }
    let found = async |query: &str| {
        let page = PageRequest::new(None, None, Some(query)).unwrap();
        let (sessions, _) = listed(&db, SessionFilter::default(), &page).await;
        sessions
            .into_iter()
            .map(|it| it.title)
            .collect::<Vec<String>>()
    };

    for query in ["équipe", "Équipe", "ÉQUIPE DE"] {
        assert_eq!(found(query).await, [french], "{query}");
    }
    for query in ["ομάδα", "Ομάδα", "νυχτερινή ομάδα"] {
        assert_eq!(found(query).await, [greek], "{query}");
    }
    assert!(found("aquipe").await.is_empty());
}
