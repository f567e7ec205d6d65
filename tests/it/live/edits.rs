//! An edit's way from one client to the log and to the others.

use gapmap::sync::protocol;
use gapmap::workshop::role::MapRole;

use super::client::{Knock, LiveClient};
use super::scene::Scene;
use crate::pen;

#[tokio::test]
async fn an_edit_reaches_the_other_and_is_in_the_log_when_it_is_acknowledged() {
    let scene = Scene::new().await;
    let (mut ann, mut ben) = (scene.editor().await, scene.editor().await);

    ann.added("n1", "Help lines").await;

    assert_eq!(scene.seq().await, ann.heard.seq);
    assert!(pen::has(&scene.stored().await, "n1"));
    ben.until("the node", |it| pen::has(&it.doc, "n1")).await;
    assert_eq!(pen::text(&ben.doc, "n1").as_deref(), Some("Help lines"));
    assert_eq!(pen::content(&ann.doc), pen::content(&ben.doc));
    assert_eq!(pen::content(&ann.doc), pen::content(&scene.stored().await));
}

#[tokio::test]
async fn the_greeting_says_who_one_is_and_where_the_map_stands() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;

    let ann = scene.joined(&guest).await;

    let hello = ann.heard.hello.unwrap();
    assert_eq!(hello["epoch"], 1);
    assert_eq!(hello["seq"], 1);
    assert_eq!(hello["role"], "editor");
    assert_eq!(hello["participant"], guest.id.to_string());
    assert_eq!(hello["limits"]["text_chars"], 4000);
    let state = ann.heard.state.unwrap();
    assert_eq!(
        (&state["phase"], &state["locked"], &state["epoch"]),
        (&"live".into(), &false.into(), &1.into())
    );
}

#[tokio::test]
async fn a_stock_client_syncs_by_token_or_by_cookie_and_hears_no_message_of_ours() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let cookie = Knock {
        cookie: Some(format!("gapmap_device={}", guest.device)),
        ..Knock::default()
    };
    let mut by_token = scene.knock(&guest.token, "", pen::blank()).await;
    let mut by_cookie = scene.connect(&cookie, pen::blank()).await;
    by_token.sync().await;
    by_cookie.sync().await;

    by_token.add("n1", "Help lines").await;
    by_cookie
        .until("the node", |it| pen::has(&it.doc, "n1"))
        .await;
    by_cookie.add("n2", "Chat").await;
    by_token
        .until("the node", |it| pen::has(&it.doc, "n2"))
        .await;

    for client in [&by_token, &by_cookie] {
        assert!(client.heard.hello.is_none() && client.heard.state.is_none());
        assert_eq!((client.heard.acked, client.heard.nacks.len()), (0, 0));
    }
}

/// Makes so many nodes more, in as many updates.
async fn fill(client: &mut LiveClient, n_edits: usize) {
    let start = pen::n_nodes(&client.doc);
    for n in start..start + n_edits {
        client.add(&format!("n{n}"), "idea").await;
    }
    let sent = client.sent;
    client.until("all acks", |it| it.heard.acked == sent).await;
}

#[tokio::test]
async fn a_late_joiner_gets_the_whole_map_however_long_its_log_is() {
    let scene = Scene::new().await;
    let mut ann = scene.editor().await;

    // First as many single updates behind the genesis, then more than are handed out singly.
    for n_edits in [300, 400] {
        fill(&mut ann, n_edits).await;
        let whole = pen::content(&ann.doc);

        let mut late = scene.editor().await;

        late.until("the whole map", |it| pen::content(&it.doc) == whole)
            .await;
    }
}

#[tokio::test]
async fn a_room_that_opens_on_a_long_log_hands_all_of_it_out() {
    let scene = Scene::new().await;
    let mut ann = scene.editor().await;
    fill(&mut ann, 700).await;
    let whole = pen::content(&ann.doc);
    ann.leave().await;

    let scene = scene.restarted().await;
    let mut late = scene.editor().await;

    late.until("the whole map", |it| pen::content(&it.doc) == whole)
        .await;
}

#[tokio::test]
async fn what_was_made_offline_comes_in_with_the_next_connection() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut ann = scene.joined(&guest).await;
    let mut ben = scene.editor().await;
    ann.added("n1", "before").await;
    let doc = ann.doc.clone();
    ann.leave().await;

    pen::add(&doc, "n2", "in the train");
    pen::write(&doc, "n1", " and after");
    ben.added("n3", "meanwhile").await;
    let mut ann = scene.back(&guest, doc).await;

    for client in [&mut ann, &mut ben] {
        client
            .until("both", |it| {
                pen::has(&it.doc, "n2") && pen::has(&it.doc, "n3")
            })
            .await;
        let words = pen::text(&client.doc, "n1");
        assert_eq!(words.as_deref(), Some("before and after"));
    }
    let sent = ann.sent;
    ann.until("an ack", |it| it.heard.acked == sent).await;
    assert_eq!(pen::content(&ann.doc), pen::content(&scene.stored().await));
}

#[tokio::test]
async fn two_connections_of_one_participant_see_each_others_edits() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let (mut laptop, mut phone) = (scene.joined(&guest).await, scene.joined(&guest).await);

    laptop.added("n1", "typed").await;
    phone.until("the node", |it| pen::has(&it.doc, "n1")).await;
    let swiped = pen::write(&phone.doc, "n1", " and swiped");
    phone.save(swiped).await;

    let words = |it: &LiveClient| pen::text(&it.doc, "n1");
    laptop
        .until("the words", |it| {
            words(it).as_deref() == Some("typed and swiped")
        })
        .await;
    let rows = scene.server.store.log_after(scene.map, 1, 10).await;
    let authors: Vec<_> = rows.unwrap().iter().map(|it| it.row.participant).collect();
    assert_eq!(authors, [Some(guest.id); 2]);
}

#[tokio::test]
async fn a_document_started_twice_under_one_client_id_is_one_persons_still() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut first = scene.joined(&guest).await;
    first.added("n1", "here").await;

    // A page that comes back shows the same document on a new socket, while the old one lingers.
    let mut second = scene.back(&guest, first.doc.clone()).await;
    second.added("n2", "there").await;

    assert!(second.heard.nacks.is_empty(), "{:?}", second.heard.nacks);
    assert!(pen::has(&scene.stored().await, "n2"));
}

#[tokio::test]
async fn a_client_may_ask_again_and_gets_only_what_it_lacks() {
    let scene = Scene::new().await;
    let (mut ann, mut ben) = (scene.editor().await, scene.editor().await);
    ann.added("n1", "Help lines").await;
    ben.until("the node", |it| pen::has(&it.doc, "n1")).await;

    ben.send(protocol::step1(&pen::state_vector(&ben.doc)))
        .await;
    let before = (ben.heard.step2s, pen::content(&ben.doc));
    ben.until("an answer", |it| before.0 < it.heard.step2s)
        .await;

    assert_eq!(pen::content(&ben.doc), before.1);
}

#[tokio::test]
async fn who_may_not_come_in_is_told_by_a_code() {
    let scene = Scene::new().await;
    let elsewhere = Scene::new().await;
    let stranger = scene.server.given_session().await;
    let (_, joined) = scene.server.joined(&stranger, "editor").await;
    let of_another_session = joined["token"].as_str().unwrap();
    let token = format!("token={}&gapmap=1", scene.lead);
    let map = scene.map.to_string();
    let other_map = elsewhere.map.to_string();

    for (query, map, code) in [
        ("gapmap=1", &map, 4401),
        ("token=nobodys&gapmap=1", &map, 4401),
        (&format!("token={of_another_session}&gapmap=1"), &map, 4403),
        (&token, &other_map, 4404),
        (&token, &"no-map".to_owned(), 4404),
    ] {
        let knock = Knock {
            query: query.to_owned(),
            ..Knock::default()
        };
        let base = &scene.server.base;
        let mut client = LiveClient::connect(base, map, &knock, pen::blank()).await;

        assert_eq!(client.until_closed().await, code, "{query} {map}");
    }
    let mut stock = scene.connect(&Knock::default(), pen::blank()).await;
    assert_eq!(stock.until_closed().await, 4401);
    assert!(stock.heard.denied.is_some());
}
