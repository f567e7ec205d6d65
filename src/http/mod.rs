//! HTTP: routes, who asks, and how values look on the wire.
//!
//! Inside, each may use those before it: `metrics, limits < connections, accept, places, state < error < extract,
//! identity < crowd < api`, then `assets`, `guard`, `parameters`, and the `router`, where every route is on one page.

mod accept;
mod attempts;
mod connections;
mod joins;
mod known;
mod limits;
mod metrics;
mod outlet;
mod patience;
mod places;
mod readiness;
mod seats;
mod sockets;
mod state;

mod error;
mod extract;
mod finish;
mod identity;

mod api;
mod assets;
mod crowd;
mod docs;
mod guard;
mod health;
mod parameters;
mod pump;
mod router;
mod server;
mod socket;
mod upgrade;

pub use error::{ApiError, Code};
pub use guard::origin_is_ours;
pub use identity::{Credential, Entry, Oidc, enter};
pub use limits::{ConnectionLimits, Shares};
pub use metrics::Metrics;
pub use pump::Budget;
pub use router::{openapi, router};
pub use server::Server;
pub use state::{App, Options};
