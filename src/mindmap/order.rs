//! Fractional indexes: strings that sort siblings, with room for one more between any two.
//!
//! The format is that of the npm package fractional-indexing, which the browser uses: an integer
//! part whose first letter tells how many digits follow (`a` one, `b` two, ...; `Z` one, `Y` two,
//! ... for what stands before), then a fraction that never ends in `0`. Keys compare as strings.

/// The digits of base 62, in the order in which they compare as ASCII.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The key of the first child of all.
const FIRST: &str = "a0";

/// Whether `text` is a key of this format.
pub fn is_key(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && split(text).is_some_and(|(integer, fraction)| {
            !fraction.ends_with('0') && (!fraction.is_empty() || !is_smallest(integer))
        })
}

/// A key that sorts after `before` and ahead of `after`; `None` is the end of the list.
///
/// Two people may have put a sibling at the same spot, so neighbours can carry one key. Nothing
/// fits between those: where `before` isn't below `after`, the answer is only a key above `before`.
/// What isn't a key counts as `None`.
pub fn order_between(before: Option<&str>, after: Option<&str>) -> String {
    let before = before.filter(|key| is_key(key));
    let after = after.filter(|after| is_key(after) && before.is_none_or(|before| before < *after));
    match (before.and_then(split), after.and_then(split)) {
        (None, None) => FIRST.to_owned(),
        (None, Some((integer, fraction))) => ahead_of(integer, fraction),
        (Some((integer, fraction)), None) => {
            incremented(integer).unwrap_or_else(|| join(integer, midpoint(fraction, None)))
        }
        (Some((low, fraction)), Some((high, below))) if low == high => {
            join(low, midpoint(fraction, Some(below)))
        }
        (Some((low, fraction)), Some((high, below))) => match incremented(low) {
            Some(next) if next != high || !below.is_empty() => next,
            _ => join(low, midpoint(fraction, None)),
        },
    }
}

/// The keys of `n` siblings in order, as short as they can be.
pub fn order_sequence(n: usize) -> Vec<String> {
    std::iter::successors(Some(FIRST.to_owned()), |key| {
        Some(order_between(Some(key), None))
    })
    .take(n)
    .collect()
}

/// A key ahead of the one that these parts make.
fn ahead_of(integer: &str, fraction: &str) -> String {
    if is_smallest(integer) {
        return join(integer, midpoint("", Some(fraction)));
    }
    if !fraction.is_empty() {
        return integer.to_owned();
    }
    match decremented(integer) {
        Some(smallest) if is_smallest(&smallest) => join(&smallest, midpoint("", None)),
        Some(key) => key,
        // Not reached: the smallest integer alone is no key.
        None => integer.to_owned(),
    }
}

/// Integer part and fraction, or nothing where the text is too short for its first letter.
fn split(key: &str) -> Option<(&str, &str)> {
    let length = match key.bytes().next()? {
        head @ b'a'..=b'z' => usize::from(head - b'a') + 2,
        head @ b'A'..=b'Z' => usize::from(b'Z' - head) + 2,
        _ => return None,
    };
    key.split_at_checked(length)
}

fn join(integer: &str, fraction: String) -> String {
    integer.to_owned() + &fraction
}

/// Nothing is ahead of this integer, so on its own it is no key.
fn is_smallest(integer: &str) -> bool {
    integer.starts_with('A') && integer.bytes().skip(1).all(|digit| digit == b'0')
}

/// The fraction half-way between two; `None` is one past the greatest.
///
/// `low` must be below `high`, and neither may end in `0`.
fn midpoint(low: &str, high: Option<&str>) -> String {
    let mut low = low.bytes();
    let mut high = high.map(|it| it.bytes().peekable());
    let mut middle = String::new();
    loop {
        let below = low.next().map_or(0, value);
        let above = match &mut high {
            Some(digits) => digits.next().map_or(DIGITS.len(), value),
            None => DIGITS.len(),
        };
        if 1 < above.saturating_sub(below) {
            middle.push(digit((below + above).div_ceil(2)));
            return middle;
        }
        if below < above && high.as_mut().is_some_and(|it| it.peek().is_some()) {
            middle.push(digit(above));
            return middle;
        }
        if below < above {
            high = None;
        }
        middle.push(digit(below));
    }
}

fn incremented(integer: &str) -> Option<String> {
    let mut key = integer.as_bytes().to_vec();
    for place in key.iter_mut().skip(1).rev() {
        if *place != b'z' {
            *place = DIGITS[value(*place) + 1];
            return text(key);
        }
        *place = b'0';
    }
    match key[0] {
        b'z' => return None,
        b'Z' => return Some(FIRST.to_owned()),
        b'a'..=b'y' => key.push(b'0'),
        _ => drop(key.pop()),
    }
    key[0] += 1;
    text(key)
}

fn decremented(integer: &str) -> Option<String> {
    let mut key = integer.as_bytes().to_vec();
    for place in key.iter_mut().skip(1).rev() {
        if *place != b'0' {
            *place = DIGITS[value(*place) - 1];
            return text(key);
        }
        *place = b'z';
    }
    match key[0] {
        b'A' => return None,
        b'a' => return Some("Zz".to_owned()),
        b'B'..=b'Z' => key.push(b'z'),
        _ => drop(key.pop()),
    }
    key[0] -= 1;
    text(key)
}

fn text(key: Vec<u8>) -> Option<String> {
    String::from_utf8(key).ok()
}

/// What a digit counts; the callers have seen to it that it is one.
fn value(digit: u8) -> usize {
    DIGITS.iter().position(|it| *it == digit).unwrap_or(0)
}

fn digit(value: usize) -> char {
    char::from(DIGITS[value])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_are_those_that_the_browser_makes() {
        let cases = [
            (None, None, "a0"),
            (None, Some("a0"), "Zz"),
            (None, Some("Zz"), "Zy"),
            (Some("a0"), None, "a1"),
            (Some("a1"), None, "a2"),
            (Some("a0"), Some("a1"), "a0V"),
            (Some("a1"), Some("a2"), "a1V"),
            (Some("a0V"), Some("a1"), "a0l"),
            (Some("Zz"), Some("a0"), "ZzV"),
            (Some("Zz"), Some("a1"), "a0"),
            (None, Some("Y00"), "Xzzz"),
            (Some("bzz"), None, "c000"),
            (Some("a0"), Some("a0V"), "a0G"),
            (Some("a0"), Some("a0G"), "a08"),
            (Some("b125"), Some("b129"), "b127"),
            (Some("a0"), Some("a1V"), "a1"),
            (Some("Zz"), Some("a01"), "a0"),
            (None, Some("a0V"), "a0"),
            (None, Some("b999"), "b99"),
        ];

        for (before, after, key) in cases {
            assert_eq!(order_between(before, after), key, "{before:?} {after:?}");
        }
    }

    #[test]
    fn at_either_end_of_the_integers_fractions_go_on() {
        let zeros = |n| format!("A{}", "0".repeat(n));
        let greatest = "z".repeat(27);

        assert_eq!(
            order_between(None, Some(&(zeros(25) + "1"))),
            zeros(26) + "V"
        );
        assert_eq!(
            order_between(None, Some(&(zeros(26) + "1"))),
            zeros(27) + "V"
        );
        assert_eq!(order_between(Some(&greatest), None), greatest + "V");
    }

    #[test]
    fn what_the_browser_would_throw_at_is_no_key() {
        for text in ["", "0", "a", "a00", "b0", "a0 ", "é0", "a0é", "b1V0"] {
            assert!(!is_key(text), "{text:?}");
        }
        assert!(!is_key(&format!("A{}", "0".repeat(26))));
    }

    #[test]
    fn neighbours_with_one_key_get_a_key_above_both() {
        assert_eq!(order_between(Some("a4"), Some("a4")), "a5");
        assert_eq!(order_between(Some("a4"), Some("a2")), "a5");
        assert_eq!(order_between(Some("nonsense"), Some("")), "a0");
    }

    #[test]
    fn a_sequence_is_in_order_and_short() {
        let keys = order_sequence(10_000);

        assert_eq!(keys[..2], ["a0", "a1"]);
        assert!(keys.is_sorted_by(|one, next| one < next));
        assert_eq!(keys[9_999].len(), 4);
    }

    proptest! {
        #[test]
        fn one_more_fits_anywhere(spots in proptest::collection::vec(any::<u16>(), 1..200)) {
            let mut keys: Vec<String> = Vec::new();
            for spot in spots {
                let at = usize::from(spot) % (keys.len() + 1);
                let before = at.checked_sub(1).map(|it| keys[it].as_str());
                let key = order_between(before, keys.get(at).map(String::as_str));
                prop_assert!(is_key(&key));
                keys.insert(at, key);
                prop_assert!(keys.is_sorted_by(|one, next| one < next));
            }
        }

        #[test]
        fn any_two_strings_are_taken(before in ".{0,6}", after in "[0-9A-Za-z]{0,6}") {
            let key = order_between(Some(&before), Some(&after));

            prop_assert!(is_key(&key));
        }
    }
}
