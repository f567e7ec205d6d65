//! What the catalogue says, in a form that answers questions fast.
//!
//! Records come in and change one at a time. One that changed gets a new place, and its old one is
//! dead; when a quarter of all places is dead, the lists are written anew without them. Texts are
//! not kept: an index of a hundred thousand records takes some tens of megabytes.

use std::collections::{HashMap, HashSet};

use super::document::{Document, FitLink};
use super::spelling::Spelling;
use super::text::{self, Reading};
use super::thesaurus::{Hit, Thesaurus};
use crate::base::id::RecordId;
use crate::catalogue::kind::RecordKind;

/// A record that has a word or a concept, and how much.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    pub(super) place: u32,
    pub(super) much: f32,
}

/// A record in the index.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) kind: RecordKind,
    pub(super) id: RecordId,
    pub(super) is_live: bool,
    /// How much it says: in words, and in concepts.
    pub(super) words: f32,
    pub(super) concepts: f32,
}

/// The index.
#[derive(Debug)]
pub struct Index {
    pub(super) thesaurus: &'static Thesaurus,
    pub(super) spelling: Spelling,
    stems: HashMap<Box<str>, u32>,
    pub(super) by_stem: Vec<Vec<Posting>>,
    pub(super) by_concept: Vec<Vec<Posting>>,
    pub(super) places: Vec<Place>,
    pub(super) of: HashMap<RecordId, u32>,
    fits: HashMap<RecordId, FitLink>,
    /// The fits of a gap or a solution.
    fits_of: HashMap<RecordId, Vec<RecordId>>,
    /// What all live places say together: words, concepts.
    pub(super) total: (f64, f64),
}

impl Default for Index {
    fn default() -> Self {
        Self::new(Thesaurus::standard())
    }
}

impl Index {
    /// An index of nothing yet.
    pub fn new(thesaurus: &'static Thesaurus) -> Self {
        let mut spelling = Spelling::default();
        for (_, word) in &thesaurus.spellings {
            spelling.learn(word, true);
        }
        Self {
            thesaurus,
            spelling,
            stems: HashMap::new(),
            by_stem: Vec::new(),
            by_concept: vec![Vec::new(); thesaurus.len()],
            places: Vec::new(),
            of: HashMap::new(),
            fits: HashMap::new(),
            fits_of: HashMap::new(),
            total: (0.0, 0.0),
        }
    }

    /// How many records can be offered.
    pub fn len(&self) -> usize {
        self.of.len()
    }

    /// Whether there is nothing to offer.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Takes a record in, in place of what it said before; or out, where it may not be offered.
    pub fn put(&mut self, document: &Document) {
        self.remove(document.id);
        if !document.is_offered {
            return;
        }
        let place = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let (mut stems, mut concepts) = (HashMap::new(), HashMap::new());
        for (weight, text) in &document.texts {
            self.add_text(*weight, text, &mut stems, &mut concepts);
        }
        let said = |it: &HashMap<u32, f32>| it.values().sum::<f32>();
        let (n_words, n_concepts) = (said(&stems), said(&concepts));
        for (lists, much) in [(&mut self.by_stem, stems), (&mut self.by_concept, concepts)] {
            for (number, much) in much {
                lists[number as usize].push(Posting { place, much });
            }
        }
        self.places.push(Place {
            kind: document.kind,
            id: document.id,
            is_live: true,
            words: n_words,
            concepts: n_concepts,
        });
        self.total.0 += f64::from(n_words);
        self.total.1 += f64::from(n_concepts);
        self.of.insert(document.id, place);
    }

    fn add_text(
        &mut self,
        weight: f32,
        text: &str,
        stems: &mut HashMap<u32, f32>,
        concepts: &mut HashMap<u32, f32>,
    ) {
        let reading = text::read(self.thesaurus, None, text, "");
        for word in reading.words.iter().filter(|it| !it.is_small) {
            self.spelling.learn(&word.plain, true);
            let next = u32::try_from(self.by_stem.len()).unwrap_or(u32::MAX);
            let number = *self.stems.entry(word.stem.as_str().into()).or_insert(next);
            if number == next {
                self.by_stem.push(Vec::new());
            }
            *stems.entry(number).or_default() += weight;
        }
        for (concept, much) in spoken_of(&reading) {
            let number = u32::try_from(concept).unwrap_or(u32::MAX);
            *concepts.entry(number).or_default() += weight * much;
        }
    }

    /// Takes a record out.
    pub fn remove(&mut self, id: RecordId) {
        let Some(place) = self.of.remove(&id) else {
            return;
        };
        let place = &mut self.places[place as usize];
        place.is_live = false;
        self.total.0 -= f64::from(place.words);
        self.total.1 -= f64::from(place.concepts);
        let dead = self.places.len() - self.of.len();
        if 1000 < dead && self.places.len() < 4 * dead {
            self.tidy();
        }
    }

    /// Writes all lists anew without dead places.
    fn tidy(&mut self) {
        let mut moved = vec![None; self.places.len()];
        let live = moved.iter_mut().zip(&self.places).filter(|it| it.1.is_live);
        for (next, (new, place)) in (0_u32..).zip(live) {
            *new = Some(next);
            self.of.insert(place.id, next);
        }
        self.places.retain(|it| it.is_live);
        for list in self.by_stem.iter_mut().chain(&mut self.by_concept) {
            let live = list
                .iter()
                .filter_map(|it| moved[it.place as usize].map(|place| Posting { place, ..*it }));
            *list = live.collect();
        }
    }

    /// Takes a fit in, in place of what it said before.
    pub fn put_fit(&mut self, fit: FitLink) {
        if self.fits.insert(fit.id, fit).is_none() {
            for end in [fit.gap, fit.solution] {
                self.fits_of.entry(end).or_default().push(fit.id);
            }
        }
    }

    /// Takes a fit out.
    pub fn remove_fit(&mut self, id: RecordId) {
        let Some(fit) = self.fits.remove(&id) else {
            return;
        };
        for end in [fit.gap, fit.solution] {
            if let Some(fits) = self.fits_of.get_mut(&end) {
                fits.retain(|it| *it != id);
            }
        }
    }

    /// The fits of a gap or a solution.
    pub(super) fn fits_of(&self, id: RecordId) -> impl Iterator<Item = &FitLink> {
        let fits = self.fits_of.get(&id).into_iter().flatten();
        fits.filter_map(|it| self.fits.get(it))
    }

    /// What has a fit with a gap, of whatever state but superseded.
    pub(super) fn known_to_fit(&self, gap: RecordId) -> HashSet<RecordId> {
        let known = self.fits_of(gap).filter(|it| it.is_known);
        known.map(|it| it.solution).collect()
    }

    /// The records that have a word with this stem.
    pub(super) fn with_stem(&self, stem: &str) -> &[Posting] {
        let number = self.stems.get(stem);
        number.map_or(&[], |it| self.by_stem[*it as usize].as_slice())
    }
}

/// How much a text speaks of each concept. What is inside of a longer phrase counts less, and a word
/// that stands for several concepts counts less for each.
pub(super) fn spoken_of(reading: &Reading<'_>) -> HashMap<usize, f32> {
    let mut best: HashMap<(usize, usize), f32> = HashMap::new();
    for hit in &reading.hits {
        let is_inside = |other: &Hit| {
            other.first <= hit.first
                && hit.last <= other.last
                && hit.last - hit.first < other.last - other.first
        };
        let within = if reading.hits.iter().any(is_inside) {
            0.4
        } else {
            1.0
        };
        let much = best.entry((hit.first, hit.concept)).or_default();
        *much = much.max(hit.weight * within);
    }
    let mut meanings: HashMap<usize, f32> = HashMap::new();
    for (first, _) in best.keys() {
        *meanings.entry(*first).or_default() += 1.0;
    }
    let mut all: HashMap<usize, Vec<f32>> = HashMap::new();
    for ((first, concept), much) in best {
        all.entry(concept)
            .or_default()
            .push(much / meanings[&first].powf(0.3));
    }
    let sum = |much: Vec<f32>| {
        let most = much.iter().copied().fold(0.0, f32::max);
        most + 0.3 * (much.iter().sum::<f32>() - most).min(2.0)
    };
    all.into_iter()
        .map(|(concept, much)| (concept, sum(much)))
        .collect()
}
