//! What people wrote alone, put into the map under nobody's name.

use yrs::{Map, TransactionMut, WriteTxn};

use super::colours::Colours;
use super::moves::spot_of;
use super::write::{NewNode, placed};
use crate::base::id::RoundId;
use crate::base::invalid::Invalid;
use crate::mindmap::order::order_between;
use crate::mindmap::schema;
use crate::mindmap::tree::read_in;

/// Ideas that appear in the map together.
#[derive(Clone, Debug)]
pub struct Reveal {
    /// The round that they were written in.
    pub round: RoundId,
    /// The node under which they appear.
    pub under: String,
    /// The ideas, in the order in which they stand.
    pub ideas: Vec<Unlabelled>,
}

/// An idea of nobody in particular.
#[derive(Clone, Debug)]
pub struct Unlabelled {
    /// The id of the node that it becomes.
    pub node: String,
    /// What it says.
    pub text: String,
    /// What there is to say beyond that.
    pub note: String,
}

/// Puts the ideas behind the children that the node has. They bear no mark of who made them and
/// when. One that stands in the document already is passed over. Answers with how many were not.
pub(super) fn reveal(txn: &mut TransactionMut<'_>, what: &Reveal) -> Result<usize, Invalid> {
    let tree = read_in(txn);
    let under = tree.nodes.iter().position(|it| *it.id == *what.under);
    let under = under.ok_or_else(|| Invalid::new("node", "must be a node of the map"))?;
    let last = (0..tree.nodes.len()).rfind(|it| tree.nodes[*it].parent == Some(under));
    let mut last = last
        .and_then(|it| spot_of(txn, &tree, it))
        .map(|it| it.order.to_string());
    let mut colours = (under == 0).then(|| Colours::of(&tree));
    let nodes = txn.get_or_insert_map(schema::NODES);
    let mut n_new = 0;
    for idea in &what.ideas {
        if nodes.contains_key(txn, &idea.node) {
            continue;
        }
        let order = order_between(last.as_deref(), None);
        let node = NewNode {
            place: Some(placed(&tree.nodes[under].id, &order)),
            text: &idea.text,
            note: &idea.note,
            colour: colours.as_mut().map(|it| it.give(None)),
            ..NewNode::default()
        };
        node.write(&nodes, txn, &idea.node);
        last = Some(order);
        n_new += 1;
    }
    Ok(n_new)
}
