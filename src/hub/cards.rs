//! Cards live: rooms are told when what their maps are linked to has changed.
//!
//! Nothing happens while the catalogue rests. When it changes, all open rooms are looked at
//! together, and those whose cards are others than before tell their people, once a second at most.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::time::sleep;

use super::cluster::News;
use super::message::Message;
use super::shared::Shared;
use crate::base::id::MapId;
use crate::store::{Card, Judged, StoreError};

/// What changes together is told together.
const GATHER: Duration = Duration::from_millis(150);
/// Then nothing is told for so long.
const REST: Duration = Duration::from_millis(850);
/// A whole number that every client can hold.
const MASK: u64 = (1 << 52) - 1;

/// The rooms that were told of their cards, and which these were.
type Told = HashMap<MapId, (mpsc::Sender<Message>, u64)>;

/// What says that cards may be others.
pub(super) struct Signs {
    linked: Arc<Notify>,
    cards: Arc<Notify>,
}

impl Signs {
    /// A hub's.
    pub(super) fn of(shared: &Shared) -> Self {
        Self {
            linked: Arc::clone(&shared.linked),
            cards: Arc::clone(&shared.cards),
        }
    }
}

/// Looks after the cards of open rooms, until the hub is gone.
pub(super) async fn watch(shared: Weak<Shared>, signs: Signs) {
    let mut told = Told::new();
    loop {
        let Some(store) = shared.upgrade().map(|it| it.store.clone()) else {
            return;
        };
        let is_ours = tokio::select! {
            () = store.catalogue_change() => true,
            () = signs.linked.notified() => true,
            () = signs.cards.notified() => false,
        };
        drop(store);
        if let Some(shared) = shared.upgrade().filter(|_| is_ours) {
            shared.tell_others(News::Catalogue);
        }
        sleep(GATHER).await;
        let Some(shared) = shared.upgrade() else {
            return;
        };
        if let Err(error) = tell(&shared, &mut told).await {
            tracing::error!(%error, "open maps were not told that the catalogue changed");
        }
        drop(shared);
        sleep(REST).await;
    }
}

/// Tells the rooms whose cards are others than they were told before; the others are not woken.
async fn tell(shared: &Shared, told: &mut Told) -> Result<(), StoreError> {
    let open: Vec<_> = shared
        .rooms()
        .iter()
        .map(|(map, mailbox)| (*map, mailbox.clone()))
        .collect();
    if open.is_empty() {
        told.clear();
        return Ok(());
    }
    let maps: Vec<_> = open.iter().map(|it| it.0).collect();
    let cards = shared.store.cards_of_maps(&maps).await?;
    let judged = shared.store.judged_links(&maps).await?;
    let before = std::mem::take(told);
    for (map, mailbox) in open {
        let links = judged.get(&map).map_or(&[][..], |it| it);
        let number = cards.get(&map).map_or(0, |it| number(it, links));
        let same_room = before.get(&map).filter(|it| it.0.same_channel(&mailbox));
        let known = same_room.map_or(0, |it| it.1);
        // A room that is too busy to listen is told the next time something changes.
        let is_told = known == number || mailbox.try_send(Message::Catalogue { number }).is_ok();
        told.insert(map, (mailbox, if is_told { number } else { known }));
    }
    Ok(())
}

/// A number that is another when one of the cards is, or what was judged of a link.
fn number(cards: &[Card], judged: &[Judged]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for card in cards {
        card.target.hash(&mut hasher);
        card.record.hash(&mut hasher);
    }
    judged.hash(&mut hasher);
    (hasher.finish() & MASK).max(1)
}
