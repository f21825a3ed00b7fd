//! Redis (or Valkey), for what several processes share: rate limits, and words to each other. Nothing is kept there that
//! cannot be lost.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use fred::prelude::*;
use fred::types::Message;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_millis(250);
/// For how long it is left alone after it did not answer.
const REST: Duration = Duration::from_secs(1);
/// The wait between two attempts to connect, in milliseconds: at least, and at most.
const RECONNECT: (u32, u32) = (100, 2_000);

/// Counts one more by the generic cell rate algorithm, in whole microseconds of the server's own clock. Answers whether
/// it fits, how many more would, and how long to wait until one does.
const TAKE: &str = r"
local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local reached = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local next = reached + interval
local wait = next - burst * interval - now
if wait > 0 then return {0, 0, wait} end
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000))
return {1, math.floor((now + burst * interval - next) / interval), 0}
";

/// What is left of a shared limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How many more fit now.
    pub remaining: u32,
    /// How long to wait, where it did not fit.
    pub wait: Option<Duration>,
}

/// A Redis server.
pub struct Redis {
    client: Client,
    subscriber: fred::clients::SubscriberClient,
    /// Since when it does not answer.
    silent_since: Mutex<Option<Instant>>,
}

impl Redis {
    /// Begins to connect, and goes on connecting for as long as it takes. It must be called on a tokio runtime.
    pub fn connect(url: &str) -> Result<Self, Error> {
        let mut builder = Builder::from_config(Config::from_url(url)?);
        builder.set_policy(ReconnectPolicy::new_exponential(0, RECONNECT.0, RECONNECT.1, 2));
        builder.with_connection_config(|connection| {
            connection.connection_timeout = Duration::from_secs(5);
            connection.max_command_attempts = 1;
        });
        builder.with_performance_config(|performance| performance.default_command_timeout = PATIENCE);
        let (client, subscriber) = (builder.build()?, builder.build_subscriber_client()?);
        // Each runs for as long as its client is there.
        drop(client.connect());
        drop(subscriber.connect());
        drop(subscriber.manage_subscriptions());
        Ok(Self { client, subscriber, silent_since: Mutex::default() })
    }

    /// Counts one more under that key: `count` at once, then one for each `interval`. None when the server does not
    /// answer.
    pub async fn take(&self, key: &str, count: u32, interval: Duration) -> Option<Taken> {
        if self.rests() {
            return None;
        }
        let interval = i64::try_from(interval.as_micros()).unwrap_or(i64::MAX).max(1);
        let counted = self.connected()?.eval(TAKE, key, vec![interval, i64::from(count)]).await;
        let (fits, remaining, wait): (i64, i64, i64) = self.noted(counted)?;
        let wait = (fits == 0).then(|| Duration::from_micros(wait.unsigned_abs()));
        Some(Taken { remaining: u32::try_from(remaining).unwrap_or(0), wait })
    }

    /// Tells whoever listens on a channel. What does not get there is lost.
    pub async fn publish(&self, channel: &str, text: String) {
        if !self.rests()
            && let Some(client) = self.connected()
        {
            let published: Result<(), Error> = client.publish(channel, text).await;
            self.noted(published);
        }
    }

    /// Listens on a channel, through reconnections, for as long as the answer is polled.
    pub async fn listen(&self, channel: &str) -> Heard {
        let messages = self.subscriber.message_rx();
        loop {
            let ready = self.subscriber.wait_for_connect().await;
            if ready.is_ok() && self.subscriber.subscribe(channel).await.is_ok() {
                break;
            }
            tokio::time::sleep(REST).await;
        }
        Heard(messages)
    }

    /// The client, unless there is no connection: a command would wait for one.
    fn connected(&self) -> Option<&Client> {
        let lost = || Error::new(ErrorKind::IO, "there is no connection");
        // that it is connected is no answer yet
        if self.client.is_connected() { Some(&self.client) } else { self.noted(Err(lost())) }
    }

    fn rests(&self) -> bool {
        let silent = self.silent_since.lock().unwrap_or_else(PoisonError::into_inner);
        silent.is_some_and(|since| since.elapsed() < REST)
    }

    /// Notes whether it answers; that it does not is told once.
    fn noted<T>(&self, answer: Result<T, Error>) -> Option<T> {
        let mut silent = self.silent_since.lock().unwrap_or_else(PoisonError::into_inner);
        match answer {
            Ok(answer) => {
                if silent.take().is_some() {
                    tracing::info!("Redis answers again");
                }
                Some(answer)
            }
            Err(error) => {
                if silent.replace(Instant::now()).is_none() {
                    tracing::warn!(%error, "Redis does not answer: each process limits for itself, and looks for what happens");
                }
                None
            }
        }
    }
}

/// What comes on a channel.
pub struct Heard(Receiver<Message>);

impl Heard {
    /// The next message; none where some were missed.
    pub async fn next(&mut self) -> Option<String> {
        match self.0.recv().await {
            Ok(message) => message.value.into_string(),
            Err(RecvError::Lagged(_)) => None,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
