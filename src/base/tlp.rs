//! How far content may travel.

use super::invalid::Invalid;

/// The Traffic Light Protocol, version 2: how far content may travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tlp {
    /// To the world.
    Clear,
    /// Within the community.
    Green,
    /// Within the organisation and its clients.
    Amber,
    /// Within the organisation.
    AmberStrict,
    /// To those who were there.
    Red,
}

impl Tlp {
    /// The label without its `TLP:`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "CLEAR",
            Self::Green => "GREEN",
            Self::Amber => "AMBER",
            Self::AmberStrict => "AMBER+STRICT",
            Self::Red => "RED",
        }
    }
}

impl TryFrom<&str> for Tlp {
    type Error = Invalid;

    fn try_from(label: &str) -> Result<Self, Invalid> {
        let label = label.trim().to_ascii_uppercase();
        Ok(match label.strip_prefix("TLP:").unwrap_or(&label) {
            // WHITE is what version 1 called it.
            "CLEAR" | "WHITE" => Self::Clear,
            "GREEN" => Self::Green,
            "AMBER" => Self::Amber,
            "AMBER+STRICT" => Self::AmberStrict,
            "RED" => Self::Red,
            _ => {
                let reason = "must be CLEAR, GREEN, AMBER, AMBER+STRICT or RED";
                return Err(Invalid::new("tlp", reason));
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_read_as_clear() {
        assert_eq!(Tlp::try_from("TLP:WHITE"), Ok(Tlp::Clear));
        assert_eq!(Tlp::try_from("amber+strict"), Ok(Tlp::AmberStrict));
        assert!(Tlp::try_from("PURPLE").is_err());
    }
}
