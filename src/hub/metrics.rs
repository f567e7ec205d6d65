//! What an operator can see of the rooms.

use std::sync::Arc;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// The code of a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Code {
    /// As in the nack.
    pub code: &'static str,
}

/// Counters of one server; clones share them.
#[derive(Clone, Debug)]
pub struct Metrics(Arc<Families>);

/// The families behind [`Metrics`].
#[derive(Debug)]
pub struct Families {
    /// Rooms that are open now.
    pub rooms: Gauge,
    /// Documents that are in memory now.
    pub documents: Gauge,
    /// Sockets that are connected now.
    pub connections: Gauge,
    /// Updates committed.
    pub edits: Counter,
    /// Frames refused, by code.
    pub refusals: Family<Code, Counter>,
    /// Connections that fell out of a room's window and got a diff.
    pub resyncs: Counter,
    /// Snapshots written.
    pub snapshots: Counter,
    /// Updates that another server committed and that were shown here.
    pub followed: Counter,
    /// Maps taken from another server.
    pub takeovers: Counter,
    /// Seconds that a commit took.
    pub commit_seconds: Histogram,
}

impl std::ops::Deref for Metrics {
    type Target = Families;

    fn deref(&self) -> &Families {
        &self.0
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let seconds = [
            0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0,
        ];
        Self(Arc::new(Families {
            rooms: Gauge::default(),
            documents: Gauge::default(),
            connections: Gauge::default(),
            edits: Counter::default(),
            refusals: Family::default(),
            resyncs: Counter::default(),
            snapshots: Counter::default(),
            followed: Counter::default(),
            takeovers: Counter::default(),
            commit_seconds: Histogram::new(seconds),
        }))
    }
}

impl Metrics {
    /// Puts all families into a registry, under names that begin with `gapmap_`.
    pub fn register(&self, registry: &mut Registry) {
        let registry = registry.sub_registry_with_prefix("gapmap");
        registry.register("rooms", "Rooms that are open", self.rooms.clone());
        registry.register("documents", "Documents in memory", self.documents.clone());
        registry.register("connections", "Connected sockets", self.connections.clone());
        registry.register("edits", "Updates committed", self.edits.clone());
        registry.register("refusals", "Frames refused", self.refusals.clone());
        registry.register("resyncs", "Diffs to slow connections", self.resyncs.clone());
        registry.register("snapshots", "Snapshots written", self.snapshots.clone());
        registry.register(
            "followed_edits",
            "Updates of other servers' commits",
            self.followed.clone(),
        );
        registry.register(
            "takeovers",
            "Maps taken from another server",
            self.takeovers.clone(),
        );
        registry.register(
            "commit_seconds",
            "Seconds that a commit took",
            self.commit_seconds.clone(),
        );
    }
}
