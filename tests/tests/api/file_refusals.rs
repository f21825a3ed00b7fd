//! Files that are not taken: told under the name of their field, nothing changed, nothing left behind.

use helpdesk_domain::attachment::Folder;
use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Form, Story, at};
use serde_json::json;

const MEGABYTE: usize = 1024 * 1024;

/// The head of a picture of 10 000 by 10 000 pixels.
const BOMB: &[u8] =
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00'\x10\x00\x00'\x10\x08\x00\x00\x00\x00\x9f%=\xfb\x00\x00\x00\x00IDAT";

/// What the refusal of an upload says about a field. Nothing is left of it.
async fn refused(story: &Story, client: &Client, path: &str, kind: &str, body: Vec<u8>, field: &str) -> String {
    let details = client.send_bytes("POST", path, Some((kind, body))).await.refuses(400);
    assert!(details[field].is_array(), "{field}: {details}");
    assert_eq!(story.objects(), 0, "{details}");
    details[field][0].as_str().unwrap().to_owned()
}

fn text(size: usize) -> Vec<u8> {
    vec![b'x'; size]
}

on_both_backends! {
    async fn a_form_that_is_broken_is_told_and_nothing_is_left_of_it(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = customer.opens("One").await;
        let path = at("/tickets", &ticket, "attachments/");
        let form = Form::with_file("file", "whole.txt", text(MEGABYTE)).file("file", "cut.txt", text(MEGABYTE));
        for client in [customer.clone(), story.classic("customer").await] {
            let kind = Form::kind();
            refused(&story, &client, &path, &kind, form.cut(), "file").await;
            refused(&story, &client, &path, &kind, Form::with_file("file", "a.txt", "a").cut(), "file").await;
            refused(&story, &client, &path, "multipart/form-data; boundary=another", form.bytes(), "file").await;
            refused(&story, &client, &path, "multipart/form-data", form.bytes(), "file").await;
            refused(&story, &client, &path, "text/plain", form.bytes(), "file").await;
            refused(&story, &client, &path, "application/json", b"{}".to_vec(), "file").await;
            refused(&story, &client, &path, &kind, Vec::new(), "file").await;
            refused(&story, &client, &path, &kind, b"nonsense".to_vec(), "file").await;
        }
        assert_eq!(customer.get(&at("/tickets", &ticket, "")).await.answers(200)["updated_at"], ticket["updated_at"]);
    }

    async fn a_form_without_a_file_is_told(story: Story) {
        let customer = story.platform("customer").await;
        let form = Form::default().text("description", "x");
        for (path, field) in [("/files/upload/", "file"), ("/users/me/image/", "image")] {
            let said = refused(&story, &customer, path, &Form::kind(), form.bytes(), field).await;
            assert_eq!(said, "No file was submitted.");
            let unused = form.clone().file(field, "", "");
            refused(&story, &customer, path, &Form::kind(), unused.bytes(), field).await;
        }
    }

    async fn a_file_that_is_empty_or_too_large_is_told_under_its_field(story: Story) {
        let customer = story.platform("customer").await;
        let send = async |form: Form| refused(&story, &customer, "/files/upload/", &Form::kind(), form.bytes(), "files[]").await;
        assert_eq!(send(Form::with_file("files[]", "x.txt", "")).await, "The submitted file is empty.");
        let good = Form::with_file("files[]", "good.txt", text(2 * MEGABYTE));
        let said = send(good.file("files[]", "large.txt", text(25 * MEGABYTE + 1))).await;
        assert_eq!(said, "Ensure this field has no more than 26214400 bytes.");
        let most = Form::with_file("files[]", "x.txt", text(25 * MEGABYTE));
        assert_eq!(customer.upload("/files/upload/", &most).await.answers(201)["file_size"], json!(25 * MEGABYTE));
    }

    async fn more_than_ten_files_at_once_are_too_many(story: Story) {
        let customer = story.platform("customer").await;
        let many = |n: usize| (0..n).fold(Form::default(), |form, n| form.file("files[]", &format!("{n}.txt"), "x"));
        refused(&story, &customer, "/files/upload/", &Form::kind(), many(11).bytes(), "files[]").await;
        assert_eq!(customer.upload("/files/upload/", &many(10)).await.answers(201).as_array().map(Vec::len), Some(10));
    }

    async fn what_a_computer_would_run_is_refused_by_its_content(story: Story) {
        let customer = story.platform("customer").await;
        for (name, content) in [
            ("setup.exe", &b"MZ\x90\x00\x03"[..]),
            ("holiday.png", b"MZ\x90\x00\x03"),
            ("a.txt", b"\x7fELF\x02\x01\x01\x00"),
            ("a.txt", b"#!/bin/sh\nrm -rf /\n"),
            ("a.jpg", b"<?php system($_GET['x']);"),
        ] {
            let form = Form::with_file("file", name, content);
            let said = refused(&story, &customer, "/files/upload/", &Form::kind(), form.bytes(), "file").await;
            assert_eq!(said, "Executable files and scripts are not allowed.", "{name}");
        }
    }

    async fn a_name_that_leads_somewhere_else_is_refused(story: Story) {
        let customer = story.platform("customer").await;
        for name in ["../x.txt", "../../etc/passwd", "/etc/passwd", "a/b.txt", "..", ".htaccess", &"x".repeat(256)] {
            let form = Form::with_file("file", name, "x");
            refused(&story, &customer, "/files/upload/", &Form::kind(), form.bytes(), "file").await;
        }
    }

    async fn a_field_of_text_that_is_too_long_or_no_text_is_told_after_the_file_was_taken(story: Story) {
        let customer = story.platform("customer").await;
        let form = Form::with_file("file", "x.txt", text(2 * MEGABYTE));
        for (field, value) in [("category", "x".repeat(101)), ("description", "x".repeat(70_000)), ("description", "a\0b".to_owned())] {
            let form = form.clone().text(field, &value);
            refused(&story, &customer, "/files/upload/", &Form::kind(), form.bytes(), field).await;
        }
    }

    async fn an_archive_that_is_called_a_picture_is_refused(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = customer.opens("One").await;
        let form = Form::with_file("file", "a.png", b"PK\x03\x04 a zip");
        let path = at("/tickets", &ticket, "attachments/");
        refused(&story, &customer, &path, &Form::kind(), form.bytes(), "file").await;
        assert_eq!(story.objects(), 0);
    }

    async fn what_is_no_picture_is_no_profile_image(story: Story) {
        let customer = story.platform("customer").await;
        let before = customer.get("/users/me/").await.answers(200);
        let cut = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        let large = [&b"\x89PNG\r\n\x1a\n"[..], &text(2 * MEGABYTE)].concat();
        for (name, content) in [
            ("me.png", &b"PK\x03\x04 a zip"[..]),
            ("me.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("me.png", b"GIF89a"),
            ("me.png", cut),
            ("me.png", b""),
            ("me.png", &large),
        ] {
            let form = Form::with_file("image", name, content);
            refused(&story, &customer, "/users/me/image/", &Form::kind(), form.bytes(), "image").await;
        }
        assert_eq!(customer.get("/users/me/").await.answers(200), before);
    }

    async fn a_picture_of_a_hundred_megapixels_is_refused_before_it_is_drawn(story: Story) {
        let (customer, employee) = (story.platform("customer").await, story.smartsupport("customer").await);
        let form = Form::with_file("image", "me.png", BOMB);
        for (client, path) in [(&customer, "/users/me/image/"), (&employee, "/employee/upload-image/")] {
            let reply = client.upload(path, &form).await;
            assert_eq!(reply.status, 400, "{path}: {}", reply.text);
            assert!(reply.text.contains("pixels"), "{path}: {}", reply.text);
            assert_eq!(story.objects(), 0, "{path}");
        }
    }

    async fn what_a_crash_left_is_swept_after_two_hours(mut story: Story) {
        let files = story.files();
        let mut intake = files.begin("file", Some("x.txt"), Folder::Uploads).unwrap();
        intake.take(b"content".to_vec()).await.unwrap();
        intake.finish().await.unwrap();
        assert_eq!(story.objects(), 1);
        story.later(120);
        assert_eq!(files.sweep(story.now()).await.unwrap(), 0);
        story.later(1);
        assert_eq!(files.sweep(story.now()).await.unwrap(), 1);
        assert_eq!((story.objects(), files.sweep(story.now()).await.unwrap()), (0, 0));
    }

    async fn nobody_uploads_to_what_they_may_not_see_and_nothing_is_stored(story: Story) {
        let ticket = story.platform("customer").await.opens("One").await;
        let path = at("/tickets", &ticket, "attachments/");
        let form = Form::with_file("file", "x.txt", text(3 * MEGABYTE));
        story.stranger().upload(&path, &form).await.refuses(401);
        story.stranger().upload("/files/upload/", &form).await.refuses(401);
        story.platform("jane").await.upload(&path, &form).await.refuses(404);
        story.platform("outsider").await.upload(&path, &form).await.refuses(404);
        assert_eq!(story.objects(), 0);
    }

    async fn uploads_have_a_limit_of_their_own(story: Story) {
        let story = story.served(|settings| {
            settings.rate_limits.enabled = true;
            settings.rate_limits.upload.count = 2;
        });
        let customer = story.platform("customer").await;
        let form = Form::with_file("file", "x.txt", "x");
        for left in [1, 0] {
            let reply = customer.upload("/files/upload/", &form).await;
            assert_eq!((reply.number("x-ratelimit-limit"), reply.number("x-ratelimit-remaining")), (2, left));
        }
        customer.upload("/files/upload/", &form).await.refuses(429);
    }
}
