//! What is said on a ticket.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each, id};
use serde_json::{Value, json};

on_both_backends! {
    async fn the_comment_example_of_the_seed_works(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = story.platform("customer").await.opens("One").await;
        let (bob, jane) = (story.platform("bob").await, story.classic("coordinator").await);
        let mentions = [bob.get("/users/me/").await.answers(200)["id"].clone(), jane.get("/users/me/").await.answers(200)["id"].clone()];
        let body = json!({ "content": "I've identified the issue.", "is_internal": false, "mentions": mentions });
        let comment = agent.post(&at("/tickets", &ticket, "comments/"), body).await.answers(201);
        assert_eq!(comment["content"], "I've identified the issue.");
        assert_eq!(comment["author"]["email"], "agent@example.com");
        assert_eq!(each(&comment["mentions"], "email"), [json!("bob@example.com"), json!("coordinator@example.com")]);
        assert_eq!(comment["attachments"], json!([]));
    }

    async fn comments_are_paged_and_come_oldest_first(mut story: Story) {
        let customer = story.platform("customer").await;
        let ticket = customer.opens("One").await;
        let path = at("/tickets", &ticket, "comments/");
        for content in ["a", "b", "c"] {
            story.later(1);
            customer.post(&path, json!({ "content": content })).await.answers(201);
        }
        let list = customer.get(&format!("{path}?page_size=2")).await.answers(200);
        assert_eq!((&list["count"], each(&list, "content")), (&json!(3), vec![json!("a"), json!("b")]));
        let next = customer.get(list["next"].as_str().unwrap()).await.answers(200);
        assert_eq!((&next["next"], each(&next, "content")), (&Value::Null, vec![json!("c")]));
    }

    async fn a_customer_sees_public_comments_only_by_every_path(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let ticket = customer.opens("One").await;
        let path = at("/tickets", &ticket, "comments/");
        let note = agent.post(&path, json!({ "content": "Xylophone", "is_internal": true })).await.answers(201);
        agent.post(&path, json!({ "content": "Hello" })).await.answers(201);
        let list = customer.get(&path).await.answers(200);
        assert_eq!((&list["count"], each(&list, "content")), (&json!(1), vec![json!("Hello")]));
        customer.get(&format!("{path}{}/", id(&note))).await.refuses(404);
        customer.patch(&format!("{path}{}/", id(&note)), json!({ "content": "x" })).await.refuses(404);
        customer.delete(&format!("{path}{}/", id(&note))).await.refuses(404);
        let seen = customer.get(&at("/tickets", &ticket, "")).await.answers(200);
        assert_eq!((each(&seen["comments"], "content"), &seen["comment_count"]), (vec![json!("Hello")], &json!(1)));
        let history = customer.get(&at("/tickets", &ticket, "history/")).await.answers(200);
        assert!(!history.to_string().contains("Internal note"), "{history}");
        assert_eq!(history["count"], 2);
    }

    async fn what_stays_among_staff_changes_nothing_that_a_customer_sees(mut story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let path = at("/tickets", &customer.opens("One").await, "");
        let before = customer.get(&path).await;
        story.later(1);
        let note = agent.post(&format!("{path}comments/"), json!({ "content": "Hm", "is_internal": true })).await.answers(201);
        agent.patch(&format!("{path}comments/{}/", id(&note)), json!({ "content": "Hm." })).await.answers(200);
        agent.patch(&path, json!({ "admin_notes": "Difficult." })).await.answers(200);
        let after = customer.get(&path).await;
        assert_eq!((after.header("etag"), &after.body["updated_at"]), (before.header("etag"), &before.body["updated_at"]));
        agent.post(&format!("{path}comments/"), json!({ "content": "Hello" })).await.answers(201);
        assert_ne!(customer.get(&path).await.header("etag"), before.header("etag"));
    }

    async fn an_internal_comment_of_a_customer_is_refused(story: Story) {
        let customer = story.platform("customer").await;
        let path = at("/tickets", &customer.opens("One").await, "comments/");
        customer.post(&path, json!({ "content": "x", "is_internal": true })).await.refuses(403);
        let mine = customer.post(&path, json!({ "content": "x" })).await.answers(201);
        customer.patch(&format!("{path}{}/", id(&mine)), json!({ "is_internal": true })).await.refuses(403);
        assert_eq!(customer.get(&path).await.answers(200)["results"][0]["is_internal"], false);
    }

    async fn a_requesters_public_comment_puts_a_pending_ticket_back_to_open(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let ticket = customer.opens("One").await;
        let path = at("/tickets", &ticket, "");
        let comments = at("/tickets", &ticket, "comments/");
        agent.patch(&path, json!({ "status": "pending" })).await.answers(200);
        agent.post(&comments, json!({ "content": "Any news?" })).await.answers(201);
        assert_eq!(agent.get(&path).await.answers(200)["status"], "pending");
        customer.post(&comments, json!({ "content": "Here." })).await.answers(201);
        assert_eq!(agent.get(&path).await.answers(200)["status"], "open");
    }

    async fn the_first_public_answer_of_staff_is_the_first_response(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let ticket = customer.opens("One").await;
        let (path, comments) = (at("/tickets", &ticket, ""), at("/tickets", &ticket, "comments/"));
        customer.post(&comments, json!({ "content": "Hello?" })).await.answers(201);
        agent.post(&comments, json!({ "content": "Hm.", "is_internal": true })).await.answers(201);
        assert_eq!(agent.get(&path).await.answers(200)["first_response_at"], Value::Null);
        agent.post(&comments, json!({ "content": "Hello!" })).await.answers(201);
        assert!(agent.get(&path).await.answers(200)["first_response_at"].is_string());
    }

    async fn authors_edit_and_delete_for_fifteen_minutes_and_admins_always(mut story: Story) {
        let customer = story.platform("customer").await;
        let folder = at("/tickets", &customer.opens("One").await, "comments/");
        let path = format!("{folder}{}/", id(&customer.post(&folder, json!({ "content": "x" })).await.answers(201)));
        story.later(15);
        assert_eq!(customer.put(&path, json!({ "content": "y" })).await.answers(200)["content"], "y");
        story.platform("agent").await.patch(&path, json!({ "content": "z" })).await.refuses(403);
        story.later(1);
        let customer = story.platform("customer").await;
        customer.patch(&path, json!({ "content": "z" })).await.refuses(403);
        customer.delete(&path).await.refuses(403);
        let admin = story.platform("admin").await;
        admin.patch(&path, json!({ "content": "z" })).await.answers(200);
        admin.delete(&path).await.answers(204);
        customer.get(&path).await.refuses(404);
        assert_eq!(customer.get(&folder).await.answers(200)["count"], 0);
    }

    async fn a_comment_says_something_and_not_too_much(story: Story) {
        let customer = story.platform("customer").await;
        let path = at("/tickets", &customer.opens("One").await, "comments/");
        let nobody = json!(["018f0000-0000-7000-8000-000000000000"]);
        for (field, body) in [
            ("content", json!({})),
            ("content", json!({ "content": "  " })),
            ("content", json!({ "content": "a\u{0}b" })),
            ("content", json!({ "content": 5 })),
            ("content", json!({ "content": "x".repeat(65_537) })),
            ("is_internal", json!({ "content": "x", "is_internal": "perhaps" })),
            ("mentions", json!({ "content": "x", "mentions": nobody })),
            ("mentions", json!({ "content": "x", "mentions": "agent" })),
            ("mentions", json!({ "content": "x", "mentions": vec![json!("agent"); 51] })),
        ] {
            let details = customer.post(&path, body).await.refuses(400);
            assert!(details[field].is_array(), "{field}: {details}");
        }
        assert_eq!(customer.get(&path).await.answers(200)["count"], 0);
        customer.post(&path, json!({ "content": "ü".repeat(65_536) })).await.answers(201);
    }

    async fn a_comment_of_another_ticket_is_not_found(story: Story) {
        let customer = story.platform("customer").await;
        let (one, two) = (customer.opens("One").await, customer.opens("Two").await);
        let comment = customer.post(&at("/tickets", &one, "comments/"), json!({ "content": "x" })).await.answers(201);
        customer.get(&at("/tickets", &two, &format!("comments/{}/", id(&comment)))).await.refuses(404);
    }
}
