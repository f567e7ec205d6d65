//! What differs between a map at one time and at another.

use std::collections::HashMap;

use super::tree::{Tree, TreeNode};

/// What became of one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'a> {
    /// The node as it was before; none where it was not there.
    pub before: Option<Stood<'a>>,
    /// The node as it was after; none where it was gone.
    pub after: Option<Stood<'a>>,
}

/// A node in one of two trees.
#[derive(Clone, Copy, Debug)]
pub struct Stood<'a> {
    tree: &'a Tree,
    at: usize,
}

/// What is not the same of a node that is in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Its words.
    pub text: bool,
    /// Its note.
    pub note: bool,
    /// Its kind.
    pub kind: bool,
    /// Its own colour.
    pub colour: bool,
    /// Its links.
    pub links: bool,
    /// The node that it hangs under. Another place among the same siblings is no difference.
    pub parent: bool,
}

impl Changes {
    /// Whether nothing differs.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl PartialEq for Stood<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.at == other.at
    }
}

impl Eq for Stood<'_> {}

impl<'a> Stood<'a> {
    /// The node.
    pub fn node(&self) -> &'a TreeNode {
        &self.tree.nodes[self.at]
    }

    /// The words of what it hangs under, the central topic first.
    pub fn path(&self) -> Vec<&'a str> {
        let mut path: Vec<&str> = self.above().map(|it| &*it.text).collect();
        path.reverse();
        path
    }

    fn above(&self) -> impl Iterator<Item = &'a TreeNode> {
        let tree = self.tree;
        let way = std::iter::successors(self.node().parent, move |it| tree.nodes[*it].parent);
        way.map(move |it| &tree.nodes[it])
    }
}

impl Difference<'_> {
    /// What is not the same of a node that is in both; nothing for one that came or went.
    pub fn changes(&self) -> Changes {
        let (Some(before), Some(after)) = (self.before, self.after) else {
            return Changes::default();
        };
        let (was, is) = (before.node(), after.node());
        let targets = |node: &TreeNode| -> Vec<_> {
            let targets = node.links.iter().map(|it| (it.0.clone(), it.1.fit));
            targets.collect()
        };
        let parent = |stood: Stood<'_>| stood.above().next().map(|it| it.id.clone());
        Changes {
            text: was.text != is.text,
            note: was.note != is.note,
            kind: was.kind != is.kind,
            colour: was.colour != is.colour,
            links: targets(was) != targets(is),
            parent: parent(before) != parent(after),
        }
    }
}

/// All nodes that came, went or changed: those of the later tree in its order, then those that are
/// in it no more.
pub fn compare<'a>(before: &'a Tree, after: &'a Tree) -> Vec<Difference<'a>> {
    let places = |tree: &'a Tree| -> HashMap<&'a str, usize> {
        let ids = tree.nodes.iter().map(|it| &*it.id);
        ids.zip(0..).collect()
    };
    let (in_before, in_after) = (places(before), places(after));
    let kept_or_new = after.nodes.iter().enumerate().map(|(at, node)| Difference {
        before: in_before.get(&*node.id).map(|at| Stood {
            tree: before,
            at: *at,
        }),
        after: Some(Stood { tree: after, at }),
    });
    let gone = before.nodes.iter().enumerate();
    let gone = gone.filter(|(_, node)| !in_after.contains_key(&*node.id));
    let gone = gone.map(|(at, _)| Difference {
        before: Some(Stood { tree: before, at }),
        after: None,
    });
    let differs =
        |it: &Difference<'_>| it.before.is_none() || it.after.is_none() || !it.changes().is_empty();
    kept_or_new.chain(gone).filter(differs).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// A tree of `(id, parent, text)`, each after its parent.
    fn tree(nodes: &[(&str, Option<usize>, &str)]) -> Tree {
        let node = |(id, parent, text): &(&str, Option<usize>, &str)| TreeNode {
            id: Arc::from(*id),
            parent: *parent,
            depth: 0,
            text: (*text).to_owned(),
            note: String::new(),
            kind: None,
            colour: None,
            links: Vec::new(),
            made: None,
        };
        Tree {
            title: String::new(),
            nodes: nodes.iter().map(node).collect(),
            trash: Vec::new(),
            relations: Vec::new(),
            comments: Default::default(),
        }
    }

    #[test]
    fn what_came_went_moved_and_was_rewritten_is_told_and_nothing_else() {
        let before = tree(&[
            ("root", None, "Drones"),
            ("a", Some(0), "Crowds"),
            ("b", Some(1), "Noise"),
            ("c", Some(0), "Law"),
            ("d", Some(0), "Same"),
        ]);
        let after = tree(&[
            ("root", None, "Drones"),
            ("d", Some(0), "Same"),
            ("a", Some(0), "Large crowds"),
            ("e", Some(2), "New"),
            ("c", Some(2), "Law"),
        ]);

        let found = compare(&before, &after);

        let told = found.iter().map(|it| {
            let stood = it.after.or(it.before).unwrap();
            let changes = it.changes();
            let there = (it.before.is_some(), it.after.is_some());
            (
                &*stood.node().id,
                there,
                changes.text,
                changes.parent,
                stood.path(),
            )
        });
        let told: Vec<_> = told.collect();
        assert_eq!(
            told,
            [
                ("a", (true, true), true, false, vec!["Drones"]),
                (
                    "e",
                    (false, true),
                    false,
                    false,
                    vec!["Drones", "Large crowds"]
                ),
                (
                    "c",
                    (true, true),
                    false,
                    true,
                    vec!["Drones", "Large crowds"]
                ),
                ("b", (true, false), false, false, vec!["Drones", "Crowds"]),
            ]
        );
        assert_eq!(compare(&after, &after), []);
    }
}
