//! Pseudonyms: a plain word from outdoors and a number, such as "Badger-07".

use std::collections::HashSet;

use crate::base::invalid::Invalid;
use crate::base::text::{likeness, one_line};

/// The longest name that somebody may choose.
pub const NAME_CHARS: usize = 40;

/// Easy to say and to tell apart; none that is used as a taunt.
const WORDS: &[&str] = &[
    "Acorn",
    "Alder",
    "Antelope",
    "Aspen",
    "Aurora",
    "Badger",
    "Bamboo",
    "Beacon",
    "Beaver",
    "Beech",
    "Birch",
    "Bison",
    "Blossom",
    "Bramble",
    "Breeze",
    "Brook",
    "Canyon",
    "Cedar",
    "Cherry",
    "Chestnut",
    "Clover",
    "Comet",
    "Condor",
    "Coral",
    "Cormorant",
    "Cove",
    "Crane",
    "Cricket",
    "Cypress",
    "Daisy",
    "Dolphin",
    "Dragonfly",
    "Dune",
    "Eagle",
    "Elder",
    "Falcon",
    "Fern",
    "Finch",
    "Firefly",
    "Fjord",
    "Flint",
    "Foxglove",
    "Gazelle",
    "Geyser",
    "Ginkgo",
    "Glacier",
    "Gorse",
    "Granite",
    "Grouse",
    "Harbour",
    "Hawthorn",
    "Hazel",
    "Heath",
    "Heron",
    "Holly",
    "Ibex",
    "Iris",
    "Island",
    "Ivy",
    "Jasmine",
    "Juniper",
    "Kestrel",
    "Kingfisher",
    "Kite",
    "Lagoon",
    "Lapwing",
    "Larch",
    "Lark",
    "Laurel",
    "Lichen",
    "Lilac",
    "Linden",
    "Linnet",
    "Lotus",
    "Lynx",
    "Magpie",
    "Maple",
    "Marigold",
    "Marten",
    "Meadow",
    "Meteor",
    "Mistral",
    "Moorland",
    "Moss",
    "Myrtle",
    "Nightjar",
    "Nuthatch",
    "Oak",
    "Oasis",
    "Olive",
    "Orchid",
    "Osprey",
    "Otter",
    "Panda",
    "Pebble",
    "Pelican",
    "Pine",
    "Plover",
    "Plum",
    "Poplar",
    "Poppy",
    "Prairie",
    "Puffin",
    "Quail",
    "Quartz",
    "Rapids",
    "Raven",
    "Reed",
    "Ridge",
    "River",
    "Robin",
    "Rowan",
    "Saffron",
    "Sage",
    "Salmon",
    "Sandpiper",
    "Seal",
    "Sequoia",
    "Sparrow",
    "Spruce",
    "Starling",
    "Stork",
    "Summit",
    "Sunrise",
    "Swallow",
    "Swift",
    "Sycamore",
    "Tern",
    "Thistle",
    "Thyme",
    "Tulip",
    "Tundra",
    "Valley",
    "Violet",
    "Walnut",
    "Warbler",
    "Waterfall",
    "Willow",
    "Wren",
    "Yarrow",
];

/// A name that somebody chose for a session.
///
/// # Errors
///
/// [`Invalid`] on `name` when it is empty, too long or more than one line.
pub fn chosen(name: &str) -> Result<String, Invalid> {
    one_line("name", name, NAME_CHARS)
}

/// What stands for the `n`th of a session whose name was erased.
pub fn erased(n: u32) -> String {
    format!("Erased-{n:02}")
}

/// The last number of two digits: of more than so many of a word, the next has three.
const TWO_DIGITS: u32 = 99;

/// The name that somebody wishes for, and those that take its place where others have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// One that they chose.
    Chosen(String),
    /// One that was made up.
    MadeUp {
        /// A word from outdoors.
        word: &'static str,
        /// From 1 to 99.
        number: u32,
    },
}

impl Wish {
    /// The pseudonym that this random number stands for.
    pub fn from_random(random: u64) -> Self {
        let n_words = WORDS.len() as u64;
        let number = random / n_words % u64::from(TWO_DIGITS);
        Self::MadeUp {
            word: WORDS[usize::try_from(random % n_words).unwrap_or(0)],
            number: 1 + u32::try_from(number).unwrap_or(0),
        }
    }

    /// The name itself.
    pub fn first(&self) -> String {
        match self {
            Self::Chosen(name) => name.clone(),
            Self::MadeUp { number, .. } => self.numbered(*number),
        }
    }

    /// What all names begin with that may take its place.
    pub fn stem(&self) -> String {
        match self {
            Self::Chosen(name) => format!("{name} "),
            Self::MadeUp { word, .. } => format!("{word}-"),
        }
    }

    /// What names look like that begin as [`Wish::stem`] says; see [`likeness`].
    pub fn stem_likeness(&self) -> String {
        let stem = likeness(&self.stem());
        match self {
            Self::Chosen(_) => stem + " ",
            Self::MadeUp { .. } => stem,
        }
    }

    /// The next best name, where `taken` has what all those look like that begin as
    /// [`Wish::stem_likeness`] says.
    pub fn next_best(&self, taken: &HashSet<String>) -> String {
        let from = match self {
            Self::Chosen(_) => 2,
            Self::MadeUp { number, .. } => *number,
        };
        // Around the numbers of two digits once, so that the number does not tell who came first.
        let around = match self {
            Self::Chosen(_) => 0..0,
            Self::MadeUp { .. } => 1..from,
        };
        let mut names = (from..=TWO_DIGITS)
            .chain(around)
            .chain(TWO_DIGITS + 1..)
            .map(|it| self.numbered(it));
        names
            .find(|it| !taken.contains(&likeness(it)))
            .expect("there are more numbers than people")
    }

    fn numbered(&self, n: u32) -> String {
        match self {
            Self::Chosen(name) => format!("{name} {n}"),
            Self::MadeUp { word, .. } => format!("{word}-{n:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(names: impl IntoIterator<Item = String>) -> HashSet<String> {
        names.into_iter().map(|it| likeness(&it)).collect()
    }

    #[test]
    fn a_pseudonym_is_a_word_and_two_digits() {
        assert_eq!(Wish::from_random(5 + 140 * 6).first(), "Badger-07");
        assert_eq!(Wish::from_random(5 + 140 * 98).first(), "Badger-99");
        assert_eq!(Wish::from_random(5 + 140 * 99).first(), "Badger-01");
        assert!(Wish::from_random(u64::MAX).first().contains('-'));
    }

    #[test]
    fn the_next_of_a_word_is_any_that_is_free_however_many_are_taken() {
        let wish = Wish::from_random(5 + 140 * 97);
        let all = |last: u32| taken((1..=last).map(|it| format!("Badger-{it:02}")));

        assert_eq!(
            wish.next_best(&taken(["Badger-98".to_owned()])),
            "Badger-99"
        );
        assert_eq!(
            wish.next_best(&taken([98, 99].map(|it| format!("Badger-{it}")))),
            "Badger-01"
        );
        assert_eq!(wish.next_best(&all(99)), "Badger-100");
        assert_eq!(wish.next_best(&all(4999)), "Badger-5000");
    }

    #[test]
    fn the_words_are_many_and_each_is_there_once() {
        let mut words = WORDS.to_vec();
        words.sort_unstable();
        words.dedup();

        assert_eq!(words.len(), WORDS.len());
        assert_eq!(words.len(), 140);
    }

    #[test]
    fn the_second_of_a_name_is_told_apart() {
        let ana = Wish::Chosen("Ana".to_owned());
        let taken = taken(["Ana 2", "Ana 4", "Ana Maria"].map(str::to_owned));

        assert_eq!(
            (ana.first(), ana.stem()),
            ("Ana".to_owned(), "Ana ".to_owned())
        );
        assert_eq!(ana.next_best(&HashSet::new()), "Ana 2");
        assert_eq!(ana.next_best(&taken), "Ana 3");
    }
}
