//! Accounts.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{PASSWORD, Story, at, each, id};
use serde_json::{Value, json};

on_both_backends! {
    async fn staff_list_the_people_of_their_organization_only(story: Story) {
        let users = story.platform("agent").await.get("/users/?ordering=username").await.answers(200);
        let names = ["admin", "agent", "bob", "coordinator", "customer", "jane", "technician"];
        assert_eq!(each(&users, "username"), names.map(|name| json!(name)));
        assert_eq!(users["count"], 7);
    }

    async fn people_are_filtered_by_role_in_the_words_of_each_dialect(story: Story) {
        let (platform, classic) = (story.platform("agent").await, story.classic("agent").await);
        for (client, role, count) in [
            (&platform, "customer", 2),
            (&platform, "technician", 1),
            (&platform, "agent", 4),
            (&platform, "admin", 1),
            (&classic, "admin", 4),
            (&classic, "customer", 3),
        ] {
            assert_eq!(client.get(&format!("/users/?role={role}")).await.answers(200)["count"], count, "{role}");
        }
        assert!(platform.get("/users/?role=wizard").await.refuses(400)["role"].is_array());
    }

    async fn people_are_found_by_part_of_a_name_or_address(story: Story) {
        let agent = story.platform("agent").await;
        for (search, count) in [("JANE", 1), ("customer@", 1), ("miller", 7), ("nobody", 0), ("%25", 0), ("_", 0)] {
            assert_eq!(agent.get(&format!("/users/?search={search}")).await.answers(200)["count"], count, "{search}");
        }
    }

    async fn people_are_filtered_by_whether_they_may_log_in(story: Story) {
        let admin = story.platform("admin").await;
        admin.patch("/users/jane/", json!({ "is_active": false })).await.answers(200);
        assert_eq!(each(&admin.get("/users/?is_active=false").await.answers(200), "username"), [json!("jane")]);
        assert_eq!(admin.get("/users/?is_active=true").await.answers(200)["count"], 6);
        assert!(admin.get("/users/?is_active=perhaps").await.refuses(400)["is_active"].is_array());
    }

    async fn flags_follow_the_role(story: Story) {
        for (username, role, flag) in [
            ("customer", "customer", "is_customer"),
            ("technician", "technician", "is_technician"),
            ("agent", "agent", "is_agent"),
            ("coordinator", "coordinator", "is_agent"),
            ("admin", "admin", "is_agent"),
        ] {
            let me = story.platform(username).await.get("/auth/me/").await.answers(200);
            assert_eq!(me["role"], role);
            for other in ["is_customer", "is_technician", "is_agent"] {
                assert_eq!(me[other], other == flag, "{username} {other}");
            }
            let shown = if flag == "is_agent" { "admin" } else { "customer" };
            assert_eq!(story.classic(username).await.get("/auth/me/").await.answers(200)["role"], shown);
        }
    }

    async fn everybody_changes_their_own_name_address_and_login_name(story: Story) {
        for method in ["PUT", "PATCH"] {
            let jane = story.platform("jane").await;
            let body = json!({ "first_name": "Janet", "last_name": "Meyer" });
            let me = jane.send(method, "/users/me/", Some(body)).await.answers(200);
            assert_eq!((&me["first_name"], &me["last_name"], &me["email"]), (&json!("Janet"), &json!("Meyer"), &json!("jane@example.com")));
        }
        let jane = story.platform("jane").await;
        let me = jane.patch("/users/me/", json!({ "email": "janet@example.org", "username": "janet" })).await.answers(200);
        assert_eq!((&me["email"], &me["username"]), (&json!("janet@example.org"), &json!("janet")));
        let body = json!({ "email": "janet@example.org", "password": PASSWORD });
        story.stranger().post("/auth/login/", body).await.answers(200);
    }

    async fn nobody_gives_themselves_a_role(story: Story) {
        for username in ["jane", "agent"] {
            let client = story.platform(username).await;
            for body in [json!({ "role": "admin" }), json!({ "is_active": false })] {
                client.patch("/users/me/", body).await.refuses(403);
            }
        }
        assert_eq!(story.platform("jane").await.get("/users/me/").await.answers(200)["role"], "customer");
    }

    async fn what_was_read_of_a_person_is_sent_back_and_changes_nothing(story: Story) {
        for client in [story.platform("agent").await, story.classic("agent").await] {
            let me = client.get("/users/me/").await.answers(200);
            assert_eq!(client.put("/users/me/", me.clone()).await.answers(200), me);
        }
    }

    async fn admins_create_people_of_any_role(story: Story) {
        let admin = story.platform("admin").await;
        for role in ["customer", "technician", "agent", "coordinator", "admin"] {
            let body = json!({
                "email": format!("new-{role}@example.org"), "password": PASSWORD, "first_name": "New", "last_name": "Person", "role": role,
            });
            let user = admin.post("/users/", body).await.answers(201);
            assert_eq!((&user["role"], &user["organization"]), (&json!(role), &json!("acme-corp")));
        }
        let body = json!({ "email": "x@example.org", "password": PASSWORD, "first_name": "A", "last_name": "B", "role": "wizard" });
        assert!(admin.post("/users/", body).await.refuses(400)["role"].is_array());
    }

    async fn an_address_that_somebody_has_is_refused(story: Story) {
        let jane = story.platform("jane").await;
        assert!(jane.patch("/users/me/", json!({ "email": "Customer@Example.com" })).await.refuses(400)["email"].is_array());
        assert!(jane.patch("/users/me/", json!({ "username": "foreigner" })).await.refuses(400)["username"].is_array());
        jane.patch("/users/me/", json!({ "email": "JANE@example.com" })).await.answers(200);
    }

    async fn who_is_deleted_is_gone_but_their_tickets_stay(story: Story) {
        let (admin, jane) = (story.platform("admin").await, story.platform("jane").await);
        let ticket = jane.opens("One").await;
        let path = at("/users", &jane.get("/users/me/").await.answers(200), "");
        admin.delete(&path).await.answers(204);
        admin.get(&path).await.refuses(404);
        jane.get("/users/me/").await.refuses(401);
        story.stranger().post("/auth/login/", json!({ "email": "jane@example.com", "password": PASSWORD })).await.refuses(401);
        assert_eq!(admin.get("/users/").await.answers(200)["count"], 6);
        assert_eq!(admin.get(&at("/tickets", &ticket, "")).await.answers(200)["title"], "One");
    }

    async fn an_organization_keeps_an_admin(story: Story) {
        let admin = story.platform("admin").await;
        let path = at("/users", &admin.get("/users/me/").await.answers(200), "");
        admin.delete(&path).await.refuses(409);
        admin.patch(&path, json!({ "role": "agent" })).await.refuses(409);
        admin.patch(&path, json!({ "is_active": false })).await.refuses(409);
        assert_eq!(admin.get(&path).await.answers(200)["role"], "admin");
    }

    async fn a_person_is_another_in_another_dialect_but_the_same(story: Story) {
        let classic = story.classic("jane").await.get("/users/me/").await.answers(200);
        let path = format!("/users/{}/", id(&classic));
        assert_eq!(story.platform("admin").await.get(&path).await.answers(200)["email"], classic["email"]);
    }

    async fn passwords_never_come_back(story: Story) {
        let admin = story.platform("admin").await;
        for path in ["/users/", "/users/me/", "/auth/me/"] {
            let text = admin.get(path).await.text;
            assert!(!text.contains("$2b$") && !text.contains("password"), "{path}: {text}");
        }
    }

    async fn a_login_is_activity(mut story: Story) {
        story.later(5);
        let agent = story.platform("agent").await;
        assert_eq!(agent.get("/users/me/").await.answers(200)["last_active_at"], "2025-10-13T10:35:00Z");
        let admin = story.platform("admin").await;
        assert_eq!(admin.get("/users/jane/").await.answers(200)["last_active_at"], Value::Null);
    }
}
