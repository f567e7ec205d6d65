//! What the server writes into a document that is there: edits like everybody else's, under a
//! client id of their own.

use std::sync::Arc;

use yrs::updates::decoder::Decode;
use yrs::{Transact, Update};

use super::bring::{Brought, bring};
use super::link::link;
use super::merge::merge;
use super::restore::{PastBranch, restore};
use super::reveal::{Reveal, reveal};
use super::take_back::{TakeBack, take_back};
use super::write::fresh;
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;
use crate::mindmap::schema::{self, Mark};

/// What the server is to write.
#[derive(Clone, Debug)]
pub enum Operation {
    /// Several nodes become one: it keeps its words, and gets the children and links of the others.
    /// Their words are listed in its note, and they go to the trash.
    Merge {
        /// The node that stays.
        into: String,
        /// The others.
        nodes: Vec<String>,
    },
    /// What one participant did is taken back.
    TakeBack(TakeBack),
    /// What people wrote alone appears.
    Reveal(Reveal),
    /// A branch becomes what it was at some time.
    Restore(PastBranch),
    /// What was brought from elsewhere is put under a node, behind what is there.
    Bring {
        /// The node, which is not in the trash.
        under: String,
        /// What.
        what: Arc<Brought>,
    },
    /// A node gets a link, unless it has it.
    Link {
        /// The node, which is not in the trash.
        node: String,
        /// What it leads to, as links write it.
        target: String,
    },
}

/// An update that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amended {
    /// The Yjs update, v1.
    pub update: Vec<u8>,
    /// How many nodes it changes; none, and there is nothing to write.
    pub n_nodes: usize,
}

/// Writes an operation as an update of the document `state`, in the name of `by`.
///
/// # Errors
///
/// [`Invalid`] where the operation makes no sense in this document.
pub fn amend(
    state: &[u8],
    by: &str,
    at: Timestamp,
    operation: &Operation,
) -> Result<Amended, Invalid> {
    let unreadable = |_| Invalid::new("map", "cannot be read");
    let doc = fresh();
    for root in schema::ROOTS {
        doc.get_or_insert_map(root);
    }
    let state = Update::decode_v1(state).map_err(|_| Invalid::new("map", "cannot be read"))?;
    doc.transact_mut().apply_update(state).map_err(unreadable)?;
    let mut txn = doc.transact_mut();
    let mark = Mark {
        at,
        by: Arc::from(by),
    };
    let n_nodes = match operation {
        Operation::Merge { into, nodes } => merge(&mut txn, into, nodes, &mark)?,
        Operation::TakeBack(what) => take_back(&mut txn, what, &mark),
        Operation::Reveal(what) => reveal(&mut txn, what)?,
        Operation::Restore(past) => restore(&mut txn, past),
        Operation::Bring { under, what } => bring(&mut txn, under, what, &mark)?,
        Operation::Link { node, target } => link(&mut txn, node, target, &mark)?,
    };
    Ok(Amended {
        update: txn.encode_update_v1(),
        n_nodes,
    })
}
