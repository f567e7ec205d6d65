//! The store's claims, each on both databases.

mod open;
