//! A store that fails or stalls, at each step. Real databases, really broken.

pub(crate) mod saboteur;

mod commits;
mod opening;
mod outages;
mod owners;
mod slow;
mod stalls;
mod unheard;

use crate::live::scene::Scene;

/// Whether the server says that it takes commits.
async fn is_ready(scene: &Scene) -> bool {
    let reply = scene.server.browser().get("/readyz").await;
    if reply.status != 200 {
        reply.is_refused(503, "busy");
    }
    reply.status == 200
}
