//! From an HTTP request to a websocket (RFC 6455, section 4.2).
//!
//! Done here and not by the web framework, because its own socket keeps the largest message that it
//! ever sent as a buffer, for each connection: a hundred people who open a map of 1.5 MB would hold
//! 150 MB from then on. Here, large messages leave in fragments through a small buffer.

use axum::extract::FromRequestParts;
use axum::http::header::{
    CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use hyper::upgrade::OnUpgrade;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::accept::Wire;
use super::connections::{Busy, ConnectionPlace};
use super::error::{ApiError, Code};
use super::outlet::Io;

/// A websocket, as the server holds it.
pub(super) type Socket = WebSocketStream<Io>;

/// The buffer for reading. The library's default of 128 KiB would be most of what an idle
/// connection costs.
const READ_BUFFER: usize = 1024;
/// Only what the library says by itself goes through its buffer, such as that it is alive; see
/// [`super::pump`] for the rest.
const WRITE_BUFFER: usize = 128;

/// A request that asks for a websocket.
pub(super) struct Upgrade {
    accept: HeaderValue,
    on_upgrade: OnUpgrade,
    place: Option<ConnectionPlace>,
}

impl Upgrade {
    /// Answers 101, and serves the socket in a task of its own, with what has to be held until it
    /// ends. Messages of more than `message_bytes` end it.
    pub(super) fn serve<F>(
        self,
        message_bytes: usize,
        serve: impl FnOnce(Socket, Option<Busy>) -> F + Send + 'static,
    ) -> Response
    where
        F: Future<Output = ()> + Send,
    {
        let Self {
            accept,
            on_upgrade,
            place,
        } = self;
        let busy = place.map(|it| it.busy());
        tokio::spawn(async move {
            let Ok(upgraded) = on_upgrade.await else {
                // The client went away during the handshake.
                return;
            };
            let config = WebSocketConfig::default()
                .read_buffer_size(READ_BUFFER)
                .write_buffer_size(WRITE_BUFFER)
                .max_write_buffer_size(usize::MAX)
                .max_message_size(Some(message_bytes))
                .max_frame_size(Some(message_bytes));
            let Ok(parts) = upgraded.downcast::<Wire>() else {
                tracing::error!("a websocket on something that is no TCP connection");
                return;
            };
            let tcp = parts.io.into_inner().into_inner();
            let io = Io::new(tcp, parts.read_buf, message_bytes);
            let socket = WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await;
            serve(socket, busy).await;
        });
        let headers = [
            (CONNECTION, HeaderValue::from_static("upgrade")),
            (UPGRADE, HeaderValue::from_static("websocket")),
            (SEC_WEBSOCKET_ACCEPT, accept),
        ];
        (StatusCode::SWITCHING_PROTOCOLS, headers).into_response()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Upgrade {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let headers = &parts.headers;
        let asks = parts.method == Method::GET
            && says(headers, CONNECTION, "upgrade")
            && says(headers, UPGRADE, "websocket")
            && says(headers, SEC_WEBSOCKET_VERSION, "13");
        let key = headers.get(SEC_WEBSOCKET_KEY).filter(|_| asks);
        let accept = key.map(|key| derive_accept_key(key.as_bytes()));
        let accept = accept.and_then(|it| HeaderValue::try_from(it).ok());
        let on_upgrade = parts.extensions.remove::<OnUpgrade>();
        match (accept, on_upgrade) {
            (Some(accept), Some(on_upgrade)) => Ok(Self {
                accept,
                on_upgrade,
                place: parts.extensions.remove::<ConnectionPlace>(),
            }),
            _ => Err(ApiError::new(
                StatusCode::UPGRADE_REQUIRED,
                Code::Invalid,
                "this address is for websockets",
            )),
        }
    }
}

/// Whether a header's list of words has this one.
fn says(headers: &HeaderMap, name: HeaderName, word: &str) -> bool {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|it| it.trim().eq_ignore_ascii_case(word))
}
