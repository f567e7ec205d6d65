//! How far the changes of each Yjs client are known: state vectors.

use std::collections::{BTreeMap, HashMap};

use super::lib0::{Reader, write_uint};
use super::outline::Run;

/// Adds what an update brings.
pub(super) fn extend(clocks: &mut HashMap<u64, u32>, runs: &[Run]) {
    for run in runs {
        let clock = clocks.entry(run.client).or_default();
        *clock = run.end.max(*clock);
    }
}

/// The state vector, encoded.
pub(super) fn write<'a>(
    clocks: impl IntoIterator<Item = (&'a u64, &'a u32), IntoIter: ExactSizeIterator>,
) -> Vec<u8> {
    let clocks = clocks.into_iter();
    let mut out = Vec::with_capacity(clocks.len() * 8 + 4);
    write_uint(&mut out, clocks.len() as u64);
    for (client, clock) in clocks {
        write_uint(&mut out, *client);
        write_uint(&mut out, u64::from(*clock));
    }
    out
}

/// What a state vector and `clocks` have in common, in one order, so that it is the same for all who
/// lack the same. Whatever a client claims, it is no larger than `clocks`; none where it cannot be
/// read.
pub(super) fn common(clocks: &HashMap<u64, u32>, state_vector: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::new(state_vector);
    let mut common = BTreeMap::new();
    for _ in 0..reader.uint().ok()? {
        let (client, clock) = (reader.uint().ok()?, reader.uint().ok()?);
        let known = clocks.get(&client).copied().unwrap_or(0);
        let clock = u32::try_from(clock).map_or(known, |it| it.min(known));
        if 0 < clock {
            common.insert(client, clock);
        }
    }
    Some(write(&common))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_lacks_the_same_asks_for_the_same_whatever_else_they_claim() {
        let clocks = HashMap::from([(7, 10), (8, 3)]);
        let claims = |them: &[(u64, u32)]| {
            let mut out = vec![u8::try_from(them.len()).unwrap()];
            for (client, clock) in them {
                write_uint(&mut out, *client);
                write_uint(&mut out, u64::from(*clock));
            }
            common(&clocks, &out).unwrap()
        };

        let plain = claims(&[(7, 5), (8, 3)]);

        assert_eq!(claims(&[(8, 900), (1 << 40, 6), (9, 0), (7, 5)]), plain);
        assert_eq!(claims(&[(1, 1), (2, 2)]), [0]);
        assert_eq!(common(&clocks, &[1, 7]), None);
    }
}
