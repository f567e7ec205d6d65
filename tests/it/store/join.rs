//! Invites, and those who come by them.

use std::time::Duration;

use gapmap::base::id::SessionId;
use gapmap::base::time::Timestamp;
use gapmap::store::{By, Join, PageRequest, Secret, StoreError};
use gapmap::workshop::account::NewAccount;
use gapmap::workshop::invite::{Code, Invite, NewInvite};
use gapmap::workshop::participant::Participant;
use gapmap::workshop::role::{MapRole, Role};
use gapmap::workshop::session::{NewSession, SessionChange, SessionDraft};

use crate::harness::{Database, on_both_databases};

pub(super) const NOW: Timestamp = Timestamp(1_795_426_200_000);

pub(super) fn by() -> By {
    By::command(NOW)
}

pub(super) async fn session(db: &Database, state: &str) -> SessionId {
    let draft = SessionDraft {
        title: Some("Drones"),
        state: Some(state),
        ..SessionDraft::default()
    };
    let session = NewSession::new(&draft, &[]).unwrap();
    db.store.create_session(&session, &by()).await.unwrap().id
}

pub(super) async fn invite(
    db: &Database,
    session: SessionId,
    role: MapRole,
    most: Option<i64>,
) -> Invite {
    let invite = NewInvite::new(session, role, None, most, NOW).unwrap();
    db.store.create_invite(&invite, &by()).await.unwrap()
}

pub(super) async fn join_at(
    db: &Database,
    code: &str,
    device: &str,
    name: Option<&str>,
    now: Timestamp,
) -> Result<(Participant, Secret), StoreError> {
    let code = Code::try_from(code).unwrap();
    let join = Join {
        code: &code,
        device,
        name,
        notice: "1",
    };
    db.store.join(&join, now).await
}

pub(super) async fn join(
    db: &Database,
    invite: &Invite,
    device: &str,
) -> Result<(Participant, Secret), StoreError> {
    join_at(db, &invite.code, device, None, NOW).await
}

fn is_gone(result: &Result<(Participant, Secret), StoreError>, expected: &str) -> bool {
    matches!(result, Err(StoreError::Gone { why, .. }) if *why == expected)
}

on_both_databases! {
    a_device_gets_a_pseudonym_and_a_token_that_leads_back_to_it,
    the_same_device_is_the_same_participant_and_counts_once,
    a_viewer_who_comes_back_by_an_editors_link_may_edit,
    a_link_lets_in_no_more_than_it_says_however_many_come_at_once,
    a_link_that_was_revoked_or_has_expired_lets_nobody_in,
    a_session_lets_nobody_in_before_it_begins_or_when_it_is_over_but_who_was_there,
    those_who_choose_the_same_name_are_told_apart,
    a_name_that_looks_like_anothers_is_told_apart,
    a_removed_participant_cannot_come_back,
    an_account_is_one_participant_of_a_session_however_often_it_enters,
    erasing_an_account_leaves_its_participants_without_it,
    an_invite_needs_a_session_and_can_be_listed,
    a_suggested_pseudonym_is_free,
}

async fn a_device_gets_a_pseudonym_and_a_token_that_leads_back_to_it(db: Database) {
    let session = session(&db, "live").await;
    let invite = invite(&db, session, MapRole::Editor, None).await;

    let (participant, token) = join(&db, &invite, "device").await.unwrap();

    assert_eq!(
        (participant.session, participant.role),
        (session, MapRole::Editor)
    );
    let (found, until) = db
        .store
        .participant_of_token(token.expose(), NOW)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found, participant);
    assert!(
        db.store
            .participant_of_token(token.expose(), until)
            .await
            .unwrap()
            .is_none()
    );
    let on_device = db
        .store
        .participant_of_device(session, "device")
        .await
        .unwrap();
    assert_eq!(on_device, Some(participant.clone()));
    assert_eq!(
        db.store.participants_of_device("device").await.unwrap(),
        [participant]
    );
    assert!(
        db.store
            .participants_of_device("other")
            .await
            .unwrap()
            .is_empty()
    );
}

async fn the_same_device_is_the_same_participant_and_counts_once(db: Database) {
    let session = session(&db, "live").await;
    let invite = invite(&db, session, MapRole::Editor, Some(1)).await;

    let (first, old) = join(&db, &invite, "device").await.unwrap();
    let (again, _) = join(&db, &invite, "device").await.unwrap();
    let other = join(&db, &invite, "other device").await;

    assert_eq!(first, again);
    assert!(
        db.store
            .participant_of_token(old.expose(), NOW)
            .await
            .unwrap()
            .is_some()
    );
    assert!(is_gone(&other, "is used up"), "{other:?}");
    assert_eq!(db.store.invite(invite.id).await.unwrap().uses, 1);
}

async fn a_viewer_who_comes_back_by_an_editors_link_may_edit(db: Database) {
    let session = session(&db, "live").await;
    let look = invite(&db, session, MapRole::Viewer, None).await;
    let write = invite(&db, session, MapRole::Editor, None).await;

    let (viewer, _) = join(&db, &look, "device").await.unwrap();
    let (editor, _) = join(&db, &write, "device").await.unwrap();
    let (still, _) = join(&db, &look, "device").await.unwrap();

    assert_eq!((viewer.id, viewer.role), (editor.id, MapRole::Viewer));
    assert_eq!(
        (editor.role, still.role),
        (MapRole::Editor, MapRole::Editor)
    );
    assert_eq!(
        db.store.participant(viewer.id).await.unwrap().role,
        MapRole::Editor
    );
}

async fn a_link_lets_in_no_more_than_it_says_however_many_come_at_once(db: Database) {
    let session = session(&db, "live").await;
    let invite = invite(&db, session, MapRole::Editor, Some(5)).await;

    let devices: Vec<String> = (0..20).map(|n| format!("device {n}")).collect();
    let all = devices.iter().map(|device| join(&db, &invite, device));
    let results = futures_util::future::join_all(all).await;

    let n_in = results.iter().filter(|it| it.is_ok()).count();
    assert_eq!(n_in, 5);
    assert_eq!(db.store.invite(invite.id).await.unwrap().uses, 5);
    assert!(
        results
            .iter()
            .filter(|it| it.is_err())
            .all(|it| is_gone(it, "is used up"))
    );
}

async fn a_link_that_was_revoked_or_has_expired_lets_nobody_in(db: Database) {
    let session = session(&db, "live").await;
    let revoked = invite(&db, session, MapRole::Editor, None).await;
    let expired = invite(&db, session, MapRole::Editor, None).await;
    join(&db, &revoked, "early device").await.unwrap();

    db.store.revoke_invite(revoked.id, &by()).await.unwrap();
    let late = join_at(&db, &expired.code, "device", None, expired.expires_at).await;

    assert!(is_gone(&join(&db, &revoked, "device").await, "was revoked"));
    assert!(is_gone(
        &join(&db, &revoked, "early device").await,
        "was revoked"
    ));
    assert!(is_gone(&late, "has expired"), "{late:?}");
    let never = join_at(&db, "22222222", "device", None, NOW).await;
    assert!(
        matches!(never, Err(StoreError::NotFound("invite"))),
        "{never:?}"
    );
}

async fn a_session_lets_nobody_in_before_it_begins_or_when_it_is_over_but_who_was_there(
    db: Database,
) {
    let (draft, over) = (session(&db, "draft").await, session(&db, "live").await);
    let early = invite(&db, draft, MapRole::Editor, None).await;
    let late = invite(&db, over, MapRole::Editor, None).await;
    let early = join(&db, &early, "device").await;
    assert!(matches!(early, Err(StoreError::Conflict(_))), "{early:?}");
    let (ann, _) = join(&db, &late, "anns").await.unwrap();
    let (eve, _) = join(&db, &late, "eves").await.unwrap();
    let removed = db.store.remove_participant(eve.id, &by()).await;
    removed.unwrap();

    for state in ["closed", "archived"] {
        let change = SessionDraft {
            state: Some(state),
            ..SessionDraft::default()
        };
        let change = SessionChange::try_from(&change).unwrap();
        let changed = db.store.change_session(over, None, &change, &by()).await;
        changed.unwrap();

        let (back, _) = join(&db, &late, "anns").await.unwrap();
        assert_eq!(back, ann);
        for device in ["device", "eves"] {
            let refused = join(&db, &late, device).await;
            assert!(is_gone(&refused, "is over"), "{refused:?}");
        }
    }
}

async fn those_who_choose_the_same_name_are_told_apart(db: Database) {
    let session = session(&db, "live").await;
    let invite = invite(&db, session, MapRole::Editor, None).await;

    let (one, _) = join_at(&db, &invite.code, "one", Some("Ana"), NOW)
        .await
        .unwrap();
    let (two, _) = join_at(&db, &invite.code, "two", Some("Ana"), NOW)
        .await
        .unwrap();

    assert_eq!(
        (one.pseudonym.as_str(), two.pseudonym.as_str()),
        ("Ana", "Ana 2")
    );
}

async fn a_name_that_looks_like_anothers_is_told_apart(db: Database) {
    let session = session(&db, "live").await;
    let invite = invite(&db, session, MapRole::Editor, None).await;
    let taken = [
        ("Ana", "Ana"),
        ("ana", "ana 2"),
        ("An\u{200b}a", "An\u{200b}a 3"),
        ("\u{ff21}na", "\u{ff21}na 4"),
        ("ANA  2", "ANA  2 2"),
        ("A\u{301}na", "A\u{301}na"),
        ("\u{c1}na", "\u{c1}na 2"),
        ("Straße", "Straße"),
        ("STRASSE", "STRASSE 2"),
    ];

    for (n, (wished, got)) in taken.into_iter().enumerate() {
        let device = format!("device {n}");
        let joined = join_at(&db, &invite.code, &device, Some(wished), NOW).await;
        assert_eq!(joined.unwrap().0.pseudonym, got);
    }
    // Who chose a pseudonym's name is not met by one that is made up, nor by who is erased.
    let (erased, _) = join(&db, &invite, "leaves").await.unwrap();
    let chosen = join_at(&db, &invite.code, "odd", Some("erased-01"), NOW).await;
    chosen.unwrap();
    let erased = db.store.erase_participant(erased.id, &by()).await.unwrap();
    assert_eq!(erased.pseudonym, "Erased-02");
}

async fn a_removed_participant_cannot_come_back(db: Database) {
    let session = session(&db, "live").await;
    let invite = invite(&db, session, MapRole::Editor, None).await;
    let (participant, token) = join(&db, &invite, "device").await.unwrap();

    db.store
        .remove_participant(participant.id, &by())
        .await
        .unwrap();

    assert!(
        db.store
            .participant_of_token(token.expose(), NOW)
            .await
            .unwrap()
            .is_none()
    );
    let again = join(&db, &invite, "device").await;
    assert!(is_gone(&again, "was removed from the session"), "{again:?}");
    let all = PageRequest::new(None, None, None).unwrap();
    let listed = db.store.participants(session, &all).await.unwrap().items;
    assert_eq!(listed[0].removed_at, Some(NOW));
}

async fn an_account_is_one_participant_of_a_session_however_often_it_enters(db: Database) {
    let session = session(&db, "live").await;
    let ana = NewAccount::new("ana@example.org", Some("Ana"), Role::Analyst).unwrap();
    let ana = db.store.create_user(&ana, None, &by()).await.unwrap();

    let entries = (0..8).map(|_| db.store.participant_of_account(session, &ana, NOW));
    let entries = futures_util::future::try_join_all(entries).await.unwrap();

    assert!(entries.iter().all(|it| *it == entries[0]));
    assert_eq!(entries[0].role, MapRole::Editor);
    assert!(!entries[0].pseudonym.contains("Ana"));
    assert_eq!(
        db.store.participants_of_user(ana.id).await.unwrap(),
        [entries[0].id]
    );
}

async fn erasing_an_account_leaves_its_participants_without_it(db: Database) {
    let session = session(&db, "live").await;
    let ana = NewAccount::new("ana@example.org", None, Role::Analyst).unwrap();
    let ana = db.store.create_user(&ana, None, &by()).await.unwrap();
    let participant = db
        .store
        .participant_of_account(session, &ana, NOW)
        .await
        .unwrap();

    db.store.erase_user(ana.id, &by()).await.unwrap();

    assert!(matches!(
        db.store.user(ana.id).await,
        Err(StoreError::NotFound("user"))
    ));
    assert_eq!(
        db.store.participant(participant.id).await.unwrap(),
        participant
    );
    assert!(
        db.store
            .participants_of_user(ana.id)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn an_invite_needs_a_session_and_can_be_listed(db: Database) {
    let session = session(&db, "live").await;
    let nowhere = NewInvite::new(SessionId::new(), MapRole::Viewer, None, None, NOW).unwrap();
    let soon = NOW.after(Duration::from_secs(1));
    let short = NewInvite::new(session, MapRole::Viewer, Some(soon), None, NOW).unwrap();

    let refused = db.store.create_invite(&nowhere, &by()).await;
    let made = db.store.create_invite(&short, &by()).await.unwrap();

    assert!(
        matches!(refused, Err(StoreError::NotFound("session"))),
        "{refused:?}"
    );
    let all = PageRequest::new(None, None, None).unwrap();
    assert_eq!(db.store.invites(session, &all).await.unwrap().items, [made]);
}

async fn a_suggested_pseudonym_is_free(db: Database) {
    let session = session(&db, "live").await;
    let invite = invite(&db, session, MapRole::Editor, None).await;
    let suggested = db.store.free_pseudonym(session).await.unwrap();

    let (one, _) = join_at(&db, &invite.code, "one", Some(&suggested), NOW)
        .await
        .unwrap();

    assert_eq!(one.pseudonym, suggested);
}
