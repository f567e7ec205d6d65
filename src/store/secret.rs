//! Secrets that open doors: made here, shown once, and kept as their SHA-256 only.

use std::fmt;

use sha2::{Digest, Sha256};

/// 256 random bits as text, after a prefix that says what they open.
///
/// A plain hash is enough to keep them by: unlike passwords they cannot be guessed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub(super) fn fresh(prefix: &str) -> Self {
        let bytes: [u8; 32] = random();
        Self(format!("{prefix}{}", hex(&bytes)))
    }

    /// A secret for a browser that takes part without an account: the one it shows, if that looks
    /// like one of ours, or a fresh one.
    pub fn of_device(shown: Option<&str>) -> Self {
        const PREFIX: &str = "gapmap_device_";
        let ours = |it: &&str| it.starts_with(PREFIX) && it.len() == PREFIX.len() + 64;
        match shown.filter(ours) {
            Some(shown) => Self(shown.to_owned()),
            None => Self::fresh(PREFIX),
        }
    }

    /// The text to hand out, once.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What the database keeps of a secret that somebody shows.
pub(super) fn hash_of(shown: &str) -> Vec<u8> {
    Sha256::digest(shown.as_bytes()).to_vec()
}

/// Random bytes from the system.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random numbers");
    bytes
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;

    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_and_never_the_same() {
        let (one, other) = (Secret::of_device(None), Secret::of_device(None));

        assert_ne!(one, other);
        assert_eq!(one.expose().len(), "gapmap_device_".len() + 64);
    }

    #[test]
    fn a_device_keeps_a_secret_of_ours_and_no_other() {
        let known = Secret::of_device(None);

        assert_eq!(Secret::of_device(Some(known.expose())), known);
        assert_ne!(Secret::of_device(Some("x")).expose(), "x");
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::of_device(None);

        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
