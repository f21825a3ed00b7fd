//! Parts of lists: counted pages, or walking by cursor.

use helpdesk_domain::kernel::{Page, PageRequest, Paging};
use sea_orm::sea_query::{Expr, ExprTrait, Order, SelectStatement, SimpleExpr};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use serde_json::Value as Json;

use crate::fault::lost;

/// What a list is sorted by. The last key must be unique, so that a cursor names one place.
pub(crate) struct Keys {
    /// The columns, most significant first.
    pub columns: Vec<Key>,
    /// All of them the other way round.
    pub descending: bool,
}

/// A column that a list is sorted by.
pub(crate) struct Key {
    /// Its name in the answer.
    pub name: String,
    /// What it is.
    pub expression: SimpleExpr,
    /// Whether it is text, else an integer.
    pub is_text: bool,
}

impl Keys {
    fn values(&self, row: &QueryResult) -> Result<Vec<Json>, DbErr> {
        self.columns.iter().map(|key| key.read(row)).collect()
    }

    /// Puts the order, and the place behind a cursor, into a query.
    fn apply(&self, query: &mut SelectStatement, after: Option<Vec<Value>>) {
        if let Some(values) = after {
            let here = Expr::tuple(self.columns.iter().map(|key| key.expression.clone()));
            let there = Expr::tuple(values.into_iter().map(Expr::val));
            query.and_where(if self.descending { here.lt(there) } else { here.gt(there) });
        }
        for key in &self.columns {
            query.order_by_expr(key.expression.clone(), if self.descending { Order::Desc } else { Order::Asc });
        }
    }

    /// What a cursor stands for; none when it is not one of this list.
    fn read_cursor(&self, cursor: &str) -> Option<Vec<Value>> {
        let bytes: Option<Vec<u8>> = (0..cursor.len()).step_by(2).map(|n| byte(cursor, n)).collect();
        let values: Vec<Json> = serde_json::from_slice(&bytes?).ok()?;
        if values.len() != self.columns.len() {
            return None;
        }
        self.columns.iter().zip(values).map(|(key, value)| key.value(value)).collect()
    }
}

impl Key {
    fn read(&self, row: &QueryResult) -> Result<Json, DbErr> {
        if self.is_text {
            row.try_get::<String>("", &self.name).map(Json::from)
        } else {
            row.try_get::<i64>("", &self.name).map(Json::from)
        }
    }

    fn value(&self, value: Json) -> Option<Value> {
        match value {
            Json::String(text) if self.is_text && !text.contains('\0') => Some(text.into()),
            Json::Number(number) if !self.is_text => number.as_i64().map(Value::from),
            _ => None,
        }
    }
}

fn byte(text: &str, at: usize) -> Option<u8> {
    text.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok())
}

fn cursor(values: &[Json]) -> Result<String, DbErr> {
    let json = serde_json::to_string(values).map_err(|error| DbErr::Json(error.to_string()))?;
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    Ok(json.bytes().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
}

/// Reads a part of the list: two statements for a counted page, one when walking.
pub(crate) async fn read<C: ConnectionTrait, T>(
    connection: &C,
    query: SelectStatement,
    keys: &Keys,
    page: &PageRequest,
    make: impl Fn(&QueryResult) -> Result<T, DbErr>,
) -> Result<Page<T>, DbErr> {
    let total = if page.wants_count() { Some(count(connection, &query).await?) } else { None };
    read_of(connection, query, keys, page, total, make).await
}

/// Reads a part of a list of which it is known how many there are; `total` is none when walking.
pub(crate) async fn read_of<C: ConnectionTrait, T>(
    connection: &C,
    mut query: SelectStatement,
    keys: &Keys,
    page: &PageRequest,
    total: Option<u64>,
    make: impl Fn(&QueryResult) -> Result<T, DbErr>,
) -> Result<Page<T>, DbErr> {
    let PageRequest { paging, size } = page;
    let after = match paging {
        Paging::After(cursor) => Some(keys.read_cursor(cursor).ok_or_else(lost)?),
        Paging::Number(_) | Paging::Start => None,
    };
    if total.is_some_and(|total| total <= page.offset()) {
        return Ok(Page { items: Vec::new(), total, next: None });
    }
    keys.apply(&mut query, after);
    let limit = if total.is_some() { *size } else { *size + 1 };
    query.limit(limit).offset(page.offset());
    let mut rows = connection.query_all(&query).await?;
    let goes_on = total.is_none() && rows.len() as u64 > *size;
    if goes_on {
        rows.pop();
    }
    let last = rows.last().filter(|_| goes_on);
    let next = last.map(|row| cursor(&keys.values(row)?)).transpose()?;
    let items = rows.iter().map(make).collect::<Result<_, _>>()?;
    Ok(Page { items, total, next })
}

async fn count<C: ConnectionTrait>(connection: &C, query: &SelectStatement) -> Result<u64, DbErr> {
    let mut counting = query.clone();
    counting.clear_selects().clear_order_by().expr_as(Expr::cust("COUNT(*)"), "n");
    let row = connection.query_one(&counting).await?;
    let n: i64 = row.map(|row| row.try_get("", "n")).transpose()?.unwrap_or(0);
    Ok(u64::try_from(n).unwrap_or(0))
}
