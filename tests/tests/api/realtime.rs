//! What happens, told while it happens.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{PASSWORD, Socket, Story, at, id};
use serde_json::{Value, json};

const NEWS: &str = "/ws/notifications/";

/// The types of the next events.
async fn types<const N: usize>(socket: &mut Socket) -> [String; N] {
    let mut types = [const { String::new() }; N];
    for kind in &mut types {
        socket.event().await["type"].as_str().unwrap().clone_into(kind);
    }
    types
}

fn seq(message: &Value) -> i64 {
    message["seq"].as_i64().unwrap()
}

on_both_backends! {
    async fn a_customer_hears_what_is_public_of_their_tickets_and_nothing_else(story: Story) {
        let (customer, jane, agent) =
            (story.classic("customer").await, story.platform("jane").await, story.platform("agent").await);
        let mut socket = customer.connects(NEWS).await;
        jane.opens("Hers").await;
        let ticket = customer.opens("Mine").await;
        let comments = at("/tickets", &ticket, "comments/");
        agent.post(&comments, json!({ "content": "secret", "is_internal": true })).await.answers(201);
        agent.patch(&at("/tickets", &ticket, ""), json!({ "admin_notes": "secret" })).await.answers(200);
        agent.patch(&at("/tickets", &ticket, ""), json!({ "admin_notes": "secrets", "title": "Ours" })).await.answers(200);
        agent.post(&comments, json!({ "content": "Hello" })).await.answers(201);
        let created = socket.event().await;
        assert_eq!((&created["type"], &created["ticket"]["serial"]), (&json!("ticket.created"), &ticket["id"]));
        assert_eq!(seq(&created), socket.position + 2);
        let updated = socket.event().await;
        assert!(!updated.to_string().contains("secret"), "{updated}");
        assert_eq!(updated["data"]["changes"][0]["field"], "title");
        let answered = socket.event().await;
        assert_eq!((&answered["type"], &answered["data"]["content"]), (&json!("ticket.comment_added"), &json!("Hello")));
    }

    async fn staff_hear_everything_in_order_and_a_technician_what_is_assigned_to_them(story: Story) {
        let (agent, technician) = (story.platform("agent").await, story.platform("technician").await);
        let (mut all, mut own) = (agent.connects(NEWS).await, technician.connects(NEWS).await);
        let ticket = story.platform("customer").await.opens("One").await;
        let comments = at("/tickets", &ticket, "comments/");
        let note = json!({ "content": "note", "is_internal": true });
        agent.post(&comments, note.clone()).await.answers(201);
        agent.post(&at("/tickets", &ticket, "assign/"), json!({ "user_id": "technician" })).await.answers(200);
        agent.post(&comments, note.clone()).await.answers(201);
        agent.post(&at("/tickets", &ticket, "assign/"), json!({ "user_id": null })).await.answers(200);
        agent.post(&comments, note).await.answers(201);
        agent.post("/tags/", json!({ "name": "vpn" })).await.answers(201);
        let whole = ["created", "comment_added", "assigned", "comment_added", "assigned", "comment_added"];
        assert_eq!(types::<6>(&mut all).await, whole.map(|verb| format!("ticket.{verb}")));
        assert_eq!(all.event().await["type"], "tag.created");
        let mut theirs = technician.connects(&format!("{NEWS}?after={}", own.position)).await;
        let handed = own.event().await;
        assert_eq!(handed["data"]["to"]["name"], "Theo Miller");
        // Read now, the note is of a ticket that is not theirs any more.
        assert_eq!(types::<2>(&mut theirs).await, ["ticket.assigned", "ticket.assigned"]);
    }

    async fn a_customer_who_comes_back_is_not_told_what_is_internal_or_gone_by_now(story: Story) {
        let (customer, admin) = (story.platform("customer").await, story.platform("admin").await);
        let socket = customer.connects(NEWS).await;
        let comments = at("/tickets", &customer.opens("Mine").await, "comments/");
        let says = async |content: &str| {
            let said = admin.post(&comments, json!({ "content": content })).await.answers(201);
            format!("{comments}{}/", said["id"].as_str().unwrap())
        };
        let (hidden, gone) = (says("secret").await, says("secret too").await);
        admin.patch(&hidden, json!({ "is_internal": true })).await.answers(200);
        admin.delete(&gone).await.answers(204);
        says("Hello").await;
        let mut socket = customer.connects(&format!("{NEWS}?after={}", socket.position)).await;
        assert_eq!(types::<2>(&mut socket).await, ["ticket.created", "ticket.comment_deleted"]);
        assert_eq!(socket.event().await["data"]["content"], "Hello");
    }

    async fn who_comes_back_misses_nothing_and_hears_nothing_twice(story: Story) {
        let agent = story.platform("agent").await;
        let mut socket = agent.connects(NEWS).await;
        agent.opens("One").await;
        let last = seq(&socket.event().await);
        drop(socket);
        for n in 0..250 {
            agent.opens(&n.to_string()).await;
        }
        let mut socket = agent.connects(&format!("{NEWS}?after={last}")).await;
        agent.opens("Live").await;
        for expected in last + 1..=last + 251 {
            assert_eq!(seq(&socket.event().await), expected);
        }
    }

    async fn a_position_that_is_not_reached_yet_is_the_end(story: Story) {
        let agent = story.platform("agent").await;
        let mut socket = agent.connects(&format!("{NEWS}?after=9223372036854775807")).await;
        agent.opens("One").await;
        assert_eq!(seq(&socket.event().await), socket.position + 1);
        agent.tries_to_connect(&format!("{NEWS}?after=x")).await.err().map(|status| assert_eq!(status, 400)).unwrap();
    }

    async fn nothing_crosses_to_another_organization(story: Story) {
        let mut socket = story.platform("outsider").await.connects(NEWS).await;
        story.platform("customer").await.opens("Theirs").await;
        let own = story.platform("foreigner").await.opens("Own").await;
        assert_eq!(socket.event().await["ticket"]["id"], own["id"]);
    }

    async fn a_socket_ends_with_its_login(story: Story) {
        let customer = story.platform("customer").await;
        let mut socket = customer.connects(NEWS).await;
        customer.post("/auth/logout/", json!({})).await;
        assert_eq!(socket.closes().await, 4401);
        let customer = story.classic("customer").await;
        let mut socket = customer.connects(NEWS).await;
        let change = json!({ "current_password": PASSWORD, "new_password": "another password" });
        assert!(customer.post("/auth/change-password/", change).await.status < 300);
        assert_eq!(socket.closes().await, 4401);
        let (jane, admin) = (story.platform("jane").await, story.platform("admin").await);
        let mut socket = jane.connects(NEWS).await;
        let path = at("/users", &jane.get("/users/me/").await.answers(200), "");
        admin.patch(&path, json!({ "is_active": false })).await.answers(200);
        assert_eq!(socket.closes().await, 4401);
    }

    async fn a_socket_of_somebody_whose_role_changes_ends(story: Story) {
        let (bob, admin) = (story.platform("bob").await, story.platform("admin").await);
        let mut socket = bob.connects(NEWS).await;
        let path = at("/users", &bob.get("/users/me/").await.answers(200), "");
        admin.patch(&path, json!({ "role": "customer" })).await.answers(200);
        assert_eq!(socket.closes().await, 4401);
    }

    async fn a_second_socket_of_somebody_whose_role_changes_keeps_the_first_from_going_on(story: Story) {
        let (bob, admin) = (story.platform("bob").await, story.platform("admin").await);
        let path = at("/users", &bob.get("/users/me/").await.answers(200), "");
        let mut socket = bob.connects(NEWS).await;
        admin.patch(&path, json!({ "role": "customer" })).await.answers(200);
        let mut second = bob.connects(NEWS).await;
        assert_eq!(socket.closes().await, 4401);
        bob.opens("Mine").await;
        second.next_of("ticket.created").await;
    }

    async fn a_ticket_for_a_socket_opens_one_within_half_a_minute(mut story: Story) {
        let customer = story.platform("customer").await;
        let ticket = async || customer.post("/ws/ticket/", json!({})).await.answers(201);
        let given = ticket().await;
        assert_eq!(given["expires_in"], 30);
        let path = format!("{NEWS}?ticket={}", given["ticket"].as_str().unwrap());
        let mut socket = story.stranger().connects(&path).await;
        assert_eq!(story.stranger().tries_to_connect(&path).await.err(), Some(401));
        customer.opens("Mine").await;
        assert_eq!(socket.event().await["type"], "ticket.created");
        customer.post("/auth/logout/", json!({})).await;
        assert_eq!(socket.closes().await, 4401);
        let customer = story.platform("customer").await;
        let late = customer.post("/ws/ticket/", json!({})).await.answers(201)["ticket"].clone();
        let of_ended = customer.post("/ws/ticket/", json!({})).await.answers(201)["ticket"].clone();
        customer.post("/auth/logout/", json!({})).await;
        let refused = async |secret: &Value| {
            let path = format!("{NEWS}?ticket={}", secret.as_str().unwrap());
            story.stranger().tries_to_connect(&path).await.err()
        };
        assert_eq!(refused(&of_ended).await, Some(401));
        let customer = story.platform("customer").await;
        let fresh = customer.post("/ws/ticket/", json!({})).await.answers(201)["ticket"].clone();
        story.later(1);
        let refused = async |secret: &Value| {
            let path = format!("{NEWS}?ticket={}", secret.as_str().unwrap());
            story.stranger().tries_to_connect(&path).await.err()
        };
        for secret in [late, fresh, json!("nothing")] {
            assert_eq!(refused(&secret).await, Some(401), "{secret}");
        }
    }

    async fn a_refused_handshake_has_an_error_body(story: Story) {
        story.root().get(NEWS).await.refuses(401);
        story.root().with("X-API-Dialect", "classic").get(NEWS).await.refuses(401);
        let jane = story.platform("jane").await;
        let ticket = story.platform("customer").await.opens("One").await;
        let path = format!("/ws/tickets/{}/", id(&ticket));
        assert_eq!(jane.tries_to_connect(&path).await.err(), Some(404));
        assert_eq!(story.platform("outsider").await.tries_to_connect(&path).await.err(), Some(404));
        assert_eq!(story.stranger().tries_to_connect(&path).await.err(), Some(401));
    }

    async fn a_page_of_somebody_else_opens_no_socket_with_the_cookie(story: Story) {
        let body = json!({ "email": "customer@example.com", "password": PASSWORD });
        let login = story.stranger().post("/auth/login/", body).await;
        let cookies: Vec<&str> = login.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
        let session = cookies.iter().find(|cookie| cookie.starts_with("sessionid=")).unwrap().split(';').next().unwrap();
        let browser = story.stranger().with("Cookie", session);
        browser.connects(NEWS).await;
        for origin in ["https://evil.example", "http:", "http://127.0.0.1"] {
            for path in [NEWS, "/%77s/notifications/", "/w%73/notifications/"] {
                assert_eq!(browser.with("Origin", origin).tries_to_connect(path).await.err(), Some(403), "{origin} {path}");
            }
        }
    }

    async fn a_key_for_reading_tickets_opens_a_socket_as_its_maker(story: Story) {
        let agent = story.platform("agent").await;
        let key = agent.post("/api-keys/", json!({ "name": "One", "scopes": ["tickets:read"] })).await.answers(201);
        let program = story.stranger().with("X-API-Key", key["secret"].as_str().unwrap());
        let mut socket = program.connects(NEWS).await;
        agent.opens("One").await;
        assert_eq!(socket.event().await["type"], "ticket.created");
        program.post("/ws/ticket/", json!({})).await.refuses(403);
    }

    async fn the_conversation_on_a_ticket_is_that_ticket_alone(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let (one, other) = (customer.opens("One").await, customer.opens("Other").await);
        let mut socket = customer.connects(&format!("/ws/tickets/{}/", id(&one))).await;
        agent.post(&at("/tickets", &other, "comments/"), json!({ "content": "Other" })).await.answers(201);
        agent.post(&at("/tickets", &one, "comments/"), json!({ "content": "note", "is_internal": true })).await.answers(201);
        agent.post(&at("/tickets", &one, "comments/"), json!({ "content": "One" })).await.answers(201);
        assert_eq!(socket.event().await["data"]["content"], "One");
    }

    async fn staff_see_who_looks_at_a_ticket_and_customers_do_not(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let ticket = customer.opens("One").await;
        let path = format!("/ws/tickets/{}/", id(&ticket));
        let names = |presence: &Value| presence["users"].as_array().unwrap().iter().map(|user| user["name"].clone()).collect::<Vec<_>>();
        let mut anns = agent.connects(&path).await;
        assert_eq!(names(&anns.next_of("presence").await), ["Ann Miller"]);
        let mut carlas = customer.connects(&path).await;
        let mut both = names(&anns.next_of("presence").await);
        both.sort_by_key(Value::to_string);
        assert_eq!(both, ["Ann Miller", "Carla Miller"]);
        anns.says(json!({ "type": "typing", "is_internal": true })).await;
        anns.says(json!({ "type": "typing", "is_internal": true, "is_typing": false })).await;
        anns.says(json!({ "type": "typing" })).await;
        let typing = carlas.next().await;
        assert_eq!((&typing["type"], &typing["user"]["name"]), (&json!("typing"), &json!("Ann Miller")));
        assert_eq!((&typing["is_typing"], &typing["is_internal"]), (&json!(true), &json!(false)));
        drop(carlas);
        assert_eq!(names(&anns.next_of("presence").await), ["Ann Miller"]);
    }

    async fn a_conversation_ends_with_the_sight_of_its_ticket(story: Story) {
        let (agent, technician) = (story.platform("agent").await, story.platform("technician").await);
        let ticket = story.platform("customer").await.opens("One").await;
        let assign = at("/tickets", &ticket, "assign/");
        agent.post(&assign, json!({ "user_id": "technician" })).await.answers(200);
        let mut socket = technician.connects(&format!("/ws/tickets/{}/", id(&ticket))).await;
        agent.post(&assign, json!({ "user_id": null })).await.answers(200);
        assert_eq!(socket.closes().await, 4404);
        let mut socket = agent.connects(&format!("/ws/tickets/{}/", id(&ticket))).await;
        story.platform("admin").await.delete(&at("/tickets", &ticket, "")).await.answers(204);
        assert_eq!(socket.event().await["type"], "ticket.deleted");
        assert_eq!(socket.closes().await, 4404);
    }

    async fn what_is_no_message_ends_the_socket_or_is_passed_over(story: Story) {
        let agent = story.platform("agent").await;
        let mut socket = agent.connects(NEWS).await;
        for said in [json!({ "type": "nothing" }), json!([]), json!("x"), json!({ "type": "typing", "is_internal": 5 })] {
            socket.says(said).await;
        }
        socket.says(json!({ "type": "ping" })).await;
        assert_eq!(socket.next().await, json!({ "type": "pong" }));
        socket.says(json!("x".repeat(5000))).await;
        assert_eq!(socket.closes().await, 1009);
    }

    async fn the_log_streams_as_server_sent_events_and_goes_on_where_it_stopped(story: Story) {
        let agent = story.platform("agent").await;
        story.platform("customer").await.get("/events/stream/").await.refuses(403);
        agent.opens("One").await;
        agent.opens("Two").await;
        let last = agent.get("/events/").await.answers(200)["last_position"].as_i64().unwrap();
        let mut stream = agent.streams(&format!("/events/stream/?after={}", last - 2)).await;
        assert_eq!(stream.next().await.0, last - 1);
        let mut again = agent.with("Last-Event-ID", (last - 1).to_string()).streams("/events/stream/?after=0").await;
        let (seq, event) = again.next().await;
        assert_eq!((seq, &event["type"], &event["seq"]), (last, &json!("ticket.created"), &json!(last)));
        agent.opens("Three").await;
        assert_eq!(again.next().await.0, last + 1);
    }
}
