//! The tree rule: from where each node says that it stands to one tree that holds them all.
//!
//! A node stands at level 0 (where it was put last), 1 (where it stood before that) or 2 (under
//! the root). A level is void where its parent doesn't exist or is the node itself. As long as
//! there is a circle, the node with the greatest (clock, id) in it goes up a level.
//!
//! # Why one pass is enough
//!
//! Circles of a graph with one arrow per node share no node, and treating one changes an arrow of
//! that circle alone. So a circle stays until it is treated, and what is done to it doesn't hang
//! on the others: whatever the sequence, the end is the same. That leaves us free to hang the nodes
//! up by rising (clock, id). A circle that a node would close then has no greater node in it, so
//! this node is the one to go up, and no arrow that was drawn is ever taken back. Asking
//! whether a circle would close is a union-find, so the whole costs no more than the sorting.

use std::collections::HashMap;

use crate::mindmap::schema::{Place, ROOT};

/// A node and where it says that it stands.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The node's id.
    pub id: &'a str,
    /// Its `place`, unless that is missing.
    pub place: Option<&'a Place>,
}

/// Where the nodes stand, by their index in what was resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    root: usize,
    levels: Vec<u8>,
    /// Every node but the root, siblings side by side and in order.
    siblings: Vec<usize>,
    /// Where the children of each node begin in `siblings`, and where those of the last end.
    starts: Vec<usize>,
}

impl Resolved {
    /// The index of the root.
    pub fn root(&self) -> usize {
        self.root
    }

    /// The children of a node in order.
    pub fn children(&self, node: usize) -> &[usize] {
        &self.siblings[self.starts[node]..self.starts[node + 1]]
    }

    /// How many nodes there are, the root included.
    pub fn n_nodes(&self) -> usize {
        self.levels.len()
    }

    /// At which level a node stands: 0, 1 or 2.
    pub fn level(&self, node: usize) -> u8 {
        self.levels[node]
    }
}

/// Resolves the claims of all nodes, whose ids differ.
///
/// Where none of them is the root, the root is there all the same, at the index after the last.
pub fn resolve(claims: &[Claim<'_>]) -> Resolved {
    let index: HashMap<&str, usize> = (0..).zip(claims).map(|(at, it)| (it.id, at)).collect();
    let root = index.get(ROOT).copied().unwrap_or(claims.len());
    let mut by_age: Vec<usize> = (0..claims.len()).filter(|it| *it != root).collect();
    by_age.sort_unstable_by_key(|it| (claims[*it].place.map(|it| it.clock), claims[*it].id));

    let n_nodes = claims.len().max(root + 1);
    let mut branches = Branches::of_one_node_each(n_nodes);
    let mut parents = vec![root; n_nodes];
    let mut levels = vec![0; n_nodes];
    for &node in &by_age {
        let place = claims[node].place;
        let spots = [
            place.map(|it| &it.spot),
            place.and_then(|it| it.was.as_ref()),
        ];
        let stands = (0..).zip(spots).find_map(|(level, spot)| {
            let parent = *index.get(&*spot?.parent)?;
            branches.hang(node, parent).then_some((level, parent))
        });
        (levels[node], parents[node]) = stands.unwrap_or_else(|| {
            branches.hang(node, root);
            (2, root)
        });
    }
    sort_siblings(claims, root, &parents, levels)
}

/// Puts siblings in the sequence (level 2 last, order, id).
fn sort_siblings(
    claims: &[Claim<'_>],
    root: usize,
    parents: &[usize],
    levels: Vec<u8>,
) -> Resolved {
    let order = |node: usize| match (claims[node].place, levels[node]) {
        (Some(place), 1) => place.was.as_ref().map_or("", |was| &*was.order),
        (Some(place), _) => &*place.spot.order,
        (None, _) => "",
    };
    let mut siblings: Vec<usize> = (0..claims.len()).filter(|it| *it != root).collect();
    siblings
        .sort_unstable_by_key(|it| (parents[*it], levels[*it] == 2, order(*it), claims[*it].id));

    let mut starts = vec![0; parents.len() + 1];
    for &node in &siblings {
        starts[parents[node] + 1] += 1;
    }
    for node in 0..parents.len() {
        starts[node + 1] += starts[node];
    }
    Resolved {
        root,
        levels,
        siblings,
        starts,
    }
}

/// Union-find over the branches that have been hung together so far.
struct Branches {
    /// A node nearer to the top of the branch; the top has itself.
    above: Vec<usize>,
}

impl Branches {
    fn of_one_node_each(n_nodes: usize) -> Self {
        Self {
            above: (0..n_nodes).collect(),
        }
    }

    /// Hangs the branch whose top is `node` under `parent`, unless that stands in this very branch.
    fn hang(&mut self, node: usize, parent: usize) -> bool {
        let top = self.top_of(parent);
        if top == node {
            return false;
        }
        self.above[node] = top;
        true
    }

    /// The top of the branch that a node stands in. Halves the way for who asks next.
    fn top_of(&mut self, mut node: usize) -> usize {
        while self.above[node] != node {
            self.above[node] = self.above[self.above[node]];
            node = self.above[node];
        }
        node
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::mindmap::schema::Spot;

    /// Nodes by id, each with its place.
    type Nodes = Vec<(String, Option<Place>)>;

    fn spot(value: &Value) -> Option<Spot> {
        Some(Spot {
            parent: Arc::from(value["parent"].as_str()?),
            order: Arc::from(value["order"].as_str()?),
        })
    }

    fn claims(nodes: &Nodes) -> Vec<Claim<'_>> {
        let claims = nodes.iter().map(|(id, place)| Claim {
            id,
            place: place.as_ref(),
        });
        claims.collect()
    }

    /// The outline below a node, as the vectors have it.
    fn outline(nodes: &Nodes, resolved: &Resolved, node: usize) -> Value {
        let children = resolved.children(node).iter();
        let children: Vec<Value> = children.map(|it| outline(nodes, resolved, *it)).collect();
        let id = nodes.get(node).map_or(ROOT, |(id, _)| id.as_str());
        json!({ "id": id, "children": children })
    }

    #[test]
    fn every_case_that_the_browser_resolves_comes_out_the_same() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../../tests/fixtures/tree.json")).unwrap();
        let cases = vectors["cases"].as_array().unwrap();

        for case in cases {
            let nodes: Nodes = case["nodes"]
                .as_object()
                .unwrap()
                .iter()
                .map(|(id, node)| {
                    let place = &node["place"];
                    let place = spot(place).map(|spot_now| Place {
                        spot: spot_now,
                        clock: place["clock"].as_i64().unwrap(),
                        was: spot(&place["was"]),
                        side: None,
                    });
                    (id.clone(), place)
                })
                .collect();
            let resolved = resolve(&claims(&nodes));

            assert_eq!(outline(&nodes, &resolved, resolved.root()), case["outline"]);
            for (node, (id, _)) in nodes.iter().enumerate().filter(|it| it.1.0 != ROOT) {
                assert_eq!(case["levels"][id], resolved.level(node), "{id} in {case}");
            }
        }
        assert_eq!(cases.len(), 60);
    }

    /// The parent of each node at each level, by index; `None` where the level is void.
    fn parents_by_level(nodes: &Nodes) -> Vec<[Option<usize>; 3]> {
        let index = |id: &str| nodes.iter().position(|it| it.0 == id);
        let parents = nodes.iter().enumerate().map(|(node, (_, place))| {
            let place = place.as_ref();
            let now = place.and_then(|it| index(&it.spot.parent));
            let was = place.and_then(|it| index(&it.was.as_ref()?.parent));
            let root = index(ROOT);
            [now, was, root].map(|it| it.filter(|parent| *parent != node))
        });
        parents.collect()
    }

    /// The rule word by word: rounds, and in each round every circle.
    fn levels_in_rounds(nodes: &Nodes) -> Vec<usize> {
        let parents = parents_by_level(nodes);
        let up = |node: usize, from: usize| {
            (from..2)
                .find(|level| parents[node][*level].is_some())
                .unwrap_or(2)
        };
        let mut levels: Vec<usize> = (0..nodes.len()).map(|node| up(node, 0)).collect();
        loop {
            let above = |node: usize| parents[node][levels[node]].filter(|_| nodes[node].0 != ROOT);
            let circle_of = |node: usize| {
                let around = std::iter::successors(above(node), |it| above(*it));
                let around: Vec<usize> = around.take(nodes.len()).collect();
                let end = around.iter().position(|it| *it == node)?;
                Some(around[..=end].to_vec())
            };
            let key = |node: &usize| (nodes[*node].1.as_ref().map(|it| it.clock), &nodes[*node].0);
            let latest: Vec<usize> = (0..nodes.len())
                .filter(|node| {
                    circle_of(*node)
                        .is_some_and(|it| it.iter().max_by_key(|at| key(at)) == Some(node))
                })
                .collect();
            if latest.is_empty() {
                return levels;
            }
            for node in latest {
                levels[node] = up(node, levels[node] + 1);
            }
        }
    }

    prop_compose! {
        fn spots()(parent in 0..12usize, order in "[abc]0?") -> Spot {
            let parent = if parent == 11 { ROOT.to_owned() } else { format!("n{parent}") };
            Spot { parent: parent.into(), order: order.into() }
        }
    }

    prop_compose! {
        fn forests()(places in proptest::collection::vec(
            proptest::option::weighted(0.95, (spots(), 0..4i64, proptest::option::of(spots()))),
            0..10,
        )) -> Nodes {
            let places = places.into_iter().map(|place| {
                place.map(|(spot, clock, was)| Place { spot, clock, was, side: None })
            });
            let nodes = places.enumerate().map(|(at, place)| (format!("n{at}"), place));
            std::iter::once((ROOT.to_owned(), None)).chain(nodes).collect()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn one_pass_does_what_the_rounds_of_the_rule_do(nodes in forests()) {
            let levels = levels_in_rounds(&nodes);

            let resolved = resolve(&claims(&nodes));

            let found: Vec<usize> =
                (0..nodes.len()).map(|it| usize::from(resolved.level(it))).collect();
            prop_assert_eq!(&found[1..], &levels[1..]);
        }

        #[test]
        fn a_tree_holds_every_node_once(nodes in forests()) {
            let resolved = resolve(&claims(&nodes));

            let mut reached = vec![resolved.root()];
            for at in 0..nodes.len() {
                prop_assert!(at < reached.len(), "a node hangs nowhere");
                reached.extend(resolved.children(reached[at]));
            }
            reached.sort_unstable();
            prop_assert_eq!(reached, (0..nodes.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn without_a_root_there_is_one_all_the_same() {
        let nodes = vec![("n1".to_owned(), None)];

        let resolved = resolve(&claims(&nodes));

        assert_eq!(resolved.root(), 1);
        assert_eq!(resolved.children(1), [0]);
        assert_eq!(resolve(&[]).children(0), [0; 0]);
    }
}
