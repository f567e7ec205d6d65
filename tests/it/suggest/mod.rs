//! Suggestions are good, and stay so: measured on labelled questions.

pub(crate) mod measure;
pub(crate) mod plain;

use gapmap::base::id::RecordId;
use gapmap::catalogue::kind::RecordKind;
use gapmap::suggest::Question;
use gapmap::suggest::document::{Document, FitLink};
use gapmap::suggest::index::Index;
use gapmap::suggest::rank::Weights;

use measure::Demo;

/// What has to be reached at least, somewhat under what was: recall at 5, nDCG at 10.
const FLOOR: (f64, f64) = (0.80, 0.76);
/// How much more than plain BM25.
const BETTER: f64 = 0.3;

#[test]
fn suggestions_are_good_and_much_better_than_plain_bm25() {
    let demo = Demo::load();
    assert!(demo.set.iter().all(|it| it.id.starts_with('d')));

    for kind in [None, Some(RecordKind::Gap), Some(RecordKind::Solution)] {
        let ours = demo.measure(kind, |_| true, demo.ours(Weights::default()));
        let plain = demo.measure(kind, |_| true, |it| demo.plain.suggest(it));
        let (recall, ndcg) = (ours.recall(), ours.ndcg());

        assert!(FLOOR.0 < recall, "{kind:?}: recall at 5 is {recall:.3}");
        assert!(FLOOR.1 < ndcg, "{kind:?}: nDCG at 10 is {ndcg:.3}");
        assert!(plain.recall() + BETTER < recall && plain.ndcg() + BETTER < ndcg);
    }
    for language in ["de", "fr", "nl"] {
        let is_in = |it: &measure::Labelled| it.lang == language;
        let ours = demo.measure(None, is_in, demo.ours(Weights::default()));
        assert!(0.75 < ours.recall(), "{language}: {:.3}", ours.recall());
    }
}

/// Of the questions that nothing fits, those that were kept to check the floor.
#[test]
fn what_fits_hardly_is_not_offered_and_that_costs_nothing() {
    let demo = Demo::load();
    let all = Weights::default();
    let unsure = Weights {
        sure: (0.0, 0.0),
        ..all
    };
    let is_kept = |it: &measure::Labelled| it.id[1..].parse::<u32>().unwrap() % 2 == 0;

    let ours = demo.measure(None, is_kept, demo.ours(all));
    let without = demo.measure(None, is_kept, demo.ours(unsure));

    assert_eq!(ours.empty, 24);
    assert!(12 <= ours.silent, "nothing was offered for {}", ours.silent);
    assert!(without.silent + 4 <= ours.silent && ours.noise < without.noise);
    assert!(
        without.recall() - 0.01 < ours.recall(),
        "{:.3}",
        ours.recall()
    );
}

#[test]
fn a_rare_name_alone_is_enough() {
    let demo = Demo::load();

    for (name, number) in [("ASGARD", "SOL-11"), ("rayuela", "SOL-38")] {
        let found = demo.index.suggest(&asking(name));
        assert_eq!(demo.named(found, None).first(), Some(&number), "{name}");
    }
}

#[test]
fn nothing_is_offered_for_words_that_mean_nothing() {
    let demo = Demo::load();

    for text in ["", "   ", "?!", "xyzzy plugh qwrtz", "the of and", "🙂🙂"] {
        let question = Question {
            text: text.to_owned(),
            path: vec!["Digital evidence from phones".to_owned()],
            limit: 10,
            ..Question::default()
        };
        assert!(demo.index.suggest(&question).is_empty(), "{text}");
    }
}

#[test]
fn a_workshops_own_course_asks_for_nothing_and_what_is_said_beside_it_does() {
    let demo = Demo::load();

    for text in [
        "Coffee break",
        "thank you all!",
        "Welcome and introductions",
        "Next steps, 2026",
        "Kaffeepause",
        "Danke an alle",
        "Pause café",
        "Merci à tous",
        "Koffiepauze om 11",
    ] {
        assert!(demo.index.suggest(&asking(text)).is_empty(), "{text}");
    }
    for text in [
        "Questions for children on video",
        "Video break",
        "Danke, Kameraaufnahmen sichten",
    ] {
        assert!(!demo.index.suggest(&asking(text)).is_empty(), "{text}");
    }
}

fn document(kind: RecordKind, text: &str) -> Document {
    Document {
        kind,
        id: RecordId::new(),
        is_offered: true,
        texts: vec![(1.0, text.to_owned())],
    }
}

fn asking(text: &str) -> Question {
    Question {
        text: text.to_owned(),
        limit: 10,
        ..Question::default()
    }
}

/// A catalogue of other things, so that words are rare in it.
fn index() -> Index {
    let mut index = Index::default();
    for n in 0..30 {
        index.put(&document(
            RecordKind::Gap,
            &format!("Subject number{n} alone"),
        ));
    }
    index
}

#[test]
fn a_record_is_found_by_what_it_says_now() {
    let mut index = index();
    let mut gap = document(RecordKind::Gap, "Reviewing video footage");
    index.put(&gap);
    let before = index.suggest(&asking("Kameraaufnahmen sichten"));
    gap.texts[0].1 = "Emergency calls by text for deaf people".to_owned();
    index.put(&gap);

    let now = index.suggest(&asking("Notruf für Gehörlose"));
    let old = index.suggest(&asking("Kameraaufnahmen sichten"));
    gap.is_offered = false;
    index.put(&gap);
    let withdrawn = index.suggest(&asking("Notruf für Gehörlose"));

    assert_eq!(before[0].id, gap.id);
    assert_eq!(now[0].id, gap.id);
    assert_eq!((old.len(), withdrawn.len()), (0, 0));
}

#[test]
fn many_changes_leave_the_same_index_as_the_last_of_them() {
    let mut index = index();
    let gap = document(RecordKind::Gap, "Reviewing video footage");
    let other = document(RecordKind::Gap, "Crypto wallets");
    for _ in 0..3000 {
        index.put(&other);
        index.put(&gap);
    }
    let mut fresh = self::index();
    fresh.put(&other);
    fresh.put(&gap);

    for text in ["video", "Bitcoin"] {
        let found = index.suggest(&asking(text));
        let ids =
            |it: &[gapmap::suggest::Suggestion]| it.iter().map(|it| it.id).collect::<Vec<_>>();
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(ids(&found), ids(&fresh.suggest(&asking(text))), "{text}");
    }
    assert_eq!(index.len(), fresh.len());
}

#[test]
fn what_speaks_for_a_gap_speaks_for_its_solutions_unless_the_fit_was_rejected() {
    let mut index = index();
    let gap = document(RecordKind::Gap, "Reviewing video footage takes too long");
    let solution = document(RecordKind::Solution, "Project VICTORIA");
    index.put(&gap);
    index.put(&solution);
    let fit_id = RecordId::new();
    let fit = |strength| FitLink {
        id: fit_id,
        gap: gap.id,
        solution: solution.id,
        strength,
        is_known: true,
    };
    index.put_fit(fit(1.0));
    let lifted = index.suggest(&asking("video"));
    let for_gap = index.suggest(&Question {
        gap: Some(gap.id),
        kind: Some(RecordKind::Solution),
        ..asking("Project VICTORIA video")
    });
    index.put_fit(fit(0.0));
    let rejected = index.suggest(&asking("video"));

    assert_eq!(lifted.len(), 2);
    assert!(for_gap.is_empty());
    assert_eq!(rejected.len(), 1);
}

#[test]
fn the_words_of_linked_nodes_find_a_record_again() {
    let mut index = index();
    let plain = document(RecordKind::Gap, "Reviewing video footage");
    let learnt = plain.clone().said(["the goggle box marathon".to_owned()]);
    index.put(&plain);
    let before = index.suggest(&asking("goggle box marathon"));
    index.put(&learnt);
    let after = index.suggest(&asking("goggle box marathon"));

    assert!(before.is_empty());
    assert_eq!(after[0].id, plain.id);
}

#[test]
fn the_words_shown_are_the_records_own() {
    let mut index = index();
    let gap = document(RecordKind::Gap, "Reviewing Video recordings by hand");
    index.put(&gap);

    assert_eq!(index.matched(&asking("Kameraaufnahmen"), &gap), ["Video"]);
    assert_eq!(index.matched(&asking("wallet"), &gap), [""; 0]);
}
