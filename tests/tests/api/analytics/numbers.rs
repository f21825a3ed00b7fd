//! Every figure against a naive recount, whatever happened to the tickets.

use chrono::NaiveDate;
use helpdesk::generate::{Cast, Casting, Generator, SPAN};
use helpdesk::wire::Installation;
use helpdesk_domain::identity::port::OrganizationRepository;
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::kernel::{Clock, Reference, Zone};
use helpdesk_domain::ticket::{Priority, TicketRow};
use helpdesk_tests::office::RandomIds;
use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, HOME, Story, at};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::recount::{Recount, all};
use super::{path, urlencoded};

async fn home(story: &Story) -> OrganizationId {
    story.store.find(&Reference::Name(HOME.to_owned())).await.unwrap().unwrap().id
}

/// Generated tickets of the last two years.
async fn generate(story: &Story, tickets: u64) {
    let clock = helpdesk_tests::clock();
    let installation = Installation::of(story.store.clone(), clock.clone(), std::sync::Arc::new(RandomIds));
    let organization = home(story).await;
    let now = clock.now();
    let casting = Casting { installation: &installation, organization, password_hash: "none".to_owned(), at: now - SPAN };
    let cast: Cast = casting.assemble(tickets, &mut StdRng::seed_from_u64(1)).await.unwrap();
    let loader = story.store.loader(organization).await.unwrap().unwrap();
    let tickets: Vec<_> = Generator::new(cast, 1, tickets, now).map(Result::unwrap).collect();
    loader.load(&tickets).await.unwrap();
}

async fn moves(admin: &Client, zone: &str) {
    admin.patch("/organizations/current/", json!({ "time_zone": zone })).await.answers(200);
}

/// Compares an answer with the recount of those tickets that are meant.
async fn compare(story: &Story, agent: &Client, zone: &str, query: &str, is_meant: impl Fn(&TicketRow) -> bool) {
    let rows = all(&story.store, home(story).await).await;
    let now = helpdesk_tests::clock().now();
    let body = agent.get(&path("tickets", query)).await.answers(200);
    let date = |day: &Value| day["date"].as_str().unwrap().parse::<NaiveDate>().unwrap();
    let days = body["series"].as_array().unwrap();
    let recount = Recount {
        tickets: rows.iter().filter(|ticket| is_meant(ticket)).collect(),
        zone: Zone::named(zone),
        first: date(days.first().unwrap()),
        last: date(days.last().unwrap()),
        now,
    };
    for (part, expected) in recount.expected().as_object().unwrap() {
        assert_eq!(&body[part], expected, "{part} of {query} in {zone}");
    }
    let open =
        ["total", "overdue", "unassigned"].map(|part| body["open"][part].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap());
    assert_eq!(open, recount.open(), "{query}");
    sorts(&body, &recount);
}

/// Compares the figures of each sort.
fn sorts(body: &Value, recount: &Recount<'_>) {
    let name = |row: &Value, part: &str| row[part]["name"].as_str().map(str::to_owned);
    let rows = |part: &str| body[part].as_array().unwrap().clone();
    for row in rows("by_priority") {
        let priority = row["priority"].as_str();
        same(&row, &recount.of(|ticket| ticket.priority.map(word) == priority), "priority");
    }
    for row in rows("by_category") {
        same(
            &row,
            &recount.of(|ticket| ticket.category.as_ref().map(|category| category.name.clone()) == name(&row, "category")),
            "category",
        );
    }
    for row in rows("by_agent") {
        let id = row["agent"]["id"].as_str().map(str::to_owned);
        let is_theirs = |ticket: &TicketRow| ticket.assignee.as_ref().map(|agent| agent.id.0.to_string()) == id;
        same(&row, &recount.of(is_theirs), "agent");
        let open = |ticket: &&&TicketRow| is_theirs(ticket) && ticket.resolved_at.or(ticket.closed_at).is_none();
        assert_eq!(row["open"], recount.tickets.iter().filter(open).count());
    }
    for row in rows("by_tag") {
        let tag = name(&row, "tag").unwrap();
        same(&row, &recount.of(|ticket| ticket.tags.iter().any(|found| found.name == tag)), "tag");
    }
    let created = |part: &str| rows(part).iter().map(|row| row["created"].as_u64().unwrap()).sum::<u64>();
    for part in ["by_priority", "by_category", "by_agent"] {
        assert_eq!(created(part), body["totals"]["created"].as_u64().unwrap(), "{part}");
    }
}

fn same(row: &Value, expected: &Value, part: &str) {
    for (figure, expected) in expected.as_object().unwrap() {
        assert_eq!(&row[figure], expected, "{figure} of {part} in {row}");
    }
}

fn word(priority: Priority) -> &'static str {
    ["low", "medium", "high", "urgent", "critical"][priority as usize]
}

/// Things that happen to tickets after they were counted once.
async fn upheaval(story: &mut Story, admin: &Client) {
    let tickets =
        |query: &'static str| async move { admin.get(&format!("/tickets/{query}")).await.answers(200)["results"].clone() };
    let me = admin.get("/users/me/").await.answers(200);
    for ticket in tickets("?status=resolved&page_size=4").await.as_array().unwrap() {
        admin.post(&at("/tickets", ticket, "reopen/"), json!({})).await.answers(200);
    }
    story.later(20);
    for ticket in tickets("?status=open&page_size=6").await.as_array().unwrap() {
        admin.post(&at("/tickets", ticket, "comments/"), json!({ "content": "Have you tried again?" })).await.answers(201);
        admin.post(&at("/tickets", ticket, "resolve/"), json!({})).await.answers(200);
    }
    for ticket in tickets("?status=closed&page_size=3").await.as_array().unwrap() {
        let change = json!({ "priority": "critical", "tags": ["moved"], "category": "billing", "department": "IT Department" });
        admin.patch(&at("/tickets", ticket, ""), change).await.answers(200);
        admin.post(&at("/tickets", ticket, "assign/"), json!({ "user_id": me["id"] })).await.answers(200);
    }
    for ticket in tickets("?status=closed&page_size=5&page=2").await.as_array().unwrap() {
        admin.delete(&at("/tickets", ticket, "")).await.answers(204);
    }
    let tag = admin.get("/tags/?ordering=-ticket_count").await.answers(200)["results"][0].clone();
    admin.delete(&at("/tags", &tag, "")).await.answers(204);
    let fresh = admin.opens("Fresh").await;
    admin.post(&at("/tickets", &fresh, "close/"), json!({})).await.answers(200);
    admin.opens("Fresher").await;
}

on_both_backends! {
    async fn every_figure_is_what_a_naive_recount_says(story: Story) {
        let mut story = story;
        let admin = story.platform("admin").await;
        moves(&admin, "Europe/Berlin").await;
        generate(&story, 300).await;
        for query in ["?date_range=1y", "?date_range=7d", "?date_from=2025-03-20&date_to=2025-04-05"] {
            compare(&story, &admin, "Europe/Berlin", query, |_| true).await;
        }
        upheaval(&mut story, &admin).await;
        compare(&story, &admin, "Europe/Berlin", "?date_range=1y", |_| true).await;
        moves(&admin, "America/St_Johns").await;
        compare(&story, &admin, "America/St_Johns", "?date_range=1y", |_| true).await;
    }

    async fn every_figure_under_a_filter_is_what_a_naive_recount_says(story: Story) {
        let admin = story.platform("admin").await;
        moves(&admin, "Australia/Lord_Howe").await;
        generate(&story, 300).await;
        let agent = all(&story.store, home(&story).await).await.iter().find_map(|ticket| ticket.assignee.clone()).unwrap();
        let high = |ticket: &TicketRow| ticket.priority == Some(Priority::High);
        let filtered = |filters: Value| format!("?date_range=1y&filters={}", urlencoded(&filters.to_string()));
        let zone = "Australia/Lord_Howe";
        compare(&story, &admin, zone, &filtered(json!({})), |_| true).await;
        compare(&story, &admin, zone, &filtered(json!({ "priority": "high" })), high).await;
        let all_of_them = filtered(json!({ "created_after": "2000-01-01" }));
        compare(&story, &admin, zone, &all_of_them, |_| true).await;
        compare(&story, &admin, zone, &format!("{all_of_them}&date_to=2025-04-10"), |_| true).await;
        let theirs = filtered(json!({ "assigned_to": agent.id.0, "priority": ["low", "medium"] }));
        compare(&story, &admin, zone, &theirs, |ticket| {
            let is_theirs = ticket.assignee.as_ref().is_some_and(|assignee| assignee.id == agent.id);
            is_theirs && matches!(ticket.priority, Some(Priority::Low | Priority::Medium))
        }).await;
        let closed = filtered(json!({ "status": "closed", "category": "billing" }));
        compare(&story, &admin, zone, &closed, |ticket| {
            let word = admin_word(ticket);
            word == "closed" && ticket.category.as_ref().is_some_and(|category| category.slug == "billing")
        }).await;
        let found = filtered(json!({ "search": "printer", "created_before": "2025-06-01" }));
        let body = admin.get(&path("tickets", &found)).await.answers(200);
        let listed = admin.get("/tickets/?search=printer&created_before=2025-06-01&created_after=2024-10-14").await.answers(200);
        assert_eq!(body["totals"]["created"], listed["count"]);
    }

    async fn many_tickets_are_counted_again_in_batches_and_meanwhile_one_by_one(story: Story) {
        let admin = story.platform("admin").await;
        generate(&story, 2_500).await;
        moves(&admin, "Asia/Kathmandu").await;
        let before = admin.get(&path("tickets", "?date_range=90d")).await.answers(200);
        admin.opens("Meanwhile").await;
        assert!(story.store.count_days().await.unwrap());
        assert!(!story.store.count_days().await.unwrap());
        let after = admin.get(&path("tickets", "?date_range=90d")).await.answers(200);
        assert_eq!(after["totals"]["created"], before["totals"]["created"].as_u64().unwrap() + 1);
        for part in ["by_tag", "sla", "resolution_time"] {
            assert_eq!(after[part], before[part], "{part}");
        }
        compare(&story, &admin, "Asia/Kathmandu", "?date_range=1y", |_| true).await;
    }
}

/// Platform's word for a ticket's state.
fn admin_word(ticket: &TicketRow) -> &'static str {
    use helpdesk_domain::ticket::Status::{Closed, Rejected, Withdrawn};
    if matches!(ticket.status, Closed | Rejected | Withdrawn) { "closed" } else { "other" }
}
