//! Join links: a short code that people read off a wall and type.

use std::time::Duration;

use super::role::MapRole;
use crate::base::id::{InviteId, SessionId};
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;

/// Without 0, 1, I, L, O and U: nothing that is misread, and few words that nobody wants on a wall.
const ALPHABET: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_CHARS: usize = 8;
/// How long an invite is good for unless somebody says otherwise.
const LIFETIME: Duration = Duration::from_secs(14 * 24 * 3600);
const MAX_USES: i64 = 100_000;

/// The code of an invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// A code made of these random bytes.
    pub fn from_random(bytes: [u8; CODE_CHARS]) -> Self {
        // 256 is not a multiple of 30: some letters come up a tenth more often, which is no help
        // to anyone who would guess among 30^8 codes.
        let letter = |byte: u8| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]);
        Self(bytes.into_iter().map(letter).collect())
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for Code {
    type Error = Invalid;

    /// Takes what people type: lower case, with spaces or hyphens between.
    fn try_from(text: &str) -> Result<Self, Invalid> {
        let code: String = text
            .chars()
            .filter(|it| !matches!(it, ' ' | '-'))
            .map(|it| it.to_ascii_uppercase())
            .take(CODE_CHARS + 1)
            .collect();
        if code.len() == CODE_CHARS && code.bytes().all(|it| ALPHABET.contains(&it)) {
            Ok(Self(code))
        } else {
            Err(Invalid::new(
                "invite",
                "must be a code of 8 letters and digits",
            ))
        }
    }
}

impl std::str::FromStr for Code {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::try_from(text)
    }
}

/// An invite as it is to be made.
#[derive(Clone, Debug)]
pub struct NewInvite {
    pub(crate) session: SessionId,
    pub(crate) role: MapRole,
    pub(crate) expires_at: Timestamp,
    pub(crate) max_uses: Option<i64>,
}

impl NewInvite {
    /// An invite to a session; without an end it is good for two weeks.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `role`, `expires_at` or `max_uses`.
    pub fn new(
        session: SessionId,
        role: MapRole,
        expires_at: Option<Timestamp>,
        max_uses: Option<i64>,
        now: Timestamp,
    ) -> Result<Self, Invalid> {
        if role == MapRole::Facilitator {
            return Err(Invalid::new("role", "must be editor or viewer"));
        }
        if expires_at.is_some_and(|it| it <= now) {
            return Err(Invalid::new("expires_at", "must lie in the future"));
        }
        if max_uses.is_some_and(|it| !(1..=MAX_USES).contains(&it)) {
            return Err(Invalid::new("max_uses", "must be from 1 to 100000"));
        }
        Ok(Self {
            session,
            role,
            expires_at: expires_at.unwrap_or_else(|| now.after(LIFETIME)),
            max_uses,
        })
    }
}

/// An invite as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// Its id.
    pub id: InviteId,
    /// Where it leads.
    pub session: SessionId,
    /// What people type.
    pub code: String,
    /// What those who come by it may do.
    pub role: MapRole,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// How many may come by it.
    pub max_uses: Option<i64>,
    /// How many came.
    pub uses: i64,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

impl Invite {
    /// Why it lets nobody in any more, as the rest of "this invite …"; `None` while it does.
    pub fn closed(&self, now: Timestamp) -> Option<&'static str> {
        if self.revoked_at.is_some() {
            Some("was revoked")
        } else if self.expires_at <= now {
            Some("has expired")
        } else if self.max_uses.is_some_and(|most| most <= self.uses) {
            Some("is used up")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Code::from_random([0, 1, 2, 3, 27, 28, 29, 30]);

        assert_eq!(code.as_str(), "2345XYZ2");
        assert_eq!(Code::try_from("2345-xyz2"), Ok(code));
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for text in ["", "2345XYZ", "2345XYZ22", "2345XYZ0", "2345XYZÄ"] {
            assert!(Code::try_from(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nobody_becomes_a_facilitator_by_a_link() {
        let refused = NewInvite::new(
            SessionId::new(),
            MapRole::Facilitator,
            None,
            None,
            Timestamp(0),
        );

        assert_eq!(refused.unwrap_err().field, "role");
    }
}
