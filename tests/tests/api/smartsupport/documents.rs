//! The document of the dialect, and where things are.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, golden};
use serde_json::Value;

on_both_backends! {
    async fn every_reference_of_the_document_leads_somewhere(story: Story) {
        let document = story.passer_by().get("/schema/").await.answers(200);
        let text = document.to_string();
        for reference in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(document.pointer(reference).is_some(), "{reference}");
        }
    }

    async fn the_root_says_where_things_are(story: Story) {
        let root = story.passer_by().get("/").await.answers(200);
        for (name, address) in root.as_object().unwrap() {
            let address = address.as_str().unwrap();
            assert!(story.root().get(address).await.status != 404, "{name}: {address}");
        }
        let names: Vec<&String> = root.as_object().unwrap().keys().collect();
        assert_eq!(
            names,
            ["admin-create-employee", "admin_token_obtain_pair", "create_employee", "employee_profile", "tickets", "token_employee", "token_refresh"]
        );
        assert_eq!(golden(&root)["tickets"], Value::String("[address]".to_owned()));
    }
}
