//! What this process may take of the machine: it asks the system to keep it to that.

use rustix::process::{Resource, Rlimit, nice, setrlimit};

/// Bytes of addresses. What is really held is about a third, since each thread reserves more than
/// it uses.
const ADDRESSES: u64 = 2 << 30;
/// Seconds of processor time, of all threads together.
const SECONDS: u64 = 240;

/// Keeps to the limits from here on: whoever asks for more memory gets none and the process ends, and
/// whoever works on is ended.
pub(crate) fn keep() -> std::io::Result<()> {
    for (resource, most) in [
        (Resource::As, ADDRESSES),
        (Resource::Cpu, SECONDS),
        // Nothing is left behind of a process that ended that way.
        (Resource::Core, 0),
    ] {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit)?;
    }
    // Those who write in maps go first.
    nice(10)?;
    Ok(())
}
