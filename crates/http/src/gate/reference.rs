//! References and other values that clients write in more than one way.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::Reference;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{RefOr, SchemaFormat};
use utoipa::{PartialSchema, ToSchema};

use crate::gate::params::moment;

/// A reference: integer, UUID, name, or the object with its `id` as an answer showed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ref(pub Reference);

struct RefVisitor;

impl<'de> Visitor<'de> for RefVisitor {
    type Value = Ref;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a reference")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Ref, E> {
        Ok(Ref(Reference::Serial(number)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Ref, E> {
        Ok(Ref(i64::try_from(number).map_or_else(|_| Reference::Name(number.to_string()), Reference::Serial)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Ref, E> {
        if text.contains('\0') {
            return Err(E::custom("expected no null character"));
        }
        Ok(Ref(Reference::parse(text)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ref, A::Error> {
        let mut id = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == "id" {
                id = Some(map.next_value::<Ref>()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        id.ok_or_else(|| A::Error::custom("expected a reference"))
    }
}

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RefVisitor)
    }
}

impl PartialSchema for Ref {
    fn schema() -> RefOr<Schema> {
        let integer = ObjectBuilder::new().schema_type(SchemaType::new(Type::Integer));
        let text = ObjectBuilder::new().schema_type(SchemaType::new(Type::String));
        OneOfBuilder::new().item(integer).item(text).description(Some("Integer id, UUID, slug or name.")).into()
    }
}

impl ToSchema for Ref {}

/// A field that can be absent, empty (`null`) or given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<T>(pub Option<Option<T>>);

impl<T> Default for Given<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<T>::deserialize(deserializer).map(|value| Self(Some(value)))
    }
}

impl<T> Given<T> {
    /// What was given, made into something else.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Option<Option<U>> {
        self.0.map(|value| value.map(make))
    }

    /// This, or the field's other name.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0.or(other.0))
    }
}

/// A time: RFC 3339, without an offset UTC, a date alone midnight UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time(pub Moment);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        moment(&text).map(Self).map_err(|_| D::Error::custom("expected datetime"))
    }
}

impl PartialSchema for Time {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime);
        ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).format(Some(format)).into()
    }
}

impl ToSchema for Time {}

/// A day, `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map(Self).map_err(|_| D::Error::custom("expected date"))
    }
}

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Date);
        ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).format(Some(format)).into()
    }
}

impl ToSchema for Day {}

/// Who is meant by the `uidb64` of a link: the Base64 of an id. What is none means nobody.
pub fn from_uidb64(text: &str) -> Reference {
    let decoded = URL_SAFE_NO_PAD.decode(text.trim().trim_end_matches('=')).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    Reference::parse(&decoded.filter(|id| !id.contains('\0')).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uidb64_names_somebody_by_uuid_or_integer_with_padding_or_without() {
        assert_eq!(from_uidb64("MTc="), Reference::Serial(17));
        assert_eq!(from_uidb64("MTc"), Reference::Serial(17));
        let id = uuid::Uuid::from_u128(17);
        assert_eq!(from_uidb64(&URL_SAFE_NO_PAD.encode(id.to_string())), Reference::Id(id));
    }

    #[test]
    fn nonsense_is_nobody() {
        for nonsense in ["", "!", "AA", "_____"] {
            assert_eq!(from_uidb64(nonsense), Reference::Name(String::new()), "{nonsense}");
        }
    }
}
