//! HTTP: routes, identity, the socket.

pub mod pump;
