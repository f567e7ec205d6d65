//! Who stands under whom, kept while nodes move: what a change costs hangs on how deep it is and
//! on how many moves have collided, not on how many nodes there are.
//!
//! # Why those that went up are enough to look at
//!
//! Under the rule, each circle has one node go up. A circle that is there after some nodes have
//! changed, and holds none of those, is of nodes as they were put last; so it was there before, and
//! the node that went up for it is known. Whoever walks up from all that changed or went up
//! before, as they were put last, comes by every circle, and by those that come of going up.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use yrs::{Doc, Transact};

use super::read::{Found, find_nodes, place_of};
use super::rule::{Claim, resolve};
use crate::mindmap::schema::{Place, ROOT};

/// From so many nodes one walks up; where there are more, all are resolved together.
const FEW: usize = 256;
/// Steps of those walks that cost less than resolving a small map.
const STEPS: usize = 1000;

/// Under which node each one stands by the tree rule, those in the trash too.
///
/// # Invariants
///
/// * Every node but the root stands where it was put last, unless it is in `raised`.
#[derive(Debug)]
pub struct Lineage {
    /// Where each node says that it stands.
    places: HashMap<Arc<str>, Option<Place>>,
    /// Those that went up a level, with where they stand.
    raised: Raised,
}

/// Nodes above level 0, each with its level and what it stands under.
type Raised = HashMap<Arc<str>, (u8, Arc<str>)>;

impl Lineage {
    /// That of a document. Reads every node of it.
    pub fn of(doc: &Doc) -> Self {
        let found = find_nodes(&doc.transact()).into_iter();
        let mut lineage = Self {
            places: found.map(|Found { id, place, .. }| (id, place)).collect(),
            raised: Raised::new(),
        };
        lineage.raised = lineage.raise_all();
        lineage
    }

    /// Looks where these nodes stand in the document now: each that was made, moved or taken out
    /// since it was looked at last.
    pub fn look_again(&mut self, doc: &Doc, nodes: &HashSet<Arc<str>>) {
        let txn = doc.transact();
        for node in nodes {
            match place_of(node, &txn) {
                Some(place) => self.places.insert(node.clone(), place),
                None => self.places.remove(node),
            };
        }
        let raised = self.raise_again(nodes);
        self.raised = raised.unwrap_or_else(|| self.raise_all());
    }

    /// Those of `nodes` that stand in the branches with these top nodes, which are in them too.
    pub fn inside<'a>(
        &'a self,
        tops: &[String],
        nodes: impl IntoIterator<Item = &'a Arc<str>>,
    ) -> HashSet<Arc<str>> {
        let tops: HashSet<&str> = tops.iter().map(String::as_str).collect();
        // Nodes whose way up was walked before, so that each is walked once.
        let mut known: HashMap<&str, bool> = HashMap::new();
        let mut inside = HashSet::new();
        for node in nodes {
            let mut way = Vec::new();
            let mut at = Some(node);
            let is_inside = loop {
                let Some(here) = at else { break false };
                if let Some(known) = known.get(&**here) {
                    break *known;
                }
                if tops.contains(&**here) {
                    break true;
                }
                way.push(here);
                at = self.parent(here);
            };
            known.extend(way.into_iter().map(|it| (&**it, is_inside)));
            if is_inside {
                inside.insert(node.clone());
            }
        }
        inside
    }

    /// The nodes that these stand under, but for the root; and those that they would stand under if
    /// a move were gone that made others of them go up, or a node came that is missing.
    pub fn above(&self, tops: &[String]) -> HashSet<Arc<str>> {
        let mut above = HashSet::new();
        let mut to_see: Vec<_> = tops.iter().flat_map(|it| self.claims(it)).collect();
        while let Some(here) = to_see.pop() {
            if **here != *ROOT && above.insert(here.clone()) {
                to_see.extend(self.claims(here));
            }
        }
        above
    }

    /// Whether a node is there.
    pub fn has(&self, node: &str) -> bool {
        self.places.contains_key(node)
    }

    /// Under what a node was put last, and before that where it does not stand there.
    fn claims(&self, node: &str) -> impl Iterator<Item = &Arc<str>> {
        let place = self.places.get(node).and_then(Option::as_ref);
        let before = place.filter(|_| self.raised.contains_key(node));
        let spots = place.map(|it| &it.spot).into_iter();
        let spots = spots.chain(before.and_then(|it| it.was.as_ref()));
        spots.map(|it| &it.parent)
    }

    /// What a node stands under; nothing for the root and for what is not there.
    pub fn parent(&self, node: &str) -> Option<&Arc<str>> {
        let raised = self.raised.get(node).map(|it| &it.1);
        raised.or_else(|| self.put_last(node))
    }

    /// Under which node this one was put last.
    fn put_last(&self, node: &str) -> Option<&Arc<str>> {
        let place = self.places.get(node)?.as_ref();
        place.filter(|_| node != ROOT).map(|it| &it.spot.parent)
    }

    /// From this level on, the first at which a node may stand, and under what.
    fn stands(&self, node: &str, level: u8) -> (u8, Arc<str>) {
        let place = self.places.get(node).and_then(Option::as_ref);
        let spots = [
            place.map(|it| &it.spot),
            place.and_then(|it| it.was.as_ref()),
        ];
        let is_there = |it: &str| it == ROOT || self.places.contains_key(it);
        let spots = (0..).zip(spots).filter(|(at, _)| level <= *at);
        let mut parents = spots.filter_map(|(at, spot)| Some((at, &spot?.parent)));
        let first = parents.find(|(_, it)| ***it != *node && is_there(it));
        first.map_or_else(|| (2, Arc::from(ROOT)), |(at, it)| (at, it.clone()))
    }

    /// The nodes to walk up from when these have changed; none where those are many.
    fn to_look_at(&self, changed: &HashSet<Arc<str>>) -> Option<HashSet<Arc<str>>> {
        let is_gone = |it: &Arc<str>| changed.contains(it) && !self.places.contains_key(it);
        let mut nodes: HashSet<Arc<str>> =
            changed.iter().chain(self.raised.keys()).cloned().collect();
        if changed.iter().any(is_gone) {
            let stood = |it: &Option<Place>| it.as_ref().is_some_and(|it| is_gone(&it.spot.parent));
            let stranded = self.places.iter().filter(|it| stood(it.1));
            nodes.extend(stranded.map(|it| it.0.clone()));
        }
        nodes.retain(|it| **it != *ROOT && self.places.contains_key(it));
        (nodes.len() <= FEW).then_some(nodes)
    }

    /// Finds out who stands elsewhere than put last, by walking up from what has changed; none where
    /// that takes longer than resolving all.
    fn raise_again(&self, changed: &HashSet<Arc<str>>) -> Option<Raised> {
        let nodes = self.to_look_at(changed)?;
        let first = nodes.iter().map(|it| (it.clone(), self.stands(it, 0)));
        let mut raised: Raised = first.filter(|(_, (level, _))| 0 < *level).collect();
        let mut n_steps = self.places.len().max(STEPS);
        let mut reach: HashSet<Arc<str>> = HashSet::from([Arc::from(ROOT)]);
        for node in &nodes {
            while let Some(circle) = self.walk(node, &raised, &mut reach, &mut n_steps)? {
                let clock = |it: &Arc<str>| self.places.get(it)?.as_ref().map(|it| it.clock);
                let last = circle
                    .into_iter()
                    .max_by_key(|it| (clock(it), it.clone()))?;
                let level = raised.get(&last).map_or(0, |it| it.0);
                let stands = self.stands(&last, level + 1);
                raised.insert(last, stands);
            }
        }
        Some(raised)
    }

    /// Walks up to the root, or to what reaches it. The circle where there is one; none where there
    /// are no steps left.
    fn walk(
        &self,
        node: &Arc<str>,
        raised: &Raised,
        reach: &mut HashSet<Arc<str>>,
        n_steps: &mut usize,
    ) -> Option<Option<Vec<Arc<str>>>> {
        let mut way: Vec<&Arc<str>> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut at = node;
        while !reach.contains(at) {
            if let Some(first) = places.insert(&**at, way.len()) {
                return Some(Some(way[first..].iter().copied().cloned().collect()));
            }
            *n_steps = n_steps.checked_sub(1)?;
            way.push(at);
            let up = raised.get(at).map(|it| &it.1);
            at = up.or_else(|| self.put_last(at))?;
        }
        reach.extend(way.into_iter().cloned());
        Some(None)
    }

    /// Finds out who stands elsewhere than put last, of all nodes.
    fn raise_all(&self) -> Raised {
        let ids: Vec<&Arc<str>> = self.places.keys().collect();
        let claims = self.places.iter().map(|(id, place)| Claim {
            id,
            place: place.as_ref(),
        });
        let resolved = resolve(&claims.collect::<Vec<_>>());
        let absent_root = Arc::from(ROOT);
        let with_root = ids.iter().copied().chain([&absent_root]);
        let mut raised = Raised::new();
        for (at, parent) in with_root.enumerate().take(resolved.n_nodes()) {
            let children = resolved.children(at).iter();
            let went_up = children.filter(|it| 0 < resolved.level(**it));
            raised.extend(
                went_up.map(|it| (ids[*it].clone(), (resolved.level(*it), parent.clone()))),
            );
        }
        raised
    }
}
