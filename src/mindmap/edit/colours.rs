//! Colours for main branches that nobody has chosen one for: each time the rarest, so that
//! neighbours look different. The browser's twin is `frontend/src/map/colours.ts`.

use crate::mindmap::schema::Colour;
use crate::mindmap::tree::Tree;

/// The order in which colours are given out.
const TURN: [Colour; 6] = [
    Colour::Blue,
    Colour::Orange,
    Colour::Green,
    Colour::Purple,
    Colour::Red,
    Colour::Yellow,
];

/// How many main branches show each colour.
#[derive(Debug, Default)]
pub(super) struct Colours([usize; TURN.len()]);

impl Colours {
    /// Those of a map.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut colours = Self::default();
        for branch in tree.nodes.iter().filter(|it| it.parent == Some(0)) {
            let shown = branch
                .colour
                .unwrap_or_else(|| Colour::of_branch(&branch.id));
            colours.count(shown);
        }
        colours
    }

    /// The colour of a new branch: its own, or that which the fewest show.
    pub(super) fn give(&mut self, own: Option<Colour>) -> Colour {
        let rarest = || (0..TURN.len()).min_by_key(|it| self.0[*it]);
        let colour = own.unwrap_or_else(|| TURN[rarest().unwrap_or_default()]);
        self.count(colour);
        colour
    }

    fn count(&mut self, colour: Colour) {
        let at = TURN.iter().position(|it| *it == colour);
        self.0[at.unwrap_or_default()] += 1;
    }
}

#[cfg(test)]
mod tests {
    use yrs::updates::decoder::Decode;
    use yrs::{Doc, Transact, Update};

    use super::*;
    use crate::base::id::RoundId;
    use crate::base::time::Timestamp;
    use crate::mindmap::edit::{
        Branch, Brought, BroughtNode, Operation, Reveal, Unlabelled, amend, brought_document,
        unsigned_document,
    };
    use crate::mindmap::schema::{Mark, ROOT};
    use crate::mindmap::tree::read;

    const NOW: Timestamp = Timestamp(1_764_000_000_123);

    /// What the nodes of a document say, with their own colours.
    fn coloured(updates: &[&[u8]]) -> Vec<(String, Option<Colour>)> {
        let doc = Doc::new();
        for update in updates {
            let update = Update::decode_v1(update).unwrap();
            doc.transact_mut().apply_update(update).unwrap();
        }
        let nodes = read(&doc).nodes.into_iter().skip(1);
        nodes.map(|it| (it.text, it.colour)).collect()
    }

    fn brought(lines: &[(usize, &str, Option<Colour>)]) -> Brought {
        let node = |(depth, text, colour): &(usize, &str, Option<Colour>)| BroughtNode {
            colour: *colour,
            ..BroughtNode::new(*depth, (*text).to_owned())
        };
        Brought {
            nodes: lines.iter().map(node).collect(),
            arrows: Vec::new(),
        }
    }

    fn is(text: &str, colour: Option<Colour>) -> (String, Option<Colour>) {
        (text.to_owned(), colour)
    }

    #[test]
    fn main_branches_of_a_file_look_different_and_keep_the_colours_that_it_says() {
        let file = brought(&[
            (0, "one", None),
            (1, "below", None),
            (0, "two", Some(Colour::Red)),
            (0, "three", None),
        ]);
        let mark = Mark {
            at: NOW,
            by: "p1".into(),
        };

        let document = brought_document("Map", file, &mark);

        let expected = [
            is("one", Some(Colour::Blue)),
            is("below", None),
            is("two", Some(Colour::Red)),
            is("three", Some(Colour::Orange)),
        ];
        assert_eq!(coloured(&[&document]), expected);
    }

    #[test]
    fn what_is_brought_or_revealed_under_the_topic_takes_the_colours_that_fewest_branches_show() {
        let [blue, green] = [Colour::Blue, Colour::Green].map(|colour| Branch {
            text: "here".to_owned(),
            colour: Some(colour),
            ..Branch::default()
        });
        let before = unsigned_document("Map", &[blue, green]);
        let under = ROOT.to_owned();
        let bring = Operation::Bring {
            under: under.clone(),
            what: brought(&[(0, "new", None)]).into(),
        };
        let idea = Unlabelled {
            node: "n".to_owned(),
            text: "new".to_owned(),
            note: String::new(),
        };
        let reveal = Operation::Reveal(Reveal {
            round: RoundId::new(),
            under,
            ideas: vec![idea],
        });

        for operation in [bring, reveal] {
            let new = amend(&before, "p1", NOW, &operation).unwrap();

            let last = coloured(&[&before, &new.update]).pop();
            assert_eq!(last, Some(is("new", Some(Colour::Orange))));
        }
    }
}
