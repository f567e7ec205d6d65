//! Claims about live maps in memory: what is read, admitted and refused.

mod admit;
mod bounds;
pub(crate) mod hand;
mod whereabouts;
mod wire;
