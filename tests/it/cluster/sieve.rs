//! Takes single messages out of what NATS says to a client.

/// Reads the protocol of NATS from its beginning or between two messages.
#[derive(Debug, Default)]
pub(crate) struct Sieve {
    /// The beginning of a message whose end has not come.
    begun: Vec<u8>,
    n_messages: usize,
}

impl Sieve {
    /// What is left of these bytes without one message in `one_in`, if any is to be lost.
    pub(crate) fn pass(&mut self, bytes: &[u8], one_in: Option<usize>) -> Vec<u8> {
        self.begun.extend_from_slice(bytes);
        let mut kept = Vec::new();
        while let Some((length, is_message)) = first(&self.begun) {
            let said = self.begun.drain(..length);
            if let (true, Some(one_in)) = (is_message, one_in) {
                self.n_messages += 1;
                if self.n_messages.is_multiple_of(one_in) {
                    continue;
                }
            }
            kept.extend(said);
        }
        kept
    }
}

/// The length of the first thing said, and whether it is a message; none before its end has come.
fn first(bytes: &[u8]) -> Option<(usize, bool)> {
    let line = bytes.windows(2).position(|it| it == b"\r\n")?;
    let words = std::str::from_utf8(&bytes[..line]).expect("NATS says its verbs in ASCII");
    if !words.starts_with("MSG ") && !words.starts_with("HMSG ") {
        return Some((line + 2, false));
    }
    let size = words.rsplit(' ').next().expect("a last word");
    let size: usize = size.parse().expect("a message says its size");
    let length = line + 2 + size + 2;
    (length <= bytes.len()).then_some((length, true))
}

#[test]
fn one_message_in_so_many_is_lost_however_the_bytes_come() {
    let said = b"INFO {}\r\nMSG a 1 3\r\none\r\nPING\r\nMSG a 1 r 5\r\nt\r\nwo\r\nHMSG a 1 2 4\r\nxx4!\r\nMSG a 1 0\r\n\r\n";
    let left = b"INFO {}\r\nMSG a 1 3\r\none\r\nPING\r\nHMSG a 1 2 4\r\nxx4!\r\n";

    for step in 1..said.len() {
        let mut sieve = Sieve::default();
        let kept: Vec<u8> = said
            .chunks(step)
            .flat_map(|it| sieve.pass(it, Some(2)))
            .collect();

        assert_eq!(kept, left, "in pieces of {step}");
    }
}
