//! Who is in a map on other servers, and what is shown there for the moment.

use std::time::Duration;

use tokio::time::Instant;

use super::wire::Told;
use crate::base::id::{ParticipantId, ServerId};
use crate::hub::actor::{Actor, Open};
use crate::sync::room::Room;
use crate::sync::state::Call;

/// Who is on a server is said every ten seconds; one that has said nothing for so long has nobody.
const SILENT: Duration = Duration::from_secs(35);

impl Actor {
    /// Tells everybody here, and the other servers, what changed in presence.
    pub(in crate::hub) fn publish_presence(&self, room: &mut Room) {
        if let Some(link) = &self.link {
            let changes = room.presence.changes();
            if !changes.is_empty() {
                link.say(&Told::Presence(link.cluster.id, changes));
            }
        }
        room.publish_presence();
    }

    /// Says who is here, to servers that may have missed it.
    pub(super) fn say_everybody(&self, open: &Open) {
        if let Some(link) = &self.link {
            let all = open.room.presence.all_own();
            link.say(&Told::Everybody(link.cluster.id, all));
        }
    }

    /// Asks the other servers who is there.
    pub(in crate::hub) fn ask_who_is_there(&self) {
        if let Some(link) = &self.link {
            link.say(&Told::WhoIsThere);
        }
    }

    /// Says what is shown for the moment, also that it is nothing any more.
    pub(in crate::hub) fn say_shown(&self) {
        if let Some(link) = &self.link {
            let call = self.ephemeral.call.as_ref();
            let call = call.map(|it| (it.n, it.node.clone()));
            link.say(&Told::Shown(call, self.ephemeral.follow));
        }
    }

    /// Another server shows this.
    pub(super) fn is_shown(
        &mut self,
        room: &Room,
        call: Option<(i64, Option<String>)>,
        follow: Option<ParticipantId>,
    ) {
        let before = self.ephemeral.call.as_ref().map_or(0, |it| it.n);
        if let Some((n, node)) = call.filter(|it| before < it.0) {
            self.ephemeral.call = Some(Call { n, node });
        }
        self.ephemeral.follow = follow;
        self.tell_everybody(room);
    }

    pub(super) fn heard(&mut self, server: ServerId) {
        if let Some(link) = &mut self.link {
            link.heard.insert(server, Instant::now());
        }
    }

    /// Who left without a word, and whose server has lost that word, is gone too.
    pub(super) fn forget_silent_servers(&mut self, room: &mut Room) {
        let Some(link) = &mut self.link else {
            return;
        };
        link.heard.retain(|_, at| at.elapsed() < SILENT);
        for server in room.presence.servers() {
            if !link.heard.contains_key(&server) {
                room.presence.lose(server);
            }
        }
    }
}
