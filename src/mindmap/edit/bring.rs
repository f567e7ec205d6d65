//! A map that was brought from elsewhere: put under a node, or made a document of its own.

use std::collections::HashSet;
use std::sync::Arc;

use uuid::Uuid;
use yrs::{Map, MapRef, Transact, TransactionMut, WriteTxn};

use super::colours::Colours;
use super::moves::spot_of;
use super::write::{NewNode, encode, fresh, placed, write_meta};
use crate::base::invalid::Invalid;
use crate::mindmap::order::order_between;
use crate::mindmap::schema::{self, Colour, Fit, Kind, Link, Made, Mark, Relation};
use crate::mindmap::tree::read_in;

/// What is brought: nodes in reading order, each at most one deeper than the one before, so that a
/// chain of fifty thousand is no deeper a value than a list of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// The nodes; the first stands at depth 0, as may others.
    pub nodes: Vec<BroughtNode>,
    /// Arrows between them.
    pub arrows: Vec<BroughtArrow>,
}

/// A node that is brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtNode {
    /// The id that it gets.
    pub id: Arc<str>,
    /// How far below the top it stands.
    pub depth: usize,
    /// Its words.
    pub text: String,
    /// What there is to say beyond the text.
    pub note: String,
    /// What it is in the discussion.
    pub kind: Option<Kind>,
    /// Its own colour.
    pub colour: Option<Colour>,
    /// What it is linked to, as links write it, and how well that fits.
    pub links: Vec<(String, Option<Fit>)>,
}

/// An arrow that is brought, by the places of its ends in the list of nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtArrow {
    /// Where it starts.
    pub from: usize,
    /// Where it points.
    pub to: usize,
    /// What stands on it.
    pub label: String,
}

impl BroughtNode {
    /// A node under an id that no other has.
    pub fn new(depth: usize, text: String) -> Self {
        Self {
            id: Arc::from(Uuid::now_v7().to_string()),
            depth,
            text,
            note: String::new(),
            kind: None,
            colour: None,
            links: Vec::new(),
        }
    }
}

impl Brought {
    /// The ids of the nodes that stand at the top.
    pub fn tops(&self) -> impl Iterator<Item = &Arc<str>> {
        let tops = self.nodes.iter().filter(|it| it.depth == 0);
        tops.map(|it| &it.id)
    }

    /// How many levels there are.
    pub fn n_levels(&self) -> usize {
        let deepest = self.nodes.iter().map(|it| it.depth + 1);
        deepest.max().unwrap_or(0)
    }

    /// What the nodes are linked to.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        let links = self.nodes.iter().flat_map(|it| &it.links);
        links.map(|(target, _)| target.as_str())
    }
}

/// Puts nodes behind the children that a node has. Answers with how many.
pub(super) fn bring(
    txn: &mut TransactionMut<'_>,
    under: &str,
    what: &Brought,
    mark: &Mark,
) -> Result<usize, Invalid> {
    let tree = read_in(txn);
    let top = tree.nodes.iter().position(|it| *it.id == *under);
    let reason = "must be a node of this map that is not in the trash";
    let top = top.ok_or_else(|| Invalid::new("under", reason))?;
    let last = (0..tree.nodes.len()).rfind(|it| tree.nodes[*it].parent == Some(top));
    let last = last.and_then(|it| spot_of(txn, &tree, it));
    let above = vec![Parent {
        id: tree.nodes[top].id.clone(),
        last: last.map(|it| it.order.to_string()),
    }];
    let made = Made {
        mark: mark.clone(),
        round: None,
    };
    let nodes = txn.get_or_insert_map(schema::NODES);
    write(txn, &nodes, above, Colours::of(&tree), &what.nodes, &made);
    write_arrows(txn, what, mark);
    Ok(what.nodes.len())
}

/// The first update of a map that was brought. What has one top is a map with that in its centre;
/// else the title is.
pub fn brought_document(title: &str, mut what: Brought, mark: &Mark) -> Vec<u8> {
    if what.tops().count() != 1 {
        for node in &mut what.nodes {
            node.depth += 1;
        }
        for arrow in &mut what.arrows {
            arrow.from += 1;
            arrow.to += 1;
        }
        what.nodes.insert(0, BroughtNode::new(0, title.to_owned()));
    }
    let made = Made {
        mark: mark.clone(),
        round: None,
    };
    let doc = fresh();
    let mut txn = doc.transact_mut();
    let nodes = write_meta(&mut txn, title);
    what.nodes[0].id = Arc::from(schema::ROOT);
    let (above, colours) = (Vec::new(), Colours::default());
    write(&mut txn, &nodes, above, colours, &what.nodes, &made);
    write_arrows(&mut txn, &what, mark);
    drop(txn);
    encode(&doc)
}

/// Something that children are written under.
struct Parent {
    id: Arc<str>,
    /// The order of the last child so far.
    last: Option<String>,
}

/// Writes nodes under the last of those above, or as the root where there is none.
fn write(
    txn: &mut TransactionMut<'_>,
    into: &MapRef,
    mut above: Vec<Parent>,
    mut colours: Colours,
    nodes: &[BroughtNode],
    made: &Made,
) {
    let base = above.len();
    for node in nodes {
        above.truncate(node.depth + base);
        let is_branch = above.last().is_some_and(|it| *it.id == *schema::ROOT);
        let colour = match is_branch {
            true => Some(colours.give(node.colour)),
            false => node.colour,
        };
        let place = above.last_mut().map(|parent| {
            let order = order_between(parent.last.as_deref(), None);
            let place = placed(&parent.id, &order);
            parent.last = Some(order);
            place
        });
        let links = node.links.iter().map(|(target, fit)| {
            let link = Link {
                fit: *fit,
                made: made.mark.clone(),
            };
            (Arc::from(target.as_str()), link)
        });
        let new = NewNode {
            place,
            text: &node.text,
            note: &node.note,
            kind: node.kind,
            colour,
            links: &links.collect::<Vec<_>>(),
            made: Some(made),
        };
        new.write(into, txn, &node.id);
        above.push(Parent {
            id: node.id.clone(),
            last: None,
        });
    }
}

/// Two arrows the same way between the same nodes are one.
fn write_arrows(txn: &mut TransactionMut<'_>, what: &Brought, mark: &Mark) {
    let relations = txn.get_or_insert_map(schema::RELATIONS);
    let mut seen = HashSet::new();
    for arrow in &what.arrows {
        let ends = [arrow.from, arrow.to].map(|it| what.nodes.get(it));
        let [Some(from), Some(to)] = ends else {
            continue;
        };
        if arrow.from == arrow.to || !seen.insert((arrow.from, arrow.to)) {
            continue;
        }
        let relation = Relation {
            from: from.id.clone(),
            to: to.id.clone(),
            label: Arc::from(arrow.label.as_str()),
            made: mark.clone(),
        };
        let id = Uuid::now_v7().to_string();
        relations.insert(txn, id, relation.to_any());
    }
}
