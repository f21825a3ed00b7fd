//! An answer, made again from the resource: for a request that was done, but whose answer was lost with the process.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use helpdesk_domain::kernel::{Actor, Reference};
use helpdesk_domain::knowledge::Reader;

use super::shape::{self, SerialId, Uid};
use super::{classic, platform};
use crate::desk::Desk;
use crate::dialect::Made;
use crate::dialect::v1::Voice;
use crate::dialect::v1::api_keys::ApiKey;
use crate::dialect::v1::notifications::MarkedRead;
use crate::dialect::v1::organizations::OrganizationClock;
use crate::gate::Seen;
use crate::problem::{Answer, Problem};

/// Shows the thing that a request made or changed, as it is now.
pub async fn rebuild(desk: &Desk, voice: Voice, actor: &Actor, made: &Made, seen: &Seen<'_>) -> Answer {
    let status = if made.created { StatusCode::CREATED } else { StatusCode::OK };
    let mut answer = HttpResponse::build(status);
    let id = Reference::Id(made.id);
    macro_rules! show {
        ($view:expr, $($shape:ident)::+) => {
            show!($view, $($shape)::+<Uid>, $($shape)::+<SerialId>)
        };
        ($view:expr, $platform:ty, $classic:ty) => {
            Ok(answer.json(voice.say::<($platform, $classic), _>(&$view, seen)))
        };
    }
    match made.kind.as_str() {
        "ticket" => show!(desk.tickets.read(actor, &id).await?, platform::ticket::TicketDetails, classic::ticket::TicketDetails),
        "comment" => {
            let ticket = Reference::Id(made.parent.ok_or_else(Problem::bug)?);
            show!(desk.tickets.read_comment(actor, &ticket, &id).await?, platform::ticket::Comment, classic::ticket::Comment)
        }
        "erasure" => {
            let erasure = desk.privacy.erasure(actor, &id).await?;
            show!(erasure, shape::privacy::Erasure)
        }
        "link" => {
            let ticket = Reference::Id(made.parent.ok_or_else(Problem::bug)?);
            show!(desk.links.read(actor, &ticket, &id).await?, shape::link::Link)
        }
        "rating" => {
            let view = desk.satisfaction.read(actor, &id).await?;
            show!(view, shape::satisfaction::Rating)
        }
        "user" => show!(desk.accounts.read(actor, &id).await?, platform::user::User, classic::user::User),
        "api_key" => show!(desk.api_keys.read(actor, &id).await?, ApiKey, ApiKey),
        "category" => show!(desk.taxonomy.category(actor, &id).await?, platform::taxonomy::Category, classic::taxonomy::Entry),
        "tag" => show!(desk.taxonomy.tag(actor, &id).await?, platform::taxonomy::Tag, classic::taxonomy::Entry),
        "department" => {
            let view = desk.taxonomy.department(actor, &id).await?;
            show!(view, platform::taxonomy::Department, classic::taxonomy::Department)
        }
        "file" => show!(desk.files.read(actor, &id).await?, shape::file::File),
        "sla_calendar" => {
            let view = desk.service_levels.calendar(actor, &id).await?;
            show!(view, shape::sla::Calendar)
        }
        "sla_policy" => show!(desk.service_levels.policy(actor, &id).await?, shape::sla::Policy),
        "route" => show!(desk.routing.read(actor, &id).await?, shape::routing::Route),
        "agent" => {
            let view = desk.routing.agent(actor, &id).await?;
            show!(view, shape::routing::AgentRouting)
        }
        "webhook" => {
            let view = desk.webhooks.read(actor, &id).await?;
            show!(view, platform::webhook::Webhook, platform::webhook::Webhook)
        }
        "macro" => show!(desk.macros.read(actor, &id).await?, platform::macros::Macro, platform::macros::Macro),
        "rule" => show!(desk.rules.read(actor, &id).await?, platform::rule::Rule, platform::rule::Rule),
        "delivery" => {
            let webhook = Reference::Id(made.parent.ok_or_else(Problem::bug)?);
            let view = desk.webhooks.delivery(actor, &webhook, &id).await?;
            answer.status(StatusCode::ACCEPTED);
            show!(view, platform::webhook::Delivery, platform::webhook::Delivery)
        }
        "template" => {
            let view = desk.templates.read(actor, &id).await?;
            show!(view, shape::template::Template)
        }
        "article" => {
            let view = desk.articles.read(Reader::Member(actor), &id).await?;
            show!(view, shape::article::Article)
        }
        "article_category" => {
            let view = desk.article_categories.read(Reader::Member(actor), &id).await?;
            show!(view, shape::article::ArticleCategory)
        }
        "filter" => show!(desk.filters.read(actor, &id).await?, shape::filter::Filter),
        "notification" => {
            let view = desk.notifications.read(actor, &id).await?;
            show!(view, shape::notification::Notification)
        }
        // What was marked before is not known any more, and what came since was not meant.
        "notifications" => Ok(answer.json(MarkedRead { updated: 0 })),
        "work_order" => {
            show!(desk.work_orders.read(actor, &id).await?, shape::work_order::WorkOrder)
        }
        "work_order_task" => {
            let order = Reference::Id(made.parent.ok_or_else(Problem::bug)?);
            let (_, task) = desk.work_orders.task(actor, &order, &id).await?;
            show!(task, shape::work_order::Task)
        }
        "work_order_material" => {
            let order = Reference::Id(made.parent.ok_or_else(Problem::bug)?);
            let (_, material) = desk.work_orders.material(actor, &order, &id).await?;
            show!(material, shape::work_order::Material)
        }
        "organization_clock" => show!(desk.sandboxes.clock(actor).await?, OrganizationClock, OrganizationClock),
        "customer" => show!(desk.customers.read(actor, &id).await?, shape::site::Customer),
        "location" => show!(desk.locations.read(actor, &id).await?, shape::site::Location),
        _ => Err(Problem::bug()),
    }
}
