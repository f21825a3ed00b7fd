//! `/users/{id}/export/` and `/users/{id}/erase/`: what is kept of a person; for admins.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpResponse};
use futures_util::stream::{Stream, try_unfold};
use helpdesk_domain::privacy::{PersonalExport, PersonalPart, PersonalRecord, PersonalView};
use serde_json::{Map, Value, json};

use super::shape::{self, SerialId, Uid};
use crate::desk::Desk;
use crate::dialect::v1::{Caller, Voice};
use crate::gate::Id;
use crate::problem::{Answer, Problem};

pub(super) type Erasure = (shape::privacy::Erasure<Uid>, shape::privacy::Erasure<SerialId>);

/// `GET /users/{id}/export/`: one JSON document, read while it is sent. A refusal comes before anything is written; whatever
/// fails later breaks the answer off.
pub async fn export(desk: Data<Desk>, caller: Caller, Id(id): Id) -> Answer {
    let mut export = desk.privacy.export(&caller.actor, &id).await?;
    let first = export.next().await?;
    let name = format!("user-{}.json", export.person.serial);
    let head = head(caller.voice, &export.person, &desk)?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(parts(caller.voice, export, head, first)))
}

/// `POST /users/{id}/erase/`: again and again the same.
pub async fn erase(desk: Data<Desk>, caller: Caller, Id(id): Id) -> Answer {
    let erasure = desk.privacy.erase(&caller.actor, &id).await?;
    Ok(HttpResponse::Ok().json(caller.voice.say::<Erasure, _>(&erasure, &caller.seen())))
}

/// What is still to be written.
enum Next {
    Head(Vec<u8>, Option<PersonalPart>),
    Parts,
    Nothing,
}

fn parts(
    voice: Voice,
    export: PersonalExport,
    head: Vec<u8>,
    first: Option<PersonalPart>,
) -> impl Stream<Item = Result<Bytes, Error>> {
    try_unfold((export, Next::Head(head, first)), move |(mut export, next)| async move {
        let (mut bytes, part) = match next {
            Next::Head(head, first) => (head, first),
            Next::Parts => (Vec::new(), export.next().await.map_err(Problem::from)?),
            Next::Nothing => return Ok(None),
        };
        let next = if let Some(part) = part {
            written(voice, &part, &mut bytes)?;
            Next::Parts
        } else {
            bytes.push(b'}');
            Next::Nothing
        };
        Ok::<_, Error>(Some((Bytes::from(bytes), (export, next))))
    })
}

/// The document's beginning: when it was made, and the account.
fn head(voice: Voice, person: &PersonalView, desk: &Desk) -> Result<Vec<u8>, Problem> {
    let id = match voice {
        Voice::Platform => json!(person.id.0),
        Voice::Classic => json!(person.serial),
    };
    let mut account = Map::from_iter([("id".to_owned(), id)]);
    account.extend(person.account.clone());
    let mut bytes = json_of(&json!({ "exported_at": desk.clock.now(), "user": account }))?;
    bytes.pop();
    Ok(bytes)
}

fn written(voice: Voice, part: &PersonalPart, bytes: &mut Vec<u8>) -> Result<(), Problem> {
    if part.is_first {
        bytes.extend(format!(",\"{}\":[", part.section.word()).as_bytes());
    }
    for (n, record) in part.records.iter().enumerate() {
        if n > 0 || !part.is_first {
            bytes.push(b',');
        }
        bytes.extend(json_of(&shown(voice, record))?);
    }
    if part.is_last {
        bytes.push(b']');
    }
    Ok(())
}

fn shown(voice: Voice, record: &PersonalRecord) -> Value {
    let PersonalRecord { id, ticket, fields } = record;
    let own = |uuid: uuid::Uuid, serial: i64| match voice {
        Voice::Platform => json!(uuid),
        Voice::Classic => json!(serial),
    };
    let mut object = Map::new();
    if let Some((uuid, serial)) = id {
        object.insert("id".to_owned(), own(*uuid, *serial));
    }
    if let Some((uuid, serial)) = ticket {
        object.insert("ticket".to_owned(), own(uuid.0, *serial));
    }
    object.extend(fields.clone());
    Value::Object(object)
}

fn json_of(value: &Value) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(value).map_err(|_| Problem::bug())
}
