//! Adding to the rows, in one statement unless there are thousands.

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::{Change, Days, Key};
use crate::portable::repeated;
use crate::sql::Sql;

/// As many rows as one statement takes; SQLite binds 32 766 values, PostgreSQL 65 535.
const ROWS: usize = 2_000;

const INSERT: &str =
    "INSERT INTO ticket_day (organization, sort, day, value, created, ended, judged, met, answers, resolutions) VALUES ";
const ADD: &str = " ON CONFLICT (organization, sort, day, value) DO UPDATE SET created = ticket_day.created + excluded.created, \
    ended = ticket_day.ended + excluded.ended, judged = ticket_day.judged + excluded.judged, met = ticket_day.met + excluded.met, \
    answers = ticket_day.answers || excluded.answers, resolutions = ticket_day.resolutions || excluded.resolutions";

impl Days {
    /// Writes what has been counted.
    pub async fn write<C: ConnectionTrait>(&self, connection: &C) -> Result<(), DbErr> {
        let nothing = Change::default();
        let rows: Vec<_> = self.0.iter().filter(|(_, change)| **change != nothing).collect();
        for rows in rows.chunks(ROWS) {
            let mut question = Sql::new(INSERT, []);
            let places = repeated("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.len());
            question.bind(&places, rows.iter().flat_map(|(key, change)| bound(**key, change))).push(ADD);
            question.execute(connection).await?;
        }
        Ok(())
    }
}

fn bound(key: Key, change: &Change) -> [Value; 10] {
    let Key { organization, sort, day, value } = key;
    let Change { created, ended, judged, met, answers, resolutions } = change;
    [
        organization.into(),
        sort.number().into(),
        day.into(),
        value.into(),
        (*created).into(),
        (*ended).into(),
        (*judged).into(),
        (*met).into(),
        answers.text().into(),
        resolutions.text().into(),
    ]
}
