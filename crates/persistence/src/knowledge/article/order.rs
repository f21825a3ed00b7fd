//! The order of a list of articles, and the cursor that names a place in it.

use helpdesk_domain::knowledge::ArticleView;
use helpdesk_domain::knowledge::article::port::{ArticleOrder, ArticleSort};
use sea_orm::Value;

use crate::column::micros;
use crate::sql::Sql;

/// The order of a list; ties, and what says nothing else, go by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Order(pub ArticleOrder);

impl Order {
    /// The order that was asked for, else the newest first.
    pub fn of(asked: Option<ArticleOrder>) -> Self {
        Self(asked.unwrap_or(ArticleOrder { by: ArticleSort::CreatedAt, descending: true }))
    }

    /// The column that it begins with; none when it goes by age alone.
    pub fn key(self) -> Option<&'static str> {
        match self.0.by {
            ArticleSort::CreatedAt => None,
            ArticleSort::UpdatedAt => Some("a.updated_at"),
            ArticleSort::PublishedAt => Some("a.published_at"),
            ArticleSort::Title => Some("a.title_key"),
            ArticleSort::Views => Some("a.views"),
        }
    }

    /// The levels, of columns of these names.
    pub fn by(self, key: &str, serial: &str) -> String {
        let direction = if self.0.descending { "DESC" } else { "ASC" };
        if self.key().is_none() {
            return format!("{serial} {direction}");
        }
        format!("{key} {direction}, {serial} {direction}")
    }

    /// What lies behind a place.
    pub fn behind(self, key: &str, serial: &str, place: Vec<Value>) -> Sql {
        let sign = if self.0.descending { "<" } else { ">" };
        let text = if place.len() == 1 { format!("{serial} {sign} ?") } else { format!("({key}, {serial}) {sign} (?, ?)") };
        Sql::new(text, place)
    }

    /// The place of an article, as text: the order, what it is sorted by, its integer.
    pub fn cursor(self, article: &ArticleView) -> String {
        let key = match self.0.by {
            ArticleSort::CreatedAt => String::new(),
            ArticleSort::UpdatedAt => micros(article.updated_at).to_string(),
            ArticleSort::PublishedAt => article.published_at.map_or(0, micros).to_string(),
            ArticleSort::Title => hex(&article.title.to_lowercase()),
            ArticleSort::Views => article.views.to_string(),
        };
        format!("{}.{key}.{}", self.name(), article.serial)
    }

    /// The place that a cursor of this order names; none when it is not one.
    pub fn place(self, cursor: &str) -> Option<Vec<Value>> {
        let parts: Vec<&str> = cursor.split('.').collect();
        let [name, key, serial] = parts.as_slice() else { return None };
        let serial = Value::from(serial.parse::<i64>().ok()?);
        if *name != self.name() {
            return None;
        }
        match self.0.by {
            ArticleSort::CreatedAt => Some(vec![serial]),
            ArticleSort::Title => Some(vec![unhex(key)?.into(), serial]),
            _ => Some(vec![key.parse::<i64>().ok()?.into(), serial]),
        }
    }

    fn name(self) -> &'static str {
        match (self.0.by, self.0.descending) {
            (ArticleSort::CreatedAt, false) => "c",
            (ArticleSort::CreatedAt, true) => "C",
            (ArticleSort::UpdatedAt, false) => "u",
            (ArticleSort::UpdatedAt, true) => "U",
            (ArticleSort::PublishedAt, false) => "p",
            (ArticleSort::PublishedAt, true) => "P",
            (ArticleSort::Title, false) => "t",
            (ArticleSort::Title, true) => "T",
            (ArticleSort::Views, false) => "v",
            (ArticleSort::Views, true) => "V",
        }
    }
}

fn hex(text: &str) -> String {
    text.bytes().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|half| char::from_digit(half.into(), 16)).collect()
}

fn unhex(digits: &str) -> Option<String> {
    let byte = |n: usize| digits.get(n..n + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..digits.len()).step_by(2).map(byte).collect();
    String::from_utf8(bytes?).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_good_for_its_own_order_only() {
        let order = |by, descending| Order(ArticleOrder { by, descending });
        let cursor = format!("t.{}.7", hex("größe"));
        let place = order(ArticleSort::Title, false).place(&cursor).unwrap();
        assert_eq!(place, [Value::from("größe".to_owned()), Value::from(7_i64)]);
        assert!(order(ArticleSort::Title, true).place(&cursor).is_none());
        for nonsense in ["", "t", "t.1.7", "t.00.7", "t.zz.7", "t.61.x", "t.61.7.8", "t.ff.7"] {
            assert!(order(ArticleSort::Title, false).place(nonsense).is_none(), "{nonsense}");
        }
    }
}
