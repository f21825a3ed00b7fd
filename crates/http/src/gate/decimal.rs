//! Decimals: read as they are written, shown as numbers.

use std::fmt;

use helpdesk_domain::kernel::Decimal;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Number;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{OneOfBuilder, RefOr};
use utoipa::{PartialSchema, ToSchema};

/// A number, or a text that is one, as the client wrote it: the domain reads its decimals exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount(pub String);

struct AmountVisitor;

impl Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Amount, E> {
        Ok(Amount(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Amount, E> {
        Ok(Amount(number.to_string()))
    }

    /// The shortest text that means this number, which is what was written.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Amount, E> {
        Ok(Amount(number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Amount, E> {
        Ok(Amount(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AmountVisitor)
    }
}

impl PartialSchema for Amount {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(SchemaType::new(Type::Number));
        let number = number.minimum(Some(0.0)).maximum(Some(9_999_999_999.0));
        let text = ObjectBuilder::new().schema_type(SchemaType::new(Type::String));
        OneOfBuilder::new().item(number).item(text).description(Some("A number, or a text that is one.")).into()
    }
}

impl ToSchema for Amount {}

/// A decimal as a number; one without decimals is shown as an integer.
#[expect(clippy::cast_precision_loss, reason = "the largest sum of decimals has fewer parts than a float has integers")]
pub fn number<const PLACES: u32>(decimal: Decimal<PLACES>) -> Number {
    let (parts, whole) = (decimal.parts(), Decimal::<PLACES>::PARTS);
    if parts % whole == 0 {
        return Number::from(parts / whole);
    }
    Number::from_f64(parts as f64 / whole as f64).unwrap_or_else(|| Number::from(parts / whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_what_is_shown() {
        for text in ["5.99", "10", "0.1", "1234567890.07", "0"] {
            let Amount(read) = serde_json::from_str(text).unwrap();
            assert_eq!(number(Decimal::<2>::parse(&read).unwrap()).to_string(), text);
            let Amount(read) = serde_json::from_str(&format!("\"{text}\"")).unwrap();
            assert_eq!(read, text);
        }
    }
}
