//! A real server on a free port, and clients of every kind to call it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use gapmap::base::time::{Clock, Timestamp};
use gapmap::http::{App, Options, Server};
use gapmap::store::{By, Store};
use gapmap::workshop::account::{Account, NewAccount, Password};
use gapmap::workshop::role::Role;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Method, Url};
use serde_json::{Value, json};

use crate::harness::Database;

/// The password of every account that a test makes.
pub(crate) const PASSWORD: &str = "correct horse";

/// A running server with a database of its own. Stops when the test ends.
pub(crate) struct TestServer {
    /// The server's inside, for what no route shows.
    pub(crate) app: App,
    /// Its store.
    pub(crate) store: Store,
    /// `http://127.0.0.1:port`.
    pub(crate) base: String,
    clock: Arc<AtomicI64>,
    server: Server,
    database: Database,
}

impl TestServer {
    /// Starts one on SQLite, set up as out of the box.
    pub(crate) async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    /// Starts one on SQLite, set up like this.
    pub(crate) async fn start_with(options: Options) -> Self {
        Self::start_on(Database::sqlite().await, options).await
    }

    /// Starts one on this database, set up like this.
    pub(crate) async fn start_on(database: Database, options: Options) -> Self {
        let clock = Arc::new(AtomicI64::new(Clock::System.now().0));
        let store = database.store.clone();
        let app = App::new(store.clone(), Clock::Set(clock.clone()), options);
        let address = ([127, 0, 0, 1], 0).into();
        let server = Server::start(app.clone(), address).await.unwrap();
        Self {
            app,
            store,
            base: format!("http://{}", server.address()),
            clock,
            server,
            database,
        }
    }

    /// Stops it as a signal does, and gives the database that it leaves behind.
    pub(crate) async fn stop(self) -> Database {
        self.server.stop().await;
        self.database
    }

    /// Stops it and starts it again on the same database.
    pub(crate) async fn restart(self) -> Self {
        let options = Options::clone(&self.app.options);
        let mut database = self.stop().await;
        database.open_again().await;
        Self::start_on(database, options).await
    }

    /// Lets time pass for the server.
    pub(crate) fn pass(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap();
        self.clock.fetch_add(millis, Ordering::Relaxed);
    }

    /// The server's time.
    pub(crate) fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    /// A script with a token of a new account of this role.
    pub(crate) async fn script(&self, role: Role) -> Client {
        let account = self.account(role).await;
        let by = By::command(self.now());
        let minute = Duration::from_secs(3600);
        let (_, token) = self
            .store
            .create_token(account.id, "test", minute, &by)
            .await
            .unwrap();
        self.client(Some(token.expose()))
    }

    /// A new account of this role; its address is its id's.
    pub(crate) async fn account(&self, role: Role) -> Account {
        let email = format!("{}@example.org", uuid::Uuid::now_v7().simple());
        let account = NewAccount::new(&email, Some("Ana"), role).unwrap();
        let password = Password::chosen("password", PASSWORD).unwrap();
        let by = By::command(self.now());
        self.store
            .create_user(&account, Some(password), &by)
            .await
            .unwrap()
    }

    /// An administrator's script.
    pub(crate) async fn admin(&self) -> Client {
        self.script(Role::Admin).await
    }

    /// A facilitator's script.
    pub(crate) async fn facilitator(&self) -> Client {
        self.script(Role::Facilitator).await
    }

    /// A browser that keeps its cookies, in which nobody signed in yet.
    pub(crate) fn browser(&self) -> Client {
        self.client(None)
    }

    /// Whoever shows this token; without one, a browser.
    pub(crate) fn client(&self, token: Option<&str>) -> Client {
        Client::of(&self.base, token)
    }

    /// A browser in which a new account of this role signed in with its password.
    pub(crate) async fn signed_in(&self, role: Role) -> Client {
        let account = self.account(role).await;
        self.signed_in_as(&account.email).await
    }

    /// A browser in which this account signed in with its password.
    pub(crate) async fn signed_in_as(&self, email: &str) -> Client {
        let browser = self.browser();
        let body = json!({ "email": email, "password": PASSWORD });
        let reply = browser.post("/api/v1/sign-in", body).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        browser
    }

    /// The id of a new session.
    pub(crate) async fn given_session(&self) -> String {
        let session = json!({ "title": "Drones near crowds", "groups": [] });
        let facilitator = self.facilitator().await;
        facilitator.made("/api/v1/sessions", session).await["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// A new invite to this session.
    pub(crate) async fn given_invite(&self, session: &str, role: &str) -> Value {
        let invite = json!({ "session": session, "role": role });
        self.facilitator()
            .await
            .made("/api/v1/invites", invite)
            .await
    }

    /// A browser that joined this session by a new invite, and the answer it got.
    pub(crate) async fn joined(&self, session: &str, role: &str) -> (Client, Value) {
        let invite = self.given_invite(session, role).await;
        let browser = self.browser();
        let body = json!({ "invite": invite["code"] });
        let joined = browser.made("/api/v1/join", body).await;
        (browser, joined)
    }
}

/// Somebody who calls the server.
pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
}

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Reply {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) text: String,
    /// The body as JSON; null when it is none.
    pub(crate) json: Value,
    /// The body as it came.
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    /// A header as text; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    /// Asserts that this is a refusal, in the form that all refusals have.
    #[track_caller]
    pub(crate) fn is_refused(&self, status: u16, code: &str) {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.json["status"], status);
        assert_eq!(self.json["code"], code);
        assert!(self.json["detail"].is_string(), "{}", self.text);
    }
}

impl Client {
    /// Whoever shows this token to the server at this address; without one, a browser.
    pub(crate) fn of(base: &str, token: Option<&str>) -> Self {
        let mut headers = HeaderMap::new();
        if let Some(token) = token {
            let value = HeaderValue::from_str(&format!("Bearer {token}")).unwrap();
            headers.insert(AUTHORIZATION, value);
        }
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .cookie_store(token.is_none())
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            http,
            base: base.to_owned(),
        }
    }

    /// GET.
    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, &[], None).await
    }

    /// POST with a JSON body.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, &[], Some(body)).await
    }

    /// PUT with a JSON body.
    pub(crate) async fn put(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PUT, path, &[], Some(body)).await
    }

    /// PATCH with a JSON body.
    pub(crate) async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PATCH, path, &[], Some(body)).await
    }

    /// DELETE.
    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, &[], None).await
    }

    /// POST that must make a record, which is the answer.
    pub(crate) async fn made(&self, path: &str, body: Value) -> Value {
        let reply = self.post(path, body).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json
    }

    /// Any call.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Reply {
        let url = Url::parse(&format!("{}{path}", self.base)).unwrap();
        let mut request = self.http.request(method, url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        Reply::read(request.send().await.unwrap()).await
    }

    /// POST with a body that need not be JSON.
    pub(crate) async fn post_raw(
        &self,
        path: &str,
        kind: &str,
        body: impl Into<reqwest::Body>,
    ) -> Reply {
        let url = format!("{}{path}", self.base);
        let request = self.http.post(url).header("content-type", kind).body(body);
        Reply::read(request.send().await.unwrap()).await
    }
}

impl Reply {
    async fn read(response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response.bytes().await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Self {
            status,
            headers,
            json: serde_json::from_str(&text).unwrap_or(Value::Null),
            text,
            bytes: bytes.into(),
        }
    }
}
