//! A lock that a panic elsewhere cannot take away.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, also where somebody panicked with the lock in hand: one request that fails must not take
/// the others with it. So what is guarded has to be right at every step, such as a value that is
/// replaced whole.
pub fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_takes_the_lock_from_nobody_else() {
        let mutex = Mutex::new(1);

        let panicked = std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let _held = lock(&mutex);
                panic!("with the lock in hand");
            });
            thread.join().is_err()
        });

        assert!(panicked && mutex.is_poisoned());
        assert_eq!(*lock(&mutex), 1);
    }
}
