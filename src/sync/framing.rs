//! Binary messages as a server puts them on a websocket (RFC 6455, section 5.2). What a server sends
//! is not masked, so that one encoded message serves everybody.

use bytes::Bytes;

const FINAL: u8 = 0x80;
const BINARY: u8 = 0x02;
const CONTINUED: u8 = 0x00;
const TWO_BYTES_FOLLOW: u8 = 126;
const EIGHT_BYTES_FOLLOW: u8 = 127;

/// Which part of a message a fragment is (section 5.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It begins the message.
    First,
    /// It goes on with it.
    Next,
}

/// Adds one frame: a fragment of a message, or all of it.
pub fn put(out: &mut Vec<u8>, fragment: &[u8], part: Part, is_last: bool) {
    let kind = match part {
        Part::First => BINARY,
        Part::Next => CONTINUED,
    };
    out.push(if is_last { kind | FINAL } else { kind });
    let len = fragment.len();
    match (u8::try_from(len), u16::try_from(len)) {
        (Ok(short), _) if short < TWO_BYTES_FOLLOW => out.push(short),
        (_, Ok(medium)) => {
            out.push(TWO_BYTES_FOLLOW);
            out.extend(medium.to_be_bytes());
        }
        _ => {
            out.push(EIGHT_BYTES_FOLLOW);
            out.extend((len as u64).to_be_bytes());
        }
    }
    out.extend_from_slice(fragment);
}

/// The messages one after the other, each in one frame.
pub(super) fn encode<'a>(messages: impl IntoIterator<Item = &'a Bytes>) -> Vec<u8> {
    let mut out = Vec::new();
    for message in messages {
        put(&mut out, message, Part::First, true);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head_of(len: usize) -> Vec<u8> {
        let message = Bytes::from(vec![7; len]);
        let mut frame = encode([&message]);
        assert!(frame.ends_with(&message));
        frame.truncate(frame.len() - len);
        frame
    }

    #[test]
    fn the_length_takes_one_three_or_nine_bytes() {
        assert_eq!(head_of(0), [0x82, 0]);
        assert_eq!(head_of(125), [0x82, 125]);
        assert_eq!(head_of(126), [0x82, 126, 0, 126]);
        assert_eq!(head_of(65_535), [0x82, 126, 255, 255]);
        assert_eq!(head_of(65_536), [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
    }

    #[test]
    fn only_the_last_fragment_ends_the_message() {
        let mut out = Vec::new();

        put(&mut out, &[7], Part::First, false);
        put(&mut out, &[8], Part::Next, false);
        put(&mut out, &[9], Part::Next, true);

        assert_eq!(out, [0x02, 1, 7, 0x00, 1, 8, 0x80, 1, 9]);
    }
}
