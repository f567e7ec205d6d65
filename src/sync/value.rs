//! Plain values (numbers, strings, lists, objects) in the wire form of lib0 (`writeAny`).

use super::lib0::{Malformed, Reader};
use super::outline::WireError;

/// Deepest nesting inside one plain value. The schema needs three.
const MAX_VALUE_DEPTH: usize = 8;

/// What one plain value is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Skipped {
    /// How many values.
    pub(super) n_values: usize,
    /// Whether browsers read all of them too, and their numbers as numbers.
    pub(super) is_safe: bool,
}

/// Skips one plain value of at most `value_bytes`, without recursion.
pub(super) fn skip(reader: &mut Reader<'_>, value_bytes: usize) -> Result<Skipped, WireError> {
    let before = reader.left();
    let (mut n_values, mut is_safe) = (0, true);
    // How many values are still to come at each level; a map's come with keys.
    let mut levels: Vec<(u64, bool)> = vec![(1, false)];
    while let Some((left, keyed)) = levels.last_mut() {
        if *left == 0 {
            levels.pop();
            continue;
        }
        *left -= 1;
        n_values += 1;
        if *keyed {
            reader.text()?;
        }
        match reader.byte()? {
            116 => drop(reader.bytes()?),
            kind @ (117 | 118) => {
                levels.push((reader.uint()?, kind == 118));
                if levels.len() > MAX_VALUE_DEPTH {
                    return Err(WireError::TooDeep);
                }
            }
            119 => drop(reader.text()?),
            120 | 121 | 126 | 127 => {}
            // Other than as a number, which is what JavaScript makes of what it counts with.
            122 => {
                reader.take(8)?;
                is_safe = false;
            }
            123 => drop(reader.take(8)?),
            124 => drop(reader.take(4)?),
            125 => is_safe &= reader.skip_int()?,
            _ => return Err(Malformed("a value of unknown kind").into()),
        }
        if before - reader.left() > value_bytes {
            return Err(WireError::ValueTooLarge(value_bytes));
        }
    }
    Ok(Skipped { n_values, is_safe })
}
