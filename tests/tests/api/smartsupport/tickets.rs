//! Tickets, from asking to handing over.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::Story;
use serde_json::{Value, json};

use super::{approval, approved, crash, fields, waiting};
use crate::bodies::shows;

on_both_backends! {
    async fn a_ticket_is_made_and_shown_as_in_the_seed(story: Story) {
        let customer = story.smartsupport("customer").await;
        let made = customer.post("/tickets/", crash()).await.answers(201);
        shows("smartsupport_ticket_created", &made);
        let list = customer.get("/tickets/").await.answers(200);
        assert_eq!((&list["count"], &list["next"], &list["previous"]), (&json!(1), &Value::Null, &Value::Null));
        assert_eq!(list["results"][0], made);
    }

    async fn a_ticket_is_approved_claimed_resolved_and_closed_as_in_the_seed(story: Story) {
        let (customer, admin) = (story.smartsupport("customer").await, story.smartsupport("admin").await);
        let path = waiting(&customer).await;
        let id: Value = path.trim_matches('/').rsplit('/').next().unwrap().parse::<i64>().unwrap().into();
        let answer = admin.post(&format!("{path}approve/"), approval()).await.answers(200);
        let expected = json!({
            "message": "Ticket approved successfully", "ticket_id": id, "status": "Open", "priority": "High", "department": "IT Department"
        });
        assert_eq!(answer, expected);
        let answer = admin.post(&format!("{path}claim/"), json!({})).await.answers(200);
        let expected = json!({
            "message": "Ticket successfully claimed.", "ticket_id": id, "status": "In Progress", "assigned_to": "admin@example.com"
        });
        assert_eq!(answer, expected);
        let body = json!({ "status": "Resolved", "comment": "Issue has been resolved by updating the software" });
        let answer = admin.post(&format!("{path}update-status/"), body).await.answers(200);
        let expected = json!({
            "message": "Ticket status updated successfully", "ticket_id": id, "old_status": "In Progress", "new_status": "Resolved"
        });
        assert_eq!(answer, expected);
        let answer = customer.post(&format!("{path}close/"), json!({ "comment": "Satisfied with the resolution" })).await.answers(200);
        assert_eq!(answer, json!({ "message": "Ticket closed successfully.", "status": "Closed" }));
        shows("smartsupport_ticket_details", &admin.get(&path).await.answers(200));
        let seen = customer.get(&path).await.answers(200);
        assert!(!seen.to_string().contains("approved for processing"), "{seen}");
        assert_eq!(seen["comments"].as_array().unwrap().len(), 2);
    }

    async fn a_ticket_is_rejected_with_a_reason(story: Story) {
        let (customer, admin) = (story.smartsupport("customer").await, story.smartsupport("admin").await);
        let path = waiting(&customer).await;
        let missing = admin.post(&format!("{path}reject/"), json!({})).await.refuses(400);
        assert_eq!(missing["rejection_reason"], json!(["This field is required."]));
        let answer = admin.post(&format!("{path}reject/"), json!({ "rejection_reason": "Insufficient information provided" })).await.answers(200);
        assert_eq!(fields(&answer), ["message", "rejection_reason", "status", "ticket_id"]);
        assert_eq!((&answer["message"], &answer["status"]), (&json!("Ticket rejected successfully"), &json!("Rejected")));
        assert_eq!(customer.get(&path).await.answers(200)["rejection_reason"], "Insufficient information provided");
        admin.post(&format!("{path}approve/"), approval()).await.refuses(400);
    }

    async fn a_ticket_is_withdrawn_by_whoever_asked_and_once(story: Story) {
        let (customer, admin) = (story.smartsupport("customer").await, story.smartsupport("admin").await);
        let path = waiting(&customer).await;
        admin.post(&format!("{path}withdraw/"), json!({})).await.refuses(403);
        let answer = customer.post(&format!("{path}withdraw/"), json!({ "comment": "Issue resolved internally" })).await.answers(200);
        assert_eq!(answer, json!({ "message": "Ticket withdrawn successfully.", "status": "Withdrawn" }));
        customer.post(&format!("{path}withdraw/"), json!({})).await.refuses(400);
    }

    async fn of_two_who_approve_at_once_one_does(story: Story) {
        let (admin, agent) = (story.smartsupport("admin").await, story.smartsupport("agent").await);
        let path = format!("{}approve/", waiting(&story.smartsupport("customer").await).await);
        let (one, two) = futures_util::future::join(admin.post(&path, approval()), agent.post(&path, approval())).await;
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400]);
    }

    async fn an_approval_needs_a_priority_and_a_department_of_the_seeds_words(story: Story) {
        let admin = story.smartsupport("admin").await;
        let path = format!("{}approve/", waiting(&story.smartsupport("customer").await).await);
        let refused = admin.post(&path, json!({})).await.refuses(400);
        assert_eq!(refused, json!({ "priority": ["This field is required."], "department": ["This field is required."] }));
        let urgent = admin.post(&path, json!({ "priority": "Urgent", "department": "IT Department" })).await.refuses(400);
        assert_eq!(urgent["priority"], json!(["\"Urgent\" is not a valid choice."]));
        let nowhere = admin.post(&path, json!({ "priority": "High", "department": "Nowhere" })).await.refuses(400);
        assert!(nowhere["department"].is_array(), "{nowhere}");
        for priority in ["Critical", "High", "Medium", "Low"] {
            let path = format!("{}approve/", waiting(&story.smartsupport("customer").await).await);
            let answer = admin.post(&path, json!({ "priority": priority, "department": "Budget Department" })).await.answers(200);
            assert_eq!(answer["priority"], priority);
        }
    }

    async fn a_status_is_set_by_the_seeds_five_words_and_says_where_it_was(story: Story) {
        let (customer, admin) = (story.smartsupport("customer").await, story.smartsupport("admin").await);
        let path = format!("{}update-status/", approved(&story, &customer).await);
        for word in ["Pending", "New", "Rejected", "Withdrawn", "", "open"] {
            let refused = admin.post(&path, json!({ "status": word })).await.refuses(400);
            assert!(refused["status"].is_array(), "{word}: {refused}");
        }
        for (from, to) in [("Open", "Open"), ("Open", "In Progress"), ("In Progress", "On Hold"), ("On Hold", "Resolved"), ("Resolved", "Closed")] {
            let answer = admin.post(&path, json!({ "status": to })).await.answers(200);
            assert_eq!((&answer["old_status"], &answer["new_status"]), (&json!(from), &json!(to)));
        }
        let waiting = format!("{}update-status/", waiting(&customer).await);
        admin.post(&waiting, json!({ "status": "Open" })).await.refuses(400);
    }

    async fn a_category_is_free_text_made_when_missing(story: Story) {
        let customer = story.smartsupport("customer").await;
        let category = |text: &str| { let mut body = crash(); body["category"] = json!(text); body };
        for text in ["Software", "software", "2023", "bug_report", "technical!", "C++", "C#", "???"] {
            let made = customer.post("/tickets/", category(text)).await.answers(201);
            assert_eq!(made["category"].as_str().unwrap().to_lowercase(), text.to_lowercase());
        }
        let long = customer.post("/tickets/", category(&"x".repeat(101))).await.refuses(400);
        assert!(long["category"].is_array(), "{long}");
        let names: Vec<String> = story.platform("admin").await.get("/categories/?page_size=100").await.answers(200)["results"]
            .as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
        assert_eq!(names.iter().filter(|name| name.to_lowercase() == "software").count(), 1, "{names:?}");
    }

    async fn what_smartsupport_made_every_dialect_sees_in_its_own_words(story: Story) {
        let customer = story.smartsupport("customer").await;
        let path = approved(&story, &customer).await;
        let platform = story.platform("customer").await.get(&path).await.answers(200);
        assert_eq!((&platform["number"], &platform["status"], &platform["priority"]), (&json!("TX0001"), &json!("open"), &json!("high")));
        let uuid = platform["id"].as_str().unwrap();
        assert_eq!(customer.get(&format!("/tickets/{uuid}")).await.answers(200)["ticket_number"], "TX0001");
        let urgent = story.platform("customer").await.post("/tickets/", json!({ "title": "X", "description": "x", "priority": "urgent" })).await.answers(201);
        let shown = customer.get(&format!("/tickets/{}/", urgent["id"].as_str().unwrap())).await.answers(200);
        assert_eq!((&shown["priority"], &shown["status"]), (&json!("Critical"), &json!("Open")));
    }

    async fn how_long_it_took_is_told_as_a_duration(mut story: Story) {
        let customer = story.smartsupport("customer").await;
        let path = approved(&story, &customer).await;
        story.later(90);
        let admin = story.smartsupport("admin").await;
        admin.post(&format!("{path}update-status/"), json!({ "status": "In Progress", "comment": "On it." })).await.answers(200);
        story.later(60 * 24);
        let admin = story.smartsupport("admin").await;
        admin.post(&format!("{path}update-status/"), json!({ "status": "Resolved" })).await.answers(200);
        let shown = admin.get(&path).await.answers(200);
        assert_eq!((&shown["response_time"], &shown["resolution_time"]), (&json!("PT1H30M"), &json!("P1DT1H30M")));
    }
}
