//! Lists: paged, filtered, and bare arrays of any length.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, each};
use serde_json::json;

use super::{approved, crash, fields, waiting};

on_both_backends! {
    async fn new_open_and_my_tickets_are_arrays_as_in_the_seed_newest_first(story: Story) {
        let (customer, admin) = (story.smartsupport("customer").await, story.smartsupport("admin").await);
        let (first, second) = (waiting(&customer).await, waiting(&customer).await);
        let new = admin.get("/tickets/new/").await.answers(200);
        assert_eq!(each(&new, "ticket_number"), ["TX0002", "TX0001"]);
        let shown = [
            "category", "employee_department", "employee_name", "has_attachment", "id", "status", "sub_category", "subject",
            "submit_date", "ticket_number",
        ];
        assert_eq!(fields(&new[0]), shown);
        assert_eq!((&new[0]["employee_name"], &new[0]["has_attachment"]), (&json!("Carla Miller"), &json!(false)));
        let decide = json!({ "priority": "High", "department": "IT Department" });
        for path in [first, second] {
            admin.post(&format!("{path}approve/"), decide.clone()).await.answers(200);
        }
        assert_eq!(admin.get("/tickets/new/").await.answers(200), json!([]));
        let open = admin.get("/tickets/open/").await.answers(200);
        assert_eq!(open, admin.get("/tickets/").await.answers(200)["results"]);
        admin.post(&format!("/tickets/{}/claim/", open[1]["id"]), json!({})).await.answers(200);
        let mine = admin.get("/tickets/my-tickets/").await.answers(200);
        assert_eq!(each(&mine, "ticket_number"), ["TX0001"]);
        let shown = [
            "category", "department", "employee_department", "employee_name", "has_attachment", "id", "priority", "status",
            "subject", "submit_date", "ticket_number", "update_date",
        ];
        assert_eq!(fields(&mine[0]), shown);
        assert_eq!(story.smartsupport("agent").await.get("/tickets/my-tickets/").await.answers(200), json!([]));
    }

    async fn an_array_of_many_parts_is_whole(story: Story) {
        let (customer, admin) = (story.smartsupport("customer").await, story.smartsupport("admin").await);
        for _ in 0..201 {
            waiting(&customer).await;
        }
        let numbers = each(&admin.get("/tickets/new/").await.answers(200), "ticket_number");
        let expected: Vec<_> = (1..=201).rev().map(|n| json!(format!("TX{n:04}"))).collect();
        assert_eq!(numbers, expected);
    }

    async fn a_list_is_paged_and_filtered_by_the_seeds_words(story: Story) {
        let (customer, admin) = (story.smartsupport("customer").await, story.smartsupport("admin").await);
        approved(&story, &customer).await;
        waiting(&customer).await;
        let mut other = crash();
        other["subject"] = json!("Printer on fire");
        story.smartsupport("jane").await.post("/tickets/", other).await.answers(201);
        let page = admin.get("/tickets/?page_size=2&status=New,Open").await.answers(200);
        assert_eq!((&page["count"], page["results"].as_array().unwrap().len()), (&json!(3), 2));
        let next = page["next"].as_str().unwrap();
        assert!(next.contains("/api/tickets/?") && next.contains("status=New%2COpen") && next.contains("page=2"), "{next}");
        assert_eq!(each(&admin.get(next).await.answers(200), "ticket_number"), ["TX0001"]);
        for (query, numbers) in [
            ("status=Open", vec!["TX0001"]),
            ("status=in_progress", vec![]),
            ("priority=High", vec!["TX0001"]),
            ("department=IT+Department", vec!["TX0001"]),
            ("search=printer", vec!["TX0003"]),
            ("category=Software", vec!["TX0003", "TX0002", "TX0001"]),
            ("employee=me", vec![]),
            ("assigned_to=none&status=Open", vec!["TX0001"]),
        ] {
            let found = admin.get(&format!("/tickets/?{query}")).await.answers(200);
            assert_eq!(each(&found, "ticket_number"), numbers, "{query}");
        }
        for query in ["status=lost", "priority=urgent", "ordering=mood", "page=0", "page=x", "category=Nowhere", "created_after=never"] {
            admin.get(&format!("/tickets/?{query}")).await.refuses(400);
        }
        admin.get("/tickets/?page=9").await.refuses(404);
        assert_eq!(admin.get("/tickets/?cursor=&page_size=2").await.answers(200)["results"].as_array().unwrap().len(), 2);
    }

    async fn everybody_sees_their_own_and_staff_see_all(story: Story) {
        let (customer, jane) = (story.smartsupport("customer").await, story.smartsupport("jane").await);
        let path = waiting(&customer).await;
        jane.get(&path).await.refuses(404);
        assert_eq!(jane.get("/tickets/").await.answers(200)["count"], 0);
        for name in ["agent", "coordinator", "admin"] {
            story.smartsupport(name).await.get(&path).await.answers(200);
        }
    }
}
