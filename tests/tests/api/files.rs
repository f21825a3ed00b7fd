//! Files on tickets, on comments, and of people.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Form, Story, at, each, id};
use serde_json::json;

/// The beginning of a picture, as `infer` knows it.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000 not really";

on_both_backends! {
    async fn the_attachment_example_of_the_seed_works_in_both_dialects(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = customer.opens("One").await;
        let form = Form::with_file("file", "screenshot.png", PNG).text("description", "Screenshot of the error");
        let file = customer.upload(&at("/tickets", &ticket, "attachments/"), &form).await.answers(201);
        assert_eq!(file["file_name"], "screenshot.png");
        assert_eq!((&file["file_type"], &file["file_size"]), (&json!("image/png"), &json!(PNG.len())));
        assert_eq!((&file["description"], &file["category"]), (&json!("Screenshot of the error"), &json!("")));
        assert_eq!(file["uploaded_by"]["email"], "customer@example.com");
        assert!(file["id"].is_string() && file["created_at"].is_string());
        let seen = customer.get(&at("/tickets", &ticket, "")).await.answers(200);
        assert_eq!(seen["attachments"], json!([file]));
        let classic = story.classic("agent").await;
        let shown = classic.get(&at("/tickets", &ticket, "")).await.answers(200);
        assert_eq!(each(&shown["attachments"], "file_name"), [json!("screenshot.png")]);
        assert!(shown["attachments"][0]["id"].is_i64(), "{shown}");
        assert_eq!(shown["attachments"][0]["uploaded_by"]["username"], "customer");
    }

    async fn the_upload_example_of_the_seed_works(story: Story) {
        let customer = story.platform("customer").await;
        let form = Form::with_file("file", "notes.txt", "hello").text("category", "attachments").text("description", "A file");
        let file = customer.upload("/files/upload/", &form).await.answers(201);
        assert_eq!((&file["category"], &file["description"]), (&json!("attachments"), &json!("A file")));
        assert_eq!(file["file_type"], "text/plain");
        let path = at("/files", &file, "");
        assert_eq!(customer.get(&path).await.answers(200), file);
        assert_eq!(story.classic("customer").await.get(&path).await.answers(200)["file_name"], "notes.txt");
    }

    async fn several_files_come_at_once_and_are_answered_as_a_list(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = customer.opens("One").await;
        let form = Form::with_file("files[]", "a.txt", "a").file("files[]", "b.txt", "b");
        let files = customer.upload(&at("/tickets", &ticket, "attachments/"), &form).await.answers(201);
        assert_eq!(each(&files, "file_name"), [json!("a.txt"), json!("b.txt")]);
        let seen = customer.get(&at("/tickets", &ticket, "")).await.answers(200);
        assert_eq!(each(&seen["attachments"], "file_name"), [json!("a.txt"), json!("b.txt")]);
    }

    async fn a_content_comes_back_as_it_went(story: Story) {
        let customer = story.platform("customer").await;
        let content: Vec<u8> = (0..3_000_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
        let file = customer.upload("/files/upload/", &Form::with_file("file", "data.bin", &content)).await.answers(201);
        let reply = customer.get(&at("/files", &file, "download/")).await;
        assert!(reply.bytes == content);
        assert_eq!(reply.number("content-length"), 3_000_000);
        assert_eq!(reply.header("content-type"), "application/octet-stream");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("content-disposition"), "attachment; filename=\"data.bin\"");
    }

    async fn a_range_of_a_content_can_be_asked_for(story: Story) {
        let customer = story.platform("customer").await;
        let file = customer.upload("/files/upload/", &Form::with_file("file", "x.txt", "0123456789")).await.answers(201);
        let path = at("/files", &file, "download/");
        for (range, wanted) in [("bytes=2-4", "234"), ("bytes=7-", "789"), ("bytes=-2", "89"), ("bytes=8-100", "89")] {
            let reply = customer.with("Range", range).with("Accept-Encoding", "gzip").get(&path).await;
            assert_eq!((reply.status, reply.text.as_str()), (206, wanted), "{range}");
            assert!(reply.header("content-range").ends_with("/10"), "{range}");
        }
        let reply = customer.with("Range", "bytes=10-").get(&path).await;
        assert_eq!((reply.status, reply.header("content-range")), (416, "bytes */10"));
        for range in ["bytes=0-1,3-4", "lines=1-2", "bytes=x"] {
            assert_eq!(customer.with("Range", range).get(&path).await.text, "0123456789", "{range}");
        }
        let tag = customer.get(&path).await.header("etag").to_owned();
        assert_eq!(customer.with("If-None-Match", tag.clone()).get(&path).await.status, 304);
        assert_eq!(customer.with("If-Range", tag).with("Range", "bytes=0-0").get(&path).await.text, "0");
        assert_eq!(customer.with("If-Range", "\"old\"").with("Range", "bytes=0-0").get(&path).await.status, 200);
    }

    async fn images_and_pdf_are_shown_and_everything_else_is_saved(story: Story) {
        let customer = story.platform("customer").await;
        for (name, content, kind, disposition) in [
            ("a.png", PNG, "image/png", "inline"),
            ("a.jpg", b"\xff\xd8\xff\xe0 jpeg", "image/jpeg", "inline"),
            ("a.pdf", b"%PDF-1.7 x", "application/pdf", "inline"),
            ("a.html", b"<!DOCTYPE html><script>alert(1)</script>", "text/html; charset=utf-8", "attachment"),
            ("a.png", b"<html><script>alert(1)</script></html>", "text/html; charset=utf-8", "attachment"),
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "attachment"),
            ("a.js", b"alert(1)", "text/javascript; charset=utf-8", "attachment"),
            ("a.zip", b"PK\x03\x04....", "application/zip", "attachment"),
        ] {
            let file = customer.upload("/files/upload/", &Form::with_file("file", name, content)).await.answers(201);
            let reply = customer.get(&at("/files", &file, "download/")).await;
            assert_eq!(reply.header("content-type"), kind, "{name}");
            assert!(reply.header("content-disposition").starts_with(disposition), "{name}");
            assert_eq!(reply.header("x-content-type-options"), "nosniff", "{name}");
        }
    }

    async fn a_name_in_any_script_is_kept_and_saved_under(story: Story) {
        let customer = story.platform("customer").await;
        let form = Form::with_file("file", "Übersicht 写真.txt", "x");
        let file = customer.upload("/files/upload/", &form).await.answers(201);
        assert_eq!(file["file_name"], "Übersicht 写真.txt");
        let reply = customer.get(&at("/files", &file, "download/")).await;
        let disposition = reply.header("content-disposition");
        assert!(disposition.contains("filename*=UTF-8''%C3%9Cbersicht%20%E5%86%99%E7%9C%9F.txt"), "{disposition}");
    }

    async fn an_attached_file_is_read_by_those_who_may_read_its_ticket(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = customer.opens("One").await;
        let form = Form::with_file("file", "x.txt", "x");
        let file = customer.upload(&at("/tickets", &ticket, "attachments/"), &form).await.answers(201);
        let (path, content) = (at("/files", &file, ""), at("/files", &file, "download/"));
        for reader in ["customer", "agent", "admin"] {
            assert_eq!(story.platform(reader).await.get(&content).await.text, "x", "{reader}");
        }
        for stranger in ["jane", "technician", "outsider"] {
            let stranger = story.platform(stranger).await;
            stranger.get(&path).await.refuses(404);
            stranger.get(&content).await.refuses(404);
            stranger.delete(&path).await.refuses(404);
            stranger.upload(&at("/tickets", &ticket, "attachments/"), &form).await.refuses(404);
        }
        story.platform("agent").await.post(&at("/tickets", &ticket, "assign/"), json!({ "user_id": "technician" })).await.answers(200);
        assert_eq!(story.platform("technician").await.get(&content).await.text, "x");
    }

    async fn a_file_of_ones_own_is_read_by_its_uploader_and_by_staff(story: Story) {
        let technician = story.platform("technician").await;
        let file = technician.upload("/files/upload/", &Form::with_file("file", "x.txt", "x")).await.answers(201);
        let path = at("/files", &file, "");
        for reader in ["technician", "agent", "admin"] {
            story.platform(reader).await.get(&path).await.answers(200);
        }
        for stranger in ["customer", "outsider"] {
            story.platform(stranger).await.get(&path).await.refuses(404);
        }
    }

    async fn a_file_of_an_internal_comment_is_internal_by_every_path(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let ticket = customer.opens("One").await;
        let comments = at("/tickets", &ticket, "comments/");
        let note = agent.post(&comments, json!({ "content": "x", "is_internal": true })).await.answers(201);
        let form = Form::with_file("file", "Xylophone.txt", "x").text("comment", &id(&note));
        let file = agent.upload(&at("/tickets", &ticket, "attachments/"), &form).await.answers(201);
        let shown = agent.get(&at("/tickets", &ticket, "")).await.answers(200);
        assert_eq!(shown["comments"][0]["attachments"], json!([file]));
        assert_eq!(shown["attachments"], json!([file]));
        assert_eq!(agent.get(&comments).await.answers(200)["results"][0]["attachments"], json!([file]));
        customer.get(&at("/files", &file, "")).await.refuses(404);
        customer.get(&at("/files", &file, "download/")).await.refuses(404);
        for path in ["", "comments/", "history/"] {
            let seen = customer.get(&at("/tickets", &ticket, path)).await;
            assert!(!seen.text.contains("Xylophone"), "{path}: {}", seen.text);
        }
        agent.patch(&format!("{comments}{}/", id(&note)), json!({ "is_internal": false })).await.answers(200);
        customer.get(&at("/files", &file, "")).await.answers(200);
    }

    async fn a_file_is_added_to_ones_own_comment_on_that_ticket_only(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let (ticket, other) = (customer.opens("One").await, customer.opens("Two").await);
        let comment = customer.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "x" })).await.answers(201);
        let form = Form::with_file("file", "x.txt", "x").text("comment", &id(&comment));
        agent.upload(&at("/tickets", &ticket, "attachments/"), &form).await.refuses(403);
        let details = customer.upload(&at("/tickets", &other, "attachments/"), &form).await.refuses(400);
        assert!(details["comment"].is_array(), "{details}");
        assert_eq!(story.objects(), 0);
    }

    async fn a_file_is_removed_by_its_uploader_and_by_staff_with_its_content(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let ticket = customer.opens("One").await;
        let attachments = at("/tickets", &ticket, "attachments/");
        let form = Form::with_file("file", "x.txt", "x");
        let answer = agent.upload(&attachments, &form).await.answers(201);
        customer.delete(&at("/files", &answer, "")).await.refuses(403);
        let mine = customer.upload(&attachments, &form).await.answers(201);
        assert_eq!(story.objects(), 2);
        customer.delete(&at("/files", &mine, "")).await.answers(204);
        agent.delete(&at("/files", &answer, "")).await.answers(204);
        agent.get(&at("/files", &answer, "")).await.refuses(404);
        let seen = agent.get(&at("/tickets", &ticket, "")).await.answers(200);
        assert_eq!((&seen["attachments"], story.objects()), (&json!([]), 0));
    }

    async fn attaching_and_removing_are_history_and_events(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = customer.opens("One").await;
        let form = Form::with_file("file", "x.txt", "x");
        let file = customer.upload(&at("/tickets", &ticket, "attachments/"), &form).await.answers(201);
        customer.delete(&at("/files", &file, "")).await.answers(204);
        let history = customer.get(&at("/tickets", &ticket, "history/")).await.answers(200);
        assert_eq!(each(&history, "details")[..2], [json!("Attachment removed: x.txt"), json!("Attachment added: x.txt")]);
        let events = story.platform("agent").await.get("/events/?after=0&limit=100").await.answers(200);
        assert!(events.to_string().contains("ticket.attachment_added"), "{events}");
        assert!(events.to_string().contains("ticket.attachment_removed"), "{events}");
    }

    async fn attaching_changes_the_tag_of_the_ticket_and_honours_if_match(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = customer.opens("One").await;
        let path = at("/tickets", &ticket, "");
        let tag = customer.get(&path).await.header("etag").to_owned();
        let attachments = at("/tickets", &ticket, "attachments/");
        let form = Form::with_file("file", "x.txt", "x");
        customer.with("If-Match", tag.clone()).upload(&attachments, &form).await.answers(201);
        assert_ne!(customer.get(&path).await.header("etag"), tag);
        customer.with("If-Match", tag).upload(&attachments, &form).await.refuses(412);
        assert_eq!(story.objects(), 1);
    }

    async fn a_deleted_ticket_takes_its_files_out_of_reach(story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        let ticket = customer.opens("One").await;
        let form = Form::with_file("file", "x.txt", "x");
        let file = customer.upload(&at("/tickets", &ticket, "attachments/"), &form).await.answers(201);
        let comment = customer.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "x" })).await.answers(201);
        let said = form.text("comment", &id(&comment));
        let said = customer.upload(&at("/tickets", &ticket, "attachments/"), &said).await.answers(201);
        customer.delete(&at("/tickets", &ticket, &format!("comments/{}/", id(&comment)))).await.answers(204);
        customer.get(&at("/files", &said, "")).await.refuses(404);
        let seen = customer.get(&at("/tickets", &ticket, "")).await.answers(200);
        assert_eq!(each(&seen["attachments"], "id"), [file["id"].clone()]);
        admin.delete(&at("/tickets", &ticket, "")).await.answers(204);
        admin.get(&at("/files", &file, "")).await.refuses(404);
        admin.get(file["url"].as_str().unwrap()).await.refuses(404);
    }

    async fn a_picture_becomes_1024_by_1024_and_is_seen_by_the_organization(story: Story) {
        let customer = story.platform("customer").await;
        let before = customer.get("/users/me/").await.answers(200);
        assert!(before["image"].as_str().unwrap().contains("/media/employee_images/default-profile.png?token="), "{before}");
        let default = story.root().get(before["image"].as_str().unwrap()).await;
        assert_eq!(default.header("content-type"), "image/png");
        let user = customer.upload("/users/me/image/", &Form::with_file("image", "me.png", &default.bytes)).await.answers(200);
        assert_eq!(story.objects(), 1);
        let image = story.root().get(user["image"].as_str().unwrap()).await;
        assert_eq!((image.header("content-type"), &image.bytes[16..24]), ("image/png", &[0, 0, 4, 0, 0, 0, 4, 0][..]));
        let shown = story.platform("agent").await.get(&at("/users", &user, "")).await.answers(200);
        assert_eq!(story.root().get(shown["image"].as_str().unwrap()).await.bytes, image.bytes);
        let bare = shown["image"].as_str().unwrap().split('?').next().unwrap().to_owned();
        story.platform("outsider").await.get(&bare).await.refuses(404);
        story.platform("jane").await.get(&bare).await.answers(200);
        let again = customer.upload("/users/me/image/", &Form::with_file("image", "me.png", &default.bytes)).await.answers(200);
        assert_ne!(again["image"], user["image"]);
        assert_eq!(story.objects(), 1);
    }
}
