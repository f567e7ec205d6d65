//! Live maps in memory: frames in, frames out. Channels, but no socket and no disk.

pub mod admit;
pub mod authors;
pub mod authorship;
pub mod backlog;
mod bounds;
mod clocks;
pub mod delivery;
pub mod framing;
pub mod lib0;
pub mod outline;
pub mod presence;
pub mod protocol;
mod ranges;
pub mod replica;
pub mod rewind;
pub mod room;
pub mod rules;
pub mod state;
pub mod stream;
mod value;
pub mod whereabouts;
pub mod wire;
