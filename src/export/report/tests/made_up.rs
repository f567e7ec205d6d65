//! Snapshots that are made up.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::base::id::{GroupId, MapId, RecordId, SessionId};
use crate::base::time::Timestamp;
use crate::base::tlp::Tlp;
use crate::report::snapshot::{
    Edition, FORMAT, GroupFact, Item, Label, MentionFact, Previous, RoundFact, ScoreFact,
    SessionFact, Was,
};
use crate::report::{Cover, Draft, Language, Level, RuleSet, Scope, Snapshot};

/// What stands in every text that a public report must not hold.
pub(super) const HIDDEN: &str = "HIDDEN";
const LABELS: [Tlp; 5] = [
    Tlp::Clear,
    Tlp::Green,
    Tlp::Amber,
    Tlp::AmberStrict,
    Tlp::Red,
];

/// A record's content from a seed of dice, so that one list of numbers makes a whole catalogue.
struct Dice<'a> {
    numbers: std::iter::Cycle<std::slice::Iter<'a, u8>>,
    n: usize,
}

impl Dice<'_> {
    fn roll(&mut self, sides: usize) -> usize {
        usize::from(self.numbers.next().copied().unwrap_or(0)) % sides
    }

    /// CLEAR as often as not.
    fn label(&mut self) -> Tlp {
        LABELS[self.roll(10).saturating_sub(5)]
    }

    /// A text that is nowhere else, with what makes a formula or markup of it.
    fn text(&mut self, is_public: bool) -> String {
        self.n += 1;
        let mark = if is_public { "open" } else { HIDDEN };
        let odd = ["", "=1+1 ", "<b>&", "| ", "\u{1f600} ", "# ", "]]> "][self.roll(7)];
        format!("{odd}{mark}{}x", self.n)
    }

    fn word(&mut self, words: &[&str]) -> String {
        words[self.roll(words.len())].to_owned()
    }
}

fn item(number: i64, state: String, tlp: Tlp, fields: Json) -> Item {
    let fields: Map<String, Json> = serde_json::from_value(fields).unwrap();
    let id = RecordId::new();
    Item {
        id,
        number,
        state,
        tlp: Label(tlp),
        fields,
    }
}

/// Whether a public report may hold a record.
pub(super) fn is_public(item: &Item) -> bool {
    item.tlp.0 == Tlp::Clear
}

fn gap(dice: &mut Dice<'_>, number: i64, groups: &[GroupId]) -> Item {
    let tlp = dice.label();
    let open = tlp == Tlp::Clear;
    let state = dice.word(&["accepted", "prioritised", "closed"]);
    let fields = json!({
        "title": dice.text(open), "description": dice.text(open), "tags": [dice.text(open)],
        "standardisation_need": dice.text(open), "impact": 1 + dice.roll(5),
        "urgency": 1 + dice.roll(5), "groups": [groups[dice.roll(groups.len())]],
        "thor": ["human", "regulatory"], "procurement_interest": "pcp",
        "last_searched": if dice.roll(2) == 0 { "2026-11-20" } else { "2026-11-21" },
        "origin_node": format!("{}/{}", MapId::new(), dice.text(false)),
    });
    item(number, state, tlp, fields)
}

fn solution(dice: &mut Dice<'_>, number: i64, parent: Option<RecordId>) -> Item {
    let tlp = dice.label();
    let open = tlp == Tlp::Clear;
    let mut fields = json!({
        "name": dice.text(open), "summary": dice.text(open), "provider": dice.text(open),
        "kind": dice.word(&["technology", "training"]), "trl_low": 1 + dice.roll(9),
        "trl_basis": dice.word(&["not_stated", "target_stated", "assessed"]),
        "lifecycle": dice.word(&["in_use", "planned"]), "review_flags": ["dpia"],
        "url": format!("https://example.org/{}", if open { "open" } else { HIDDEN }),
    });
    if let Some(parent) = parent {
        fields["parent"] = json!(parent);
    }
    item(number, "verified".to_owned(), tlp, fields)
}

fn fit(dice: &mut Dice<'_>, number: i64, gap: &Item, solution: &Item) -> Item {
    let tlp = dice.label();
    let open = tlp == Tlp::Clear && is_public(gap) && is_public(solution);
    let state = dice.word(&["proposed", "accepted", "accepted", "rejected"]);
    let fields = json!({
        "gap": gap.id, "solution": solution.id, "rationale": dice.text(open),
        "limits": dice.text(open), "degree": dice.word(&["none", "partial", "good", "full"]),
        "reason": dice.text(open),
    });
    item(number, state, tlp, fields)
}

fn evidence(dice: &mut Dice<'_>, number: i64, kind: &str, on: &Item, on_open: bool) -> Item {
    let tlp = dice.label();
    let open = tlp == Tlp::Clear && on_open;
    let fields = json!({
        "target": format!("{kind}:{}", on.id), "title": dice.text(open), "fact": dice.text(open),
        "publisher": dice.text(open), "date_checked": "2026-11-22", "kind": "paper",
    });
    item(number, "current".to_owned(), tlp, fields)
}

fn session(dice: &mut Dice<'_>, groups: &[GroupId]) -> SessionFact {
    let tlp = dice.label();
    let open = tlp == Tlp::Clear;
    let round = RoundFact {
        title: dice.text(open),
        method: "collect".to_owned(),
        minutes: Some(5),
    };
    SessionFact {
        id: SessionId::new(),
        title: dice.text(open),
        theme: dice.text(open),
        tlp: Label(tlp),
        house_rule: dice.roll(2) == 0,
        held_on: Some("2026-11-19".to_owned()),
        place: dice.text(open),
        groups: vec![groups[0]],
        maps: vec![MapId::new()],
        rounds: vec![round],
        // In a public report there is nothing of who took part.
        people: vec![(dice.text(false), 5)],
        nodes: 7,
        votes: 3,
    }
}

/// What a node's id begins with: it leads into a session, so that it goes with that.
fn mark(target: &Item, session: &SessionFact) -> &'static str {
    match is_public(target) && session.tlp.0 == Tlp::Clear {
        true => "open",
        false => HIDDEN,
    }
}

fn past(dice: &mut Dice<'_>, level: Level) -> (Previous, Edition) {
    let open = level == Level::Public;
    let mut was = |light: &str| {
        let tlp = dice.label();
        Was {
            id: RecordId::new(),
            number: format!("GAP-9{}", dice.n),
            title: dice.text(open && tlp == Tlp::Clear),
            tlp: Label(tlp),
            light: light.to_owned(),
        }
    };
    let (gaps, solutions) = (vec![was("red"), was("green")], vec![was("")]);
    let number = "REP-1".to_owned();
    let edition = "0.1".to_owned();
    let cut_off = "2026-10-01".to_owned();
    let row = Edition {
        number: number.clone(),
        edition: edition.clone(),
        level,
        cut_off: cut_off.clone(),
        changes: dice.text(open),
    };
    (
        Previous {
            number,
            edition,
            level,
            cut_off,
            gaps,
            solutions,
        },
        row,
    )
}

/// Fits between most gaps and solutions, and evidence on gaps and fits.
fn joined(dice: &mut Dice<'_>, gaps: &[Item], solutions: &[Item]) -> (Vec<Item>, Vec<Item>) {
    let (mut fits, mut known) = (Vec::new(), Vec::new());
    let mut n = 0;
    for one in gaps {
        n += 1;
        known.push(evidence(dice, n, "gap", one, is_public(one)));
        for other in solutions {
            if dice.roll(3) == 0 {
                continue;
            }
            n += 1;
            let fit = fit(dice, n, one, other);
            let open = is_public(&fit) && is_public(one) && is_public(other);
            known.push(evidence(dice, n + 100, "fit", &fit, open));
            fits.push(fit);
        }
    }
    (fits, known)
}

/// Each gap is named in one session.
fn mentions(gaps: &[Item], sessions: &[SessionFact]) -> Vec<MentionFact> {
    let pairs = gaps.iter().zip(sessions.iter().cycle()).enumerate();
    let mention = |(at, (target, session)): (usize, (&Item, &SessionFact))| MentionFact {
        target: format!("gap:{}", target.id),
        session: session.id,
        map: session.maps[0],
        node: format!("{}n{at}", mark(target, session)),
        votes: 2,
    };
    pairs.map(mention).collect()
}

/// Scores of every other fit, by as many people as its number says.
fn scores(fits: &[Item]) -> BTreeMap<RecordId, Vec<ScoreFact>> {
    let scored = fits.iter().step_by(2);
    let score = |criterion: &str, fit: &Item| ScoreFact {
        criterion: criterion.to_owned(),
        n: fit.number,
        mean: 3.25,
    };
    let scores = |it: &Item| vec![score("maturity", it), score("current_use", it)];
    scored.map(|it| (it.id, scores(it))).collect()
}

/// A snapshot of this level; the same numbers give the same but for its ids.
pub(super) fn snapshot(numbers: &[u8], level: Level) -> Snapshot {
    let mut dice = Dice {
        numbers: numbers.iter().cycle(),
        n: 0,
    };
    let dice = &mut dice;
    let groups: Vec<GroupFact> = (0..2)
        .map(|_| GroupFact {
            id: GroupId::new(),
            name: dice.text(true),
            scope: dice.text(true),
        })
        .collect();
    let ids: Vec<GroupId> = groups.iter().map(|it| it.id).collect();
    let count = 1 + dice.roll(5);
    let gaps: Vec<Item> = (1_i64..).take(count).map(|n| gap(dice, n, &ids)).collect();
    let mut solutions: Vec<Item> = Vec::new();
    for n in (1_i64..).take(1 + dice.roll(5)) {
        let parent = solutions.first().map(|it| it.id);
        solutions.push(solution(dice, n, parent));
    }
    let (fits, known) = joined(dice, &gaps, &solutions);
    let sessions: Vec<SessionFact> = (0..2).map(|_| session(dice, &ids)).collect();
    let mentions = mentions(&gaps, &sessions);
    let before = if dice.roll(2) == 0 {
        Level::Public
    } else {
        Level::Sensitive
    };
    let (previous, edition) = past(dice, before);
    Snapshot {
        format: FORMAT,
        number: "REP-2".to_owned(),
        draft: Draft {
            title: dice.text(true),
            edition: "1.0".to_owned(),
            level,
            scope: Scope::default(),
            rule: RuleSet::default(),
            cover: Cover {
                summary: dice.text(true),
                ..Cover::default()
            },
            language: Language::ALL[usize::from(dice.roll(2) != 0)],
        },
        is_preview: false,
        cut_off: Timestamp(1_795_426_200_125),
        base: "https://gapmap.example.org".to_owned(),
        groups,
        sessions,
        gaps,
        solutions,
        scores: scores(&fits),
        fits,
        evidence: known,
        mentions,
        gaps_by_state: vec![("draft".to_owned(), 3)],
        sessions_to_come: 1,
        previous: Some(previous),
        editions: vec![edition],
    }
}
