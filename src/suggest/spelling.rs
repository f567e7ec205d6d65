//! Mending misspelt words: a word that nobody knows stands for a known one that differs in one
//! letter, or in two where both are long.

use std::collections::{HashMap, HashSet};

/// Shorter words are not mended: too many others are near.
const SHORTEST: usize = 5;
/// From this length on, two letters may differ.
const LONG: usize = 9;

/// The words that are known.
#[derive(Clone, Debug, Default)]
pub struct Spelling {
    known: HashSet<String>,
    /// Known words, by what is left of them without one of their letters.
    without: HashMap<u64, Vec<u32>>,
    words: Vec<String>,
}

impl Spelling {
    /// Learns a word. `may_mend`: others may be mended to it.
    pub fn learn(&mut self, word: &str, may_mend: bool) {
        if !self.known.insert(word.to_owned()) || !may_mend || word.chars().count() < SHORTEST {
            return;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.to_owned());
        for key in keys(word) {
            self.without.entry(key).or_default().push(number);
        }
    }

    /// The known word that a misspelt one stands for; none for a word that is known, or near none.
    pub fn mend(&self, word: &str) -> Option<String> {
        let letters = word.chars().count();
        if letters < SHORTEST || self.is_known(word) {
            return None;
        }
        let whole = self.nearest(word, letters);
        // Known beginnings stand for many words: what comes behind one is kept.
        let mut best = whole.map(|(distance, it)| (distance, it.to_owned()));
        let ends: Vec<usize> = word.char_indices().map(|it| it.0).collect();
        for end in ends.into_iter().skip(SHORTEST + 1) {
            let (head, tail) = word.split_at(end);
            if let Some((distance, it)) = self.nearest(head, letters)
                && best.as_ref().is_none_or(|best| distance < best.0)
            {
                best = Some((distance, format!("{it}{tail}")));
            }
        }
        best.map(|it| it.1)
    }

    fn is_known(&self, word: &str) -> bool {
        let mut ends = word.char_indices().map(|(at, it)| at + it.len_utf8());
        self.known.contains(word)
            || ends.any(|it| SHORTEST < it && self.known.contains(&word[..it]))
    }

    fn nearest(&self, word: &str, letters: usize) -> Option<(usize, &str)> {
        let most = if LONG <= letters { 2 } else { 1 };
        let near = keys(word)
            .into_iter()
            .filter_map(|it| self.without.get(&it))
            .flatten();
        let near = near.filter_map(|it| {
            let known = self.words[*it as usize].as_str();
            let distance = distance(word, known);
            (known.chars().next() == word.chars().next() && distance <= most)
                .then_some((distance, known))
        });
        near.min()
    }
}

/// The word itself, and what is left of it without one letter.
fn keys(word: &str) -> Vec<u64> {
    let mut keys = vec![key(word.bytes())];
    for (at, letter) in word.char_indices() {
        let after = &word.as_bytes()[at + letter.len_utf8()..];
        keys.push(key(word.as_bytes()[..at].iter().chain(after).copied()));
    }
    keys
}

/// FNV-1a.
fn key(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, it| {
        (hash ^ u64::from(it)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// How many letters have to be put in, left out, changed or swapped with the next.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if 1 < i && 1 < j && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelling() -> Spelling {
        let mut spelling = Spelling::default();
        for word in ["forensic", "procure", "witness", "evidence"] {
            spelling.learn(word, true);
        }
        spelling
    }

    #[test]
    fn a_slip_is_mended_and_a_known_word_is_left() {
        let spelling = spelling();
        let mend = |it| spelling.mend(it);

        assert_eq!(mend("evidnece").as_deref(), Some("evidence"));
        assert_eq!(mend("witnes").as_deref(), Some("witness"));
        assert_eq!(mend("prcourement").as_deref(), Some("procurement"));
        assert_eq!(mend("evidence"), None);
        assert_eq!(mend("forensics"), None);
        assert_eq!(mend("banana"), None);
        assert_eq!(mend("wit"), None);
    }
}
