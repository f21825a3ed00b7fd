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

/// What another field says in another form, where it was asked for.
const ASKED_FOR: &str = "content_html";

/// What may be the address of a content, with a signature that changes.
const ADDRESSES: [&str; 3] = ["file", "image", "url"];

/// The bytes of a body; the same at every time.
pub(super) fn still<T: Serialize>(body: &T) -> Vec<u8> {
    let order = Rc::new(Order::default());
    let mut sink = Sink { bytes: Vec::with_capacity(4096), order: Rc::clone(&order) };
    let formatter = Still { order, path: Vec::new(), key: None, key_at: 0, muted_at: None };
    // Nothing that is shown fails to be JSON.
    let _ = body.serialize(&mut Serializer::with_formatter(&mut sink, formatter));
    sink.bytes
}

/// What the sink is told, and tells.
#[derive(Default)]
struct Order {
    muted: Cell<bool>,
    /// How much has been taken.
    length: Cell<usize>,
    /// Up to where to forget what has been taken.
    cut: Cell<Option<usize>>,
}

/// Takes what is written, unless it is not to be heard.
struct Sink {
    bytes: Vec<u8>,
    order: Rc<Order>,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(length) = self.order.cut.take() {
            self.bytes.truncate(length);
        }
        if !self.order.muted.get() {
            self.bytes.extend_from_slice(bytes);
        }
        self.order.length.set(self.bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Knows where in the body it is, and mutes the sink while a volatile value is written.
struct Still {
    order: Rc<Order>,
    path: Vec<String>,
    key: Option<String>,
    /// How much had been taken before the key.
    key_at: usize,
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
        self.key_at = self.order.length.get();
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
        let is_asked_for = self.path.last().is_some_and(|key| key == ASKED_FOR);
        if self.muted_at.is_none() && (is_asked_for || self.is_volatile()) {
            self.muted_at = Some(self.path.len());
            self.order.muted.set(true);
            self.order.cut.set(is_asked_for.then_some(self.key_at));
        }
        writer.write_all(b":")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        if self.muted_at == Some(self.path.len()) {
            self.muted_at = None;
            self.order.muted.set(false);
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

    #[test]
    fn what_is_only_another_form_leaves_no_trace() {
        let plain = still(&json!({ "content": "*a*", "summary": "" }));
        assert_eq!(still(&json!({ "content": "*a*", "content_html": "<em>a</em>", "summary": "" })), plain);
        assert_eq!(String::from_utf8_lossy(&plain), r#"{"content":"*a*","summary":""}"#);
    }
}
