//! Getting in, staying in, getting out.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{PASSWORD, Story};
use serde_json::json;

on_both_backends! {
    async fn a_login_answers_tokens_the_person_and_for_how_long(story: Story) {
        let body = json!({ "email": "agent@example.com", "password": PASSWORD });
        let session = story.stranger().post("/auth/login/", body).await.answers(200);
        assert_eq!(session["user"]["email"], "agent@example.com");
        assert_eq!(session["expires_in"], 1800);
        story.stranger().bearing(&session["access_token"]).get("/auth/me/").await.answers(200);
    }
}
