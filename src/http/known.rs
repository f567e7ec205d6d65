//! Whose secrets were seen of late: so that it can be counted for whom a request is worked on before
//! the database is asked, and while strangers ask it for all they can.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Mutex;
use std::time::Duration;

use tokio::time::Instant;

use super::places::Who;
use crate::base::lock::lock;

/// Who has not come for this long, or for twice as long, is looked up again.
const MEMORY: Duration = Duration::from_secs(5 * 60);
/// So many secrets are known at most, and as many from before those.
const SECRETS: usize = 10_000;

/// Who stands behind the secrets that were found good.
///
/// Only tells for whom something is counted. What somebody may do is looked up each time.
#[derive(Debug)]
pub(super) struct Known {
    /// Its key is random, so that nobody can make a secret up that is taken for another's.
    hasher: RandomState,
    seen: Mutex<Seen>,
}

/// By the hashes of secrets: what is used is carried over, and the rest goes with a whole table, so
/// that nobody has to look for what is old.
#[derive(Debug)]
struct Seen {
    since: Instant,
    lately: HashMap<u64, Who>,
    before: HashMap<u64, Who>,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            seen: Mutex::new(Seen {
                since: Instant::now(),
                lately: HashMap::new(),
                before: HashMap::new(),
            }),
        }
    }
}

impl Known {
    /// Who shows these, where that is known.
    pub(super) fn find<'a>(
        &self,
        mut secrets: impl Iterator<Item = &'a str>,
        now: Instant,
    ) -> Option<Who> {
        let mut seen = lock(&self.seen);
        seen.turn_over(now);
        secrets.find_map(|it| seen.find(self.hasher.hash_one(it)))
    }

    /// Keeps in mind whose a secret is.
    pub(super) fn add(&self, secret: &str, who: Who, now: Instant) {
        let mut seen = lock(&self.seen);
        seen.turn_over(now);
        seen.lately.insert(self.hasher.hash_one(secret), who);
    }

    /// One of these was not good, or is no longer.
    pub(super) fn forget<'a>(&self, secrets: impl Iterator<Item = &'a str>) {
        let mut seen = lock(&self.seen);
        for secret in secrets {
            let secret = self.hasher.hash_one(secret);
            seen.lately.remove(&secret);
            seen.before.remove(&secret);
        }
    }
}

impl Seen {
    fn turn_over(&mut self, now: Instant) {
        if SECRETS <= self.lately.len() || self.since + MEMORY <= now {
            self.before = std::mem::take(&mut self.lately);
            self.since = now;
        }
    }

    fn find(&mut self, secret: u64) -> Option<Who> {
        if let Some(who) = self.lately.get(&secret) {
            return Some(*who);
        }
        let who = self.before.remove(&secret)?;
        self.lately.insert(secret, who);
        Some(who)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::UserId;

    #[test]
    fn who_comes_is_kept_in_mind_and_who_stays_away_is_not() {
        let (known, start) = (Known::default(), Instant::now());
        let (ann, ben) = (Who::Account(UserId::new()), Who::Account(UserId::new()));
        known.add("ann", ann, start);
        known.add("ben", ben, start);

        for n in 0..20 {
            assert_eq!(
                known.find(["ann"].into_iter(), start + n * MEMORY),
                Some(ann)
            );
        }

        assert_eq!(known.find(["ben"].into_iter(), start + 20 * MEMORY), None);
    }

    #[test]
    fn what_is_refused_is_forgotten() {
        let (known, now) = (Known::default(), Instant::now());
        known.add("ann", Who::Account(UserId::new()), now);

        known.forget(["nobody", "ann"].into_iter());

        assert_eq!(known.find(["ann"].into_iter(), now), None);
    }

    #[test]
    fn a_crowd_does_not_fill_the_memory() {
        let (known, now) = (Known::default(), Instant::now());

        for n in 0..5 * SECRETS {
            known.add(&n.to_string(), Who::Account(UserId::new()), now);
        }

        let seen = lock(&known.seen);
        assert!(seen.lately.len() + seen.before.len() <= 2 * SECRETS);
    }
}
