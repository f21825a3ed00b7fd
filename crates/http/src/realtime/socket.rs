//! One websocket, from its handshake to its end.

use std::time::{Duration, Instant};

use actix_web::error::PayloadError;
use actix_web::web::{Data, Payload};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use actix_ws::{CloseCode, CloseReason, Closed, Message, MessageStream, ProtocolError, Session};
use bytestring::ByteString;
use futures_util::future::OptionFuture;
use serde::Deserialize;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::conversation::Conversation;
use super::follower::{Follower, Next};
use super::frames::Frames;
use super::hub::Hub;
use super::logins::Kept;
use crate::problem::Problem;

/// How often it is asked whether the other side is still there.
const HEARTBEAT: Duration = Duration::from_secs(25);
/// After how long without a word it counts as gone.
const SILENCE: Duration = Duration::from_secs(70);
/// How long a message may wait for a reader who does not read.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long saying goodbye may take.
const GOODBYE: Duration = Duration::from_secs(1);
/// The longest message that is taken.
const LONGEST: usize = 4096;
/// As many messages may come between two heartbeats.
const MOST: u32 = 250;

/// The login that kept the connection open has ended.
const LOGIN_ENDED: u16 = 4401;
/// The ticket is gone, or not theirs to see any more.
const TICKET_LOST: u16 = 4404;

/// What a client says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    Typing {
        #[serde(default)]
        is_internal: bool,
        #[serde(default = "yes")]
        is_typing: bool,
    },
    Ping,
    #[serde(other)]
    Other,
}

const fn yes() -> bool {
    true
}

/// Answers the handshake.
pub fn open(request: &HttpRequest, payload: Payload) -> Result<(HttpResponse, Session, MessageStream), Problem> {
    let mut frames = Frames::of(payload.into_inner(), LONGEST as u64);
    let payload = Payload::from_request(request, &mut frames).into_inner().map_err(|_| Problem::bug())?;
    let (answer, session, incoming) = actix_ws::handle(request, payload).map_err(|_| Problem::no_websocket())?;
    Ok((answer, session, incoming.max_frame_size(LONGEST)))
}

/// Whether it is about a frame that is too long.
fn is_too_long(error: &ProtocolError) -> bool {
    match error {
        ProtocolError::Overflow => true,
        ProtocolError::Io(error) => {
            let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<PayloadError>());
            matches!(inner, Some(PayloadError::Overflow))
        }
        _ => false,
    }
}

/// One websocket.
pub struct Socket {
    /// The way out.
    pub session: Session,
    /// The way in.
    pub incoming: MessageStream,
    /// What its person hears.
    pub follower: Follower,
    /// What keeps it open.
    pub kept: Kept,
    /// Their part in the conversation on one ticket.
    pub conversation: Option<Conversation>,
}

/// Why it ends; nothing is said to who is gone.
type End = Option<CloseReason>;

impl Socket {
    /// Serves it to its end.
    pub async fn serve(mut self, hub: Data<Hub>) {
        let connected = metrics::gauge!("websocket_connections");
        connected.increment(1.0);
        let end = self.talk(&hub).await;
        drop(self.conversation.take());
        if end.is_some() {
            let _ = timeout(GOODBYE, self.session.close(end)).await;
        }
        connected.decrement(1.0);
    }

    async fn talk(&mut self, hub: &Hub) -> End {
        let Self { session, incoming, follower, kept, conversation } = self;
        let mut beats = interval(HEARTBEAT);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beats.tick().await;
        let (mut heard, mut messages) = (Instant::now(), 0_u32);
        let (ended, stopped) = (kept.ended(), hub.stopped());
        tokio::pin!(ended, stopped);
        loop {
            let done = tokio::select! {
                () = &mut stopped => return because(CloseCode::Away, "The server stops."),
                () = &mut ended => return because(CloseCode::Other(LOGIN_ENDED), "The login has ended."),
                next = follower.next() => pushed(session, conversation.as_mut(), next).await,
                Some(told) = OptionFuture::from(conversation.as_mut().map(Conversation::next)) => send(session, told).await,
                message = incoming.recv() => {
                    heard = Instant::now();
                    messages += 1;
                    if messages > MOST {
                        return because(CloseCode::Policy, "Too many messages.");
                    }
                    answer(session, conversation.as_mut(), message).await
                }
                _ = beats.tick() => {
                    messages = 0;
                    if heard.elapsed() > SILENCE {
                        return None;
                    }
                    beat(session, conversation.as_mut()).await
                }
            };
            if let Err(end) = done {
                return end;
            }
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the end of a connection, as everywhere here")]
fn because(code: CloseCode, words: &str) -> End {
    Some(CloseReason { code, description: Some(words.to_owned()) })
}

/// Sends it, unless the other side does not read.
async fn send(session: &mut Session, text: ByteString) -> Result<(), End> {
    in_time(session.text(text)).await
}

async fn in_time(sending: impl Future<Output = Result<(), Closed>>) -> Result<(), End> {
    match timeout(PATIENCE, sending).await {
        Ok(sent) => sent.map_err(|_| None),
        Err(_) => Err(because(CloseCode::Again, "Reads too slowly.")),
    }
}

async fn pushed(
    session: &mut Session,
    conversation: Option<&mut Conversation>,
    next: Result<Next, helpdesk_domain::kernel::StoreError>,
) -> Result<(), End> {
    match next {
        Ok(Next::Event(_, text, push)) => {
            if let Some(conversation) = conversation {
                conversation.follow(&push);
            }
            send(session, text).await
        }
        Ok(Next::Lost(last)) => {
            if let Some(text) = last {
                send(session, text).await?;
            }
            Err(because(CloseCode::Other(TICKET_LOST), "The ticket is not there any more."))
        }
        Err(error) => {
            tracing::warn!(%error, "a connection waits for the log no longer");
            Err(because(CloseCode::Again, "The service is temporarily unavailable."))
        }
    }
}

async fn answer(
    session: &mut Session,
    conversation: Option<&mut Conversation>,
    message: Option<Result<Message, ProtocolError>>,
) -> Result<(), End> {
    match message {
        Some(Ok(Message::Text(text))) => said(session, conversation, &text).await,
        Some(Ok(Message::Ping(bytes))) => in_time(session.pong(&bytes)).await,
        Some(Ok(Message::Close(_))) => Err(because(CloseCode::Normal, "")),
        Some(Ok(Message::Binary(_) | Message::Continuation(_))) => Err(because(CloseCode::Unsupported, "Text only.")),
        Some(Ok(Message::Pong(_) | Message::Nop)) => Ok(()),
        Some(Err(error)) if is_too_long(&error) => Err(because(CloseCode::Size, "The message is too long.")),
        Some(Err(_)) => Err(because(CloseCode::Protocol, "That is no websocket message.")),
        None => Err(None),
    }
}

/// What is not understood is passed over: newer clients say more.
async fn said(session: &mut Session, conversation: Option<&mut Conversation>, text: &str) -> Result<(), End> {
    match (serde_json::from_str(text), conversation) {
        (Ok(Said::Typing { is_internal, is_typing }), Some(conversation)) => {
            conversation.types(is_internal, is_typing);
            Ok(())
        }
        (Ok(Said::Ping), _) => send(session, ByteString::from_static(r#"{"type":"pong"}"#)).await,
        _ => Ok(()),
    }
}

async fn beat(session: &mut Session, conversation: Option<&mut Conversation>) -> Result<(), End> {
    in_time(session.ping(b"")).await?;
    match conversation.and_then(Conversation::repeat) {
        Some(told) => send(session, told).await,
        None => Ok(()),
    }
}
