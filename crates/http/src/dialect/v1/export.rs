//! `/tickets/export/`: the tickets of a list as a file, however many they are. They are read while they are sent.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpResponse};
use futures_util::stream::{Stream, try_unfold};
use helpdesk_domain::kernel::Problem as FieldProblem;
use helpdesk_domain::ticket::{ExportTickets, TicketExport, TicketRow};

use super::filters;
use super::spreadsheet;
use super::tickets::Row;
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::Params;
use crate::problem::{Answer, Problem};

/// The form of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// Comma-separated values (RFC 4180).
    Csv,
    /// An object on each line, as a list shows it.
    JsonLines,
}

impl Format {
    /// The form that is asked for; CSV when none is.
    fn of(params: &Params) -> Result<Self, Problem> {
        match params.get(&["format"]) {
            None | Some("csv") => Ok(Self::Csv),
            Some("jsonl") => Ok(Self::JsonLines),
            Some(other) => Err(Problem::field("format", FieldProblem::InvalidChoice(other.to_owned()))),
        }
    }

    /// Its word, which is also what the file's name ends in.
    const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::JsonLines => "application/x-ndjson; charset=utf-8",
        }
    }
}

/// `GET /tickets/export/?format=`: staff only. A refusal comes before anything is written; whatever fails later breaks the
/// answer off.
pub async fn tickets(desk: Data<Desk>, caller: Caller, params: Params) -> Answer {
    let format = Format::of(&params)?;
    let wanted = filters::wanted(&desk, &caller, &params).await?;
    let command = ExportTickets { wanted, format: format.word(), asked: params.told(&["format"]) };
    let mut export = desk.tickets.export(&caller.actor, command).await?;
    let first = export.next().await?.unwrap_or_default();
    let name = format!("tickets-{}.{}", desk.clock.now().format("%Y%m%dT%H%M%SZ"), format.word());
    let sending = Sending { desk, caller, format, export };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, format.media_type()))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .streaming(sending.parts(first)))
}

/// A file on its way.
struct Sending {
    desk: Data<Desk>,
    caller: Caller,
    format: Format,
    export: TicketExport,
}

impl Sending {
    fn parts(self, first: Vec<TicketRow>) -> impl Stream<Item = Result<Bytes, Error>> {
        try_unfold((self, Some(first)), |(mut sending, first)| async move {
            let (is_first, rows) = match first {
                Some(rows) => (true, Some(rows)),
                None => (false, sending.export.next().await.map_err(Problem::from)?),
            };
            let Some(rows) = rows else { return Ok(None) };
            let bytes = sending.written(&rows, is_first)?;
            Ok::<_, Error>(Some((bytes, (sending, None))))
        })
    }

    fn written(&self, rows: &[TicketRow], is_first: bool) -> Result<Bytes, Problem> {
        let now = self.desk.clock.now();
        match self.format {
            Format::Csv => spreadsheet::written(self.caller.voice, rows, is_first, now),
            Format::JsonLines => self.lines(rows),
        }
        .map(Bytes::from)
    }

    fn lines(&self, rows: &[TicketRow]) -> Result<Vec<u8>, Problem> {
        let seen = self.caller.seen();
        let mut bytes = Vec::new();
        for row in rows {
            serde_json::to_writer(&mut bytes, &self.caller.voice.say::<Row, _>(row, &seen)).map_err(|_| Problem::bug())?;
            bytes.push(b'\n');
        }
        Ok(bytes)
    }
}
