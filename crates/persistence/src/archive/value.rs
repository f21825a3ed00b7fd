//! Values of columns as JSON: numbers, texts, booleans; bytes and UUIDs in hexadecimal digits.

use sea_orm::{DbBackend, Value};
use serde_json::Value as Json;
use uuid::Uuid;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Integer,
    Real,
    Text,
    Flag,
    Uuid,
    Bytes,
}

impl Kind {
    /// By the name that a database has for the type.
    pub fn of(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "bigint" | "integer" | "smallint" | "int" => Self::Integer,
            "boolean" => Self::Flag,
            "uuid" => Self::Uuid,
            "blob" | "bytea" => Self::Bytes,
            "real" | "double precision" | "double" | "float" => Self::Real,
            _ => Self::Text,
        }
    }

    /// The column as an expression that becomes JSON.
    pub fn told(self, backend: DbBackend, column: &str) -> String {
        match (self, backend) {
            (Self::Flag, DbBackend::Sqlite) => {
                format!("json(CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)")
            }
            (Self::Bytes | Self::Uuid, DbBackend::Sqlite) => {
                format!("CASE WHEN {column} IS NOT NULL THEN LOWER(HEX({column})) END")
            }
            (Self::Bytes, _) => format!("encode({column}, 'hex')"),
            (Self::Uuid, _) => format!("REPLACE(CAST({column} AS TEXT), '-', '')"),
            _ => column.to_owned(),
        }
    }

    /// The value of some JSON; none where it is no such value.
    pub fn read(self, json: &Json) -> Option<Value> {
        if json.is_null() {
            return Some(self.nothing());
        }
        Some(match self {
            Self::Integer => json.as_i64()?.into(),
            Self::Real => json.as_f64()?.into(),
            Self::Text => json.as_str()?.into(),
            Self::Flag => json.as_bool()?.into(),
            Self::Uuid => Uuid::try_parse(json.as_str()?).ok()?.into(),
            Self::Bytes => bytes(json.as_str()?)?.into(),
        })
    }

    /// No value.
    pub fn nothing(self) -> Value {
        match self {
            Self::Integer => None::<i64>.into(),
            Self::Real => None::<f64>.into(),
            Self::Text => None::<String>.into(),
            Self::Flag => None::<bool>.into(),
            Self::Uuid => None::<Uuid>.into(),
            Self::Bytes => None::<Vec<u8>>.into(),
        }
    }
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2));
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn bytes_are_pairs_of_digits() {
        assert_eq!(Kind::Bytes.read(&json!("00ff")), Some(vec![0_u8, 255].into()));
        for wrong in ["0", "0g", "é"] {
            assert_eq!(Kind::Bytes.read(&json!(wrong)), None, "{wrong}");
        }
    }

    #[test]
    fn a_value_of_another_kind_is_none() {
        assert_eq!(Kind::Integer.read(&json!("5")), None);
        assert_eq!(Kind::Text.read(&json!(5)), None);
        assert_eq!(Kind::Flag.read(&json!(1)), None);
        assert_eq!(Kind::Uuid.read(&json!("00ff")), None);
        assert_eq!(Kind::Integer.read(&json!(null)), Some(None::<i64>.into()));
    }
}
