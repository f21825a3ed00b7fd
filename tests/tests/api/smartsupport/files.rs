//! Files on tickets, and pictures of people.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Form, Story};
use serde_json::{Value, json};

use super::{crash, fields, john, john_logs_in};

/// The beginning of a picture, as `infer` knows it.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000 not really";

/// A picture of two by two pixels.
const PICTURE: &[u8] =
    b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x00\x00\x00\x00W\xddR\xf8\x00\x00\x00\
    \x0eIDATx\x9cc\x10P`0p\x00\x00\x01v\x00\xa1\xec0\x8a\xf4\x00\x00\x00\x00IEND\xaeB`\x82";

/// A body of texts as a form.
fn form(body: &Value) -> Form {
    body.as_object().unwrap().iter().fold(Form::default(), |form, (name, text)| form.text(name, text.as_str().unwrap()))
}

on_both_backends! {
    async fn a_ticket_is_made_with_its_files_as_in_the_seed(story: Story) {
        let (customer, admin) = (story.smartsupport("customer").await, story.smartsupport("admin").await);
        let form = form(&crash()).file("files[]", "screenshot.png", PNG).file("files[]", "log.txt", "It broke.");
        let made = customer.upload("/tickets/", &form).await.answers(201);
        assert_eq!((&made["subject"], &made["status"], &made["scheduled_date"]), (&json!("Application Error"), &json!("New"), &json!("2023-12-25")));
        let file = &made["attachments"][0];
        assert_eq!(fields(file), ["file", "file_name", "file_size", "file_type", "id", "upload_date"]);
        assert_eq!((&file["file_name"], &file["file_type"], &file["file_size"]), (&json!("screenshot.png"), &json!("image/png"), &json!(PNG.len())));
        assert!(file["file"].as_str().unwrap().contains("/media/ticket_attachments/") && file["file"].as_str().unwrap().contains("?token="), "{file}");
        assert_eq!(story.root().get(file["file"].as_str().unwrap()).await.bytes, PNG);
        let path = format!("/tickets/{}/", made["id"]);
        assert_eq!(customer.get(&path).await.answers(200)["attachments"], made["attachments"]);
        assert_eq!(customer.get("/tickets/").await.answers(200)["results"][0], made);
        assert_eq!(admin.get("/tickets/new/").await.answers(200)[0]["has_attachment"], true);
    }

    async fn a_download_is_for_whoever_reads_the_ticket(story: Story) {
        let customer = story.smartsupport("customer").await;
        let made = customer.upload("/tickets/", &form(&crash()).file("files[]", "shot.png", PNG)).await.answers(201);
        let path = format!("/attachments/{}/download/", made["attachments"][0]["id"]);
        for name in ["customer", "agent", "admin"] {
            let reply = story.smartsupport(name).await.get(&path).await;
            assert_eq!((reply.status, reply.bytes.as_slice()), (200, PNG), "{name}");
            assert!(reply.header("content-disposition").starts_with("inline"), "{}", reply.header("content-disposition"));
        }
        for name in ["jane", "outsider"] {
            story.smartsupport(name).await.get(&path).await.refuses(404);
        }
        story.passer_by().get(&path).await.refuses(401);
    }

    async fn a_ticket_whose_file_or_field_is_refused_is_not_made(story: Story) {
        let customer = story.smartsupport("customer").await;
        let script = form(&crash()).file("files[]", "fine.txt", "fine").file("files[]", "run.sh", "#!/bin/sh\nrm -rf /\n");
        let refused = customer.upload("/tickets/", &script).await.refuses(400);
        assert!(refused["files[]"].is_array(), "{refused}");
        let nameless = Form::with_file("files[]", "fine.txt", "fine").text("description", "x");
        let refused = customer.upload("/tickets/", &nameless).await.refuses(400);
        assert_eq!(refused["subject"], json!(["This field is required."]));
        let many = (0..11).fold(form(&crash()), |form, n| form.file("files[]", &format!("{n}.txt"), "x"));
        assert!(customer.upload("/tickets/", &many).await.refuses(400)["files[]"].is_array());
        assert_eq!(customer.get("/tickets/").await.answers(200)["count"], 0);
    }

    async fn who_applies_by_a_form_is_an_applicant_too(story: Story) {
        story.passer_by().upload("/create_employee/", &form(&john())).await.answers(201);
        john_logs_in(&story).await.refuses(403);
        let mut other = john();
        other["email"] = json!("jim.doe@example.com");
        let refused = story.passer_by().upload("/create_employee/", &form(&other).file("image", "me.png", "no picture")).await.refuses(400);
        assert!(refused["image"].is_array(), "{refused}");
        let all = story.smartsupport("admin").await.get("/employees/").await.text;
        assert!(all.contains("john.doe@example.com") && !all.contains("jim.doe@example.com"), "{all}");
    }

    async fn a_picture_comes_with_an_application_and_another_takes_its_place(story: Story) {
        let application = || form(&john()).file("image", "me.png", PICTURE);
        story.passer_by().upload("/create_employee/", &application()).await.answers(201);
        assert_eq!(story.objects(), 1);
        story.passer_by().upload("/create_employee/", &application()).await.refuses(400);
        assert_eq!(story.objects(), 1, "the picture of who was refused is gone");
        let customer = story.smartsupport("customer").await;
        let mut shown = Vec::new();
        for _ in 0..2 {
            customer.upload("/employee/upload-image/", &Form::with_file("image", "me.png", PICTURE)).await.answers(200);
            let profile = customer.get("/employee/profile/").await.answers(200);
            assert_eq!(story.root().get(profile["image"].as_str().unwrap()).await.header("content-type"), "image/png");
            shown.push(profile["image"].clone());
            assert_eq!(story.objects(), 2);
        }
        assert_ne!(shown[0], shown[1]);
    }

    async fn a_picture_that_is_none_is_refused(story: Story) {
        let customer = story.smartsupport("customer").await;
        for upload in [Form::with_file("image", "me.png", "no picture"), Form::default().text("other", "x")] {
            let refused = customer.upload("/employee/upload-image/", &upload).await.refuses(400);
            assert!(refused["image"].is_array(), "{refused}");
        }
    }
}
