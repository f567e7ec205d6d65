//! Who is in the same map on other servers: what servers tell one another of presence.

use serde::{Deserialize, Serialize};

use super::{Persona, Presence, Present, read_state, with_persona};
use crate::base::id::{ParticipantId, ServerId};
use crate::sync::delivery::ConnectionId;
use crate::workshop::role::MapRole;

/// What one connection shows, as its server tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Whose it is; no two servers give the same number.
    pub connection: ConnectionId,
    /// The participant's id.
    pub id: String,
    /// The pseudonym.
    pub name: String,
    /// `viewer`, `editor` or `facilitator`.
    pub role: String,
    /// The awareness id.
    pub client: u64,
    /// Its clock.
    pub clock: u64,
    /// What the client says of itself: a JSON object.
    pub said: String,
}

/// What changed on one server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Who shows something else than before.
    pub here: Vec<Shown>,
    /// Who left.
    pub gone: Vec<ConnectionId>,
}

impl Changes {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.here.is_empty() && self.gone.is_empty()
    }
}

impl Presence {
    /// What changed among this server's own connections since the last [`Presence::news`].
    pub fn changes(&self) -> Changes {
        let changed = self.changed.iter().copied();
        Changes {
            here: changed.filter_map(|it| self.shown(it)).collect(),
            gone: self.gone.clone(),
        }
    }

    /// What all connections of this server show.
    pub fn all_own(&self) -> Vec<Shown> {
        let all = self.present.keys().copied();
        all.filter_map(|it| self.shown(it)).collect()
    }

    /// What a connection of this server shows.
    fn shown(&self, connection: ConnectionId) -> Option<Shown> {
        if self.elsewhere.contains_key(&connection) {
            return None;
        }
        let present = self.present.get(&connection)?;
        Some(Shown {
            connection,
            id: present.persona.id.clone(),
            name: present.persona.name.clone(),
            role: present.persona.role.to_owned(),
            client: present.client,
            clock: present.clock,
            said: serde_json::Value::Object(present.said.clone()).to_string(),
        })
    }

    /// Takes in what another server says of its connections.
    pub fn hear(&mut self, server: ServerId, changes: Changes) {
        for connection in changes.gone {
            if self.elsewhere.get(&connection) == Some(&server) {
                self.leave(connection);
            }
        }
        for shown in changes.here {
            self.hear_one(server, shown);
        }
    }

    /// Takes in what all connections of another server show: there are no others.
    pub fn hear_all(&mut self, server: ServerId, shown: Vec<Shown>) {
        let mut gone = self.of(server);
        gone.retain(|it| shown.iter().all(|shown| shown.connection != *it));
        self.hear(server, Changes { here: shown, gone });
    }

    /// Forgets the connections of a server that is gone.
    pub fn lose(&mut self, server: ServerId) {
        for connection in self.of(server) {
            self.leave(connection);
        }
    }

    /// Whether a participant shows anything, here or on another server.
    pub fn has(&self, participant: ParticipantId) -> bool {
        let id = participant.to_string();
        self.present.values().any(|it| it.persona.id == id)
    }

    /// Whether nobody but this participant shows itself by an awareness id, here or on another
    /// server.
    pub fn is_free(&self, client: u64, participant: ParticipantId) -> bool {
        let bearer = self.ids.get(&client).and_then(|it| self.present.get(it));
        bearer.is_none_or(|it| it.persona.id == participant.to_string())
    }

    /// The servers that have connections here.
    pub fn servers(&self) -> Vec<ServerId> {
        let mut servers: Vec<_> = self.elsewhere.values().copied().collect();
        servers.sort_unstable();
        servers.dedup();
        servers
    }

    fn of(&self, server: ServerId) -> Vec<ConnectionId> {
        let all = self.elsewhere.iter();
        all.filter(|it| *it.1 == server).map(|it| *it.0).collect()
    }

    fn hear_one(&mut self, server: ServerId, shown: Shown) {
        let Ok(said) = read_state(&shown.said) else {
            return;
        };
        let Ok(role) = MapRole::try_from(&*shown.role) else {
            return;
        };
        if let Some(before) = self.ids.get(&shown.client).copied() {
            let clock = self.present.get(&before).map_or(0, |it| it.clock);
            if shown.clock < clock || (before != shown.connection && shown.clock == clock) {
                return;
            }
            // A page that came back, by way of another server.
            if before != shown.connection {
                self.supersede(before);
            }
        }
        self.all = None;
        let persona = Persona {
            id: shown.id,
            name: shown.name,
            role: role.as_str(),
        };
        let present = Present {
            state: with_persona(&said, &persona, self.nameless),
            persona,
            client: shown.client,
            clock: shown.clock,
            ahead: 0,
            said,
        };
        self.ids.insert(shown.client, shown.connection);
        self.elsewhere.insert(shown.connection, server);
        let told = self.present.insert(shown.connection, present);
        let is_known = told.is_some_and(|it| it.clock == shown.clock);
        if !is_known {
            self.changed.insert(shown.connection);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(connection: ConnectionId, client: u64, clock: u64) -> Shown {
        Shown {
            connection,
            id: format!("id-{client}"),
            name: "Badger-07".to_owned(),
            role: "editor".to_owned(),
            client,
            clock,
            said: r#"{"selected":"n1"}"#.to_owned(),
        }
    }

    fn told(here: Vec<Shown>) -> Changes {
        Changes {
            here,
            gone: Vec::new(),
        }
    }

    #[test]
    fn who_is_on_another_server_is_seen_here_and_not_told_on() {
        let (mut presence, other) = (Presence::default(), ServerId::new());

        presence.hear(other, told(vec![shown(1, 7, 1)]));

        assert!(presence.has_news());
        assert!(presence.changes().is_empty());
        assert!(presence.all_own().is_empty());
        assert_eq!(presence.servers(), [other]);
    }

    #[test]
    fn who_is_not_named_any_more_has_left_and_so_has_everybody_of_a_server_that_is_gone() {
        let (mut presence, one, two) = (Presence::default(), ServerId::new(), ServerId::new());
        presence.hear(one, told(vec![shown(1, 7, 1), shown(2, 8, 1)]));
        presence.hear(two, told(vec![shown(3, 9, 1)]));

        presence.hear_all(one, vec![shown(2, 8, 1)]);
        assert_eq!(presence.len(), 2);

        presence.lose(two);
        assert_eq!(presence.servers(), [one]);
    }

    #[test]
    fn a_page_that_came_back_by_another_server_is_there_once() {
        let (mut presence, one, two) = (Presence::default(), ServerId::new(), ServerId::new());
        presence.hear(one, told(vec![shown(1, 7, 1)]));

        presence.hear(two, told(vec![shown(2, 7, 2)]));
        presence.hear(one, told(vec![shown(1, 7, 1)]));

        assert_eq!((presence.len(), presence.servers()), (1, vec![two]));
    }
}
