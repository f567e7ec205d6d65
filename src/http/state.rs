//! What a handler may reach.

use std::sync::Arc;

use super::attempts::Attempts;
use super::identity::Oidc;
use super::joins::Joins;
use super::known::Known;
use super::limits::ConnectionLimits;
use super::metrics::Metrics;
use super::places::Kinds;
use super::pump::Budget;
use super::readiness::Readiness;
use super::seats::Seats;
use super::sockets::Sockets;
use crate::base::time::Clock;
use crate::hub::{Cluster, Hub, HubOptions, Suggester, Typesetter};
use crate::intake::{Intake, IntakeOptions};
use crate::store::Store;

/// How this server is set up, as far as answers depend on it.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How rooms behave.
    pub hub: HubOptions,
    /// What one connection may send.
    pub budget: Budget,
    /// What connections may cost.
    pub connections: ConnectionLimits,
    /// What an import may cost.
    pub intake: IntakeOptions,
    /// Where people reach the server, such as `https://maps.example.org`; no slash at the end.
    /// Without it, links repeat the host that was asked.
    pub public_url: Option<String>,
    /// The servers beside this one, where there may be some.
    pub cluster: Option<Cluster>,
    /// The identity provider that people may sign in with.
    pub oidc: Option<Oidc>,
    /// What makes PDF and PNG.
    pub typesetter: Typesetter,
}

impl Options {
    /// Whether people reach the server by https, so that cookies need never go any other way.
    pub(super) fn is_https(&self) -> bool {
        self.public_url
            .as_deref()
            .is_some_and(|it| it.starts_with("https://"))
    }
}

/// The running server, as handlers see it. Cheap to clone; all clones are the same server.
#[derive(Clone, Debug)]
pub struct App {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// How the server is set up.
    pub options: Arc<Options>,
    /// What it measures.
    pub metrics: Metrics,
    /// The open rooms.
    pub hub: Hub,
    /// Files on their way into the catalogue.
    pub intake: Intake,
    /// What fits some words.
    pub suggester: Suggester,
    pub(super) attempts: Arc<Attempts>,
    pub(super) joins: Arc<Joins>,
    pub(super) readiness: Arc<Readiness>,
    pub(super) seats: Arc<Seats>,
    pub(super) sockets: Sockets,
    pub(super) known: Arc<Known>,
    pub(super) places: Kinds,
}

impl App {
    /// Puts a server together on the current runtime; [`super::router()`] serves it.
    pub fn new(store: Store, clock: Clock, options: Options) -> Self {
        let metrics = Metrics::default();
        let (rooms, by) = (options.hub.clone(), clock.clone());
        let hub = match options.cluster.clone() {
            Some(cluster) => Hub::among_others(store.clone(), rooms, by, cluster),
            None => Hub::new(store.clone(), rooms, by),
        };
        let intake = Intake::new(store.clone(), clock.clone(), options.intake);
        metrics.add(|registry| hub.metrics().register(registry));
        Self {
            suggester: Suggester::new(store.clone()),
            store,
            clock,
            metrics,
            hub,
            intake,
            attempts: Arc::default(),
            joins: Arc::default(),
            readiness: Arc::default(),
            seats: Arc::default(),
            sockets: Sockets::default(),
            known: Arc::default(),
            places: Kinds::new(&options.connections),
            options: Arc::new(options),
        }
    }
}
