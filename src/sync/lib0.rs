//! Variable-length numbers, byte strings and text in the format of the npm package lib0.
//!
//! The reader never trusts a length: whatever it returns lies inside the frame it was given.

/// The bytes end too early, or are not what the format allows there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Malformed(pub &'static str);

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

    /// Skips a signed number, whose first byte holds six bits and the sign.
    pub fn skip_int(&mut self) -> Result<(), Malformed> {
        for _ in 0..10 {
            if self.byte()? < 0x80 {
                return Ok(());
            }
        }
        Err(TOO_BIG)
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
    fn a_length_beyond_the_frame_is_refused() {
        assert_eq!(Reader::new(&[200, 1, 65]).bytes(), Err(ENDS_EARLY));
    }

    #[test]
    fn a_number_that_never_ends_is_refused() {
        assert_eq!(Reader::new(&[0xff; 20]).uint(), Err(TOO_BIG));
    }
}
