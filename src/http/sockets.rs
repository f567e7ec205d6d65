//! The sockets that are open, so that a server that stops ends them and not the system.

use std::time::Duration;

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

/// Rooms that close end their sockets; this is for writing what was left to say.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// What the others, whose room is stuck, may take to say goodbye.
const FAREWELL: Duration = Duration::from_secs(3);

/// All sockets of a server. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Sockets {
    open: TaskTracker,
    stop: CancellationToken,
}

/// What a socket holds while it is open.
#[derive(Debug)]
pub(super) struct OpenSocket {
    _counted: TaskTrackerToken,
    stop: CancellationToken,
}

impl Sockets {
    /// Counts one more.
    pub(super) fn open(&self) -> OpenSocket {
        OpenSocket {
            _counted: self.open.token(),
            stop: self.stop.clone(),
        }
    }

    /// Waits until all are gone, and sends those away that do not go.
    pub(super) async fn end(&self) {
        self.open.close();
        if timeout(LAST_WORDS, self.open.wait()).await.is_err() {
            self.stop.cancel();
            let _ = timeout(FAREWELL, self.open.wait()).await;
        }
    }
}

impl OpenSocket {
    /// Cancelled when the server can wait no longer.
    pub(super) fn stop(&self) -> CancellationToken {
        self.stop.clone()
    }
}
