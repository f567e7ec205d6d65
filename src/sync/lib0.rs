//! Variable-length numbers, byte strings and text in the format of the npm package lib0.
//!
//! The reader never trusts a length: whatever it returns lies inside the frame it was given.

/// The bytes end too early, or are not what the format allows there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Malformed(pub &'static str);

/// The greatest number that JavaScript counts to. Its readers give up at a greater one, and with that
/// all that the frame says: what is passed on to browsers holds none.
pub const GREATEST: u64 = (1 << 53) - 1;

/// Reads values off a frame, front to back.
#[derive(Clone, Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// From the first byte of `frame`.
    pub fn new(frame: &'a [u8]) -> Self {
        Self(frame)
    }

    /// Whether every byte has been read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.0.len()
    }

    /// One byte.
    pub fn byte(&mut self) -> Result<u8, Malformed> {
        let (&byte, rest) = self.0.split_first().ok_or(ENDS_EARLY)?;
        self.0 = rest;
        Ok(byte)
    }

    /// An unsigned number of at most 64 bits.
    pub fn uint(&mut self) -> Result<u64, Malformed> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                return Err(TOO_BIG);
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(TOO_BIG)
    }

    /// An unsigned number that is read in browsers, too.
    pub fn safe_uint(&mut self) -> Result<u64, Malformed> {
        let value = self.uint()?;
        if GREATEST < value {
            return Err(Malformed("a number of more than 53 bits"));
        }
        Ok(value)
    }

    /// Skips a signed number, whose first byte holds six bits and the sign; whether browsers read it,
    /// too.
    pub fn skip_int(&mut self) -> Result<bool, Malformed> {
        let first = self.byte()?;
        let mut value = u128::from(first & 0x3f);
        let mut is_last = first < 0x80;
        let mut shifts = (6..).step_by(7).take(9);
        while !is_last {
            let shift: u32 = shifts.next().ok_or(TOO_BIG)?;
            let byte = self.byte()?;
            value |= u128::from(byte & 0x7f) << shift;
            is_last = byte < 0x80;
        }
        Ok(value <= u128::from(GREATEST))
    }

    /// The next `n` bytes.
    pub fn take(&mut self, n: u64) -> Result<&'a [u8], Malformed> {
        let n = usize::try_from(n).map_err(|_| ENDS_EARLY)?;
        let (taken, rest) = self.0.split_at_checked(n).ok_or(ENDS_EARLY)?;
        self.0 = rest;
        Ok(taken)
    }

    /// Bytes with their length in front.
    pub fn bytes(&mut self) -> Result<&'a [u8], Malformed> {
        let n = self.uint()?;
        self.take(n)
    }

    /// UTF-8 with its length in bytes in front.
    pub fn text(&mut self) -> Result<&'a str, Malformed> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Malformed("text that is not UTF-8"))
    }
}

const ENDS_EARLY: Malformed = Malformed("the frame ends too early");
const TOO_BIG: Malformed = Malformed("a number of more than 64 bits");

/// Appends an unsigned number.
pub fn write_uint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

/// Appends bytes with their length in front.
pub fn write_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    write_uint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_read_back_as_they_were_written(value: u64) {
            let mut out = Vec::new();
            write_uint(&mut out, value);
            let mut reader = Reader::new(&out);

            prop_assert_eq!(reader.uint(), Ok(value));
            prop_assert!(reader.is_empty());
        }
    }

    #[test]
    fn numbers_that_browsers_do_not_read_are_told_from_those_that_they_do() {
        let mut out = Vec::new();
        write_uint(&mut out, GREATEST + 1);
        assert_eq!(Reader::new(&out).uint(), Ok(GREATEST + 1));
        assert!(Reader::new(&out).safe_uint().is_err());

        for (int, is_safe) in [
            (&[0x3f][..], true),
            (&[0xff, 0x00], true),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f], true),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x3f], false),
            (
                &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
                false,
            ),
        ] {
            assert_eq!(Reader::new(int).skip_int(), Ok(is_safe), "{int:?}");
        }
        assert_eq!(Reader::new(&[0xff; 20]).skip_int(), Err(TOO_BIG));
    }

    #[test]
    fn a_length_beyond_the_frame_is_refused() {
        assert_eq!(Reader::new(&[200, 1, 65]).bytes(), Err(ENDS_EARLY));
    }

    #[test]
    fn a_number_that_never_ends_is_refused() {
        assert_eq!(Reader::new(&[0xff; 20]).uint(), Err(TOO_BIG));
    }
}
