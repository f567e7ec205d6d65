//! What every format is written from: a map, or a branch of it, with what is known beside it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;
use crate::base::tlp::Tlp;
use crate::mindmap::schema::{Colour, Fit, Kind};
use crate::mindmap::tree::{Tree, TreeNode};

/// What of a map goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Only the branch under this node, itself included.
    pub branch: Option<String>,
    /// Whether the notes go too.
    pub notes: bool,
    /// Whether links to the catalogue go too.
    pub links: bool,
    /// Whether the sums of votes go too.
    pub votes: bool,
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            branch: None,
            notes: true,
            links: true,
            votes: true,
        }
    }
}

/// What is known of a map outside of its document.
#[derive(Clone, Debug)]
pub struct About {
    /// What it is called in lists.
    pub title: String,
    /// The title of its session.
    pub session: String,
    /// How far the session's content may travel.
    pub tlp: Tlp,
    /// When it is exported.
    pub at: Timestamp,
    /// Sums of closed votes, by node.
    pub votes: BTreeMap<String, i64>,
    /// What is known of the records that it links, by target.
    pub cards: HashMap<String, Card>,
}

/// A record of the catalogue in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its number, such as GAP-12.
    pub handle: String,
    /// What it is called.
    pub title: String,
    /// How far it may travel.
    pub tlp: Tlp,
}

/// A map that is ready to be written.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The map's title.
    pub title: String,
    /// The title of its session.
    pub session: String,
    /// The strictest label of all that is in it.
    pub tlp: Tlp,
    /// When it was exported.
    pub at: Timestamp,
    /// What of the map is in it.
    pub parts: Parts,
    /// The nodes in reading order, the top one first.
    pub nodes: Vec<Node>,
    /// The arrows between them.
    pub arrows: Vec<Arrow>,
}

/// A node.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its id.
    pub id: Arc<str>,
    /// Index of the parent among the nodes; the top one has none.
    pub parent: Option<usize>,
    /// How far below the top it stands.
    pub depth: usize,
    /// Its words.
    pub text: String,
    /// Its note; empty where notes are left out.
    pub note: String,
    /// What it is in the discussion.
    pub kind: Option<Kind>,
    /// Its own colour.
    pub colour: Option<Colour>,
    /// The records it names; none where links are left out.
    pub links: Vec<Link>,
    /// What it got in closed votes; 0 where votes are left out.
    pub votes: i64,
    /// How many comments there are on it.
    pub comments: usize,
}

/// A node's link to a record.
#[derive(Clone, Debug)]
pub struct Link {
    /// `gap:<uuid>` or `solution:<uuid>`.
    pub target: Arc<str>,
    /// How well the target fits, where that was said.
    pub fit: Option<Fit>,
    /// The record; none where it is not there any more.
    pub card: Option<Card>,
}

/// An arrow that is not the tree, by the ids of its ends.
#[derive(Clone, Debug)]
pub struct Arrow {
    /// Its own id.
    pub id: Arc<str>,
    /// Where it starts.
    pub from: Arc<str>,
    /// Where it points.
    pub to: Arc<str>,
    /// What stands on it.
    pub label: Arc<str>,
}

impl Sheet {
    /// Puts together what goes out of a map.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `branch` when the map has no such node outside of the trash.
    pub fn of(tree: Tree, about: &About, parts: Parts) -> Result<Self, Invalid> {
        let top = match &parts.branch {
            None => 0,
            Some(branch) => {
                let top = tree.nodes.iter().position(|it| *it.id == **branch);
                let reason = "must be a node of this map that is not in the trash";
                top.ok_or_else(|| Invalid::new("branch", reason))?
            }
        };
        let base = tree.nodes[top].depth;
        let mut nodes: Vec<Node> = Vec::new();
        for (at, node) in tree.nodes.into_iter().enumerate().skip(top) {
            if top < at && node.depth <= base {
                break;
            }
            let comments = tree.comments.get(&node.id).copied().unwrap_or(0);
            let mut own = Node::of(node, about, &parts);
            own.parent = own.parent.filter(|_| top < at).map(|it| it - top);
            own.depth -= base;
            own.comments = comments;
            nodes.push(own);
        }
        let arrows = arrows(&nodes, tree.relations);
        let titles = [tree.title, about.title.clone()].into_iter();
        let title = titles.into_iter().find(|it| !it.trim().is_empty());
        let linked = nodes.iter().flat_map(|it| &it.links);
        let linked = linked.filter_map(|it| it.card.as_ref().map(|card| card.tlp));
        Ok(Self {
            title: title.unwrap_or_default(),
            session: about.session.clone(),
            // A record's title in it may travel less far than the session.
            tlp: linked.fold(about.tlp, Ord::max),
            at: about.at,
            parts,
            arrows,
            nodes,
        })
    }

    /// The label as it is written on things: `TLP:AMBER`.
    pub fn label(&self) -> String {
        format!("TLP:{}", self.tlp.as_str())
    }

    /// Whether a node has others under it.
    pub fn has_children(&self, at: usize) -> bool {
        let next = self.nodes.get(at + 1);
        next.is_some_and(|it| self.nodes[at].depth < it.depth)
    }
}

impl Node {
    fn of(node: TreeNode, about: &About, parts: &Parts) -> Self {
        let links = node.links.into_iter().filter(|_| parts.links);
        let links = links.map(|(target, link)| Link {
            card: about.cards.get(&*target).cloned(),
            fit: link.fit,
            target,
        });
        let votes = about.votes.get(&*node.id).filter(|_| parts.votes);
        Self {
            votes: votes.copied().unwrap_or(0),
            links: links.collect(),
            note: if parts.notes {
                node.note
            } else {
                String::new()
            },
            id: node.id,
            parent: node.parent,
            depth: node.depth,
            text: node.text,
            kind: node.kind,
            colour: node.colour,
            comments: 0,
        }
    }
}

impl Link {
    /// The link in words: `GAP-12 Ability to see drones (partial)`.
    pub fn words(&self) -> String {
        let mut words = match &self.card {
            // Of a record that the reader may not know, there is no title.
            Some(card) if card.title.is_empty() => card.handle.clone(),
            Some(card) => format!("{} {}", card.handle, card.title),
            None => self.target.to_string(),
        };
        if let Some(fit) = self.fit {
            words.push_str(&format!(" ({})", fit.as_str()));
        }
        words
    }
}

/// The arrows that have both ends among these nodes.
fn arrows(
    nodes: &[Node],
    relations: Vec<(Arc<str>, crate::mindmap::schema::Relation)>,
) -> Vec<Arrow> {
    let ids: std::collections::HashSet<&str> = nodes.iter().map(|it| &*it.id).collect();
    let inside = relations.into_iter();
    let inside = inside.filter(|(_, it)| ids.contains(&*it.from) && ids.contains(&*it.to));
    inside
        .map(|(id, relation)| Arrow {
            id,
            from: relation.from,
            to: relation.to,
            label: relation.label,
        })
        .collect()
}
