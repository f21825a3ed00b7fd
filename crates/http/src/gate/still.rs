//! A body as JSON without what only time changes, for its tag.

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// What changes without anybody changing the resource: by time, or by being read and voted on.
const VOLATILE: [&str; 7] = [
    "time_since_created",
    "time_remaining_minutes",
    "last_active_at",
    "last_used_at",
    "views",
    "helpful_count",
    "not_helpful_count",
];

/// What may be the address of a content, with a signature that changes.
const ADDRESSES: [&str; 3] = ["file", "image", "url"];

/// The bytes of a body; the same at every time.
pub(super) fn still<T: Serialize>(body: &T) -> Vec<u8> {
    let muted = Rc::new(Cell::new(false));
    let mut sink = Sink { bytes: Vec::with_capacity(4096), muted: Rc::clone(&muted) };
    let formatter = Still { muted, path: Vec::new(), key: None, muted_at: None };
    // Nothing that is shown fails to be JSON.
    let _ = body.serialize(&mut Serializer::with_formatter(&mut sink, formatter));
    sink.bytes
}

/// Takes what is written, unless it is not to be heard.
struct Sink {
    bytes: Vec<u8>,
    muted: Rc<Cell<bool>>,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.muted.get() {
            self.bytes.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Knows where in the body it is, and mutes the sink while a volatile value is written.
struct Still {
    muted: Rc<Cell<bool>>,
    path: Vec<String>,
    key: Option<String>,
    muted_at: Option<usize>,
}

impl Still {
    fn is_volatile(&self) -> bool {
        let (Some(key), parent) = (self.path.last(), self.path.iter().rev().nth(1)) else { return false };
        VOLATILE.contains(&key.as_str()) || (key == "status" && parent.is_some_and(|parent| parent == "sla_status"))
    }
}

impl Still {
    /// The address of a content without its signature.
    fn unsigned<'a>(&self, text: &'a str) -> &'a str {
        let is_address = self.path.last().is_some_and(|key| ADDRESSES.contains(&key.as_str())) && text.contains("/media/");
        text.split("?token=").next().filter(|_| is_address).unwrap_or(text)
    }
}

impl Formatter for Still {
    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.key = Some(String::new());
        if first { Ok(()) } else { writer.write_all(b",") }
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if let Some(key) = &mut self.key {
            key.push_str(fragment);
        }
        let shown = if self.key.is_none() { self.unsigned(fragment) } else { fragment };
        writer.write_all(shown.as_bytes())
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.path.push(self.key.take().unwrap_or_default());
        Ok(())
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.muted_at.is_none() && self.is_volatile() {
            self.muted_at = Some(self.path.len());
            self.muted.set(true);
        }
        writer.write_all(b":")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        if self.muted_at == Some(self.path.len()) {
            self.muted_at = None;
            self.muted.set(false);
        }
        self.path.pop();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_only_time_changes_is_left_out_and_nothing_else() {
        let body = |minutes: i64, state: &str, title: &str| {
            json!({
                "title": title, "sla_status": { "status": state, "due_date": null, "time_remaining_minutes": minutes },
                "status": "open", "views": [minutes, { "deep": minutes }], "tags": ["a", "b"]
            })
        };
        let first = still(&body(5, "on_track", "A"));
        assert_eq!(first, still(&body(4, "at_risk", "A")));
        assert_ne!(first, still(&body(5, "on_track", "B")));
        let file = |token: &str| json!({ "url": format!("http://x/media/files/1.txt?token={token}"), "title": "?token=1" });
        assert_eq!(still(&file("1")), still(&file("2")));
        assert!(String::from_utf8_lossy(&still(&file("1"))).contains("1.txt"));
        assert!(String::from_utf8_lossy(&first).contains(r#""status":"open""#));
    }
}
