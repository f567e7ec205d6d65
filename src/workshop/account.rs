//! Somebody who signs in.

use std::fmt;

use super::role::Role;
use crate::base::id::UserId;
use crate::base::invalid::Invalid;
use crate::base::text::one_line;
use crate::base::time::Timestamp;

/// An e-mail address in lower case. It names an account; nothing is ever sent to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<&str> for Email {
    type Error = Invalid;

    fn try_from(text: &str) -> Result<Self, Invalid> {
        let email = one_line("email", text, 254)?.to_lowercase();
        let whole = email.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty() && !host.is_empty() && !host.contains('@')
        });
        if !whole || email.contains(char::is_whitespace) {
            return Err(Invalid::new(
                "email",
                "must be an address such as ana@example.org",
            ));
        }
        Ok(Self(email))
    }
}

/// A password on its way to be hashed. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The fewest characters a new password may have.
    pub const MIN_CHARS: usize = 8;
    /// Longer ones are refused, so that nobody makes the server hash megabytes.
    pub const MAX_BYTES: usize = 1024;

    /// A password that somebody chooses.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `field` when it is too short or too long.
    pub fn chosen(field: &'static str, text: &str) -> Result<Self, Invalid> {
        if text.chars().count() < Self::MIN_CHARS {
            let reason = format!("must have at least {} characters", Self::MIN_CHARS);
            return Err(Invalid::new(field, reason));
        }
        Self::typed(field, text)
    }

    /// A password that somebody shows; it may be from a time with other rules.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `field` when it is too long.
    pub fn typed(field: &'static str, text: &str) -> Result<Self, Invalid> {
        if Self::MAX_BYTES < text.len() {
            return Err(Invalid::new(field, "is too long"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The bytes to hash.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// An account as it is to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The address it signs in with.
    pub email: Email,
    /// What others see.
    pub name: String,
    /// What it may do.
    pub role: Role,
}

impl NewAccount {
    /// An account; without a name it is called by the part of its address before the `@`.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `email` or `name`.
    pub fn new(email: &str, name: Option<&str>, role: Role) -> Result<Self, Invalid> {
        let email = Email::try_from(email)?;
        let name = match name {
            Some(name) => one_line("name", name, 100)?,
            None => email
                .as_str()
                .split('@')
                .next()
                .unwrap_or_default()
                .to_owned(),
        };
        Ok(Self { email, name, role })
    }
}

/// An account as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: UserId,
    /// The address it signs in with.
    pub email: String,
    /// What others see.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Since when it may no longer sign in.
    pub disabled_at: Option<Timestamp>,
    /// When somebody last signed in as it.
    pub signed_in_at: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// What a change to an account names; the rest stays.
#[derive(Clone, Debug, Default)]
pub struct AccountChange {
    /// Another name.
    pub name: Option<String>,
    /// Another role.
    pub role: Option<Role>,
    /// Whether it may no longer sign in.
    pub disabled: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_lower_case() {
        let email = Email::try_from(" Ana@Example.ORG ").unwrap();

        assert_eq!(email.as_str(), "ana@example.org");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "ana", "ana@", "@x", "a@b@c", "a b@c"] {
            assert!(Email::try_from(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_password_is_not_printed() {
        let password = Password::chosen("password", "correct horse").unwrap();

        assert!(!format!("{password:?}").contains("horse"));
        assert!(Password::chosen("password", "short").is_err());
    }
}
