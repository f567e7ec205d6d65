//! A server with one live session and one map in it, and people who come to it.

use std::time::Duration;

use gapmap::base::id::{MapId, ParticipantId, SessionId};
use gapmap::http::Options;
use gapmap::mindmap::edit;
use gapmap::store::{By, Join, Secret, Store};
use gapmap::workshop::account::NewAccount;
use gapmap::workshop::invite::{Code, NewInvite};
use gapmap::workshop::map::MapTitle;
use gapmap::workshop::role::{MapRole, Role};
use gapmap::workshop::session::{NewSession, SessionDraft};
use yrs::Doc;

use super::client::{Knock, LiveClient};
use crate::harness::Database;
use crate::pen;
use crate::server::{Client, TestServer};

/// Where a test takes place.
pub(crate) struct Scene {
    /// The server.
    pub(crate) server: TestServer,
    /// Its live session.
    pub(crate) session: SessionId,
    /// The session's map.
    pub(crate) map: MapId,
    /// A facilitator's API token.
    pub(crate) lead: String,
}

/// Somebody who may come in.
#[derive(Clone, Debug)]
pub(crate) struct Guest {
    /// Who.
    pub(crate) id: ParticipantId,
    /// What others see.
    pub(crate) pseudonym: String,
    /// Their token.
    pub(crate) token: String,
    /// The secret that their device's cookie holds.
    pub(crate) device: String,
}

impl Scene {
    /// On SQLite, set up as out of the box.
    pub(crate) async fn new() -> Self {
        Self::with(Options::default()).await
    }

    /// On SQLite, set up like this.
    pub(crate) async fn with(options: Options) -> Self {
        Self::on(Database::sqlite().await, options).await
    }

    /// On this database, set up like this.
    pub(crate) async fn on(database: Database, options: Options) -> Self {
        let server = TestServer::start_on(database, options).await;
        let by = By::command(server.now());
        let lead = NewAccount::new("lead@example.org", Some("Lead"), Role::Facilitator).unwrap();
        let lead = server.store.create_user(&lead, None, &by).await.unwrap();
        let year = Duration::from_secs(365 * 86_400);
        let token = server.store.create_token(lead.id, "test", year, &by).await;
        let session = new_session(&server.store, &by).await;
        let map = new_map(&server.store, session, &by).await;
        Self {
            session,
            map,
            lead: token.unwrap().1.expose().to_owned(),
            server,
        }
    }

    /// The same after the server stopped and started again.
    pub(crate) async fn restarted(self) -> Self {
        Self {
            server: self.server.restart().await,
            ..self
        }
    }

    /// One more map of the session.
    pub(crate) async fn another_map(&self) -> MapId {
        let by = By::command(self.server.now());
        new_map(&self.server.store, self.session, &by).await
    }

    /// A new participant.
    pub(crate) async fn guest(&self, role: MapRole) -> Guest {
        let device = Secret::of_device(None);
        self.guest_on(role, device.expose()).await
    }

    /// A token of a guest who joins again on the same device.
    pub(crate) async fn fresh_token(&self, guest: &Guest) -> String {
        self.guest_on(MapRole::Viewer, &guest.device).await.token
    }

    async fn guest_on(&self, role: MapRole, device: &str) -> Guest {
        let store = &self.server.store;
        let now = self.server.now();
        let invite = NewInvite::new(self.session, role, None, None, now).unwrap();
        let invite = store.create_invite(&invite, &By::command(now)).await;
        let code = Code::try_from(&*invite.unwrap().code).unwrap();
        let join = Join {
            code: &code,
            device,
            name: None,
            notice: "1",
        };
        let (participant, token) = store.join(&join, now).await.unwrap();
        Guest {
            id: participant.id,
            pseudonym: participant.pseudonym,
            token: token.expose().to_owned(),
            device: device.to_owned(),
        }
    }

    /// A new editor, connected and in sync.
    pub(crate) async fn editor(&self) -> LiveClient {
        let guest = self.guest(MapRole::Editor).await;
        self.joined(&guest).await
    }

    /// A new viewer, connected and in sync.
    pub(crate) async fn viewer(&self) -> LiveClient {
        let guest = self.guest(MapRole::Viewer).await;
        self.joined(&guest).await
    }

    /// The facilitator, connected and in sync.
    pub(crate) async fn leader(&self) -> LiveClient {
        self.leader_of(self.map).await
    }

    /// The facilitator, connected to any map and in sync.
    pub(crate) async fn leader_of(&self, map: MapId) -> LiveClient {
        let knock = Knock {
            query: format!("token={}&gapmap=1", self.lead),
            ..Knock::default()
        };
        let (base, map) = (&self.server.base, map.to_string());
        let mut client = LiveClient::connect(base, &map, &knock, pen::blank()).await;
        client.sync().await;
        client
    }

    /// A connection of this guest, in sync.
    pub(crate) async fn joined(&self, guest: &Guest) -> LiveClient {
        let mut client = self.knock(&guest.token, "gapmap=1", pen::blank()).await;
        client.sync().await;
        client
    }

    /// Comes back with a document that is there already, and is in sync.
    pub(crate) async fn back(&self, guest: &Guest, doc: Doc) -> LiveClient {
        let mut client = self.knock(&guest.token, "gapmap=1", doc).await;
        client.sync().await;
        client
    }

    /// A connection to the map with this token; `query` is what else is asked for.
    pub(crate) async fn knock(&self, token: &str, query: &str, doc: Doc) -> LiveClient {
        let knock = Knock {
            query: format!("token={token}&{query}"),
            ..Knock::default()
        };
        self.connect(&knock, doc).await
    }

    /// Any connection to the map.
    pub(crate) async fn connect(&self, knock: &Knock, doc: Doc) -> LiveClient {
        LiveClient::connect(&self.server.base, &self.map.to_string(), knock, doc).await
    }

    /// The facilitator's script.
    pub(crate) fn script(&self) -> Client {
        self.server.client(Some(&self.lead))
    }

    /// The address of the map in the API.
    pub(crate) fn path(&self) -> String {
        format!("/api/v1/maps/{}", self.map)
    }

    /// The document that the map's log makes.
    pub(crate) async fn stored(&self) -> Doc {
        stored(&self.server.store, self.map).await
    }

    /// Where the map's log ends.
    pub(crate) async fn seq(&self) -> u64 {
        self.server.store.head(self.map).await.unwrap().seq
    }
}

/// The document that a map's log makes.
pub(crate) async fn stored(store: &Store, map: MapId) -> Doc {
    let epoch = store.map(map).await.unwrap().epoch;
    let rows = store.log_after(map, 0, i64::MAX).await.unwrap();
    let doc = pen::blank();
    for row in rows.iter().filter(|it| it.row.epoch == epoch) {
        pen::apply(&doc, &row.row.body);
    }
    doc
}

/// A new session, live at once.
pub(crate) async fn new_session(store: &Store, by: &By) -> SessionId {
    let draft = SessionDraft {
        title: Some("Drones near crowds"),
        ..SessionDraft::default()
    };
    let session = NewSession::new(&draft, &[]).unwrap();
    store.create_session(&session, by).await.unwrap().id
}

/// A new map with nothing but its central topic.
pub(crate) async fn new_map(store: &Store, session: SessionId, by: &By) -> MapId {
    let title = MapTitle::try_from("Drones").unwrap();
    let document = edit::new_document("Drones", None, by.at);
    let map = store.create_map(session, &title, document, by).await;
    map.unwrap().id
}
