//! Whether what was found is found for a reason: words that mean little stand in nearly every text,
//! and something always fits them best.

use super::chatter::says_nothing;
use super::index::{Index, Posting};
use super::rank::Weights;
use super::text::Reading;

impl Index {
    /// The score that an offer needs; none where nothing is to be offered, since even the best
    /// scores low. Where the best answers much of what was asked, any score will do: so a rare name
    /// finds what bears it.
    pub(super) fn floor(
        &self,
        asked: &Reading<'_>,
        scores: &[f32],
        weights: &Weights,
    ) -> Option<f32> {
        let live = self.of.values().map(|it| (scores[*it as usize], *it));
        let (most, place) = live.max_by(|a, b| a.0.total_cmp(&b.0))?;
        let (enough, share) = weights.sure;
        if share <= self.answered(asked, place) {
            return Some(0.0);
        }
        (enough <= most).then_some(weights.floor.0)
    }

    /// The share of what is asked that a record answers, each word counting more where few records
    /// have what it says; what no record has, nobody answers.
    fn answered(&self, asked: &Reading<'_>, place: u32) -> f32 {
        let (mut all, mut answered) = (0.0, 0.0);
        for (at, word) in asked.words.iter().enumerate() {
            if says_nothing(word) {
                continue;
            }
            let stem = self.with_stem(&word.stem);
            let mut how_well: f32 = if has(stem, place) { 1.0 } else { 0.0 };
            let mut rare: f32 = 0.0;
            let meant = asked.hits.iter();
            for hit in meant.filter(|it| (it.first..=it.last).contains(&at)) {
                let list = &self.by_concept[hit.concept];
                rare = rare.max(self.rare(list));
                let near = self.thesaurus.near(hit.concept).iter();
                let near = near.filter(|it| has(&self.by_concept[it.0], place));
                let meant = if has(list, place) { 1.0 } else { 0.0 };
                how_well = near.fold(how_well.max(meant), |best, it| best.max(it.1));
            }
            if rare == 0.0 {
                rare = self.rare(stem);
            }
            all += rare;
            answered += rare * how_well;
        }
        if 0.0 < all { answered / all } else { 0.0 }
    }
}

/// Whether a record is in a list; those are in the order of places.
fn has(list: &[Posting], place: u32) -> bool {
    list.binary_search_by_key(&place, |it| it.place).is_ok()
}
