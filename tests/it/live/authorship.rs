//! Nobody says anything in another participant's name, and comments are their authors', whatever
//! client is made to say otherwise.

use gapmap::workshop::role::MapRole;
use yrs::{Any, Doc, any};

use super::client::LiveClient;
use super::rules::{says, try_out, two};
use super::scene::Scene;
use crate::pen;

const GAP: &str = "gap:0195b9e4-0000-7000-8000-000000000001";

fn mark(by: &str) -> Any {
    any!({ "at": 2, "by": by })
}

fn arrow(by: &str, label: &str) -> Any {
    any!({ "from": "own", "to": "theirs", "label": label, "at": 1, "by": by })
}

fn leads(lead: &LiveClient) -> String {
    let hello = lead.heard.hello.as_ref().unwrap();
    hello["participant"].as_str().unwrap().to_owned()
}

/// Tries to say each thing that names who did it in the name of `by`, all of which is refused.
async fn says_nothing_in_the_name_of(client: &mut LiveClient, by: &str) {
    says(
        try_out(client, |it| pen::add_under(it, "forged", "root", by)).await,
        "a node is made in one's own name",
    );
    says(
        try_out(client, |it| pen::delete(it, "theirs", by)).await,
        "deleted in one's own name",
    );
    says(
        try_out(client, |it| pen::link_to(it, "own", GAP, mark(by))).await,
        "a link is made in one's own name",
    );
    says(
        try_out(client, |it| pen::relate(it, "arrow", arrow(by, ""))).await,
        "drawn in one's own name",
    );
    says(
        try_out(client, |it| pen::comment(it, "forged", "own", by)).await,
        "written in one's own name",
    );
}

#[tokio::test]
async fn nobody_deletes_links_draws_or_comments_in_anothers_name() {
    let scene = Scene::new().await;
    let (lead, mut ann, id) = two(&scene).await;
    let (anothers, seq) = (leads(&lead), scene.seq().await);
    let by = anothers.as_str();

    says_nothing_in_the_name_of(&mut ann, by).await;
    // Nor as a part of something that is made at once, whole.
    let born_deleted = |it: &Doc| {
        pen::add_under(it, "more", "own", &id);
        pen::delete(it, "more", by);
        pen::diff(it, &[0])
    };
    says(
        try_out(&mut ann, born_deleted).await,
        "deleted in one's own name",
    );
    let born_linked = |it: &Doc| {
        pen::add_under(it, "more", "own", &id);
        pen::link_to(it, "more", GAP, mark(by));
        pen::diff(it, &[0])
    };
    says(try_out(&mut ann, born_linked).await, "a link is made");
    assert_eq!(scene.seq().await, seq);

    for edit in [
        pen::delete(&ann.doc, "theirs", &id),
        pen::link_to(&ann.doc, "own", GAP, mark(&id)),
        pen::relate(&ann.doc, "arrow", arrow(&id, "")),
        pen::comment(&ann.doc, "mine", "own", &id),
    ] {
        ann.save(edit).await;
    }
    assert_eq!(pen::content(&scene.stored().await), pen::content(&ann.doc));
}

#[tokio::test]
async fn nobody_is_named_who_takes_part_and_never_was_in_this_map() {
    let scene = Scene::new().await;
    let (_lead, mut ann, id) = two(&scene).await;
    let (absent, seq) = (scene.guest(MapRole::Editor).await, scene.seq().await);
    let by = absent.id.to_string();

    for by in [&by, &by.to_uppercase()] {
        says_nothing_in_the_name_of(&mut ann, by).await;
    }
    assert_eq!(scene.seq().await, seq);
    // And they write here like anybody else, once they come.
    let mut came = scene.joined(&absent).await;
    let edit = pen::add_under(&came.doc, "first", "root", &by);
    came.save(edit).await;
    let edit = pen::add_under(&ann.doc, "more", "own", &id);
    ann.save(edit).await;
}

#[tokio::test]
async fn what_one_takes_away_comes_back_under_the_name_it_had_and_no_other() {
    let scene = Scene::new().await;
    let (mut lead, mut ann, id) = two(&scene).await;
    let by = leads(&lead);
    for edit in [
        pen::link_to(&lead.doc, "theirs", GAP, mark(&by)),
        pen::relate(&lead.doc, "arrow", arrow(&by, "helps")),
        pen::delete(&lead.doc, "theirs", &by),
    ] {
        lead.save(edit).await;
    }
    ann.until("all of it", |it| pen::is_deleted(&it.doc, "theirs"))
        .await;

    // Ann takes them away, and an undo of hers says them again as they were.
    for edit in [
        pen::unlink(&ann.doc, "theirs", GAP),
        pen::unrelate(&ann.doc, "arrow"),
        pen::unset(&ann.doc, "theirs", "deleted"),
        pen::link_to(&ann.doc, "theirs", GAP, mark(&by)),
        pen::relate(&ann.doc, "arrow", arrow(&by, "helps")),
        pen::delete(&ann.doc, "theirs", &by),
    ] {
        ann.save(edit).await;
    }
    let other = pen::relate(&ann.doc, "arrow", arrow(&id, "mine now"));
    ann.save(other).await;
    says(
        try_out(&mut ann, |it| {
            pen::relate(it, "arrow", arrow(&by, "never said"))
        })
        .await,
        "drawn in one's own name",
    );
    // A refusal has the document built anew; what was taken away is still known.
    let again = pen::relate(&ann.doc, "arrow", arrow(&by, "helps"));
    ann.save(again).await;
    assert_eq!(pen::content(&scene.stored().await), pen::content(&ann.doc));
}

#[tokio::test]
async fn a_comment_is_changed_by_its_author_and_by_who_leads() {
    let scene = Scene::new().await;
    let (mut lead, mut ann, id) = two(&scene).await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut ben = scene.joined(&guest).await;
    let said = pen::comment(&ann.doc, "anns", "own", &id);
    ann.save(said).await;
    for other in [&mut ben, &mut lead] {
        other
            .until("the comment", |it| pen::comments(&it.doc) == ["anns"])
            .await;
    }
    let seq = scene.seq().await;

    type Edit = fn(&Doc) -> Vec<u8>;
    let edits: [Edit; 4] = [
        |it| pen::uncomment(it, "anns"),
        |it| pen::set_in_comment(it, "anns", "done", Any::Bool(true)),
        |it| pen::add_to_comment(it, "anns", "!"),
        |it| pen::comment(it, "anns", "own", "somebody"),
    ];
    for edit in edits {
        says(try_out(&mut ben, edit).await, "its author's");
    }
    let bens = guest.id.to_string();
    for (field, value) in [("by", bens.as_str()), ("node", "theirs")] {
        let edit = |it: &Doc| pen::set_in_comment(it, "anns", field, value.into());
        says(try_out(&mut ben, edit).await, "never changes");
        says(try_out(&mut ann, edit).await, "never changes");
    }
    assert_eq!(scene.seq().await, seq);

    // Its author may, and who leads; and who leads may bring back what they took away.
    for edit in [
        pen::add_to_comment(&ann.doc, "anns", "!"),
        pen::set_in_comment(&ann.doc, "anns", "done", Any::Bool(true)),
    ] {
        ann.save(edit).await;
    }
    for edit in [
        pen::set_in_comment(&lead.doc, "anns", "done", Any::Bool(false)),
        pen::uncomment(&lead.doc, "anns"),
    ] {
        lead.save(edit).await;
    }
    ben.until("it is gone", |it| pen::comments(&it.doc).is_empty())
        .await;
    let forged = |it: &Doc| pen::comment(it, "anns", "own", &id);
    says(try_out(&mut ben, forged).await, "written in one's own name");
    let back = pen::comment(&lead.doc, "anns", "own", &id);
    lead.save(back).await;
    ann.until("it is back", |it| pen::comments(&it.doc) == ["anns"])
        .await;
    let gone = pen::uncomment(&ann.doc, "anns");
    ann.save(gone).await;
    assert_eq!(pen::content(&scene.stored().await), pen::content(&ann.doc));
}
