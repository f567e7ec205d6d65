//! What `/metrics` tells: a registry of this app's own, so that many can run in one process.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::base::lock::lock;

/// Upper bounds of the answer times, in seconds.
const SECONDS: [f64; 9] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];

/// What one answer is counted under. Routes are patterns, so their number is bounded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    method: &'static str,
    route: String,
    status: u16,
}

/// The measurements of one app. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Arc<Mutex<Registry>>,
    requests: Family<Answer, Counter>,
    seconds: Histogram,
    turned_away: Counter,
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self {
            registry: Arc::default(),
            requests: Family::default(),
            seconds: Histogram::new(SECONDS),
            turned_away: Counter::default(),
        };
        metrics.add(|registry| {
            let requests = metrics.requests.clone();
            registry.register("gapmap_http_requests", "HTTP answers", requests);
            let seconds = metrics.seconds.clone();
            registry.register("gapmap_http_seconds", "Time to an HTTP answer", seconds);
            let turned_away = metrics.turned_away.clone();
            let help = "Connections and requests that were told to come again";
            registry.register("gapmap_http_turned_away", help, turned_away);
        });
        metrics
    }
}

impl Metrics {
    /// Lets another floor add its families.
    pub fn add(&self, register: impl FnOnce(&mut Registry)) {
        register(&mut lock(&self.registry));
    }

    pub(super) fn answered(
        &self,
        method: &axum::http::Method,
        route: &str,
        status: u16,
        took: Duration,
    ) {
        let answer = Answer {
            method: known(method),
            route: route.to_owned(),
            status,
        };
        self.requests.get_or_create(&answer).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// One more connection or request than the server takes.
    pub(super) fn turned_away(&self) {
        self.turned_away.inc();
    }

    /// All families in Prometheus' text format.
    pub(super) fn text(&self) -> String {
        let registry = lock(&self.registry);
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &registry);
        text
    }
}

/// A method's name, out of a closed list: a client may make methods up.
fn known(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        _ => "other",
    }
}
