//! Accounts, passwords, sign-ins and tokens.

use std::time::Duration;

use gapmap::base::time::Timestamp;
use gapmap::store::{By, Kept, PageRequest, SignInBy, StoreError};
use gapmap::workshop::account::{AccountChange, Email, NewAccount, Password};
use gapmap::workshop::role::Role;

use crate::harness::{Database, on_both_databases};

const NOW: Timestamp = Timestamp(1_795_426_200_000);

fn by() -> By {
    By::command(NOW)
}

fn password(text: &str) -> Password {
    Password::chosen("password", text).unwrap()
}

fn analyst(email: &str) -> NewAccount {
    NewAccount::new(email, None, Role::Analyst).unwrap()
}

fn everything() -> PageRequest {
    PageRequest::new(None, None, None).unwrap()
}

on_both_databases! {
    a_password_opens_its_own_account_only,
    an_address_names_one_account,
    a_change_of_an_older_version_is_stale,
    the_last_administrator_stays,
    a_disabled_account_is_signed_out_and_its_tokens_rest,
    a_sign_in_ends_by_itself_and_by_hand,
    a_new_password_ends_the_other_sign_ins,
    a_sign_in_link_works_once_and_only_the_latest,
    a_sign_in_link_expires,
    a_token_is_good_until_it_expires_or_is_revoked,
    accounts_are_found_by_name_and_page_by_page,
    an_account_that_is_not_there_is_not_found,
}

async fn a_password_opens_its_own_account_only(db: Database) {
    let secret = password("correct horse");
    let ana = db
        .store
        .create_user(&analyst("ana@example.org"), Some(secret.clone()), &by())
        .await
        .unwrap();
    db.store
        .create_user(&analyst("bo@example.org"), None, &by())
        .await
        .unwrap();
    let check = async |email: &str, text: &str| {
        let email = Email::try_from(email).unwrap();
        db.store
            .check_password(&email, password(text))
            .await
            .unwrap()
    };

    assert_eq!(check("ANA@example.org", "correct horse").await, Some(ana));
    assert_eq!(check("ana@example.org", "battery staple").await, None);
    assert_eq!(check("bo@example.org", "correct horse").await, None);
    assert_eq!(check("nobody@example.org", "correct horse").await, None);
}

async fn an_address_names_one_account(db: Database) {
    db.store
        .create_user(&analyst("ana@example.org"), None, &by())
        .await
        .unwrap();

    let second = db
        .store
        .create_user(&analyst("Ana@Example.org"), None, &by())
        .await;

    assert!(matches!(second, Err(StoreError::Conflict(_))), "{second:?}");
}

async fn a_change_of_an_older_version_is_stale(db: Database) {
    let ana = db
        .store
        .create_user(&analyst("ana@example.org"), None, &by())
        .await
        .unwrap();
    let rename = |name: &str| AccountChange {
        name: Some(name.to_owned()),
        ..AccountChange::default()
    };

    let first = db
        .store
        .change_user(ana.id, Some(ana.version), &rename("Ana"), &by())
        .await
        .unwrap();
    let second = db
        .store
        .change_user(ana.id, Some(ana.version), &rename("Anna"), &by())
        .await;

    assert_eq!(first.version, ana.version + 1);
    assert!(matches!(second, Err(StoreError::Stale)), "{second:?}");
    assert_eq!(db.store.user(ana.id).await.unwrap().name, "Ana");
}

async fn the_last_administrator_stays(db: Database) {
    let admin = NewAccount::new("admin@localhost", None, Role::Admin).unwrap();
    let admin = db.store.create_user(&admin, None, &by()).await.unwrap();
    let demote = AccountChange {
        role: Some(Role::Reviewer),
        ..AccountChange::default()
    };
    let disable = AccountChange {
        disabled: Some(true),
        ..AccountChange::default()
    };

    for change in [demote, disable] {
        let refused = db.store.change_user(admin.id, None, &change, &by()).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict(_))),
            "{refused:?}"
        );
    }
    let refused = db.store.erase_user(admin.id, &by()).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict(_))),
        "{refused:?}"
    );
    assert_eq!(db.store.user(admin.id).await.unwrap(), admin);
}

async fn a_disabled_account_is_signed_out_and_its_tokens_rest(db: Database) {
    let ana = db
        .store
        .create_user(&analyst("ana@example.org"), None, &by())
        .await
        .unwrap();
    let browser = db
        .store
        .sign_in(ana.id, SignInBy::Own, &by())
        .await
        .unwrap();
    let (_, token) = db
        .store
        .create_token(ana.id, "load", Duration::from_secs(60), &by())
        .await
        .unwrap();
    let disable = |it| AccountChange {
        disabled: Some(it),
        ..AccountChange::default()
    };

    db.store
        .change_user(ana.id, None, &disable(true), &by())
        .await
        .unwrap();
    let while_disabled = (
        db.store.signed_in(browser.expose(), NOW).await.unwrap(),
        db.store.token_owner(token.expose(), NOW).await.unwrap(),
    );
    db.store
        .change_user(ana.id, None, &disable(false), &by())
        .await
        .unwrap();

    assert_eq!(while_disabled, (None, None));
    assert!(
        db.store
            .signed_in(browser.expose(), NOW)
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        db.store
            .token_owner(token.expose(), NOW)
            .await
            .unwrap()
            .is_some()
    );
}

async fn a_sign_in_ends_by_itself_and_by_hand(db: Database) {
    let ana = db
        .store
        .create_user(&analyst("ana@example.org"), None, &by())
        .await
        .unwrap();
    let one = db
        .store
        .sign_in(ana.id, SignInBy::Own, &by())
        .await
        .unwrap();
    let other = db
        .store
        .sign_in(ana.id, SignInBy::Own, &by())
        .await
        .unwrap();

    db.store.sign_out(one.expose()).await.unwrap();

    let end = db
        .store
        .signed_in(other.expose(), NOW)
        .await
        .unwrap()
        .unwrap()
        .expires_at;
    assert!(
        db.store
            .signed_in(one.expose(), NOW)
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        db.store
            .signed_in(other.expose(), end)
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        db.store
            .signed_in("gapmap_user_0", NOW)
            .await
            .unwrap()
            .is_none()
    );
}

async fn a_new_password_ends_the_other_sign_ins(db: Database) {
    let ana = db
        .store
        .create_user(&analyst("ana@example.org"), None, &by())
        .await
        .unwrap();
    let here = db
        .store
        .sign_in(ana.id, SignInBy::Own, &by())
        .await
        .unwrap();
    let there = db
        .store
        .sign_in(ana.id, SignInBy::Own, &by())
        .await
        .unwrap();

    let secret = password("battery staple");
    let kept = Kept {
        sign_in: Some(here.expose()),
        tokens: true,
    };
    db.store
        .set_password(ana.id, secret, kept, &by())
        .await
        .unwrap();

    assert!(db.store.has_password(ana.id).await.unwrap());
    assert!(
        db.store
            .signed_in(here.expose(), NOW)
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        db.store
            .signed_in(there.expose(), NOW)
            .await
            .unwrap()
            .is_none()
    );
}

async fn a_sign_in_link_works_once_and_only_the_latest(db: Database) {
    let ana = db
        .store
        .create_user(&analyst("ana@example.org"), None, &by())
        .await
        .unwrap();
    let earlier = db.store.create_sign_in_link(ana.id, &by()).await.unwrap();
    let link = db.store.create_sign_in_link(ana.id, &by()).await.unwrap();

    let results = [
        db.store
            .use_sign_in_link(earlier.expose(), NOW)
            .await
            .unwrap(),
        db.store.use_sign_in_link(link.expose(), NOW).await.unwrap(),
        db.store.use_sign_in_link(link.expose(), NOW).await.unwrap(),
    ];

    assert_eq!(results, [None, Some(ana), None]);
}

async fn a_sign_in_link_expires(db: Database) {
    let ana = db
        .store
        .create_user(&analyst("ana@example.org"), None, &by())
        .await
        .unwrap();
    let link = db.store.create_sign_in_link(ana.id, &by()).await.unwrap();
    let late = NOW.after(Duration::from_secs(24 * 3600));

    assert_eq!(
        db.store
            .use_sign_in_link(link.expose(), late)
            .await
            .unwrap(),
        None
    );
}

async fn a_token_is_good_until_it_expires_or_is_revoked(db: Database) {
    let ana = db
        .store
        .create_user(&analyst("ana@example.org"), None, &by())
        .await
        .unwrap();
    let bo = db
        .store
        .create_user(&analyst("bo@example.org"), None, &by())
        .await
        .unwrap();
    let minute = Duration::from_secs(60);
    let (token, secret) = db
        .store
        .create_token(ana.id, "load", minute, &by())
        .await
        .unwrap();
    let owner = async |now| db.store.token_owner(secret.expose(), now).await.unwrap();

    assert_eq!(owner(NOW).await.unwrap().account, ana);
    assert_eq!(owner(NOW.after(minute)).await, None);
    let foreign = db.store.revoke_token(bo.id, token.id, &by()).await;
    assert!(
        matches!(foreign, Err(StoreError::NotFound("token"))),
        "{foreign:?}"
    );
    db.store
        .revoke_token(ana.id, token.id, &by())
        .await
        .unwrap();
    assert_eq!(owner(NOW).await, None);
    let listed = db.store.tokens(ana.id, &everything()).await.unwrap().items;
    assert_eq!(listed[0].revoked_at, Some(NOW));
}

async fn accounts_are_found_by_name_and_page_by_page(db: Database) {
    for email in ["a@example.org", "b_x@example.org", "c@example.net"] {
        db.store
            .create_user(&analyst(email), None, &by())
            .await
            .unwrap();
    }
    let find = async |limit, cursor, q| {
        let page = PageRequest::new(limit, cursor, q).unwrap();
        let page = db.store.users(None, None, &page).await.unwrap();
        let emails: Vec<String> = page.items.into_iter().map(|it| it.email).collect();
        (emails, page.next)
    };

    let (first, next) = find(Some(2), None, None).await;
    let (second, end) = find(Some(2), next, None).await;

    assert_eq!(first, ["c@example.net", "b_x@example.org"]);
    assert_eq!((second, end), (vec!["a@example.org".to_owned()], None));
    assert_eq!(find(None, None, Some("B_")).await.0, ["b_x@example.org"]);
}

async fn an_account_that_is_not_there_is_not_found(db: Database) {
    let nobody = gapmap::base::id::UserId::new();

    assert!(matches!(
        db.store.user(nobody).await,
        Err(StoreError::NotFound("user"))
    ));
    assert!(matches!(
        db.store
            .change_user(nobody, None, &AccountChange::default(), &by())
            .await,
        Err(StoreError::NotFound("user"))
    ));
    assert!(matches!(
        db.store.erase_user(nobody, &by()).await,
        Err(StoreError::NotFound("user"))
    ));
    assert!(!db.store.has_users().await.unwrap());
}
