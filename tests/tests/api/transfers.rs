//! Merging and splitting tickets.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Form, Story, at, each, id};
use serde_json::{Value, json};

async fn say(client: &Client, ticket: &Value, content: &str, is_internal: bool) -> Value {
    let body = json!({ "content": content, "is_internal": is_internal });
    client.post(&at("/tickets", ticket, "comments/"), body).await.answers(201)
}

async fn read(client: &Client, ticket: &Value) -> Value {
    client.get(&at("/tickets", ticket, "")).await.answers(200)
}

/// A ticket without what time and links alone change.
fn still(mut ticket: Value) -> Value {
    let signed = |file: &mut Value| {
        file.as_object_mut().unwrap().remove("url");
    };
    ticket["attachments"].as_array_mut().unwrap().iter_mut().for_each(signed);
    for comment in ticket["comments"].as_array_mut().unwrap() {
        comment["attachments"].as_array_mut().unwrap().iter_mut().for_each(signed);
    }
    ticket.as_object_mut().unwrap().remove("updated_at");
    ticket
}

/// How many tickets a list that is told by counters has.
async fn counted(client: &Client, question: &str) -> Value {
    client.get(&format!("/tickets/?{question}")).await.answers(200)["count"].clone()
}

on_both_backends! {
    async fn merging_keeps_every_comment_and_file_in_their_order_and_undoing_it_restores_both(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let open = async |title: &str, tag: &str| {
            let body = json!({ "title": title, "description": "x", "tags": [tag, "both"] });
            customer.post("/tickets/", body).await.answers(201)
        };
        let (source, target) = (open("Zeppelin", "one").await, open("Target", "two").await);
        say(&agent, &target, "first", false).await;
        let secret = say(&agent, &source, "second, secretly", true).await;
        let form = Form::with_file("file", "comment.txt", "x").text("comment", &id(&secret));
        agent.upload(&at("/tickets", &source, "attachments/"), &form).await.answers(201);
        say(&customer, &target, "third", false).await;
        say(&customer, &source, "fourth, about airships", false).await;
        let file = customer.upload(&at("/tickets", &source, "attachments/"), &Form::with_file("file", "a.txt", "a")).await.answers(201);
        let (before_source, before_target) = (still(read(&agent, &source).await), still(read(&agent, &target).await));
        let stats = agent.get("/tickets/stats/").await.answers(200);

        let merged = agent.post(&at("/tickets", &source, "merge/"), json!({ "into": target["number"] })).await.answers(200);
        assert_eq!(merged["id"], target["id"]);
        let contents = ["first", "second, secretly", "third", "fourth, about airships"];
        assert_eq!(each(&merged["comments"], "content"), contents);
        assert_eq!(each(&merged["comments"], "is_internal"), [false, true, false, false]);
        assert_eq!(merged["comments"][3]["author"]["email"], "customer@example.com");
        assert_eq!((&merged["comment_count"], merged["attachments"].as_array().unwrap().len()), (&json!(4), 2));
        assert_eq!(merged["comments"][1]["attachments"][0]["file_name"], "comment.txt");
        assert_eq!(merged["tags"], json!(["both", "one", "two"]));
        let closed = read(&customer, &source).await;
        assert_eq!((&closed["status"], &closed["comment_count"]), (&json!("closed"), &json!(1)));
        assert_eq!(closed["comments"][0]["content"], "This ticket was merged into TX0002 \"Target\".");
        assert_eq!(read(&customer, &target).await["comment_count"], 3);
        customer.get(&at("/files", &file, "download/")).await.answers(200);
        assert_eq!(counted(&agent, "search=airships").await, 1);
        assert_eq!(agent.get("/tickets/?search=airships").await.answers(200)["results"][0]["id"], target["id"]);
        assert_eq!((counted(&agent, "status=closed").await, counted(&agent, "tags=one").await), (json!(1), json!(2)));
        let links = agent.get(&at("/tickets", &source, "links/")).await.answers(200);
        assert_eq!(each(&links, "type"), ["merged_into"]);
        agent.delete(&at(at("/tickets", &source, "links").as_str(), &links["results"][0], "")).await.refuses(409);
        say(&agent, &target, "fifth", false).await;

        agent.delete(&at("/tickets", &source, "merge/")).await.answers(204);
        let (mut source, mut target) = (still(read(&agent, &source).await), still(read(&agent, &target).await));
        assert_eq!(target["comments"].as_array_mut().unwrap().pop().unwrap()["content"], "fifth");
        target["comment_count"] = json!(2);
        for (now, before) in [(&mut source, &before_source), (&mut target, &before_target)] {
            assert_eq!(now, before);
        }
        assert_eq!(agent.get("/tickets/stats/").await.answers(200), stats);
        assert_eq!(agent.get("/tickets/?search=airships").await.answers(200)["results"][0]["id"], source["id"]);
        assert_eq!((counted(&agent, "status=closed").await, counted(&agent, "tags=one").await), (json!(0), json!(1)));
        assert_eq!(agent.get(&at("/tickets", &source, "links/")).await.answers(200)["count"], 0);
        agent.delete(&at("/tickets", &source, "merge/")).await.refuses(409);
        say(&customer, &source, "still here", false).await;
    }

    async fn what_was_merged_stays_as_it_is_until_that_is_undone_the_latest_first(story: Story) {
        let (agent, admin) = (story.platform("agent").await, story.platform("admin").await);
        let (one, two, three) = (agent.opens("One").await, agent.opens("Two").await, agent.opens("Three").await);
        let merge = async |source: &Value, into: &Value| {
            agent.post(&at("/tickets", source, "merge/"), json!({ "into": into["id"] })).await
        };
        say(&agent, &one, "from one", false).await;
        merge(&one, &two).await.answers(200);
        for (source, into, status) in [(&one, &three, 409), (&one, &two, 409), (&three, &one, 409), (&two, &two, 400)] {
            merge(source, into).await.refuses(status);
        }
        agent.post(&at("/tickets", &one, "reopen/"), json!({})).await.refuses(409);
        agent.post(&at("/tickets", &one, "comments/"), json!({ "content": "x" })).await.refuses(409);
        agent.patch(&at("/tickets", &one, ""), json!({ "title": "x" })).await.refuses(409);
        agent.upload(&at("/tickets", &one, "attachments/"), &Form::with_file("file", "a.txt", "a")).await.refuses(409);
        let note = at(&at("/tickets", &one, "comments"), &read(&agent, &one).await["comments"][0], "");
        agent.patch(&note, json!({ "content": "x" })).await.refuses(409);
        agent.delete(&note).await.refuses(409);
        merge(&two, &three).await.answers(200);
        assert_eq!(each(&read(&agent, &three).await["comments"], "content"), ["from one"]);
        agent.delete(&at("/tickets", &one, "merge/")).await.refuses(409);
        agent.delete(&at("/tickets", &two, "merge/")).await.answers(204);
        assert_eq!(each(&read(&agent, &two).await["comments"], "content"), ["from one"]);
        agent.delete(&at("/tickets", &one, "merge/")).await.answers(204);
        assert_eq!(each(&read(&agent, &one).await["comments"], "content"), ["from one"]);
        merge(&one, &two).await.answers(200);
        admin.delete(&at("/tickets", &two, "")).await.answers(204);
        agent.post(&at("/tickets", &one, "reopen/"), json!({})).await.answers(200);
        agent.delete(&at("/tickets", &one, "merge/")).await.refuses(409);
    }

    async fn several_tickets_go_on_in_one_all_or_none(story: Story) {
        let (agent, jane) = (story.classic("agent").await, story.platform("jane").await);
        let (target, one, hers) = (agent.opens("Target").await, agent.opens("One").await, jane.opens("Hers").await);
        for (ticket, content) in [(&one, "from one"), (&hers, "from hers")] {
            say(&agent, ticket, content, false).await;
        }
        let path = at("/tickets", &target, "merge/");
        let withdrawn = jane.opens("Withdrawn").await;
        jane.post(&at("/tickets", &withdrawn, "withdraw/"), json!({})).await.answers(200);
        agent.post(&path, json!({ "tickets": [one["id"], withdrawn["number"]] })).await.refuses(400);
        assert_eq!(read(&agent, &one).await["status"], "open");
        let keyed = agent.with("Idempotency-Key", "merge");
        let mut body = json!({ "tickets": [one["id"], hers["number"], one["id"]] });
        let details = agent.post(&path, body.clone()).await.refuses(400);
        assert!(details.get("across_requesters").is_some(), "{details}");
        assert_eq!((&read(&agent, &one).await["status"], &read(&agent, &hers).await["comment_count"]), (&json!("open"), &json!(1)));
        body["across_requesters"] = json!(true);
        let merged = keyed.post(&path, body.clone()).await.answers(200);
        assert_eq!(each(&merged["comments"], "content"), ["from one", "from hers"]);
        story.forget_answers().await;
        assert_eq!(keyed.post(&path, body).await.answers(200)["comments"], merged["comments"]);
        let note = read(&jane, &hers).await;
        assert_eq!((&note["status"], &note["comment_count"]), (&json!("closed"), &json!(0)));
        assert!(!jane.get(&at("/tickets", &hers, "history/")).await.text.contains("Target"));
        for (bad, field) in [
            (json!({}), "into"),
            (json!({ "into": 4711 }), "into"),
            (json!({ "tickets": [] }), "tickets"),
            (json!({ "tickets": [4711] }), "tickets"),
            (json!({ "tickets": [target["id"]] }), "tickets"),
            (json!({ "into": 1, "tickets": [2] }), "tickets"),
        ] {
            let details = agent.post(&path, bad).await.refuses(400);
            assert!(details.get(field).is_some(), "{field}: {details}");
        }
    }

    async fn comments_become_a_ticket_of_their_own_and_go_back(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let body = json!({ "title": "Two things", "description": "x", "priority": "high", "tags": ["floor"] });
        let ticket = customer.post("/tickets/", body).await.answers(201);
        say(&customer, &ticket, "The printer.", false).await;
        let fax = say(&customer, &ticket, "And the fax machine.", false).await;
        let note = say(&agent, &ticket, "Which fax?", true).await;
        let form = Form::with_file("file", "fax.txt", "x").text("comment", &id(&fax));
        customer.upload(&at("/tickets", &ticket, "attachments/"), &form).await.answers(201);
        let before = still(read(&agent, &ticket).await);
        let body = json!({ "comments": [note["id"], fax["id"]], "title": "Fax" });
        let keyed = agent.with("Idempotency-Key", "split");
        let split = keyed.post(&at("/tickets", &ticket, "split/"), body.clone()).await.answers(201);
        story.forget_answers().await;
        assert_eq!(keyed.post(&at("/tickets", &ticket, "split/"), body).await.answers(201)["id"], split["id"]);
        assert_eq!((&split["description"], &split["priority"], &split["tags"]), (&json!("And the fax machine."), &json!("high"), &json!(["floor"])));
        assert_eq!(split["created_by"]["email"], "customer@example.com");
        assert_eq!(each(&split["comments"], "content"), ["And the fax machine.", "Which fax?"]);
        assert_eq!(split["attachments"][0]["file_name"], "fax.txt");
        let rest = read(&agent, &ticket).await;
        assert_eq!((&rest["comment_count"], &rest["attachments"]), (&json!(1), &json!([])));
        assert_eq!(agent.get("/tickets/?search=fax").await.answers(200)["results"][0]["id"], split["id"]);
        assert_eq!(each(&agent.get(&at("/tickets", &split, "links/")).await.answers(200), "type"), ["split_from"]);
        assert_eq!(counted(&agent, "priority=high").await, 2);
        let own = say(&agent, &split, "more", false).await;
        agent.delete(&at("/tickets", &split, "split/")).await.refuses(409);
        agent.delete(&at(at("/tickets", &split, "comments").as_str(), &own, "")).await.answers(204);
        agent.delete(&at("/tickets", &ticket, "split/")).await.refuses(409);
        agent.delete(&at("/tickets", &split, "split/")).await.answers(204);
        agent.get(&at("/tickets", &split, "")).await.refuses(404);
        assert_eq!(still(read(&agent, &ticket).await), before);
        assert_eq!(counted(&agent, "priority=high").await, 1);
    }

    async fn merging_and_splitting_are_for_staff_and_within_the_organization(story: Story) {
        let (agent, customer, outsider) = (story.platform("agent").await, story.platform("customer").await, story.platform("outsider").await);
        let (one, two, theirs) = (customer.opens("One").await, customer.opens("Two").await, outsider.opens("Theirs").await);
        let comment = say(&customer, &one, "x", false).await;
        let (merge, split) = (json!({ "into": two["id"] }), json!({ "comments": [comment["id"]], "title": "X" }));
        customer.post(&at("/tickets", &one, "merge/"), merge.clone()).await.refuses(403);
        customer.post(&at("/tickets", &one, "split/"), split.clone()).await.refuses(403);
        customer.delete(&at("/tickets", &one, "merge/")).await.refuses(403);
        outsider.post(&at("/tickets", &one, "merge/"), merge).await.refuses(404);
        agent.post(&at("/tickets", &one, "merge/"), json!({ "into": theirs["id"] })).await.refuses(400);
        for (bad, field) in [
            (json!({ "title": "X" }), "comments"),
            (json!({ "comments": [comment["id"]] }), "title"),
            (json!({ "comments": [4711], "title": "X" }), "comments"),
            (json!({ "comments": [comment["id"]], "title": "" }), "title"),
            (json!({ "comments": 5, "title": "X" }), "comments"),
        ] {
            let details = agent.post(&at("/tickets", &one, "split/"), bad).await.refuses(400);
            assert!(details.get(field).is_some(), "{field}: {details}");
        }
        agent.post(&at("/tickets", &two, "split/"), split).await.refuses(400);
        assert_eq!(counted(&agent, "page=1").await, 2);
        let tag = agent.get(&at("/tickets", &one, "")).await.header("etag").to_owned();
        say(&customer, &one, "y", false).await;
        agent.with("If-Match", &tag).post(&at("/tickets", &one, "merge/"), json!({ "into": two["id"] })).await.refuses(412);
    }
}
