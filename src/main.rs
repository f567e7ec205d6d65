//! The `gapmap` program: hands over to the library.

use std::process::ExitCode;

use tikv_jemallocator::Jemalloc;

/// Gives back what rooms and connections no longer use, also from between what lives on; the
/// system's own keeps it. `.cargo/config.toml` says how soon.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    gapmap::cli::run()
}
