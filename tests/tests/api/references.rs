//! References: how clients may point at other things.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each};
use serde_json::{Value, json};

/// A category of home in both dialects' words: `(uuid, integer, slug, name)`.
async fn billing(story: &Story) -> [Value; 5] {
    let (platform, classic) = (story.platform("agent").await, story.classic("agent").await);
    let shown = platform.get("/categories/billing/").await.answers(200);
    let serial = classic.get("/categories/billing/").await.answers(200)["id"].clone();
    [shown["id"].clone(), serial, shown["slug"].clone(), shown["name"].clone(), json!({ "id": shown["id"], "name": "other" })]
}

on_both_backends! {
    async fn a_category_is_given_in_any_form_under_either_name(story: Story) {
        let forms = billing(&story).await;
        for client in [story.platform("customer").await, story.classic("customer").await] {
            for field in ["category", "category_id"] {
                for form in &forms {
                    let body = json!({ "title": "One", "description": "x", field: form });
                    let ticket = client.post("/tickets/", body).await.answers(201);
                    assert_eq!(ticket["category"]["name"], forms[3], "{field} = {form}");
                }
            }
        }
    }

    async fn a_number_in_a_string_is_a_number(story: Story) {
        let forms = billing(&story).await;
        let body = json!({ "title": "One", "description": "x", "category": forms[1].to_string() });
        let ticket = story.platform("customer").await.post("/tickets/", body).await.answers(201);
        assert_eq!(ticket["category"]["name"], forms[3]);
    }

    async fn a_person_is_given_in_any_form_under_either_name(story: Story) {
        let (agent, classic) = (story.platform("agent").await, story.classic("agent").await);
        let path = at("/tickets", &agent.opens("One").await, "");
        let uuid = story.platform("bob").await.get("/users/me/").await.answers(200)["id"].clone();
        let serial = story.classic("bob").await.get("/users/me/").await.answers(200)["id"].clone();
        for client in [&agent, &classic] {
            for field in ["assigned_to", "assigned_to_id"] {
                for form in [uuid.clone(), serial.clone(), json!({ "id": uuid }), json!({ "id": serial, "email": "x" })] {
                    client.patch(&path, json!({ "assigned_to": null })).await.answers(200);
                    let ticket = client.patch(&path, json!({ field: form })).await.answers(200);
                    assert_eq!(ticket["assigned_to"]["email"], "bob@example.com", "{field} = {form}");
                }
            }
        }
    }

    async fn a_department_is_given_by_name_or_id(story: Story) {
        let agent = story.platform("agent").await;
        let department = agent.get("/departments/").await.answers(200)["results"][0].clone();
        for form in [department["id"].clone(), department["name"].clone(), department.clone()] {
            let body = json!({ "title": "One", "description": "x", "department": form });
            assert_eq!(agent.post("/tickets/", body).await.answers(201)["department"], department);
        }
    }

    async fn tags_are_given_by_name_by_id_or_mixed(story: Story) {
        let (platform, classic) = (story.platform("agent").await, story.classic("agent").await);
        let lan = platform.post("/tags/", json!({ "name": "lan" })).await.answers(201)["id"].clone();
        let vpn = classic.post("/tags/", json!({ "name": "vpn" })).await.answers(201);
        let body = json!({ "title": "One", "description": "x", "tags": [lan, vpn["id"], "WLAN", vpn, "wlan", "Vpn"] });
        let ticket = platform.post("/tickets/", body).await.answers(201);
        let mut names: Vec<String> = ticket["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap().to_lowercase()).collect();
        names.sort();
        assert_eq!(names, ["lan", "vpn", "wlan"]);
    }

    async fn an_unknown_tag_name_is_created(story: Story) {
        let customer = story.platform("customer").await;
        let body = json!({ "title": "One", "description": "x", "tags": ["brand-new"] });
        customer.post("/tickets/", body).await.answers(201);
        let tags = customer.get("/tags/").await.answers(200);
        assert_eq!(each(&tags, "name"), [json!("brand-new")]);
        assert_eq!(each(&tags, "ticket_count"), [json!(1)]);
    }

    async fn an_unknown_tag_id_is_an_error_on_tags_and_nothing_is_created(story: Story) {
        let customer = story.platform("customer").await;
        for unknown in [json!(4711), json!("018f0000-0000-7000-8000-000000000000")] {
            let body = json!({ "title": "One", "description": "x", "tags": ["fresh", unknown] });
            let details = customer.post("/tickets/", body).await.refuses(400);
            assert!(details["tags"].is_array(), "{details}");
        }
        assert_eq!(customer.get("/tags/").await.answers(200)["count"], 0);
    }

    async fn an_unknown_reference_is_an_error_on_its_field(story: Story) {
        let agent = story.platform("agent").await;
        let path = at("/tickets", &agent.opens("One").await, "");
        for field in ["category", "department", "assigned_to"] {
            for unknown in [json!(4711), json!(-1), json!("nothing of that name"), json!({ "id": 4711 }), json!(u64::MAX)] {
                let details = agent.patch(&path, json!({ field: unknown })).await.refuses(400);
                assert!(details[field].is_array(), "{field} = {unknown}: {details}");
            }
        }
    }

    async fn things_of_another_organization_are_unknown(story: Story) {
        let (agent, outsider) = (story.platform("agent").await, story.platform("outsider").await);
        let path = at("/tickets", &agent.opens("One").await, "");
        let category = outsider.get("/categories/").await.answers(200)["results"][0]["id"].clone();
        let department = outsider.get("/departments/").await.answers(200)["results"][0]["id"].clone();
        let tag = outsider.post("/tags/", json!({ "name": "theirs" })).await.answers(201)["id"].clone();
        for (field, value) in [("category", category), ("department", department), ("tags", json!([tag]))] {
            let details = agent.patch(&path, json!({ field: value })).await.refuses(400);
            assert!(details[field].is_array(), "{field}: {details}");
        }
    }
}
