//! JSON bodies (and forms, where clients post their credentials as one).

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Bytes, BytesMut, Data};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use helpdesk_domain::kernel::Problem as FieldProblem;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use crate::problem::Problem;
use crate::settings::HttpSettings;

/// A body, read. An empty one is an object without fields; unknown fields are ignored; a wrong type is a violation
/// that names the field.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let settings = request.app_data::<Data<HttpSettings>>().cloned();
        let is_form = request
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
        let mut payload = payload.take();
        Box::pin(async move {
            let settings = settings.ok_or_else(Problem::bug)?;
            let bytes = read(&mut payload, &settings).await?;
            if is_form { form(&bytes) } else { json(&bytes) }.map(Body)
        })
    }
}

/// All of a body, if it is not too large and comes in time.
pub async fn read(payload: &mut Payload, settings: &HttpSettings) -> Result<Bytes, Problem> {
    let whole = async {
        let mut bytes = BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| Problem::malformed("The request body could not be read."))?;
            if bytes.len() + chunk.len() > settings.json_limit {
                return Err(Problem::too_large(settings.json_limit));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    };
    tokio::time::timeout(settings.request_timeout / 2, whole).await.unwrap_or_else(|_| Err(Problem::slow_body()))
}

/// Reads an object.
pub fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let bytes = if bytes.iter().all(u8::is_ascii_whitespace) { b"{}" } else { bytes };
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|first| b"[\"0123456789-tfn".contains(first)) {
        return Err(Problem::malformed("Invalid data. Expected an object."));
    }
    // as a whole, since serde looks only at the fields that it knows
    let text = std::str::from_utf8(bytes).map_err(|_| Problem::malformed("JSON parse error - the body is not UTF-8"))?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(refused)?;
    reader.end().map_err(|error| Problem::malformed(format!("JSON parse error - {error}")))?;
    Ok(value)
}

/// A type that does not fit is the field's fault; anything else is the body's.
fn refused(error: serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let mut path = error.path().iter().map(place);
    let (field, inside) = (path.next(), path.collect::<Vec<_>>().join("."));
    let inner = error.into_inner();
    match field.filter(|_| inner.is_data()) {
        Some(field) if inside.is_empty() => Problem::field(&field, expected(&inner.to_string())),
        Some(field) => Problem::field(&field, FieldProblem::Part(inside, Box::new(expected(&inner.to_string())))),
        None if inner.is_data() => Problem::malformed("Invalid data. Expected an object."),
        None => Problem::malformed(format!("JSON parse error - {inner}")),
    }
}

/// A step into a body: the name of a field, or a place in a list.
fn place(step: &Segment) -> String {
    match step {
        Segment::Seq { index } => index.to_string(),
        other => other.to_string(),
    }
}

/// What serde says it expected, as one of our types.
fn expected(message: &str) -> FieldProblem {
    let wanted = message.split("expected ").last().unwrap_or(message);
    for (word, kind) in [
        ("null character", ""),
        ("datetime", "datetime"),
        ("date", "date"),
        ("boolean", "boolean"),
        ("sequence", "list"),
        ("map", "object"),
        ("struct", "object"),
        ("reference", "reference"),
        ("a number", "number"),
        ("f64", "number"),
        ("string", "string"),
    ] {
        if wanted.contains(word) {
            return if kind.is_empty() { FieldProblem::NullCharacter } else { FieldProblem::WrongType(kind) };
        }
    }
    FieldProblem::WrongType("integer")
}

/// A form is read like an object.
fn form<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_urlencoded::from_bytes(bytes).map_err(|error| Problem::malformed(format!("Form error - {error}")))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Login {
        username: Option<String>,
        remember_me: Option<bool>,
    }

    #[test]
    fn a_form_is_read_like_an_object() {
        let login: Login = form(b"username=agent&password=x&remember_me=true").unwrap();
        assert_eq!(login, Login { username: Some("agent".into()), remember_me: Some(true) });
    }

    #[test]
    fn a_wrong_type_names_the_field() {
        let refused = json::<Login>(br#"{"username": 5}"#).unwrap_err();
        assert_eq!(refused, Problem::field("username", FieldProblem::WrongType("string")));
        let refused = json::<Login>(br#"{"remember_me": "x"}"#).unwrap_err();
        assert_eq!(refused, Problem::field("remember_me", FieldProblem::WrongType("boolean")));
    }

    #[test]
    fn a_wrong_type_inside_of_a_list_names_its_place() {
        #[derive(Debug, Deserialize)]
        struct Steps {
            #[expect(dead_code, reason = "it is never read")]
            steps: Vec<Login>,
        }
        let refused = json::<Steps>(br#"{"steps": [{}, {"username": 5}]}"#).unwrap_err();
        let inside = FieldProblem::Part("1.username".into(), Box::new(FieldProblem::WrongType("string")));
        assert_eq!(refused, Problem::field("steps", inside));
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for body in [&b"[1]"[..], b"[\"agent\", true]", b"5", b"{", b"\"x\"", b"{} {}", b"\xff"] {
            assert!(json::<Login>(body).is_err(), "{body:?}");
        }
        assert!(json::<Login>(b" ").is_ok());
    }
}
