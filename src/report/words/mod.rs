//! The words of reports, in every language, side by side: nothing else of a report speaks.
//!
//! A phrase is a method of [`Language`]; one that lacks a language does not compile. French puts a
//! space that does not break before a colon and within quotation marks.

/// Phrases: a name, the parts that are put in, and the words in each language.
macro_rules! phrases {
    ($($name:ident $(($($part:ident),+))?: $english:literal, $french:literal;)*) => {
        impl crate::report::language::Language {
            $(phrase!($name $(($($part),+))?: $english, $french);)*
        }
    };
}

macro_rules! phrase {
    ($name:ident: $english:literal, $french:literal) => {
        pub(crate) fn $name(self) -> &'static str {
            match self {
                Self::English => $english,
                Self::French => $french,
            }
        }
    };
    ($name:ident ($($part:ident),+): $english:literal, $french:literal) => {
        pub(crate) fn $name(self, $($part: impl std::fmt::Display),+) -> String {
            match self {
                Self::English => format!($english),
                Self::French => format!($french),
            }
        }
    };
}

/// Phrases that count: a name, and in each language the words for one and for several of them.
macro_rules! counts {
    ($($name:ident: [$one:literal, $many:literal], [$une:literal, $plusieurs:literal];)*) => {
        impl crate::report::language::Language {
            $(pub(crate) fn $name(self, n: usize) -> String {
                match (self, n) {
                    (Self::English, 1) => format!($one, n = n),
                    (Self::English, _) => format!($many, n = n),
                    (Self::French, 0 | 1) => format!($une, n = n),
                    (Self::French, _) => format!($plusieurs, n = n),
                }
            })*
        }
    };
}

mod annex;
mod build;
mod layout;
mod scales;

use super::language::Language;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

impl Language {
    /// A day, a month or a year, which is kept as `2026-11-23`, `2026-11` or `2026`.
    pub(super) fn day(self, kept: &str) -> String {
        match self {
            Self::English => kept.to_owned(),
            Self::French => french_day(kept).unwrap_or_else(|| kept.to_owned()),
        }
    }

    /// A number with one digit after its point.
    pub(super) fn decimal(self, n: f64) -> String {
        let written = format!("{n:.1}");
        match self {
            Self::English => written,
            Self::French => written.replace('.', ","),
        }
    }

    /// A colon with what stands before and after it.
    pub(crate) fn colon(self) -> &'static str {
        match self {
            Self::English => ": ",
            Self::French => "\u{a0}: ",
        }
    }
}

fn french_day(kept: &str) -> Option<String> {
    let mut parts = kept.splitn(3, '-');
    let year = parts.next()?;
    let month: usize = parts.next()?.parse().ok()?;
    let month = MONTHS.get(month.checked_sub(1)?)?;
    Some(match parts.next() {
        None => format!("{month} {year}"),
        Some("01") => format!("1er {month} {year}"),
        Some(day) => format!("{} {month} {year}", day.trim_start_matches('0')),
    })
}

/// A word with its first letter large.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::scale;
    use crate::catalogue::{evidence, fit, gap, solution};

    #[test]
    fn days_and_numbers_are_written_as_the_language_does() {
        assert_eq!(Language::English.day("2026-11-03"), "2026-11-03");
        let french = ["2026-11-03", "2026-08-01", "2026-02", "2026", "soon"];
        let french = french.map(|it| Language::French.day(it));
        assert_eq!(
            french,
            [
                "3 novembre 2026",
                "1er août 2026",
                "février 2026",
                "2026",
                "soon"
            ]
        );
        assert_eq!(Language::English.decimal(4.25), "4.2");
        assert_eq!(Language::French.decimal(4.25), "4,2");
    }

    #[test]
    fn what_counts_agrees_with_its_number() {
        let told = |n| (Language::English.gaps(n), Language::French.gaps(n));

        assert_eq!(told(0), ("0 gaps".to_owned(), "0 lacune".to_owned()));
        assert_eq!(told(1), ("1 gap".to_owned(), "1 lacune".to_owned()));
        assert_eq!(told(2), ("2 gaps".to_owned(), "2 lacunes".to_owned()));
    }

    #[test]
    fn every_word_of_every_scale_is_known_in_french() {
        let scales = [
            scale::THOR,
            scale::MOSCOW,
            scale::PROCUREMENT,
            scale::ORIGIN,
            scale::KIND,
            scale::TRL_BASIS,
            scale::STRENGTH,
            scale::LIFECYCLE,
            scale::MARKET,
            scale::AI_CHECK,
            scale::KNOWN,
            scale::REVIEW_FLAGS,
            scale::DEGREE,
            scale::EVIDENCE,
            &fit::CRITERIA,
        ];
        let states = [gap::STATES, solution::STATES, fit::STATES, evidence::STATES];
        let words = scales.iter().flat_map(|it| it.iter().copied());
        let states = states.iter().flat_map(|it| it.iter().map(|it| it.name));

        let unknown: Vec<&str> = words
            .chain(states)
            .filter(|it| scales::french(it).is_none())
            .collect();

        assert_eq!(unknown, Vec::<&str>::new());
    }
}
