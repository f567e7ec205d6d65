//! Plain values (numbers, strings, lists, objects) in the wire form of lib0 (`writeAny`).

use super::lib0::{Malformed, Reader};
use super::outline::WireError;

/// Deepest nesting inside one plain value. The schema needs three.
const MAX_VALUE_DEPTH: usize = 8;

/// Skips one plain value of at most `value_bytes`, without recursion. How many values it is made of.
pub(super) fn skip(reader: &mut Reader<'_>, value_bytes: usize) -> Result<usize, WireError> {
    let before = reader.left();
    let mut n_values = 0;
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
            122 | 123 => drop(reader.take(8)?),
            124 => drop(reader.take(4)?),
            125 => reader.skip_int()?,
            _ => return Err(Malformed("a value of unknown kind").into()),
        }
        if before - reader.left() > value_bytes {
            return Err(WireError::ValueTooLarge(value_bytes));
        }
    }
    Ok(n_values)
}
