//! The demonstration: fills a database that holds no session yet.

use anyhow::Context;

use super::demo_links;
use crate::base::id::{GroupId, MapId, ParticipantId, SessionId};
use crate::base::time::Timestamp;
use crate::hub::read_into_tables;
use crate::mindmap::demo::{Demo, DemoSession, DemoState, demo};
use crate::mindmap::digest::digest;
use crate::mindmap::edit;
use crate::mindmap::limits::Limits;
use crate::store::{
    By, Join, MAX_LIMIT, PageRequest, Secret, SessionFilter, SignOff, Signed, Store,
};
use crate::sync::replica::Replica;
use crate::workshop::group::NewGroup;
use crate::workshop::invite::{Code, NewInvite};
use crate::workshop::map::MapTitle;
use crate::workshop::notice;
use crate::workshop::role::MapRole;
use crate::workshop::session::{NewSession, SessionChange, SessionDraft};

/// How many took part in each session.
const PEOPLE: usize = 9;

/// Makes the groups that the field knows, where there are none yet. Groups are retired and never
/// deleted, so they do not come back against anybody's will.
pub(super) async fn add_first_groups(store: &Store, now: Timestamp) -> anyhow::Result<()> {
    let any = PageRequest::new(Some(1), None, None)?;
    if !store.groups(&any).await?.items.is_empty() {
        return Ok(());
    }
    // Lists show the newest first.
    for group in demo().groups.iter().rev() {
        let group = NewGroup::new(&group.name, &group.scope, &group.origin)?;
        store.create_group(&group, &By::command(now)).await?;
    }
    Ok(())
}

/// Makes the demonstration's sessions and maps, where there is no session yet; with links, where the
/// catalogue is the demonstration's too.
pub(super) async fn add_sessions(
    store: &Store,
    is_linked: bool,
    now: Timestamp,
) -> anyhow::Result<()> {
    let any = PageRequest::new(Some(1), None, None)?;
    let filter = SessionFilter::default();
    if !store.sessions(&filter, &any).await?.items.is_empty() {
        return Ok(());
    }
    let Demo { sessions, .. } = demo();
    for session in &sessions {
        add_session(store, session, is_linked, now).await?;
    }
    Ok(())
}

async fn add_session(
    store: &Store,
    demo: &DemoSession,
    is_linked: bool,
    now: Timestamp,
) -> anyhow::Result<()> {
    let by = By::command(now);
    let draft = SessionDraft {
        title: Some(demo.title),
        theme: Some(demo.theme),
        state: Some("live"),
        tlp: Some("CLEAR"),
        ..SessionDraft::default()
    };
    let groups = groups_named(store, demo.groups).await?;
    let session = store
        .create_session(&NewSession::new(&draft, &groups)?, &by)
        .await?;
    let people = add_people(store, session.id, now).await?;
    if demo.state == DemoState::Closed {
        let over = SessionDraft {
            state: Some("closed"),
            ..SessionDraft::default()
        };
        let over = SessionChange::try_from(&over)?;
        store.change_session(session.id, None, &over, &by).await?;
    }
    let links = match is_linked {
        true => demo_links::targets(store).await?,
        false => Vec::new(),
    };
    for map in &demo.maps {
        let mut map = map.clone();
        demo_links::add(&mut map.branches, &links);
        let title = MapTitle::try_from(map.title.as_str())?;
        let document = edit::document(&map.title, &map.branches, &people, now);
        let made = store.create_map(session.id, &title, document, &by).await?;
        if demo.state == DemoState::Closed {
            sign_off(store, made.id, &by).await?;
            demo_links::confirm(store, made.id, &by).await?;
        } else {
            // The report counts what is in it; a server would read it a moment later.
            read_into_tables(store, made.id, &Limits::default()).await?;
        }
    }
    Ok(())
}

/// Signs a map off as it stands, which closing a session does.
async fn sign_off(store: &Store, map: MapId, by: &By) -> anyhow::Result<()> {
    let rows = store.log_after(map, 0, MAX_LIMIT).await?;
    let last = rows.last().context("the map has no log")?;
    let updates = rows.iter().map(|it| &it.row.body[..]);
    let replica = Replica::load(updates, &Limits::default())?;
    let stands = SignOff {
        seq: last.row.seq,
        epoch: last.row.epoch,
        signed: Signed {
            log: last.hash,
            state: digest(replica.doc()),
        },
    };
    store.sign_off(map, &stands, by).await?;
    Ok(())
}

/// Those who wrote the maps: they came by a link that nobody else can use.
async fn add_people(
    store: &Store,
    session: SessionId,
    now: Timestamp,
) -> anyhow::Result<Vec<ParticipantId>> {
    let by = By::command(now);
    let invite = NewInvite::new(session, MapRole::Editor, None, None, now)?;
    let invite = store.create_invite(&invite, &by).await?;
    let code = Code::try_from(invite.code.as_str())?;
    let mut people = Vec::new();
    for _ in 0..PEOPLE {
        let device = Secret::of_device(None);
        let join = Join {
            code: &code,
            device: device.expose(),
            name: None,
            notice: notice::VERSION,
        };
        people.push(store.join(&join, now).await?.0.id);
    }
    store.revoke_invite(invite.id, &by).await?;
    Ok(people)
}

/// The ids of the groups with these names; those that are not there are left out.
async fn groups_named(store: &Store, names: &[&str]) -> anyhow::Result<Vec<GroupId>> {
    let all = store
        .groups(&PageRequest::new(Some(500), None, None)?)
        .await?;
    let id_of = |name: &&str| {
        all.items
            .iter()
            .find(|it| it.name == **name)
            .map(|it| it.id)
    };
    Ok(names.iter().filter_map(id_of).collect())
}
