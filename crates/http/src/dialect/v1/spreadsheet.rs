//! Tickets as comma-separated values (RFC 4180), for spreadsheets.

use chrono::SecondsFormat;
use csv::{Terminator, WriterBuilder};
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::ticket::{TicketRow, UserBrief};
use serde_json::Value;

use super::Voice;
use crate::problem::Problem;

/// The first line.
const COLUMNS: [&str; 24] = [
    "id",
    "number",
    "title",
    "description",
    "status",
    "priority",
    "category",
    "sub_category",
    "department",
    "created_by",
    "created_by_email",
    "assigned_to",
    "assigned_to_email",
    "contact_email",
    "tags",
    "due_date",
    "sla_status",
    "resolution",
    "comment_count",
    "custom_fields",
    "created_at",
    "updated_at",
    "resolved_at",
    "closed_at",
];

/// What a spreadsheet would take for the beginning of a formula (OWASP, CSV injection), the full-width forms included.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The rows, behind the line of the columns where they are the first.
pub fn written(voice: Voice, rows: &[TicketRow], with_columns: bool, now: Moment) -> Result<Vec<u8>, Problem> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    if with_columns {
        writer.write_record(COLUMNS).map_err(|_| Problem::bug())?;
    }
    for row in rows {
        writer.write_record(cells(voice, row, now)).map_err(|_| Problem::bug())?;
    }
    writer.into_inner().map_err(|_| Problem::bug())
}

fn cells(voice: Voice, row: &TicketRow, now: Moment) -> [String; COLUMNS.len()] {
    let id = if voice == Voice::Platform { row.id.to_string() } else { row.serial.to_string() };
    let person = |person: Option<&UserBrief>| {
        (text(&person.map(UserBrief::name).unwrap_or_default()), text(person.map_or("", |person| &person.email)))
    };
    let ((requester, requester_email), (assignee, assignee_email)) =
        (person(Some(&row.requester)), person(row.assignee.as_ref()));
    let tags: Vec<&str> = row.tags.iter().map(|tag| tag.name.as_str()).collect();
    let fields = if row.custom_fields.is_empty() { String::new() } else { Value::Object(row.custom_fields.clone()).to_string() };
    [
        id,
        helpdesk_domain::ticket::shown_number(row.number),
        text(&row.title),
        text(&row.description),
        voice.status_word(row.status).to_owned(),
        voice.priority_word(row.priority).unwrap_or_default().to_owned(),
        text(row.category.as_ref().map_or("", |category| &category.name)),
        text(row.sub_category.as_deref().unwrap_or_default()),
        text(row.department.as_ref().map_or("", |department| &department.name)),
        requester,
        requester_email,
        assignee,
        assignee_email,
        text(row.contact_email.as_deref().unwrap_or_default()),
        text(&tags.join(", ")),
        time(row.due()),
        row.sla(now).state.word().to_owned(),
        text(row.resolution.as_deref().unwrap_or_default()),
        row.comment_count.to_string(),
        fields,
        time(Some(row.created_at)),
        time(Some(row.updated_at)),
        time(row.resolved_at),
        time(row.closed_at),
    ]
}

/// What somebody wrote; with an apostrophe before what a spreadsheet would calculate.
fn text(written: &str) -> String {
    if written.starts_with(FORMULA) { format!("'{written}") } else { written.to_owned() }
}

fn time(moment: Option<Moment>) -> String {
    moment.map(|moment| moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn nothing_that_somebody_wrote_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"] {
            assert_eq!(text(formula), format!("'{formula}"));
        }
        assert_eq!(text("a = b"), "a = b");
    }
}
