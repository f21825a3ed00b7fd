//! Questions that are often asked.

use helpdesk_domain::kernel::id::{FaqId, Revision};
use helpdesk_domain::knowledge::Faq;
use sea_orm::{FromQueryResult, Value};

use super::Refused;
use super::writing::Writing;
use crate::column::micros;
use crate::{portable, search};

/// What is indexed of an answer at most.
const MOST_BYTES: usize = 256 * 1024;

const INSERT: &str = "INSERT INTO faq (category, question, answer, tags, display_order, is_active, updated_at, organization, id, \
    created_by, created_at, revision) VALUES ((SELECT serial FROM category WHERE organization = ? AND id = ?), ?, ?, ?, ?, ?, ?, ?, ?, \
    (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, 1) RETURNING serial";

const UPDATE: &str = "UPDATE faq SET category = (SELECT serial FROM category WHERE organization = ? AND id = ?), question = ?, \
    answer = ?, tags = ?, display_order = ?, is_active = ?, updated_at = ?, revision = revision + 1 \
    WHERE organization = ? AND id = ? AND revision = ? RETURNING serial";

const DELETE: &str = "DELETE FROM faq WHERE organization = ? AND id = ? AND revision = ? RETURNING serial";

#[derive(FromQueryResult)]
struct Placed {
    serial: i64,
}

/// Tells readers that remember the organization's questions that these are others now.
const NEXT_EDITION: &str = "INSERT INTO faq_edition (organization, edition) VALUES (?, 1) \
    ON CONFLICT (organization) DO UPDATE SET edition = faq_edition.edition + 1";

pub(super) async fn add(writing: &mut Writing<'_>, faq: &Faq) -> Result<(), Refused> {
    let mut values = values(writing.organization, faq);
    values.extend([
        writing.organization.into(),
        faq.id.0.into(),
        writing.organization.into(),
        faq.created_by.0.into(),
        micros(faq.created_at).into(),
    ]);
    index(writing, INSERT, values, faq).await
}

pub(super) async fn save(writing: &mut Writing<'_>, faq: &Faq) -> Result<(), Refused> {
    let mut values = values(writing.organization, faq);
    values.extend([writing.organization.into(), faq.id.0.into(), faq.revision.into()]);
    index(writing, UPDATE, values, faq).await
}

pub(super) async fn delete(writing: &mut Writing<'_>, id: FaqId, revision: Revision) -> Result<(), Refused> {
    let values = vec![writing.organization.into(), id.0.into(), revision.into()];
    let gone: Option<Placed> = portable::one(writing.transaction, DELETE, values).await?;
    portable::execute(writing.transaction, NEXT_EDITION, vec![writing.organization.into()]).await?;
    Ok(search::remove_question(writing.transaction, gone.ok_or(Refused::Stale)?.serial).await?)
}

fn values(organization: i64, faq: &Faq) -> Vec<Value> {
    vec![
        organization.into(),
        faq.category.0.into(),
        faq.question.as_str().into(),
        faq.answer.as_str().into(),
        faq.tags.as_str().into(),
        faq.display_order.into(),
        faq.is_active.into(),
        micros(faq.updated_at).into(),
    ]
}

/// Writes the row; what can be found of it goes into the index with the rest of the commit.
async fn index(writing: &mut Writing<'_>, text: &str, values: Vec<Value>, faq: &Faq) -> Result<(), Refused> {
    let placed: Option<Placed> = portable::one(writing.transaction, text, values).await?;
    portable::execute(writing.transaction, NEXT_EDITION, vec![writing.organization.into()]).await?;
    let rest = rest_of(faq.tags.as_str(), faq.answer.as_str());
    let (organization, question) = (writing.organization, faq.question.to_string());
    let serial = placed.ok_or(Refused::Stale)?.serial;
    writing.questions.push(search::Question { organization, serial, question, rest });
    Ok(())
}

/// What a question is found by besides itself.
pub(crate) fn rest_of(tags: &str, answer: &str) -> String {
    let mut rest = format!("{tags}\n{answer}");
    rest.truncate(rest.floor_char_boundary(MOST_BYTES));
    rest
}
