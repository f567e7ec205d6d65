//! Whether a frame is accepted: whole, or not at all. An update is never rewritten.
//!
//! Rights, ownership of client ids, holes, sizes and nesting are told from the update alone, before
//! the CRDT library sees it. What only shows in the document is looked at once the update has been
//! applied; a document that had to be touched for a refusal is rebuilt from the log.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;

use super::authorship::{Forged, Said, Statement};
use super::clocks;
use super::delivery::ConnectionId;
use super::outline::{Outline, Run, WireError};
use super::replica::{Effect, Tainted};
use super::room::{Right, Room};
use super::rules::Author;
use super::wire;
use crate::base::id::ParticipantId;
use crate::mindmap::schema;

/// What was decided in a frame's favour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admitted {
    /// It says nothing new: nothing to log.
    Nothing,
    /// It is in the document and must be logged.
    Logged {
        /// Who made it.
        by: ParticipantId,
        /// Client ids that nobody used before, and that are this participant's now.
        new_clients: Vec<u64>,
    },
}

/// Why a frame is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// A stable word for programs.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
    /// What has to happen besides telling the client.
    pub remedy: Remedy,
}

/// What a refusal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing: the room is as it was.
    None,
    /// The client starts again from step 1; it may then be accepted.
    Resync,
    /// The document has been touched: throw it away and rebuild it from the log.
    Rebuild,
    /// The document must be loaded first; then ask again.
    Load,
}

/// Who wrote an update that bears somebody's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signed {
    /// They did.
    Themselves,
    /// The server did, for them.
    ByServer,
}

impl Refusal {
    pub(super) fn not_loaded() -> Self {
        Self::new("not_loaded", "", Remedy::Load)
    }

    pub(super) fn new(code: &'static str, message: impl ToString, remedy: Remedy) -> Self {
        Self {
            code,
            message: message.to_string(),
            remedy,
        }
    }
}

impl Room {
    /// Decides on one frame of one member.
    ///
    /// # Errors
    ///
    /// [`Refusal`] says why not, and what has to happen now.
    pub fn admit(&mut self, from: ConnectionId, update: &Bytes) -> Result<Admitted, Refusal> {
        let room = self;
        let refuse = |code, message: &str| Err(Refusal::new(code, message, Remedy::None));
        let Some(member) = room.members.get(&from) else {
            return refuse("forbidden", "this connection has left the room");
        };
        let author = (member.participant, member.right);
        room.decide(author.0, author.1, update, Signed::Themselves)
    }

    /// Decides on one frame of somebody whose connection another server has.
    ///
    /// # Errors
    ///
    /// As [`Room::admit`].
    pub fn admit_from_elsewhere(
        &mut self,
        (by, right): (ParticipantId, Right),
        update: &Bytes,
    ) -> Result<Admitted, Refusal> {
        self.decide(by, right, update, Signed::Themselves)
    }

    /// Decides on an update that the server has written in the name of somebody with this right. It
    /// may repeat what others have made.
    ///
    /// # Errors
    ///
    /// As [`Room::admit`].
    pub fn admit_own(
        &mut self,
        (by, right): (ParticipantId, Right),
        update: &Bytes,
    ) -> Result<Admitted, Refusal> {
        self.decide(by, right, update, Signed::ByServer)
    }

    fn decide(
        &mut self,
        by: ParticipantId,
        right: Right,
        update: &Bytes,
        signed: Signed,
    ) -> Result<Admitted, Refusal> {
        let room = self;
        let refuse = |code, message: &str| Err(Refusal::new(code, message, Remedy::None));
        let outline = read(room, update)?;
        let new: Vec<u64> = newly_extended(room, &outline);
        if right == Right::Read || room.writable_by.is_none_or(|least| right < least) {
            // Who may not write still answers the server's step 1, with what the server has.
            let known = new.is_empty() && has_deleted(room, &outline)?;
            return match (known, right) {
                (true, _) => Ok(Admitted::Nothing),
                (false, Right::Read) => {
                    refuse("read_only", "you may read this map, not write in it")
                }
                (false, _) => refuse("locked", "the map is locked"),
            };
        }
        if outline.is_empty() {
            return Ok(Admitted::Nothing);
        }
        if new.iter().any(|it| !may_use(room, *it, by)) {
            return refuse("not_yours", "the edit bears a client id of somebody else");
        }
        check_holes(room, &outline)?;
        room.keep_size(&outline)?;
        if signed == Signed::Themselves {
            room.keep_clients((by, right), &new)?;
            room.keep_short(&outline, update)?;
        }
        if right != Right::Lead && !room.rules.withhold_nothing() {
            room.keep_rules(by, update)?;
        }
        if room.take_in((by, right), &outline, update, signed)? == Effect::None {
            return Ok(Admitted::Nothing);
        }
        clocks::extend(&mut room.clocks, &outline.runs);
        room.bytes += outline.weight;
        let new_clients: Vec<u64> = new
            .into_iter()
            .filter(|client| room.owners.insert(*client, by).is_none())
            .collect();
        Ok(Admitted::Logged { by, new_clients })
    }
}

impl Room {
    /// Takes in an update that another server has committed, in the name of `by` where it is
    /// somebody's. [`Room::publish`] tells the members of it.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when the document does not take it: it has to be read anew.
    pub fn take_committed(
        &mut self,
        by: Option<ParticipantId>,
        update: &Bytes,
    ) -> Result<(), Refusal> {
        let outline = read(self, update)?;
        let new = newly_extended(self, &outline);
        if let Some(replica) = &mut self.replica {
            replica.apply(update, &outline).map_err(of_tainted)?;
            let said = replica.take_said();
            self.withdrawn.note(said);
            if let Some(watch) = &mut self.watch {
                watch.follow(replica, update);
            }
        }
        clocks::extend(&mut self.clocks, &outline.runs);
        self.bytes += outline.weight;
        if let Some(by) = by {
            for client in new {
                self.owners.entry(client).or_insert(by);
            }
        }
        Ok(())
    }

    /// Refuses an update of a participant that does what the rules withhold.
    fn keep_rules(&mut self, by: ParticipantId, update: &[u8]) -> Result<(), Refusal> {
        let unreadable = |it| Refusal::new("malformed", it, Remedy::None);
        self.watch()?;
        let (Some(watch), Some(replica)) = (&mut self.watch, &self.replica) else {
            return Err(Refusal::not_loaded());
        };
        let author = Author {
            by,
            owners: &self.owners,
        };
        let objection = watch.objection(&self.rules, replica, author, update);
        match objection.map_err(unreadable)? {
            Some(why) => Err(Refusal::new("forbidden", why, Remedy::None)),
            None => Ok(()),
        }
    }

    /// Puts an update into the document, where the schema has a place for it and it says nothing
    /// in somebody else's name.
    fn take_in(
        &mut self,
        author: (ParticipantId, Right),
        outline: &Outline,
        update: &Bytes,
        signed: Signed,
    ) -> Result<Effect, Refusal> {
        let replica = self.replica.as_mut().ok_or_else(Refusal::not_loaded)?;
        if !replica.can_hold(&outline.attached) {
            let message = "an update that puts something where the schema has no place for it";
            return Err(Refusal::new("schema", message, Remedy::None));
        }
        let effect = replica.apply(update, outline).map_err(of_tainted)?;
        let said = replica.take_said();
        if signed == Signed::Themselves {
            self.check_names(author, &said)
                .map_err(|it| of_tainted(it.into()))?;
        }
        self.withdrawn.note(said);
        if let (Some(watch), Some(replica)) = (&mut self.watch, &self.replica) {
            watch.follow(replica, update);
        }
        Ok(effect)
    }

    /// Refuses what is said in the name of another participant, nodes in the place of theirs, and
    /// changes to their comments, except by those who lead.
    ///
    /// Every participant's id but one's own counts, not only of those who were in this map: whoever
    /// takes part in the session may be named by a forger before they come here. A word that is no
    /// such id names nobody. Those who lead may bring a map from elsewhere, with the names of people
    /// whom nobody here knows.
    fn check_names(&self, (by, right): (ParticipantId, Right), said: &Said) -> Result<(), Forged> {
        let is_forged = |name: &Arc<str>| {
            let named: Option<ParticipantId> = name.parse().ok();
            named.is_some_and(|it| it != by && (right != Right::Lead || self.knows(it)))
        };
        if said.makers.iter().any(is_forged) {
            return Err(Forged("a node is made in one's own name only"));
        }
        let is_anothers = |it: &u64| self.owners.get(it) != Some(&by);
        if said.replaced.iter().any(is_anothers) {
            return Err(Forged("a node that somebody else made cannot be replaced"));
        }
        let may_repeat = |it: &Statement| {
            // Of a comment that comes back, the words may be others.
            let leads = right == Right::Lead || !matches!(it, Statement::Comment(..));
            leads && self.withdrawn.has(it)
        };
        let mut forged = said.stated.iter().filter(|it| is_forged(it.by()));
        if let Some(forged) = forged.find(|it| !may_repeat(it)) {
            return Err(forged.refusal());
        }
        let me = by.to_string();
        if right != Right::Lead && said.commenters.iter().any(|it| **it != *me) {
            return Err(Forged("a comment is its author's and the facilitators'"));
        }
        Ok(())
    }

    /// Whether this participant is here or has written here.
    fn knows(&self, participant: ParticipantId) -> bool {
        let mut writers = self.owners.values();
        let mut members = self.members.values();
        writers.any(|it| *it == participant)
            || members.any(|it| it.participant == participant)
            || self.presence.has(participant)
    }
}

/// Whether everything that the update deletes is deleted already.
fn has_deleted(room: &Room, outline: &Outline) -> Result<bool, Refusal> {
    if outline.deletes.is_empty() {
        return Ok(true);
    }
    let replica = room.replica.as_ref().ok_or_else(Refusal::not_loaded)?;
    Ok(replica.has_deleted(&outline.deletes))
}

fn read(room: &Room, update: &[u8]) -> Result<Outline, Refusal> {
    let outline = wire::read(update, room.limits.value_bytes).map_err(|error| match error {
        WireError::Hole => gap(),
        WireError::Malformed(_) => Refusal::new("malformed", error, Remedy::None),
        WireError::TooDeep => Refusal::new("too_deep", error, Remedy::None),
        WireError::Foreign(_) => Refusal::new("schema", error, Remedy::None),
        WireError::ValueTooLarge(_) => Refusal::new("too_large", error, Remedy::None),
    })?;
    let known = |name: &str| schema::ROOTS.contains(&name);
    if outline.roots.iter().any(|name| !known(name)) {
        let message = "a map has no such root";
        return Err(Refusal::new("schema", message, Remedy::None));
    }
    Ok(outline)
}

/// The clients of which the update brings something new.
fn newly_extended(room: &Room, outline: &Outline) -> Vec<u64> {
    let is_new = |run: &&Run| clock_of(room, run.client) < run.end;
    outline
        .runs
        .iter()
        .filter(is_new)
        .map(|run| run.client)
        .collect()
}

/// Whether a client id is this participant's, or nobody's yet. One that has clocks and no owner is
/// the server's own: the beginning of the map was written with it. One that somebody shows presence
/// by will be written with by them: taken by another, it would silence them.
fn may_use(room: &Room, client: u64, by: ParticipantId) -> bool {
    match room.owners.get(&client) {
        Some(owner) => *owner == by,
        None => clock_of(room, client) == 0 && room.presence.is_free(client, by),
    }
}

fn clock_of(room: &Room, client: u64) -> u32 {
    room.clocks.get(&client).copied().unwrap_or(0)
}

/// The library would apply an update over a hole, browsers would wait for what is missing; so the
/// server takes neither side and asks for all of it.
fn check_holes(room: &Room, outline: &Outline) -> Result<(), Refusal> {
    if outline
        .runs
        .iter()
        .any(|run| clock_of(room, run.client) < run.start)
    {
        return Err(gap());
    }
    let brought: HashMap<u64, u32> = outline.runs.iter().map(|it| (it.client, it.end)).collect();
    let end_of = |client| clock_of(room, client).max(brought.get(&client).copied().unwrap_or(0));
    let reaches = outline
        .reaches
        .iter()
        .all(|id| id.clock < end_of(id.client));
    let deletes = outline
        .deletes
        .iter()
        .all(|run| run.end <= end_of(run.client));
    if reaches && deletes {
        Ok(())
    } else {
        Err(gap())
    }
}

fn gap() -> Refusal {
    let message = "the edit builds on one that the server has not got; start again from step 1";
    Refusal::new("gap", message, Remedy::Resync)
}

fn of_tainted(tainted: Tainted) -> Refusal {
    match tainted {
        Tainted::Violation(violation) => Refusal {
            code: "schema",
            message: violation.message,
            remedy: Remedy::Rebuild,
        },
        Tainted::Gap => Refusal {
            remedy: Remedy::Rebuild,
            ..gap()
        },
        Tainted::Forged(why) => Refusal::new("forbidden", why, Remedy::Rebuild),
        Tainted::Unusable => Refusal::new("malformed", tainted, Remedy::Rebuild),
    }
}
