//! What servers say to one another: a connection to NATS, with subjects of this database alone.
//!
//! Nothing that must not be lost is said here. A message may be dropped at any time, by NATS or by
//! this side while NATS is away; whoever listens looks into the database for what it missed, now and
//! then and when it is told to. Knows nothing of what the messages mean.

use std::time::Duration;

use async_nats::{Client, ConnectOptions, Event, ServerAddr, Subject, Subscriber};
use bytes::Bytes;
use futures_util::{FutureExt, StreamExt};
use tokio::sync::watch;
use tokio::task::coop::unconstrained;
use tokio::time::timeout;

use crate::base::id::{MapId, ServerId};

/// The longest pause between two attempts to reach NATS again.
const RECONNECT_WITHIN: Duration = Duration::from_secs(1);
/// How long asking for a subject may take. It waits for NATS only where very much waits for it.
const LISTEN_PATIENCE: Duration = Duration::from_secs(2);
/// Messages that may wait for one listener; what comes beyond is dropped.
const WAITING: usize = 1024;
/// Bytes that the envelope of a message may take of what NATS lets through.
const ENVELOPE: usize = 1024;

/// The address of NATS makes no sense.
#[derive(Debug, thiserror::Error)]
#[error("--nats must be an address such as nats://127.0.0.1:4222, or several with commas between")]
pub struct BadAddress;

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// Nobody listens there.
    #[error("nobody is there")]
    Nobody,
    /// Nobody answered in time, or NATS is away.
    #[error("no answer came")]
    Silence,
}

/// Whom a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Every server.
    Everybody,
    /// One server.
    Server(ServerId),
    /// The servers that have this map open.
    Map(MapId),
}

/// A connection to NATS. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Broker {
    client: Client,
    /// What the subjects of this database begin with.
    prefix: String,
    /// How often the connection was made.
    connected: watch::Receiver<u64>,
}

impl Broker {
    /// Begins to connect to `address`; NATS may be away, and comes and goes later. Servers hear one
    /// another when they give the same `name`, which consists of letters, digits and hyphens.
    ///
    /// # Errors
    ///
    /// [`BadAddress`].
    pub async fn connect(address: &str, name: &str) -> Result<Self, BadAddress> {
        let addresses = addresses(address)?;
        let (count, connected) = watch::channel(0);
        let client = ConnectOptions::new()
            .name("gapmap")
            .no_echo()
            .subscription_capacity(WAITING)
            .retry_on_initial_connect()
            .reconnect_delay_callback(|attempts| {
                let tenths = u32::try_from(attempts).unwrap_or(u32::MAX).min(10);
                RECONNECT_WITHIN * tenths / 10
            })
            .event_callback(move |event| {
                match event {
                    Event::Connected => count.send_modify(|it| *it += 1),
                    Event::Disconnected => tracing::warn!("NATS is away"),
                    other => tracing::warn!("NATS: {other}"),
                }
                std::future::ready(())
            })
            .connect(addresses)
            .await
            .map_err(|_| BadAddress)?;
        Ok(Self {
            client,
            prefix: format!("gapmap.{name}"),
            connected,
        })
    }

    /// Counts the times that the connection was made; whoever waits for it to change learns that
    /// messages may have been lost.
    pub fn connections(&self) -> watch::Receiver<u64> {
        self.connected.clone()
    }

    /// How large a message may be.
    pub fn most_bytes(&self) -> usize {
        self.client.max_payload().saturating_sub(ENVELOPE)
    }

    fn subject(&self, topic: Topic) -> Subject {
        let prefix = &self.prefix;
        match topic {
            Topic::Everybody => format!("{prefix}.all"),
            Topic::Server(id) => format!("{prefix}.server.{id}"),
            Topic::Map(id) => format!("{prefix}.map.{id}"),
        }
        .into()
    }

    /// Says something, without waiting: while NATS is away, or has too much to do, it is dropped.
    pub fn say(&self, to: Topic, what: Vec<u8>) {
        self.publish(self.subject(to), what);
    }

    fn publish(&self, subject: Subject, what: Vec<u8>) {
        if self.client.connection_state() == async_nats::connection::State::Connected {
            // Ready at once unless thousands wait. Not bound by what the caller's task may do in
            // one go, which would make it look full.
            let _ = unconstrained(self.client.publish(subject, what.into())).now_or_never();
        }
    }

    /// Asks, and waits no longer than `patience` for the answer.
    ///
    /// # Errors
    ///
    /// [`Unanswered`].
    pub async fn ask(
        &self,
        whom: Topic,
        what: Vec<u8>,
        patience: Duration,
    ) -> Result<Bytes, Unanswered> {
        let asking = self.client.request(self.subject(whom), what.into());
        match timeout(patience, asking).await {
            Ok(Ok(answer)) => Ok(answer.payload),
            Ok(Err(error)) if error.kind() == async_nats::RequestErrorKind::NoResponders => {
                Err(Unanswered::Nobody)
            }
            Ok(Err(_)) | Err(_) => Err(Unanswered::Silence),
        }
    }

    /// Listens from now on, also across times when NATS is away.
    ///
    /// # Errors
    ///
    /// [`Unanswered::Silence`] when that cannot be asked for at the moment.
    pub async fn listen(&self, to: Topic) -> Result<Listener, Unanswered> {
        let subscribing = timeout(LISTEN_PATIENCE, self.client.subscribe(self.subject(to)));
        let subscriber = subscribing.await.map_err(|_| Unanswered::Silence)?;
        Ok(Listener {
            subscriber: subscriber.map_err(|_| Unanswered::Silence)?,
            broker: self.clone(),
        })
    }
}

/// The addresses in a setting. A name without a scheme is as likely a slip as an address.
fn addresses(setting: &str) -> Result<Vec<ServerAddr>, BadAddress> {
    let address = |word: &str| {
        let word = word.trim();
        let rest = ["nats://", "tls://"].map(|it| word.strip_prefix(it));
        let host = rest.into_iter().flatten().next().unwrap_or_default();
        if host.is_empty() || host.contains(['?', '#', ' ', '/']) {
            return Err(BadAddress);
        }
        word.parse().map_err(|_| BadAddress)
    };
    setting.split(',').map(address).collect()
}

/// What comes on one topic.
#[derive(Debug)]
pub struct Listener {
    subscriber: Subscriber,
    broker: Broker,
}

impl Listener {
    /// The next message; none once the server ends.
    pub async fn next(&mut self) -> Option<Heard> {
        let message = self.subscriber.next().await?;
        let reply = message.reply.map(|subject| Reply {
            subject,
            broker: self.broker.clone(),
        });
        Some(Heard {
            what: message.payload,
            reply,
        })
    }
}

/// One message.
#[derive(Debug)]
pub struct Heard {
    /// What was said.
    pub what: Bytes,
    /// Where an answer goes, to a question.
    pub reply: Option<Reply>,
}

/// Where an answer goes.
#[derive(Debug)]
pub struct Reply {
    subject: Subject,
    broker: Broker,
}

impl Reply {
    /// Answers; like everything said, that may be lost.
    pub fn give(&self, what: Vec<u8>) {
        self.broker.publish(self.subject.clone(), what);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme_and_a_host() {
        assert_eq!(addresses("nats://a:4222, tls://b").unwrap().len(), 2);
        for slip in [
            "where?",
            "nats://",
            "nats://a?b",
            "http://a",
            "",
            "nats://a,",
        ] {
            assert!(addresses(slip).is_err(), "{slip}");
        }
    }
}
