//! What is kept of a person: taken out, and erased.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Form, PASSWORD, Story, at, each, id};
use serde_json::{Value, json};

on_both_backends! {
    async fn all_that_is_kept_of_a_person_is_one_document(story: Story) {
        let (admin, jane) = (story.platform("admin").await, story.platform("jane").await);
        for n in 0..3 {
            jane.opens(&format!("Printer {n}")).await;
        }
        let ticket = jane.opens("Fax").await;
        jane.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "Please." })).await.answers(201);
        jane.upload(&at("/tickets", &ticket, "attachments/"), &Form::with_file("file", "fax.txt", "x")).await.answers(201);
        admin.post(&at("/tickets", &ticket, "resolve/"), json!({})).await.answers(200);
        jane.post(&at("/tickets", &ticket, "satisfaction/"), json!({ "score": 5 })).await.answers(201);
        let reply = admin.get("/users/jane@example.com/export/").await;
        assert!(reply.header("content-disposition").starts_with("attachment"), "{:?}", reply.headers);
        let document = reply.answers(200);
        assert_eq!((&document["user"]["email"], &document["user"]["company_id"]), (&json!("jane@example.com"), &json!("MA0002")));
        assert!(!document.to_string().contains("password"), "{document}");
        assert_eq!(each(&document["tickets"], "title"), ["Printer 0", "Printer 1", "Printer 2", "Fax"]);
        assert_eq!((&document["comments"][0]["content"], &document["comments"][0]["ticket"]), (&json!("Please."), &ticket["id"]));
        assert_eq!(document["files"][0]["file_name"], "fax.txt");
        assert_eq!(document["ratings"][0]["score"], 5);
        assert_eq!(each(&document["logins"], "api"), ["platform"]);
        assert_eq!(each(&document["audit_log"], "action"), ["login.succeeded"]);
        assert_eq!((&document["api_keys"], document["mails"].is_array()), (&json!([]), true));
        let classic = story.classic("admin").await.get(&at("/users", &document["user"], "export/")).await.answers(200);
        assert!(classic["user"]["id"].is_i64() && classic["comments"][0]["ticket"].is_i64(), "{classic}");
        let log = admin.get("/audit-log/?action=user.exported").await.answers(200);
        assert_eq!(log["results"][0]["subject"]["id"], document["user"]["id"]);
    }

    async fn what_is_kept_of_a_customer_and_what_somebody_chose_and_wrote_for_themselves_is_in_it_too(story: Story) {
        let (admin, agent) = (story.platform("admin").await, story.platform("agent").await);
        let me = agent.get("/users/me/").await.answers(200);
        let body = json!({ "name": "Ann Miller", "email": "ann@example.org", "phone": "+41 31 000", "user": me["id"] });
        let customer = admin.post("/customers/", body).await.answers(201);
        let body = json!({ "name": "Home", "city": "Bern", "latitude": 46.95, "longitude": 7.45, "customer": customer["id"] });
        admin.post("/locations/", body).await.answers(201);
        agent.post("/filters/", json!({ "name": "High", "filter_params": { "priority": "high" } })).await.answers(201);
        agent.post("/templates/", json!({ "title": "Hello", "content": "Dear all", "category": "greeting" })).await.answers(201);
        agent.patch("/notifications/preferences/", json!({ "reply": false })).await.answers(200);
        let document = admin.get(&at("/users", &me, "export/")).await.answers(200);
        assert_eq!((&document["customers"][0]["id"], &document["customers"][0]["phone"]), (&customer["id"], &json!("+41 31 000")));
        assert_eq!((&document["locations"][0]["city"], &document["locations"][0]["latitude"]), (&json!("Bern"), &json!(46.95)));
        assert_eq!(document["filters"][0]["filter_params"], json!({ "priority": "high" }));
        assert_eq!(document["templates"][0]["content"], "Dear all");
        assert_eq!(document["notification_preferences"], json!([{ "type": "reply", "wanted": false }]));
        assert_eq!((&document["article_votes"], &document["muted_mails"]), (&json!([]), &json!([])));
    }

    async fn an_erased_person_is_named_nowhere_and_their_tickets_stay_counted(story: Story) {
        let (admin, jane) = (story.platform("admin").await, story.platform("jane").await);
        let me = jane.get("/users/me/").await.answers(200);
        let body = json!({
            "title": "Janes zeppelin", "description": "My number is 555-0199.", "contact_email": "jane.private@example.org",
            "custom_fields": { "phone": "555-0199" }, "priority": "high",
        });
        let ticket = jane.post("/tickets/", body).await.answers(201);
        jane.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "Call me at 555-0199." })).await.answers(201);
        jane.patch(&at("/tickets", &ticket, ""), json!({ "title": "Janes airship" })).await.answers(200);
        jane.upload(&at("/tickets", &ticket, "attachments/"), &Form::with_file("file", "jane.txt", "x")).await.answers(201);
        jane.upload("/files/upload/", &Form::with_file("file", "jane.txt", "x")).await.answers(201);
        admin.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "We will." })).await.answers(201);
        admin.post(&at("/tickets", &ticket, "resolve/"), json!({})).await.answers(200);
        jane.post(&at("/tickets", &ticket, "satisfaction/"), json!({ "score": 2, "comment": "Janes opinion" })).await.answers(201);
        let stats = admin.get("/tickets/stats/").await.answers(200);
        let keyed = admin.with("Idempotency-Key", "erase");
        let erased = keyed.post(&at("/users", &me, "erase/"), json!({})).await.answers(200);
        assert_eq!((&erased["id"], &erased["name"]), (&me["id"], &json!("Erased user")));
        story.forget_answers().await;
        assert_eq!(keyed.post(&at("/users", &me, "erase/"), json!({})).await.answers(200), erased);
        assert_eq!(admin.post(&at("/users", &me, "erase/"), json!({})).await.answers(200), erased);
        for path in [
            at("/tickets", &ticket, ""),
            at("/tickets", &ticket, "history/"),
            at("/tickets", &ticket, "satisfaction/"),
            at("/users", &me, "export/"),
            "/tickets/export/".to_owned(),
            "/events/?limit=1000".to_owned(),
            "/audit-log/?page_size=100".to_owned(),
        ] {
            let text = admin.get(&path).await.text.to_lowercase();
            assert!(!text.contains("jane") && !text.contains("555-0199"), "{path}: {text}");
        }
        let now = admin.get(&at("/tickets", &ticket, "")).await.answers(200);
        assert_eq!((&now["title"], &now["priority"], &now["status"]), (&json!("Erased"), &json!("high"), &json!("resolved")));
        assert_eq!(each(&now["comments"], "content"), ["Erased", "We will."]);
        assert_eq!((&now["created_by"]["first_name"], &now["attachments"]), (&json!("Erased"), &json!([])));
        assert_eq!(admin.get("/tickets/stats/").await.answers(200), stats);
        assert_eq!(admin.get("/tickets/?search=airship").await.answers(200)["count"], 0);
        admin.get(&at("/users", &me, "")).await.refuses(404);
        jane.get("/users/me/").await.refuses(401);
        story.stranger().post("/auth/login/", json!({ "email": "jane@example.com", "password": PASSWORD })).await.refuses(401);
        let log = admin.get("/audit-log/?action=user.erased").await.answers(200);
        assert_eq!((&log["count"], &log["results"][0]["subject"]["id"]), (&json!(1), &me["id"]));
        let again = json!({ "email": "jane@example.com", "password": PASSWORD, "first_name": "Jane", "last_name": "New" });
        admin.post("/users/", again).await.answers(201);
    }

    async fn what_staff_answered_stays_without_their_name_and_the_last_admin_stays(story: Story) {
        let (admin, bob, customer) = (story.platform("admin").await, story.platform("bob").await, story.platform("customer").await);
        let ticket = customer.opens("One").await;
        bob.post(&at("/tickets", &ticket, "claim/"), json!({})).await.answers(200);
        bob.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "Have you tried again?" })).await.answers(201);
        let him = bob.get("/users/me/").await.answers(200);
        admin.delete(&at("/users", &him, "")).await.answers(204);
        admin.post(&at("/users", &him, "erase/"), json!({})).await.answers(200);
        let now = customer.get(&at("/tickets", &ticket, "")).await.answers(200);
        assert_eq!((&now["title"], &now["comments"][0]["content"]), (&json!("One"), &json!("Have you tried again?")));
        let lines = each(&customer.get(&at("/tickets", &ticket, "history/")).await.answers(200), "details");
        assert!(lines.contains(&json!("Response added by Erased user")) && lines.contains(&json!("Assigned to Erased user")), "{lines:?}");
        let everything: Vec<Value> = each(&admin.get("/events/?limit=1000").await.answers(200), "position");
        assert_eq!(everything, (1..=everything.len()).map(|n| json!(n)).collect::<Vec<_>>());
        let me = admin.get("/users/me/").await.answers(200);
        admin.post(&at("/users", &me, "erase/"), json!({})).await.refuses(409);
        assert_eq!(admin.get("/users/me/").await.answers(200)["first_name"], "Ada");
    }

    async fn what_went_on_in_other_tickets_is_erased_there_and_what_was_answered_there_stays(story: Story) {
        let (admin, bob, jane) = (story.platform("admin").await, story.platform("bob").await, story.platform("jane").await);
        let customer = story.platform("customer").await;
        let say = async |client: &Client, ticket: &Value, content: &str| {
            client.post(&at("/tickets", ticket, "comments/"), json!({ "content": content })).await.answers(201)
        };
        let merge = async |source: &Value, into: &Value| {
            let body = json!({ "into": into["id"], "across_requesters": true });
            admin.post(&at("/tickets", source, "merge/"), body).await.answers(200)
        };
        let (hers, his, between, last) =
            (jane.opens("Hers").await, bob.opens("His").await, customer.opens("Between").await, customer.opens("Last").await);
        let comment = say(&jane, &hers, "Janes words").await;
        for form in [Form::with_file("file", "jane.txt", "x"), Form::with_file("file", "jane2.txt", "x").text("comment", &id(&comment))] {
            jane.upload(&at("/tickets", &hers, "attachments/"), &form).await.answers(201);
        }
        say(&bob, &his, "Bobs words").await;
        say(&bob, &last, "Bobs answer").await;
        bob.upload(&at("/tickets", &last, "attachments/"), &Form::with_file("file", "answer.txt", "x")).await.answers(201);
        for (source, into) in [(&hers, &between), (&his, &between), (&between, &last)] {
            merge(source, into).await;
        }
        for person in [&jane, &bob] {
            let me = person.get("/users/me/").await.answers(200);
            admin.post(&at("/users", &me, "erase/"), json!({})).await.answers(200);
        }
        let now = admin.get(&at("/tickets", &last, "")).await.answers(200);
        let mut contents = each(&now["comments"], "content");
        contents.sort_unstable_by_key(Value::to_string);
        assert_eq!(contents, ["Bobs answer", "Erased", "Erased"]);
        assert_eq!(each(&now["attachments"], "file_name"), ["answer.txt"]);
        assert_eq!(admin.get("/tickets/?search=words").await.answers(200)["count"], 0);
        assert_eq!(admin.get("/tickets/?search=answer").await.answers(200)["count"], 1);
        let log = admin.get("/events/?limit=1000").await.text;
        assert!(!log.contains("words") && !log.contains("jane") && log.contains("Bobs answer"), "{log}");
    }

    async fn what_others_did_to_the_tickets_of_an_erased_person_tells_nothing_of_them(story: Story) {
        let (admin, agent, jane) = (story.platform("admin").await, story.platform("agent").await, story.platform("jane").await);
        let me = jane.get("/users/me/").await.answers(200);
        let (ticket, gone, other) = (jane.opens("Janes zeppelin").await, jane.opens("Janes balloon").await, agent.opens("Other").await);
        jane.patch("/users/me/", json!({ "first_name": "Janet" })).await.answers(200);
        story.platform("jane").await.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "x" })).await.answers(201);
        agent.post(&at("/tickets", &ticket, "claim/"), json!({})).await.answers(200);
        agent.patch(&at("/tickets", &ticket, ""), json!({ "title": "Janes airship" })).await.answers(200);
        agent.post(&at("/tickets", &other, "links/"), json!({ "ticket": ticket["id"], "type": "blocks" })).await.answers(201);
        admin.delete(&at("/tickets", &gone, "")).await.answers(204);
        jane.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "y" })).await.answers(201);
        story.tell().await;
        assert!(agent.get("/notifications/").await.text.contains("airship"));
        agent.get("/tickets/export/?created_by=jane@example.com").await;
        admin.post(&at("/users", &me, "erase/"), json!({})).await.answers(200);
        for path in [
            at("/tickets", &ticket, "history/"),
            at("/tickets", &other, "history/"),
            "/events/?limit=1000".to_owned(),
            "/notifications/".to_owned(),
            "/audit-log/?page_size=100".to_owned(),
        ] {
            for client in [&admin, &agent].into_iter().filter(|_| !path.starts_with("/audit") && !path.starts_with("/events")).chain([&admin]) {
                let text = client.get(&path).await.text.to_lowercase();
                assert!(!text.contains("jane") && !text.contains("zeppelin") && !text.contains("airship"), "{path}: {text}");
            }
        }
        let lines = each(&admin.get(&at("/tickets", &ticket, "history/")).await.answers(200), "details");
        for line in ["Ticket created by Erased user", "Response added by Erased user", "Title updated"] {
            assert!(lines.contains(&json!(line)), "{line}: {lines:?}");
        }
        let log = admin.get("/audit-log/?action=tickets.exported").await.answers(200);
        assert_eq!(log["results"][0]["details"]["filter"], json!({ "created_by": "Erased" }));
    }

    async fn a_name_that_is_part_of_a_word_leaves_the_word_alone(story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        let body = json!({ "email": "al@example.com", "username": "al", "password": PASSWORD, "first_name": "Ad", "role": "agent" });
        let al = admin.post("/users/", body).await.answers(201);
        let agent = story.platform("al").await;
        let ticket = customer.opens("One").await;
        agent.upload(&at("/tickets", &ticket, "attachments/"), &Form::with_file("file", "Address.txt", "x")).await.answers(201);
        agent.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "x" })).await.answers(201);
        admin.post(&at("/users", &al, "erase/"), json!({})).await.answers(200);
        let lines = each(&customer.get(&at("/tickets", &ticket, "history/")).await.answers(200), "details");
        assert!(lines.contains(&json!("Response added by Erased user")) && lines.contains(&json!("Attachment added: Address.txt")), "{lines:?}");
    }

    async fn only_whose_tickets_were_exported_is_erased_in_the_audit_log_and_no_word_that_has_the_name_in_it(story: Story) {
        let admin = story.platform("admin").await;
        let body = json!({ "email": "a@example.com", "username": "a", "password": PASSWORD, "first_name": "Al", "role": "agent" });
        let al = admin.post("/users/", body).await.answers(201);
        for query in ["assigned_to=A", "created_by=jane@example.com&search=a", "created_by=a@example.com"] {
            assert_eq!(admin.get(&format!("/tickets/export/?{query}")).await.status, 200, "{query}");
        }
        admin.post(&at("/users", &al, "erase/"), json!({})).await.answers(200);
        let log = admin.get("/audit-log/?action=tickets.exported").await.answers(200);
        let kept = json!({ "created_by": "jane@example.com", "search": "a" });
        let filters: Vec<_> = each(&log, "details").iter().map(|details| details["filter"].clone()).collect();
        assert_eq!(filters, [json!({ "created_by": "Erased" }), kept, json!({ "assigned_to": "Erased" })]);
        assert_eq!(each(&log, "details")[0]["format"], "csv");
    }

    async fn a_persons_data_is_for_admins_of_the_organization(story: Story) {
        let jane = story.platform("jane").await;
        let me = jane.get("/users/me/").await.answers(200);
        for person in ["jane", "agent", "coordinator", "technician"] {
            let client = story.platform(person).await;
            client.get(&at("/users", &me, "export/")).await.refuses(403);
            client.post(&at("/users", &me, "erase/"), json!({})).await.refuses(403);
        }
        let outsider = story.platform("outsider").await;
        outsider.get(&format!("/users/{}/export/", id(&me))).await.refuses(404);
        outsider.post(&at("/users", &me, "erase/"), json!({})).await.refuses(404);
        assert_eq!(jane.get("/users/me/").await.answers(200)["first_name"], "Jane");
    }
}
