//! The store's claims, each on both databases.

mod audit;
mod catalogue;
mod catalogue_lists;
mod copy;
mod full;
mod import_steps;
mod imports;
mod join;
mod log;
mod older;
mod open;
mod people;
mod races;
mod readings;
mod servers;
mod sessions;
