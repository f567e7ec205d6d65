//! Claims about live maps in memory: what is read, admitted and refused.

mod admit;
mod hand;
mod wire;
