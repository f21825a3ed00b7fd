//! What the two databases say differently. The only code that asks which one it is, besides the search index.

use sea_orm::DbBackend;

/// SQL with `?` placeholders, as the backend wants it: PostgreSQL counts them (`$1`, `$2` …).
pub(crate) fn sql(backend: DbBackend, text: &str) -> String {
    if backend != DbBackend::Postgres {
        return text.to_owned();
    }
    let mut counted = String::with_capacity(text.len() + 16);
    let mut n = 0;
    for c in text.chars() {
        if c == '?' {
            n += 1;
            counted.push_str(&format!("${n}"));
        } else {
            counted.push(c);
        }
    }
    counted
}
