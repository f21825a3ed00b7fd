//! How content requesters are, to decide on and to show.

use async_trait::async_trait;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::{OrganizationId, TicketId};
use helpdesk_domain::kernel::text::RatingComment;
use helpdesk_domain::satisfaction::port::RatingRepository;
use helpdesk_domain::satisfaction::{Rating, RatingState, RatingView, Score};
use sea_orm::DbErr;

use crate::Store;
use crate::column::{damaged, moment};
use crate::fault::fault;
use crate::sql::{Fields, Sql};
use crate::ticket_reader::{person, person_columns};

#[async_trait]
impl RatingRepository for Store {
    async fn find(&self, organization: OrganizationId, ticket: TicketId) -> Result<Option<Rating>, StoreError> {
        let view = self.rating(organization, ticket).await?;
        Ok(view.map(|view| restored(organization, view)))
    }

    async fn view(&self, organization: OrganizationId, ticket: TicketId) -> Result<Option<RatingView>, StoreError> {
        self.rating(organization, ticket).await
    }
}

impl Store {
    async fn rating(&self, organization: OrganizationId, ticket: TicketId) -> Result<Option<RatingView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let text = format!(
            "SELECT t.id, t.serial, s.score, s.comment, s.created_at, s.updated_at, s.revision, {} FROM rating AS s \
             JOIN ticket AS t ON t.serial = s.ticket JOIN account AS w ON w.serial = s.rated_by WHERE t.organization = ? AND t.id = ?",
            person_columns("w")
        );
        Sql::new(text, [organization.into(), ticket.0.into()]).one(self.reader(), read).await.map_err(fault)
    }
}

fn read(row: &mut Fields<'_>) -> Result<RatingView, DbErr> {
    let (ticket, ticket_serial) = (TicketId(row.next()?), row.next()?);
    let score: i16 = row.next()?;
    let score = u8::try_from(score).map_err(|_| damaged("score", score))?;
    let comment = row.next()?;
    let (created_at, updated_at) = (moment(row.next()?)?, moment(row.next()?)?);
    let revision = row.next()?;
    let rated_by = person(row)?.ok_or_else(|| damaged("person", ticket_serial))?;
    Ok(RatingView { ticket, ticket_serial, score, comment, rated_by, created_at, updated_at, revision })
}

fn restored(organization: OrganizationId, view: RatingView) -> Rating {
    let RatingView { ticket, ticket_serial: _, score, comment, rated_by, created_at, updated_at, revision } = view;
    Rating::restored(RatingState {
        ticket,
        organization,
        rated_by: rated_by.id,
        score: Score::trusted(score),
        comment: comment.map(RatingComment::trusted),
        created_at,
        updated_at,
        revision,
    })
}
