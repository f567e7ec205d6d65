//! Who is in a room, and where: owned by the server, one state a connection, never stored.
//!
//! A client speaks for its own awareness id alone. What it says about itself (selection, caret,
//! drag) is passed on; its name, colour and role are the server's words. Changes are merged into
//! one frame for all, in the form of the npm package y-protocols (`encodeAwarenessUpdate`).

use std::collections::{BTreeSet, HashMap};

use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::base::id::ServerId;
use crate::sync::delivery::ConnectionId;
use crate::sync::lib0::{Malformed, Reader, write_bytes, write_uint};
use crate::sync::protocol;

mod elsewhere;

pub use elsewhere::{Changes, Shown};

/// Bytes that one client's own state may take.
const STATE_BYTES: usize = 4096;
/// States that one message may speak of: a stock client repeats everybody's.
const MAX_STATES: u64 = 2000;
/// Departures are repeated for so many ticks to whoever missed some; clients drop silent peers by
/// themselves after 30 s.
const KEEP_DEPARTURES: usize = 512;

/// How a participant is shown to others.
#[derive(Clone, Debug)]
pub struct Persona {
    /// The participant's id.
    pub id: String,
    /// The pseudonym.
    pub name: String,
    /// `viewer`, `editor` or `facilitator`.
    pub role: &'static str,
}

/// Why a presence message is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PresenceError {
    /// Cut off, or not of the form.
    #[error("malformed presence: {0}")]
    Malformed(#[from] Malformed),
    /// The state is not a JSON object, or too large.
    #[error("a presence state must be a JSON object of at most {STATE_BYTES} bytes")]
    State,
    /// The id is somebody else's.
    #[error("that awareness id belongs to somebody else")]
    NotYours,
}

/// Everybody's presence in one room.
#[derive(Debug, Default)]
pub struct Presence {
    present: HashMap<ConnectionId, Present>,
    ids: HashMap<u64, ConnectionId>,
    changed: BTreeSet<ConnectionId>,
    /// Ids that left, with the last clock, newest last.
    departed: Vec<(u64, u64)>,
    /// How many of `departed` nobody has been told yet.
    fresh_departures: usize,
    /// Whether names are left out.
    nameless: bool,
    /// Whose connections other servers have.
    elsewhere: HashMap<ConnectionId, ServerId>,
    /// Connections of this server that left since the last news.
    gone: Vec<ConnectionId>,
    /// Everybody, encoded: shared by all who ask before something changes.
    all: Option<Bytes>,
}

#[derive(Debug)]
struct Present {
    persona: Persona,
    client: u64,
    clock: u64,
    /// How far `clock` is ahead of the client's own: the server has had news of its own.
    ahead: u64,
    /// What the client says of itself.
    said: Map<String, Value>,
    /// The same with the server's word on who it is.
    state: String,
}

impl Presence {
    /// How many are present.
    pub fn len(&self) -> usize {
        self.present.len()
    }

    /// Whether nobody is present.
    pub fn is_empty(&self) -> bool {
        self.present.is_empty()
    }

    /// Whether there is something to tell.
    pub fn has_news(&self) -> bool {
        !self.changed.is_empty() || self.fresh_departures > 0
    }

    /// Takes a client's message; how much everybody is told. `is_free`: whether an id may be its.
    ///
    /// # Errors
    ///
    /// [`PresenceError`]; nothing has changed then.
    pub fn update(
        &mut self,
        from: ConnectionId,
        persona: &Persona,
        message: &[u8],
        is_free: impl Fn(u64) -> bool,
    ) -> Result<usize, PresenceError> {
        let mut own = None;
        for (client, clock, state) in read(message)? {
            let holder = self.ids.get(&client).filter(|it| **it != from);
            let others = holder.and_then(|it| self.present.get(it));
            match others {
                // A stock client repeats what it heard of others: only news would be forgery.
                Some(other) if clock <= other.clock => {}
                Some(other) if other.persona.id != persona.id => {
                    return Err(PresenceError::NotYours);
                }
                None if self.ids.contains_key(&client) => own = Some((client, clock, state)),
                _ if self.present.contains_key(&from) => {}
                // A page that came back on a new socket, while the server still holds the old one.
                Some(_) => own = own.or(Some((client, clock, state))),
                None if is_free(client) => own = own.or(Some((client, clock, state))),
                None => return Err(PresenceError::NotYours),
            }
        }
        let Some((client, clock, state)) = own else {
            return Ok(0);
        };
        if state == "null" {
            self.leave(from);
            return Ok(state.len());
        }
        let said = read_state(state)?;
        self.all = None;
        if let Some(before) = self.ids.insert(client, from).filter(|it| *it != from) {
            self.supersede(before);
        }
        let before = self.present.get(&from).filter(|it| it.client == client);
        let ahead = before.map_or(0, |it| it.ahead);
        let present = Present {
            state: with_persona(&said, persona, self.nameless),
            persona: persona.clone(),
            client,
            clock: clock.saturating_add(ahead),
            ahead,
            said,
        };
        self.present.insert(from, present);
        self.changed.insert(from);
        Ok(state.len())
    }

    /// Forgets the connection that an awareness id came by before; its bearer is still there.
    fn supersede(&mut self, before: ConnectionId) {
        self.present.remove(&before);
        self.changed.remove(&before);
        self.elsewhere.remove(&before);
    }

    /// Shows names or leaves them out, of everybody who is here too.
    pub fn show_names(&mut self, shown: bool) {
        if self.nameless != shown {
            return;
        }
        self.nameless = !shown;
        self.all = None;
        for (connection, present) in &mut self.present {
            present.state = with_persona(&present.said, &present.persona, self.nameless);
            // Clients take news of those only whose clock has gone on.
            present.clock = present.clock.saturating_add(1);
            present.ahead += 1;
            self.changed.insert(*connection);
        }
    }

    /// Forgets a connection, and tells the others.
    pub fn leave(&mut self, connection: ConnectionId) {
        if let Some(gone) = self.present.remove(&connection) {
            self.all = None;
            self.ids.remove(&gone.client);
            self.changed.remove(&connection);
            self.departed.push((gone.client, gone.clock));
            if self.elsewhere.remove(&connection).is_none() {
                self.gone.push(connection);
            }
            self.fresh_departures += 1;
            if self.departed.len() > KEEP_DEPARTURES.max(self.fresh_departures) {
                self.departed.remove(0);
            }
        }
    }

    /// What changed since the last call, as one message for everybody; none if nothing did.
    pub fn news(&mut self) -> Option<Bytes> {
        if !self.has_news() {
            return None;
        }
        let left = &self.departed[self.departed.len() - self.fresh_departures..];
        let there = self.changed.iter().filter_map(|it| self.present.get(it));
        let frame = encode(left, there);
        self.changed.clear();
        self.gone.clear();
        self.fresh_departures = 0;
        Some(frame)
    }

    /// Everybody, and who left lately, for one who missed something.
    pub fn everybody(&mut self) -> Bytes {
        let encoded = || encode(&self.departed, self.present.values());
        self.all.get_or_insert_with(encoded).clone()
    }
}

/// The states of a message, each with its client id and clock: they go on to browsers.
fn read(message: &[u8]) -> Result<Vec<(u64, u64, &str)>, PresenceError> {
    let mut reader = Reader::new(message);
    let n_states = reader.uint()?;
    if n_states > MAX_STATES {
        return Err(Malformed("too many states").into());
    }
    let mut states = Vec::new();
    for _ in 0..n_states {
        states.push((reader.safe_uint()?, reader.safe_uint()?, reader.text()?));
    }
    if !reader.is_empty() {
        return Err(Malformed("bytes after the end").into());
    }
    Ok(states)
}

fn read_state(state: &str) -> Result<Map<String, Value>, PresenceError> {
    if state.len() > STATE_BYTES {
        return Err(PresenceError::State);
    }
    serde_json::from_str(state).map_err(|_| PresenceError::State)
}

/// The client's state with the server's word on who it is. A name that is left out is empty.
fn with_persona(said: &Map<String, Value>, persona: &Persona, nameless: bool) -> String {
    let user = json!({
        "id": persona.id,
        "name": if nameless { "" } else { &persona.name },
        "colour": colour_of(&persona.id),
        "role": persona.role,
    });
    let mut state = said.clone();
    state.insert("user".to_owned(), user);
    Value::Object(state).to_string()
}

/// A colour of the map's palette, the same for a participant wherever it is seen.
fn colour_of(id: &str) -> &'static str {
    const COLOURS: [&str; 6] = ["red", "orange", "yellow", "green", "blue", "purple"];
    let sum: usize = id.bytes().map(usize::from).sum();
    COLOURS[sum % COLOURS.len()]
}

fn encode<'a>(left: &[(u64, u64)], there: impl Iterator<Item = &'a Present>) -> Bytes {
    let there: Vec<&Present> = there.collect();
    let back = |client: u64| there.iter().any(|it| it.client == client);
    let left: Vec<_> = left.iter().filter(|(client, _)| !back(*client)).collect();
    let mut out = Vec::new();
    write_uint(&mut out, (left.len() + there.len()) as u64);
    for &&(client, clock) in &left {
        write_uint(&mut out, client);
        write_uint(&mut out, clock);
        write_bytes(&mut out, b"null");
    }
    for present in there {
        write_uint(&mut out, present.client);
        write_uint(&mut out, present.clock);
        write_bytes(&mut out, present.state.as_bytes());
    }
    protocol::awareness(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn persona(name: &str) -> Persona {
        Persona {
            id: format!("id-{name}"),
            name: name.to_owned(),
            role: "editor",
        }
    }

    fn message(states: &[(u64, u64, &str)]) -> Vec<u8> {
        let mut out = Vec::new();
        write_uint(&mut out, states.len() as u64);
        for (client, clock, state) in states {
            write_uint(&mut out, *client);
            write_uint(&mut out, *clock);
            write_bytes(&mut out, state.as_bytes());
        }
        out
    }

    fn heard(frame: &Bytes) -> Vec<(u64, u64, String)> {
        let mut reader = Reader::new(frame);
        assert_eq!(reader.uint(), Ok(1));
        let states = read(reader.bytes().unwrap()).unwrap();
        states
            .iter()
            .map(|(a, b, c)| (*a, *b, (*c).to_owned()))
            .collect()
    }

    #[test]
    fn the_name_is_the_servers_whatever_the_client_says() {
        let mut presence = Presence::default();
        let lie = message(&[(7, 1, r#"{"user":{"name":"Chief"},"selected":"n1"}"#)]);

        presence
            .update(1, &persona("Badger-07"), &lie, |_| true)
            .unwrap();

        let states = heard(&presence.news().unwrap());
        let state: Value = serde_json::from_str(&states[0].2).unwrap();
        assert_eq!(state["user"]["name"], "Badger-07");
        assert_eq!(state["selected"], "n1");
    }

    #[test]
    fn names_that_are_not_to_be_seen_are_taken_back_and_what_comes_next_is_news_too() {
        let mut presence = Presence::default();
        let say = |presence: &mut Presence, clock| {
            let message = message(&[(7, clock, r#"{"selected":"n1"}"#)]);
            presence.update(1, &persona("A"), &message, |_| true)
        };
        say(&mut presence, 1).unwrap();
        presence.news();

        presence.show_names(false);
        let (_, after, state) = heard(&presence.news().unwrap()).remove(0);
        say(&mut presence, 2).unwrap();
        let (_, later, next) = heard(&presence.news().unwrap()).remove(0);

        assert!(1 < after && after < later);
        for state in [state, next] {
            let state: Value = serde_json::from_str(&state).unwrap();
            assert_eq!(
                (&state["user"]["name"], &state["selected"]),
                (&json!(""), &json!("n1"))
            );
            assert_eq!(state["user"]["id"], "id-A");
        }
        presence.show_names(true);
        assert!(presence.news().is_some());
    }

    #[test]
    fn nobody_speaks_for_somebody_else() {
        let mut presence = Presence::default();
        presence
            .update(1, &persona("A"), &message(&[(7, 1, "{}")]), |_| true)
            .unwrap();

        let forged = presence.update(2, &persona("B"), &message(&[(7, 9, "{}")]), |_| true);
        let taken = presence.update(2, &persona("B"), &message(&[(8, 1, "{}")]), |_| false);

        assert_eq!(forged, Err(PresenceError::NotYours));
        assert_eq!(taken, Err(PresenceError::NotYours));
    }

    #[test]
    fn repeating_what_one_heard_of_others_is_not_forgery() {
        let mut presence = Presence::default();
        presence
            .update(1, &persona("A"), &message(&[(7, 5, "{}")]), |_| true)
            .unwrap();
        let both = message(&[(8, 1, "{}"), (7, 5, "{}")]);

        assert_eq!(presence.update(2, &persona("B"), &both, |_| true), Ok(2));
        assert_eq!(presence.len(), 2);
    }

    #[test]
    fn who_leaves_is_gone_for_those_who_missed_it_too() {
        let mut presence = Presence::default();
        presence
            .update(1, &persona("A"), &message(&[(7, 5, "{}")]), |_| true)
            .unwrap();
        presence.leave(1);

        let news = heard(&presence.news().unwrap());

        assert_eq!(news, [(7, 5, "null".to_owned())]);
        assert_eq!(heard(&presence.everybody()), news);
        assert!(presence.news().is_none());
    }
}
