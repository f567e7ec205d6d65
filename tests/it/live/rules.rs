//! What participants may do while a session is run, kept by the server against clients that are
//! made to break it.

use gapmap::base::id::ParticipantId;
use gapmap::workshop::role::MapRole;
use serde_json::json;
use yrs::{Any, Doc, any};

use super::client::LiveClient;
use super::scene::Scene;
use super::workshop::{agenda, done, session, state, step};
use crate::harness::{Database, on_both_databases};
use crate::pen;

on_both_databases! {
    the_rules_hold_for_a_stock_client_and_after_the_server_was_stopped,
}

type Edit = fn(&Doc) -> Vec<u8>;

/// Makes an edit on a copy of what the client has, so that its own document stays the room's.
pub(super) async fn try_out(
    client: &mut LiveClient,
    edit: impl FnOnce(&Doc) -> Vec<u8>,
) -> Option<String> {
    let copy = pen::blank();
    pen::apply(&copy, &pen::diff(&client.doc, &[0]));
    let number = client.edit(edit(&copy)).await;
    client.until("an ack", |it| number <= it.heard.acked).await;
    let nack = client.heard.nacks.iter().find(|it| it["frame"] == number);
    nack.map(|it| {
        assert_eq!(
            (&it["code"], &it["retryable"]),
            (&json!("forbidden"), &json!(false)),
            "{it}"
        );
        it["message"].as_str().unwrap().to_owned()
    })
}

#[track_caller]
pub(super) fn says(refusal: Option<String>, words: &str) {
    let refusal = refusal.expect("this is refused");
    assert!(refusal.contains(words), "{refusal}");
}

/// Ann with a node of hers under the facilitator's, both in the documents of both.
pub(super) async fn two(scene: &Scene) -> (LiveClient, LiveClient, String) {
    let guest = scene.guest(MapRole::Editor).await;
    let (mut lead, mut ann) = (scene.leader().await, scene.joined(&guest).await);
    let leads = lead.heard.hello.as_ref().unwrap()["participant"].clone();
    let theirs = pen::add_under(&lead.doc, "theirs", "root", leads.as_str().unwrap());
    lead.save(theirs).await;
    ann.until("the node", |it| pen::has(&it.doc, "theirs"))
        .await;
    let own = pen::add_under(&ann.doc, "own", "theirs", &guest.id.to_string());
    ann.save(own).await;
    lead.until("the other", |it| pen::has(&it.doc, "own")).await;
    (lead, ann, guest.id.to_string())
}

#[tokio::test]
async fn where_each_changes_their_own_nobody_changes_anothers() {
    let scene = Scene::new().await;
    let (_lead, mut ann, id) = two(&scene).await;
    session(&scene, json!({ "authorship": "own" })).await;
    ann.until("the news", |it| state(it)["grants"]["edit"] == "own")
        .await;
    let before = pen::content(&scene.stored().await);

    let edits: [Edit; 8] = [
        |it| pen::write(it, "theirs", "!"),
        |it| pen::write(it, "root", "!"),
        |it| pen::note(it, "theirs", "!"),
        |it| pen::set(it, "theirs", "kind", Any::from("gap")),
        |it| pen::put(it, "theirs", "own"),
        |it| pen::delete(it, "theirs", "somebody"),
        |it| pen::remove(it, "theirs"),
        |it| pen::add(it, "theirs", "in its place"),
    ];
    for edit in edits {
        says(try_out(&mut ann, edit).await, "what they made themselves");
    }
    assert_eq!(pen::content(&scene.stored().await), before);

    for edit in [
        pen::write(&ann.doc, "own", "!"),
        pen::set(&ann.doc, "own", "kind", Any::from("gap")),
        pen::put(&ann.doc, "own", "root"),
        pen::add_under(&ann.doc, "more", "theirs", &id),
        pen::link(&ann.doc, "theirs"),
        pen::delete(&ann.doc, "own", &id),
        pen::diff(&ann.doc, &[0]),
    ] {
        ann.save(edit).await;
    }
    assert!(ann.heard.nacks.is_empty() || ann.heard.nacks.len() == 8);
    assert_eq!(pen::content(&scene.stored().await), pen::content(&ann.doc));
}

#[tokio::test]
async fn a_round_withholds_what_its_method_does_not_give() {
    let scene = Scene::new().await;
    let (mut lead, mut ann, id) = two(&scene).await;
    let rounds = json!([
        { "title": "Alone", "method": "silent" },
        { "title": "Links", "method": "link" },
        { "title": "Together", "method": "group", "may_add": false },
    ]);
    agenda(&scene, rounds).await;

    step(&scene, json!({ "action": "start" })).await;
    says(
        try_out(&mut ann, |it| pen::add_under(it, "more", "own", &id)).await,
        "not add anything",
    );
    says(
        try_out(&mut ann, |it| pen::write(it, "own", "!")).await,
        "not change",
    );
    says(
        try_out(&mut ann, |it| pen::link(it, "own")).await,
        "not link",
    );
    lead.added("by-lead", "facilitators are not limited").await;

    step(&scene, json!({ "action": "next" })).await;
    ann.until("the node", |it| pen::has(&it.doc, "by-lead"))
        .await;
    let link = pen::link(&ann.doc, "by-lead");
    ann.save(link).await;
    says(
        try_out(&mut ann, |it| pen::write(it, "own", "!")).await,
        "not change",
    );
    says(
        try_out(&mut ann, |it| pen::remove(it, "own")).await,
        "not change",
    );

    step(&scene, json!({ "action": "next" })).await;
    let moved = pen::put(&ann.doc, "theirs", "by-lead");
    ann.save(moved).await;
    says(
        try_out(&mut ann, |it| pen::link(it, "own")).await,
        "not link",
    );
    says(
        try_out(&mut ann, |it| pen::add(it, "more", "x")).await,
        "not add anything",
    );

    step(&scene, json!({ "action": "next" })).await;
    ann.added("after", "the rounds").await;
    assert_eq!(pen::content(&scene.stored().await), pen::content(&ann.doc));
}

#[tokio::test]
async fn a_locked_branch_is_the_facilitators() {
    let scene = Scene::new().await;
    let (mut lead, mut ann, id) = two(&scene).await;
    ann.added("free", "outside").await;
    lead.until("it", |it| pen::has(&it.doc, "free")).await;
    let deep = pen::add_under(&ann.doc, "deep", "own", &id);
    ann.save(deep).await;
    let path = format!("{}/locks", scene.path());
    let lock = |locked: bool| json!({ "node": "own", "locked": locked });

    done(&scene, &path, lock(true)).await;
    ann.until("the news", |it| state(it)["locks"] == json!(["own"]))
        .await;
    assert_eq!(state(&ann)["grants"]["edit"], "all");
    let edits: [Edit; 7] = [
        |it| pen::write(it, "own", "!"),
        |it| pen::write(it, "deep", "!"),
        |it| pen::put(it, "own", "root"),
        |it| pen::put(it, "deep", "free"),
        |it| pen::put(it, "free", "deep"),
        |it| pen::add_under(it, "sneaky", "deep", "x"),
        |it| pen::link(it, "deep"),
    ];
    for edit in edits {
        says(try_out(&mut ann, edit).await, "the branch is locked");
    }
    let was_inside = any!({ "parent": "nowhere", "order": "a1", "clock": 5,
        "was": { "parent": "deep", "order": "a0" } });
    says(
        try_out(&mut ann, |it| pen::set(it, "free", "place", was_inside)).await,
        "the branch is locked",
    );
    for edit in [(|it| pen::delete(it, "theirs", "x")) as Edit, |it| {
        pen::remove(it, "theirs")
    }] {
        says(try_out(&mut ann, edit).await, "a branch below is locked");
    }
    let guest = scene.guest(MapRole::Editor).await;
    let script = scene.server.client(Some(&guest.token));
    let unlock = script.post(&path, lock(false)).await;
    unlock.is_refused(403, "forbidden");

    // Around it, work goes on; and the facilitator moves a branch in, which is locked from then on.
    let around = pen::write(&ann.doc, "theirs", "!");
    ann.save(around).await;
    let into = pen::put(&lead.doc, "free", "own");
    lead.save(into).await;
    says(
        try_out(&mut ann, |it| pen::write(it, "free", "!")).await,
        "the branch is locked",
    );
    done(&scene, &path, lock(false)).await;
    ann.until("the news", |it| state(it)["locks"] == json!([]))
        .await;
    let free = pen::write(&ann.doc, "deep", "!");
    ann.save(free).await;
}

#[tokio::test]
async fn a_locked_branch_stays_in_sight_whatever_is_done_above_it() {
    let scene = Scene::new().await;
    let (_lead, mut ann, id) = two(&scene).await;
    ann.added("free", "outside").await;
    let lock = json!({ "node": "own", "locked": true });
    done(&scene, &format!("{}/locks", scene.path()), lock).await;
    ann.until("the news", |it| state(it)["locks"] == json!(["own"]))
        .await;
    let gone = pen::add_under(&ann.doc, "gone", "root", &id);
    ann.save(gone).await;
    let gone = pen::delete(&ann.doc, "gone", &id);
    ann.save(gone).await;
    let under_new = |it: &Doc| {
        let before = pen::state_vector(it);
        pen::add_under(it, "lid", "gone", "x");
        pen::put(it, "theirs", "lid");
        pen::diff(it, &before)
    };
    let and_then_trashed = |it: &Doc| {
        let before = pen::state_vector(it);
        pen::put(it, "theirs", "free");
        pen::delete(it, "free", "x");
        pen::diff(it, &before)
    };
    for edit in [
        (|it| pen::put(it, "theirs", "gone")) as Edit,
        |it| pen::put(it, "theirs", "nowhere"),
        |it| pen::put(it, "theirs", "theirs"),
        under_new,
        and_then_trashed,
    ] {
        says(try_out(&mut ann, edit).await, "a branch below is locked");
    }

    let moved = pen::put(&ann.doc, "theirs", "free");
    ann.save(moved).await;
    let and_back = pen::put(&ann.doc, "theirs", "root");
    ann.save(and_back).await;
}

#[tokio::test]
async fn nobody_makes_a_node_in_anothers_name_or_changes_who_made_one() {
    let scene = Scene::new().await;
    let (mut lead, mut ann, id) = two(&scene).await;
    let leads = lead.heard.hello.as_ref().unwrap()["participant"].clone();
    let leads = leads.as_str().unwrap();
    let seq = scene.seq().await;
    let mark = |by: &str| any!({ "at": 2, "by": by });

    says(
        try_out(&mut ann, |it| pen::add_under(it, "forged", "root", leads)).await,
        "own name",
    );
    for by in [&id[..], leads] {
        says(
            try_out(&mut ann, |it| pen::set(it, "theirs", "made", mark(by))).await,
            "never changes",
        );
    }
    says(
        try_out(&mut ann, |it| pen::set(it, "own", "made", mark(&id))).await,
        "never changes",
    );
    says(
        try_out(&mut ann, |it| pen::add_under(it, "theirs", "root", &id)).await,
        "cannot be replaced",
    );
    assert_eq!(scene.seq().await, seq);

    // A client that says nothing of it is fine, and so is undoing and doing again.
    ann.added("plain", "of a stock client").await;
    for edit in [
        pen::remove(&ann.doc, "own"),
        pen::add_under(&ann.doc, "own", "root", &id),
    ] {
        ann.save(edit).await;
    }
    lead.until("it", |it| pen::has(&it.doc, "plain")).await;
    assert_eq!(pen::content(&scene.stored().await), pen::content(&ann.doc));

    // What names nobody is nobody's.
    let plain = |it: &Doc| pen::add_under(it, "plain2", "root", "script");
    assert_eq!(try_out(&mut ann, plain).await, None);
    // Who leads may bring a map from elsewhere, where others made it; a guest speaks for themselves.
    let elsewhere = ParticipantId::new().to_string();
    let brought = |it: &Doc| pen::add_under(it, "brought", "root", &elsewhere);
    says(try_out(&mut ann, brought).await, "own name");
    assert_eq!(try_out(&mut lead, brought).await, None);
    let forged = |it: &Doc| pen::add_under(it, "forged", "root", &id);
    says(try_out(&mut lead, forged).await, "own name");
}

async fn the_rules_hold_for_a_stock_client_and_after_the_server_was_stopped(database: Database) {
    let scene = Scene::on(database, Default::default()).await;
    let (lead, ann, _) = two(&scene).await;
    let path = format!("{}/locks", scene.path());
    done(&scene, &path, json!({ "node": "theirs", "locked": true })).await;
    lead.leave().await;
    ann.leave().await;
    let scene = scene.restarted().await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut stock = scene.knock(&guest.token, "", pen::blank()).await;
    stock.sync().await;

    let edit = pen::write(&stock.doc, "own", "!");
    stock.edit(edit).await;

    assert_eq!(stock.until_closed().await, 4403);
    assert!(stock.heard.denied.unwrap().contains("locked"));
}
