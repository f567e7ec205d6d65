//! Wrong passwords, counted for each account.
//!
//! For each account and not for each address: a hundred people sit behind one address in a
//! workshop, and who guesses one account's password has many.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use crate::base::lock::lock;
use crate::base::time::Timestamp;

/// So many wrong ones are for free; then each waits until an earlier one is forgotten.
const FREE: usize = 10;
/// A wrong one is forgotten after this time.
const MEMORY: Duration = Duration::from_secs(15 * 60);
/// Whoever tries made-up addresses shall not fill the memory.
const ACCOUNTS: usize = 10_000;

/// The wrong attempts of late.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<HashMap<String, Vec<Timestamp>>>);

impl Attempts {
    /// Counts an attempt, before it is known to be wrong, so that many at once are counted too.
    /// An error says after how long to try again.
    pub(super) fn begin(&self, account: &str, now: Timestamp) -> Result<(), Duration> {
        let mut accounts = lock(&self.0);
        if ACCOUNTS <= accounts.len() && !accounts.contains_key(account) {
            make_room(&mut accounts, now);
        }
        let tries = accounts.entry(account.to_owned()).or_default();
        tries.retain(|it| remembered(*it, now));
        if let (true, Some(oldest)) = (FREE <= tries.len(), tries.first()) {
            let wait = oldest.after(MEMORY).0 - now.0;
            return Err(Duration::from_millis(wait.unsigned_abs()));
        }
        tries.push(now);
        Ok(())
    }

    /// Forgets what was counted: the password was right.
    pub(super) fn succeeded(&self, account: &str) {
        let mut accounts = lock(&self.0);
        accounts.remove(account);
    }
}

/// Forgets half of the accounts at least: those with the fewest wrong attempts of late, and of these
/// the longest ago. Whoever tries made-up addresses keeps nobody out by it, and so much at a time
/// that it is seldom gone through them all.
fn make_room(accounts: &mut HashMap<String, Vec<Timestamp>>, now: Timestamp) {
    let rank = |tries: &Vec<Timestamp>| {
        let n_remembered = tries.iter().filter(|it| remembered(**it, now)).count();
        (n_remembered, tries.last().map(|it| it.0))
    };
    let mut ranks: Vec<_> = accounts.values().map(rank).collect();
    let half = ranks.len() / 2;
    let (_, most, _) = ranks.select_nth_unstable(half);
    let most = *most;
    accounts.retain(|_, tries| most < rank(tries));
}

fn remembered(attempt: Timestamp, now: Timestamp) -> bool {
    now < attempt.after(MEMORY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_wrong_one_waits_until_the_first_is_forgotten() {
        let attempts = Attempts::default();
        let start = Timestamp(0);

        let first: Vec<_> = (0..11).map(|_| attempts.begin("ana", start)).collect();
        let other = attempts.begin("bo", start);
        let later = attempts.begin("ana", start.after(MEMORY));

        assert!(first[..10].iter().all(Result::is_ok));
        assert_eq!(first[10], Err(MEMORY));
        assert!(other.is_ok() && later.is_ok());
    }

    #[test]
    fn a_right_one_clears_the_slate() {
        let attempts = Attempts::default();

        for _ in 0..50 {
            assert!(attempts.begin("ana", Timestamp(0)).is_ok());
            attempts.succeeded("ana");
        }
    }

    #[test]
    fn made_up_addresses_do_not_fill_the_memory() {
        let attempts = Attempts::default();

        for n in 0..2 * ACCOUNTS {
            let _ = attempts.begin(&n.to_string(), Timestamp(0));
        }

        assert_eq!(attempts.0.lock().unwrap().len(), ACCOUNTS);
    }

    #[test]
    fn made_up_addresses_keep_nobody_out() {
        let attempts = Attempts::default();
        for _ in 0..3 {
            attempts.begin("guessed", Timestamp(0)).unwrap();
        }
        for made_up in 0..2 * ACCOUNTS {
            attempts.begin(&made_up.to_string(), Timestamp(1)).unwrap();
        }

        assert!(attempts.begin("ana", Timestamp(2)).is_ok());
        assert!(lock(&attempts.0).len() <= ACCOUNTS);
        assert_eq!(lock(&attempts.0)["guessed"].len(), 3);
    }
}
