//! How often people join: by one invite, and on one device.
//!
//! By these and never by address: a hundred people sit behind one. Each server counts for itself.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;
use std::time::Duration;

use crate::base::id::{InviteId, ParticipantId};
use crate::base::lock::lock;
use crate::base::time::Timestamp;

/// What joining takes of the time of an invite or a device, and how far joining may run ahead of it.
#[derive(Clone, Copy, Debug)]
struct Allowance {
    each: Duration,
    ahead: Duration,
}

/// Newcomers by one invite: a hall of five hundred who scan one code at once come in.
const FIRST: Allowance = Allowance {
    each: Duration::from_secs(1),
    ahead: Duration::from_secs(500),
};
/// Those who are in already and join again, which a page does once.
const AGAIN: Allowance = Allowance {
    each: Duration::from_secs(10),
    ahead: Duration::from_secs(300),
};
/// So many are remembered; beyond that, who has least to wait for is forgotten.
const KNOWN: usize = 1024;

/// The joins of late.
#[derive(Debug, Default)]
pub(super) struct Joins {
    invites: Paid<InviteId>,
    participants: Paid<ParticipantId>,
}

impl Joins {
    /// Counts a newcomer. An error says after how long to try again.
    pub(super) fn first(&self, by: InviteId, now: Timestamp) -> Result<(), Duration> {
        self.invites.take(by, FIRST, now)
    }

    /// Counts somebody who is in already.
    pub(super) fn again(&self, who: ParticipantId, now: Timestamp) -> Result<(), Duration> {
        self.participants.take(who, AGAIN, now)
    }
}

/// Until when what each did so far is paid for.
#[derive(Debug)]
struct Paid<K>(Mutex<HashMap<K, Timestamp>>);

impl<K> Default for Paid<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Copy + Eq + Hash> Paid<K> {
    fn take(&self, who: K, allowed: Allowance, now: Timestamp) -> Result<(), Duration> {
        let mut all = lock(&self.0);
        if KNOWN <= all.len() && !all.contains_key(&who) {
            all.retain(|_, until| now < *until);
            let least = all.iter().min_by_key(|(_, until)| until.0);
            if let (true, Some(least)) = (KNOWN <= all.len(), least.map(|it| *it.0)) {
                all.remove(&least);
            }
        }
        let until = all.entry(who).or_insert(now);
        let furthest = now.after(allowed.ahead);
        // A clock that was set back shall keep nobody waiting for longer.
        let paid = (*until).clamp(now, furthest).after(allowed.each);
        let wait = paid.0 - furthest.0;
        if 0 < wait {
            return Err(Duration::from_millis(wait.unsigned_abs()));
        }
        *until = paid;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hall_comes_in_at_once_and_a_loop_goes_on_at_a_walk() {
        let joins = Joins::default();
        let (link, other, start) = (InviteId::new(), InviteId::new(), Timestamp(0));

        let let_in = (0..10_000)
            .filter(|_| joins.first(link, start).is_ok())
            .count();

        assert_eq!(let_in, 500);
        let second = Duration::from_secs(1);
        assert_eq!(joins.first(link, start), Err(second));
        assert!(joins.first(other, start).is_ok());
        assert!(joins.first(link, start.after(second)).is_ok());
        assert!(joins.first(link, start.after(second)).is_err());
    }

    #[test]
    fn who_joins_again_and_again_waits_and_nobody_else_does() {
        let joins = Joins::default();
        let (eve, ann, now) = (ParticipantId::new(), ParticipantId::new(), Timestamp(0));

        let let_in = (0..100).filter(|_| joins.again(eve, now).is_ok()).count();

        assert_eq!(let_in, 30);
        assert!(joins.again(ann, now).is_ok());
    }

    #[test]
    fn so_many_are_remembered_and_no_more() {
        let joins = Joins::default();
        let (busy, now) = (InviteId::new(), Timestamp(0));
        while joins.first(busy, now).is_ok() {}

        for _ in 0..2 * KNOWN {
            assert!(joins.first(InviteId::new(), now).is_ok());
        }

        assert_eq!(lock(&joins.invites.0).len(), KNOWN);
        assert!(joins.first(busy, now).is_err());
        let later = now.after(Duration::from_secs(3600));
        assert!(joins.first(InviteId::new(), later).is_ok());
        assert_eq!(lock(&joins.invites.0).len(), 1);
    }
}
