//! Questions that are often asked, to decide on and to show.

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{CategoryId, FaqId, OrganizationId, UserId};
use helpdesk_domain::kernel::text::{FaqAnswer, Keywords, Question};
use helpdesk_domain::kernel::{Reference, StoreError};
use helpdesk_domain::knowledge::faq::port::{FaqQuery, FaqRepository};
use helpdesk_domain::knowledge::{Faq, FaqState, FaqView};
use sea_orm::{DbErr, Value};
use uuid::Uuid;

use super::found;
use crate::Store;
use crate::column::{damaged, moment};
use crate::fault::fault;
use crate::portable::repeated;
use crate::sql::{Fields, Sql};
use crate::ticket_reader::{category, person, person_columns};

/// In the order of the categories' ages, then of the places in them.
const IN_PLACE: &str = " ORDER BY f.category, f.display_order, f.serial";

#[async_trait]
impl FaqRepository for Store {
    async fn find(&self, organization: OrganizationId, faqs: &[Reference]) -> Result<Vec<Option<Faq>>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(vec![None; faqs.len()]) };
        let rows = meant(serial, faqs).all(self.reader(), |row| read(row, organization)).await.map_err(fault)?;
        let is_meant = |serial: i64, faq: &Faq, reference: &Reference| match reference {
            Reference::Id(id) => faq.id.0 == *id,
            Reference::Serial(wanted) => serial == *wanted,
            Reference::Name(_) => false,
        };
        let find = |reference| rows.iter().find(|(serial, faq)| is_meant(*serial, faq, reference)).map(|(_, faq)| faq.clone());
        Ok(faqs.iter().map(find).collect())
    }

    async fn view(&self, organization: OrganizationId, faq: &Reference) -> Result<Option<FaqView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let mut question = shown(organization);
        match faq {
            Reference::Id(id) => question.bind(" AND f.id = ?", [Value::from(*id)]),
            Reference::Serial(serial) => question.bind(" AND f.serial = ?", [Value::from(*serial)]),
            Reference::Name(_) => return Ok(None),
        };
        question.one(self.reader(), show).await.map_err(fault)
    }

    async fn list(&self, organization: OrganizationId, query: &FaqQuery) -> Result<Vec<FaqView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        if let Some(search) = &query.search {
            return found::best(self.reader(), organization, query, search).await.map_err(fault);
        }
        let mut question = shown(organization);
        question.append(wanted(query)).push(IN_PLACE);
        if let Some(most) = query.most {
            question.bind(" LIMIT ?", [most.into()]);
        }
        question.all(self.reader(), show).await.map_err(fault)
    }

    async fn edition(&self, organization: OrganizationId) -> Result<i64, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(0) };
        let question = Sql::new("SELECT edition FROM faq_edition WHERE organization = ?", [organization.into()]);
        question.number(self.reader()).await.map_err(fault)
    }

    async fn count(&self, organization: OrganizationId) -> Result<u64, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(0) };
        let question = Sql::new("SELECT COUNT(*) FROM faq WHERE organization = ?", [organization.into()]);
        let n: Option<i64> = question.one(self.reader(), |row| row.next()).await.map_err(fault)?;
        Ok(u64::try_from(n.unwrap_or(0)).unwrap_or(0))
    }
}

/// ` AND …` for what a query wants of `faq AS f`, besides its words. The category is named by its UUID.
pub(super) fn wanted(query: &FaqQuery) -> Sql {
    let mut wanted = Sql::default();
    if !query.include_inactive {
        wanted.push(" AND f.is_active");
    }
    if let Some(category) = query.category {
        wanted.bind(" AND f.category = (SELECT serial FROM category WHERE id = ?)", [category.0.into()]);
    }
    wanted
}

/// `SELECT … WHERE` of the organization's questions, whole.
pub(super) fn shown(organization: i64) -> Sql {
    let text = format!(
        "SELECT f.serial, f.id, f.question, f.answer, f.tags, f.display_order, f.is_active, f.created_at, f.updated_at, f.revision, \
         c.id, c.serial, c.name, c.slug, c.color, {} FROM faq AS f JOIN category AS c ON c.serial = f.category \
         JOIN account AS w ON w.serial = f.created_by WHERE f.organization = ?",
        person_columns("w")
    );
    Sql::new(text, [organization.into()])
}

/// Reads what [`shown`] selects.
pub(super) fn show(row: &mut Fields<'_>) -> Result<FaqView, DbErr> {
    let (serial, id) = (row.next()?, FaqId(row.next()?));
    let (question, answer, tags) = (row.next()?, row.next()?, row.next()?);
    let (display_order, is_active) = (row.next()?, row.next()?);
    let (created_at, updated_at) = (moment(row.next()?)?, moment(row.next()?)?);
    let revision = row.next()?;
    let category = category(row)?.ok_or_else(|| damaged("category", serial))?;
    let created_by = person(row)?.ok_or_else(|| damaged("author", serial))?;
    Ok(FaqView {
        id,
        serial,
        question,
        answer,
        category,
        tags,
        display_order,
        is_active,
        created_by,
        created_at,
        updated_at,
        snippet: None,
        revision,
    })
}

fn meant(organization: i64, faqs: &[Reference]) -> Sql {
    let serials =
        faqs.iter().filter_map(|faq| if let Reference::Serial(serial) = faq { Some(Value::from(*serial)) } else { None });
    let ids = faqs.iter().filter_map(|faq| if let Reference::Id(id) = faq { Some(Value::from(*id)) } else { None });
    let (serials, ids): (Vec<Value>, Vec<Value>) = (serials.collect(), ids.collect());
    let mut question = Sql::new(
        "SELECT f.serial, f.id, f.question, f.answer, c.id, f.tags, f.display_order, f.is_active, w.id, f.created_at, f.updated_at, \
         f.revision FROM faq AS f JOIN category AS c ON c.serial = f.category JOIN account AS w ON w.serial = f.created_by \
         WHERE f.organization = ? AND (1 = 0",
        [organization.into()],
    );
    for (column, values) in [("f.serial", serials), ("f.id", ids)] {
        if !values.is_empty() {
            let places = repeated("?", values.len());
            question.bind(&format!(" OR {column} IN ({places})"), values);
        }
    }
    question.push(")");
    question
}

fn read(row: &mut Fields<'_>, organization: OrganizationId) -> Result<(i64, Faq), DbErr> {
    let serial = row.next()?;
    let state = FaqState {
        id: FaqId(row.next()?),
        organization,
        question: Question::trusted(row.next()?),
        answer: FaqAnswer::trusted(row.next()?),
        category: CategoryId(row.next::<Uuid>()?),
        tags: Keywords::trusted(row.next()?),
        display_order: row.next()?,
        is_active: row.next()?,
        created_by: UserId(row.next::<Uuid>()?),
        created_at: moment(row.next()?)?,
        updated_at: moment(row.next()?)?,
        revision: row.next()?,
    };
    Ok((serial, Faq::restored(state)))
}
