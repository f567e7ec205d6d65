//! Ranking: how well each record of an index fits a question.

use std::collections::HashMap;

use super::chatter::says_nothing;
use super::index::{Index, Posting, spoken_of};
use super::text::{self, Reading};
use super::{Question, Suggestion};
use crate::base::id::RecordId;
use crate::catalogue::kind::RecordKind;

/// How much each way of finding a record counts. The benchmark turns them off one by one.
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    /// Concepts of the thesaurus.
    pub concepts: f32,
    /// Concepts near those.
    pub near: f32,
    /// Words.
    pub words: f32,
    /// The words of the branch, against those of the node.
    pub path: f32,
    /// What speaks for a gap speaks for its solutions.
    pub gap_to_solution: f32,
    /// The other way round.
    pub solution_to_gap: f32,
    /// Whether misspelt words are mended.
    pub mends: bool,
    /// What nothing below is offered: of the scale of scores, and of the best one of its kind.
    pub floor: (f32, f32),
    /// What the best has to reach for anything to be offered: of the scale of scores, or of what is
    /// asked, as a share.
    pub sure: (f32, f32),
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            concepts: 1.0,
            near: 0.4,
            words: 0.5,
            path: 0.25,
            gap_to_solution: 0.7,
            solution_to_gap: 0.3,
            mends: true,
            floor: (2.5, 0.3),
            sure: (6.0, 1.0 / 3.0),
        }
    }
}

/// How soon saying more of the same counts no more, and how much long records lose.
const SOON: f32 = 1.0;
const LENGTH: f32 = 0.3;
/// In a catalogue of fewer records, a word is as rare as in one of so many: what one of five records
/// says is no common word of the field.
const FEW: f32 = 80.0;
/// The score that is shown as one half.
const HALF: f32 = 8.0;

/// What a question asks for: concepts, and stems of words, each with how much.
#[derive(Debug, Default)]
struct Asked {
    concepts: HashMap<usize, f32>,
    stems: HashMap<String, f32>,
}

impl Index {
    /// The records that fit, the best first: gaps, then solutions. Where nothing fits, nothing.
    pub fn suggest(&self, question: &Question) -> Vec<Suggestion> {
        self.suggest_by(question, &Weights::default())
    }

    /// The same with other weights.
    pub fn suggest_by(&self, question: &Question, weights: &Weights) -> Vec<Suggestion> {
        let branch = question.path.join(" / ");
        let text = self.read(&question.text, &branch, weights);
        let mut scores = self.scores(&self.asked(&text, weights), weights);
        if 0.0 < weights.path && !branch.is_empty() {
            let around = self.read(&branch, &question.text, weights);
            let around = self.scores(&self.asked(&around, weights), weights);
            for (score, around) in scores.iter_mut().zip(around) {
                // The branch says which of those that the node's words name; it names none itself.
                *score += (weights.path * around).min(*score);
            }
        }
        let scores = self.spread(&scores, weights);
        let floor = match question.gap {
            // Whoever seeks solutions for a gap also wants to see what only comes near.
            Some(_) => Some(weights.floor.0),
            None => self.floor(&text, &scores, weights),
        };
        let Some(floor) = floor else {
            return Vec::new();
        };
        let least = (floor, weights.floor.1);
        let kinds = [RecordKind::Gap, RecordKind::Solution];
        let asked = kinds
            .into_iter()
            .filter(|it| question.kind.is_none_or(|kind| kind == *it));
        asked
            .flat_map(|kind| self.best(kind, &scores, question, least))
            .collect()
    }

    fn read<'a>(&self, text: &'a str, context: &str, weights: &Weights) -> Reading<'a> {
        let spelling = weights.mends.then_some(&self.spelling);
        text::read(self.thesaurus, spelling, text, context)
    }

    fn asked(&self, reading: &Reading<'_>, weights: &Weights) -> Asked {
        let mut asked = Asked::default();
        if reading.words.iter().all(says_nothing) {
            return asked;
        }
        let spoken = spoken_of(reading);
        for (concept, much) in &spoken {
            asked.concepts.insert(*concept, weights.concepts * much);
        }
        for (concept, much) in &spoken {
            for (near, how_near) in self.thesaurus.near(*concept) {
                let much = weights.near * how_near * much * weights.concepts;
                let it = asked.concepts.entry(*near).or_default();
                *it = it.max(much);
            }
        }
        for word in reading.words.iter().filter(|it| !it.is_small) {
            asked.stems.insert(word.stem.clone(), weights.words);
        }
        asked
    }

    /// How well each place fits what is asked, by its own words.
    fn scores(&self, asked: &Asked, weights: &Weights) -> Vec<f32> {
        let mut scores = vec![0.0; self.places.len()];
        let average = |total: f64| (total / self.of.len().max(1) as f64).max(1.0) as f32;
        let (words, concepts) = (average(self.total.0), average(self.total.1));
        for (concept, much) in &asked.concepts {
            let list = &self.by_concept[*concept];
            self.add(&mut scores, list, *much, |it| {
                self.places[it].concepts / concepts
            });
        }
        if 0.0 < weights.words {
            for (stem, much) in &asked.stems {
                let list = self.with_stem(stem);
                self.add(&mut scores, list, *much, |it| self.places[it].words / words);
            }
        }
        scores
    }

    fn add(&self, scores: &mut [f32], list: &[Posting], asked: f32, length: impl Fn(usize) -> f32) {
        let rare = self.rare(list);
        for it in list {
            let place = it.place as usize;
            let long = SOON * (1.0 - LENGTH + LENGTH * length(place));
            scores[place] += asked * rare * it.much * (SOON + 1.0) / (it.much + long);
        }
    }

    /// How much it says to be in a list: more where few are.
    pub(super) fn rare(&self, list: &[Posting]) -> f32 {
        let live = list
            .iter()
            .filter(|it| self.places[it.place as usize].is_live);
        let (all, n) = ((self.of.len() as f32).max(FEW), live.count() as f32);
        (1.0 + (all - n + 0.5).max(0.5) / (n + 0.5)).ln()
    }

    /// What speaks for a gap speaks for the solutions that fit it, and the other way round.
    fn spread(&self, scores: &[f32], weights: &Weights) -> Vec<f32> {
        let mut spread = scores.to_vec();
        for (at, place) in self.places.iter().enumerate().filter(|it| it.1.is_live) {
            if scores[at] <= 0.0 {
                continue;
            }
            let is_gap = place.kind == RecordKind::Gap;
            let share = if is_gap {
                weights.gap_to_solution
            } else {
                weights.solution_to_gap
            };
            for fit in self.fits_of(place.id) {
                let other = if is_gap { fit.solution } else { fit.gap };
                if let Some(to) = self.of.get(&other) {
                    let to = *to as usize;
                    let with = scores[to] + share * fit.strength * scores[at];
                    spread[to] = spread[to].max(with);
                }
            }
        }
        spread
    }

    fn best(
        &self,
        kind: RecordKind,
        scores: &[f32],
        question: &Question,
        (least, share): (f32, f32),
    ) -> Vec<Suggestion> {
        let known = match question.gap {
            Some(gap) => self.known_to_fit(gap),
            None => Default::default(),
        };
        let is_asked = |id: RecordId| question.gap != Some(id) && !known.contains(&id);
        let places = self.places.iter().zip(scores);
        let of_kind = places.filter(|it| it.0.is_live && it.0.kind == kind && 0.0 < *it.1);
        let mut found: Vec<(f32, RecordId)> = of_kind
            .filter(|it| is_asked(it.0.id))
            .map(|it| (*it.1, it.0.id))
            .collect();
        let most = found.iter().map(|it| it.0).fold(0.0, f32::max);
        let least = least.max(share * most);
        found.retain(|it| least <= it.0);
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(question.limit);
        let suggestion = |(score, id)| Suggestion {
            kind,
            id,
            score: score / (score + HALF),
        };
        found.into_iter().map(suggestion).collect()
    }
}
