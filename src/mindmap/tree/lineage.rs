//! Who stands under whom, kept while nodes move: what a change costs hangs on how deep it is and
//! not on how many nodes there are, as long as no two moves collided.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use yrs::{Doc, Transact};

use super::read::{Found, find_nodes, place_of};
use super::rule::{Claim, resolve};
use crate::mindmap::schema::{Place, ROOT};

/// Under which node each one stands by the tree rule, those in the trash too.
///
/// # Invariants
///
/// * Either every node but the root stands where it was put last, on a way up that ends at the
///   root, or `resolved` holds the parents of all.
#[derive(Debug)]
pub struct Lineage {
    /// Where each node says that it stands.
    places: HashMap<Arc<str>, Option<Place>>,
    /// Where it does, if some node does not stand where it was put last.
    resolved: Option<HashMap<Arc<str>, Arc<str>>>,
}

impl Lineage {
    /// That of a document. Reads every node of it.
    pub fn of(doc: &Doc) -> Self {
        let found = find_nodes(&doc.transact()).into_iter();
        let mut lineage = Self {
            places: found.map(|Found { id, place, .. }| (id, place)).collect(),
            resolved: None,
        };
        lineage.resolve();
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
        if self.resolved.is_some() || !self.all_reach_the_root(nodes) {
            self.resolve();
        }
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

    /// The nodes that these stand under, but for the root.
    pub fn above(&self, tops: &[String]) -> HashSet<Arc<str>> {
        let mut above = HashSet::new();
        for top in tops {
            let mut at = self.parent(top);
            while let Some(here) = at.filter(|it| &***it != ROOT) {
                if !above.insert(here.clone()) {
                    break;
                }
                at = self.parent(here);
            }
        }
        above
    }

    /// What a node stands under; nothing for the root and for what is not there.
    fn parent(&self, node: &str) -> Option<&Arc<str>> {
        match &self.resolved {
            Some(parents) => parents.get(node),
            None => self.put_last(node),
        }
    }

    /// Under which node this one was put last.
    fn put_last(&self, node: &str) -> Option<&Arc<str>> {
        let place = self.places.get(node)?.as_ref();
        place.filter(|_| node != ROOT).map(|it| &it.spot.parent)
    }

    /// Whether all ways up, if each node stands where it was put last, end at the root; they did
    /// before these nodes changed.
    fn all_reach_the_root(&self, changed: &HashSet<Arc<str>>) -> bool {
        let is_gone = |it: &Arc<str>| changed.contains(it) && !self.places.contains_key(it);
        if changed.iter().any(is_gone) {
            let mut parents = self.places.values().flatten().map(|it| &it.spot.parent);
            if parents.any(is_gone) {
                return false;
            }
        }
        let mut reach: HashSet<&str> = HashSet::from([ROOT]);
        for node in changed.iter().filter(|it| !is_gone(it)) {
            let mut way = HashSet::new();
            let mut at = node;
            while !reach.contains(&**at) {
                if !way.insert(&**at) {
                    return false; // A circle.
                }
                match self.put_last(at) {
                    Some(parent) if self.places.contains_key(parent) => at = parent,
                    _ => return false,
                }
            }
            reach.extend(way);
        }
        true
    }

    /// Finds what each node stands under by the rule.
    fn resolve(&mut self) {
        let ids: Vec<&Arc<str>> = self.places.keys().collect();
        let claims = self.places.iter().map(|(id, place)| Claim {
            id,
            place: place.as_ref(),
        });
        let resolved = resolve(&claims.collect::<Vec<_>>());
        if (0..ids.len()).all(|it| resolved.level(it) == 0) {
            self.resolved = None;
            return;
        }
        let absent_root = Arc::from(ROOT);
        let with_root = ids.iter().copied().chain([&absent_root]);
        let mut parents = HashMap::with_capacity(ids.len());
        for (at, parent) in with_root.enumerate().take(resolved.n_nodes()) {
            let children = resolved.children(at).iter();
            parents.extend(children.map(|it| (ids[*it].clone(), parent.clone())));
        }
        self.resolved = Some(parents);
    }
}
