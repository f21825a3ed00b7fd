//! What comes in on a websocket, looked at frame by frame before anybody waits for the rest of one.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::Stream;

/// As many bytes are taken in before others have their turn.
const AT_ONCE: usize = 64 * 1024;
/// The longest head of a frame (RFC 6455, 5.2).
const LONGEST_HEAD: usize = 14;

/// The bytes of a connection. It ends with [`PayloadError::Overflow`] where a frame says that it is longer than may be: the
/// codec would only look when it has all of it.
pub(super) struct Frames {
    payload: Payload,
    measure: Measure,
    taken: usize,
}

impl Frames {
    /// The same connection, looked at.
    pub(super) fn of(payload: Payload, longest: u64) -> Payload {
        let measure = Measure { longest, head: Vec::with_capacity(LONGEST_HEAD), left: 0 };
        let looked_at: Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>> = Box::pin(Self { payload, measure, taken: 0 });
        looked_at.into()
    }
}

impl Stream for Frames {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.taken >= AT_ONCE {
            self.taken = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let Some(bytes) = ready!(Pin::new(&mut self.payload).poll_next(context)?) else { return Poll::Ready(None) };
        self.taken += bytes.len();
        let is_fine = self.measure.pass(&bytes);
        Poll::Ready(Some(if is_fine { Ok(bytes) } else { Err(PayloadError::Overflow) }))
    }
}

/// Where in a frame the bytes are.
struct Measure {
    longest: u64,
    /// What has come of its head.
    head: Vec<u8>,
    /// What is still to come of its content.
    left: u64,
}

impl Measure {
    /// Goes over these bytes; answers whether every frame that begins in them is short enough.
    fn pass(&mut self, mut bytes: &[u8]) -> bool {
        while let Some((first, rest)) = bytes.split_first() {
            if self.left > 0 {
                let content = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
                self.left -= content as u64;
                bytes = bytes.get(content..).unwrap_or_default();
                continue;
            }
            self.head.push(*first);
            bytes = rest;
            if let Some(length) = length(&self.head) {
                if length > self.longest {
                    return false;
                }
                self.left = length;
                self.head.clear();
            }
        }
        true
    }
}

/// How long the content is, once the head is whole.
fn length(head: &[u8]) -> Option<u64> {
    let (_, rest) = head.split_first()?;
    let (second, rest) = rest.split_first()?;
    let mask = if second & 0x80 == 0 { 0 } else { 4 };
    let (length, extended) = match second & 0x7f {
        126 => (u64::from(u16::from_be_bytes(*rest.first_chunk()?)), 2),
        127 => (u64::from_be_bytes(*rest.first_chunk()?), 8),
        short => (u64::from(short), 0),
    };
    (rest.len() >= extended + mask).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure() -> Measure {
        Measure { longest: 4096, head: Vec::new(), left: 0 }
    }

    /// A masked frame of so many bytes, as a client sends it.
    fn frame(length: u64) -> Vec<u8> {
        let mut frame = vec![0x81];
        match length {
            0..126 => frame.push(0x80 | u8::try_from(length).unwrap()),
            126..65_536 => {
                frame.push(0xfe);
                frame.extend(u16::try_from(length).unwrap().to_be_bytes());
            }
            _ => {
                frame.push(0xff);
                frame.extend(length.to_be_bytes());
            }
        }
        frame.extend([1, 2, 3, 4]);
        frame.resize(frame.len() + usize::try_from(length.min(5_000)).unwrap(), b'x');
        frame
    }

    #[test]
    fn frames_that_are_short_enough_pass_however_they_are_cut() {
        let bytes: Vec<u8> = [0, 5, 125, 126, 4_096, 0, 1].into_iter().flat_map(frame).collect();
        for part in [1, 2, 3, 7, 100, bytes.len()] {
            let mut measure = measure();
            assert!(bytes.chunks(part).all(|part| measure.pass(part)), "{part}");
            assert_eq!((measure.left, measure.head.len()), (0, 0));
        }
    }

    #[test]
    fn a_frame_that_says_that_it_is_longer_is_refused_by_its_head() {
        for length in [4_097, 65_535, 65_536, 1 << 60, u64::MAX] {
            let bytes = frame(length);
            assert!(!measure().pass(&bytes[..LONGEST_HEAD.min(bytes.len())]), "{length}");
        }
    }

    #[test]
    fn what_comes_behind_a_frame_is_looked_at_too() {
        let bytes: Vec<u8> = [10, 100_000].into_iter().flat_map(frame).collect();
        assert!(!measure().pass(&bytes));
    }
}
