//! Sets of clocks: what is deleted.

use std::collections::HashMap;

use super::outline::{Id, Run};

/// So many are put in one by one; more are put in together, so that the time does not grow with the
/// product of what comes and what is there.
const FEW: usize = 8;

/// The clocks of each client that are in the set, in order.
#[derive(Debug, Default)]
pub(super) struct Ranges(HashMap<u64, Vec<(u32, u32)>>);

impl Ranges {
    pub(super) fn contains(&self, id: Id) -> bool {
        let run = Run {
            client: id.client,
            start: id.clock,
            end: id.clock + 1,
        };
        self.outside(&[run]).is_empty()
    }

    /// The parts of `runs` that are not in the set.
    pub(super) fn outside(&self, runs: &[Run]) -> Vec<Run> {
        let mut outside = Vec::new();
        for run in runs {
            let ranges = self.0.get(&run.client).map_or(&[][..], |it| &it[..]);
            let mut start = run.start;
            let from = ranges.partition_point(|it| it.1 <= start);
            for &(within, end) in &ranges[from..] {
                if run.end <= within {
                    break;
                }
                if start < within {
                    let end = within;
                    outside.push(Run { start, end, ..*run });
                }
                start = start.max(end);
            }
            if start < run.end {
                outside.push(Run { start, ..*run });
            }
        }
        outside
    }

    /// Puts in runs that are [outside](Self::outside) and do not overlap, those of a client together.
    pub(super) fn add(&mut self, runs: &[Run]) {
        for of_client in runs.chunk_by(|one, next| one.client == next.client) {
            let ranges = self.0.entry(of_client[0].client).or_default();
            if of_client.len() <= FEW {
                for run in of_client {
                    let at = ranges.partition_point(|it| it.1 <= run.start);
                    ranges.insert(at, (run.start, run.end));
                }
                continue;
            }
            ranges.extend(of_client.iter().map(|it| (it.start, it.end)));
            // Stable sorting takes two runs that are in order each for what they are.
            ranges.sort();
            ranges.dedup_by(|next, before| {
                let touches = before.1 == next.0;
                if touches {
                    before.1 = next.1;
                }
                touches
            });
        }
    }
}

impl FromIterator<Run> for Ranges {
    /// Of runs in order, of which none overlap.
    fn from_iter<I: IntoIterator<Item = Run>>(runs: I) -> Self {
        let mut ranges: HashMap<u64, Vec<(u32, u32)>> = HashMap::new();
        for run in runs {
            let of_client = ranges.entry(run.client).or_default();
            of_client.push((run.start, run.end));
        }
        Self(ranges)
    }
}

/// Puts runs into order and makes one of those that overlap; whether some did.
pub(super) fn put_in_order(runs: &mut Vec<Run>) -> bool {
    let is_next = |one: &Run, next: &Run| (one.client, one.end) <= (next.client, next.start);
    if runs.is_sorted_by(is_next) {
        return false;
    }
    runs.sort_by_key(|it| (it.client, it.start));
    let mut overlap = false;
    runs.dedup_by(|next, before| {
        let overlaps = before.client == next.client && next.start < before.end;
        if overlaps {
            before.end = before.end.max(next.end);
            overlap = true;
        }
        overlaps
    });
    overlap
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn run(client: u64, start: u32, length: u32) -> Run {
        let end = start + length;
        Run { client, start, end }
    }

    fn clocks<'a>(runs: impl IntoIterator<Item = &'a Run>) -> HashSet<(u64, u32)> {
        let each = |it: &Run| (it.start..it.end).map(|clock| (it.client, clock)).collect();
        runs.into_iter()
            .flat_map(|it| -> Vec<_> { each(it) })
            .collect()
    }

    proptest! {
        #[test]
        fn what_is_put_in_is_there_and_nothing_else(
            batches in proptest::collection::vec(
                proptest::collection::vec((0u64..2, 0u32..60, 1u32..6), 0..30), 1..6),
        ) {
            let (mut ranges, mut model) = (Ranges::default(), HashSet::new());
            for batch in batches {
                let mut runs: Vec<Run> = batch.into_iter().map(|(a, b, c)| run(a, b, c)).collect();
                let said = clocks(&runs);
                put_in_order(&mut runs);
                prop_assert_eq!(&clocks(&runs), &said);

                let outside = ranges.outside(&runs);
                let fresh: HashSet<_> = said.difference(&model).copied().collect();
                prop_assert_eq!(clocks(&outside), fresh);
                ranges.add(&outside);
                model.extend(said);
            }
            for client in 0..2 {
                for clock in 0..70 {
                    let id = Id { client, clock };
                    prop_assert_eq!(ranges.contains(id), model.contains(&(client, clock)));
                }
            }
        }
    }

    #[test]
    fn runs_that_overlap_are_noticed_and_those_that_touch_are_fine() {
        let mut touching = vec![run(7, 0, 3), run(7, 3, 1), run(9, 0, 5), run(8, 0, 5)];
        let mut twice = vec![run(7, 0, 3), run(9, 0, 1), run(7, 2, 9)];

        assert!(!put_in_order(&mut touching));
        assert!(put_in_order(&mut twice));

        assert_eq!(twice, [run(7, 0, 11), run(9, 0, 1)]);
    }
}
