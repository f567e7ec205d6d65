//! Pseudonyms: a plain word from outdoors and a number, such as "Badger-07".

use crate::base::invalid::Invalid;
use crate::base::text::one_line;

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

/// The pseudonym that this random number stands for. `round` counts the tries that met a taken one:
/// from the third on the number gets a third digit, so that also a very full session finds one.
pub fn from_random(random: u64, round: u32) -> String {
    let n_words = WORDS.len() as u64;
    let word = WORDS[usize::try_from(random % n_words).unwrap_or(0)];
    let rest = random / n_words;
    if round < 3 {
        format!("{word}-{:02}", 1 + rest % 99)
    } else {
        format!("{word}-{:03}", 100 + rest % 900)
    }
}

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

/// The same name for the `n`th who chose it.
pub fn numbered(name: &str, n: u32) -> String {
    if n < 2 {
        name.to_owned()
    } else {
        format!("{name} {n}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_is_a_word_and_two_digits() {
        assert_eq!(from_random(5 + 140 * 6, 0), "Badger-07");
        assert_eq!(from_random(5, 3), "Badger-100");
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
        assert_eq!(numbered("Ana", 1), "Ana");
        assert_eq!(numbered("Ana", 2), "Ana 2");
    }
}
