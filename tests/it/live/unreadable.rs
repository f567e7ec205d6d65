//! What the server could read and browsers cannot: they would give up at it, each time that it comes,
//! and nobody could work in the map any more.

use yrs::any;

use super::scene::Scene;
use super::vandal::{goes_on, two};
use crate::pen;
use crate::sync::hand;

/// A node whose place counts with what JavaScript calls a bigint.
fn with_a_bigint(client: u64) -> Vec<u8> {
    let mut place = vec![118, 3];
    for (key, value) in [("parent", "root"), ("order", "a0")] {
        for (kind, text) in [(None, key), (Some(119), value)] {
            place.extend(kind);
            place.push(u8::try_from(text.len()).unwrap());
            place.extend(text.as_bytes());
        }
    }
    place.extend(b"\x05clock\x7a\0\0\0\0\0\0\0\x01");
    let fields = [
        hand::type_in_root("nodes", "big", 1),
        hand::value_in(client, 0, "place", &place),
        hand::type_in(client, 0, "text", 2),
        hand::type_in(client, 0, "note", 2),
        hand::type_in(client, 0, "links", 1),
    ];
    hand::update(client, 0, &fields)
}

#[tokio::test]
async fn what_no_browser_can_read_is_passed_on_to_nobody() {
    /// Browsers give up at it, and with that all that the frame says.
    const TOO_GREAT: u64 = (1 << 60) - 1;
    /// Likewise, as a value: 2^62 - 1.
    const TOO_GREAT_A_VALUE: &[u8] = b"\x7d\xbf\xff\xff\xff\xff\xff\xff\xff\x7f";
    const HI: &[u8] = &[119, 2, b'H', b'i'];
    let scene = Scene::new().await;
    let (mut ann, mut eve) = two(&scene).await;
    let before = scene.seq().await;

    for (awareness_id, clock) in [(TOO_GREAT, 1), (77, TOO_GREAT)] {
        let n_refused = eve.heard.nacks.len();
        eve.say(awareness_id, clock, "{}").await;
        eve.until("a nack", |it| n_refused < it.heard.nacks.len())
            .await;
        assert_eq!(eve.heard.nacks.last().unwrap()["code"], "presence");
    }
    // Nobody sees the first of these: the second takes its place in the same edit.
    let hidden = hand::values_in_root("meta", "title", [TOO_GREAT_A_VALUE, HI]);
    for update in [hand::update(1 << 40, 0, &[hidden]), with_a_bigint(1 << 41)] {
        let number = eve.edit(update).await;
        eve.until("an answer", |it| number <= it.heard.acked).await;
        assert!(eve.was_refused(number, "malformed"), "{:?}", eve.heard);
    }

    eve.say(78, 1, "{}").await;
    ann.until("her", |it| it.heard.presence.contains_key(&78))
        .await;
    assert_eq!(ann.heard.presence.len(), 1, "{:?}", ann.heard.presence);
    assert_eq!(scene.seq().await, before);
    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn a_time_that_has_no_date_is_said_of_nothing_in_a_map() {
    /// The last that JavaScript has a date for.
    const LAST: f64 = 8.64e15;
    let scene = Scene::new().await;
    let (mut ann, mut eve) = two(&scene).await;
    eve.added("n", "Hers").await;
    let me = eve.heard.hello.as_ref().unwrap()["participant"].clone();
    let me = me.as_str().unwrap();
    let gap = format!("gap:{}", uuid::Uuid::nil());
    let before = scene.seq().await;

    for at in [LAST + 2.0, -1.0, 0.5, f64::NAN] {
        for field in ["deleted", "link", "arrow"] {
            let doc = pen::blank();
            pen::apply(&doc, &pen::diff(&eve.doc, &[0]));
            let mark = any!({ "at": at, "by": me });
            let update = match field {
                "link" => pen::link_to(&doc, "n", &gap, mark),
                "arrow" => pen::relate(
                    &doc,
                    "arrow-000000",
                    any!({ "from": "n", "to": "root", "label": "", "at": at, "by": me }),
                ),
                field => pen::set(&doc, "n", field, mark),
            };
            let number = eve.edit(update).await;
            eve.until("an answer", |it| number <= it.heard.acked).await;
            assert!(eve.was_refused(number, "schema"), "{field} at {at}");
        }
    }
    assert_eq!(scene.seq().await, before);
    let link = pen::link_to(&eve.doc, "n", &gap, any!({ "at": LAST, "by": me }));
    eve.save(link).await;
    goes_on(&scene, &mut ann).await;
}
