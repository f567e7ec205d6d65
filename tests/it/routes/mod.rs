//! The API over real connections, a file for each resource as the addresses run.

mod audit;
mod catalogue;
mod coverage;
mod docs;
mod groups;
mod health;
mod imports;
mod invites;
mod join;
mod map_imports;
mod maps;
mod me;
mod oidc;
mod participants;
mod provider;
mod refusals;
mod report_words;
mod reports;
mod rounds;
mod search;
mod sessions;
mod suggest;
mod tokens;
mod users;
mod web;
