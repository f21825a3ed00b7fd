//! Full-text search over tickets.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each};
use serde_json::{Value, json};

async fn opens(client: &Client, title: &str, description: &str) -> Value {
    client.post("/tickets/", json!({ "title": title, "description": description })).await.answers(201)
}

async fn found(client: &Client, words: &str) -> Vec<Value> {
    let list = client.get(&format!("/tickets/?search={words}")).await.answers(200);
    let titles = each(&list, "title");
    assert_eq!(list["count"], titles.len(), "{words}");
    titles
}

on_both_backends! {
    async fn a_ticket_is_found_by_words_of_its_title_description_and_comments(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = opens(&customer, "Printer jam", "Paper is stuck in the tray").await;
        opens(&customer, "Other", "Nothing of that").await;
        let comment = json!({ "content": "It smells of burnt rubber" });
        customer.post(&at("/tickets", &ticket, "comments/"), comment).await.answers(201);
        for words in ["printer", "STUCK", "rubber", "paper+jam", "rubber%20printer"] {
            assert_eq!(found(&customer, words).await, [json!("Printer jam")], "{words}");
        }
    }

    async fn all_words_must_match(story: Story) {
        let customer = story.platform("customer").await;
        opens(&customer, "Printer jam", "x").await;
        assert!(found(&customer, "printer+network").await.is_empty());
    }

    async fn the_beginning_of_a_word_is_enough(story: Story) {
        let customer = story.platform("customer").await;
        opens(&customer, "Authentication fails", "x").await;
        assert_eq!(found(&customer, "auth+fail").await.len(), 1);
        assert!(found(&customer, "thentication").await.is_empty());
    }

    async fn one_typo_in_a_word_is_forgiven_where_nothing_matches_it_as_written(story: Story) {
        let customer = story.platform("customer").await;
        opens(&customer, "Database connection", "x").await;
        for typo in ["databse", "datbase", "dtaabase", "databasee", "databaze"] {
            assert_eq!(found(&customer, typo).await.len(), 1, "{typo}");
        }
        assert!(found(&customer, "dtbse").await.is_empty());
        opens(&customer, "Databse", "Really written so").await;
        assert_eq!(found(&customer, "databse").await, [json!("Databse")]);
    }

    async fn a_search_sees_a_write_as_soon_as_it_is_answered(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = opens(&agent, "Zebra", "x").await;
        assert_eq!(found(&agent, "zebra").await.len(), 1);
        agent.patch(&at("/tickets", &ticket, ""), json!({ "title": "Giraffe" })).await.answers(200);
        assert!(found(&agent, "zebra").await.is_empty());
        assert_eq!(found(&agent, "giraffe").await.len(), 1);
        let comments = at("/tickets", &ticket, "comments/");
        let comment = agent.post(&comments, json!({ "content": "Lemur" })).await.answers(201);
        assert_eq!(found(&agent, "lemur").await.len(), 1);
        agent.patch(&format!("{comments}{}/", comment["id"].as_str().unwrap()), json!({ "content": "Panda" })).await.answers(200);
        assert!(found(&agent, "lemur").await.is_empty());
        agent.delete(&format!("{comments}{}/", comment["id"].as_str().unwrap())).await.answers(204);
        assert!(found(&agent, "panda").await.is_empty());
    }

    async fn a_search_never_finds_what_the_caller_may_not_open(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let ticket = opens(&customer, "Printer", "x").await;
        let note = json!({ "content": "Xylophone", "is_internal": true });
        agent.post(&at("/tickets", &ticket, "comments/"), note).await.answers(201);
        assert_eq!(found(&agent, "xylophone").await.len(), 1);
        assert!(found(&customer, "xylophone").await.is_empty());
        assert!(found(&customer, "xylophon").await.is_empty());
        for other in ["jane", "technician", "outsider", "foreigner"] {
            assert!(found(&story.platform(other).await, "printer").await.is_empty(), "{other}");
        }
    }

    async fn snippets_are_escaped_around_the_hit(story: Story) {
        let customer = story.platform("customer").await;
        opens(&customer, "One", "the <script>alert('x')</script> & the printer \"burns\"").await;
        let list = customer.get("/tickets/?search=printer").await.answers(200);
        let snippet = list["results"][0]["snippet"].as_str().unwrap();
        assert!(snippet.contains("<mark>printer</mark>"), "{snippet}");
        assert!(snippet.contains("&lt;script&gt;") && snippet.contains("&amp;"), "{snippet}");
        assert!(!snippet.replace("<mark>", "").replace("</mark>", "").contains('<'), "{snippet}");
    }

    async fn a_snippet_never_shows_an_internal_note_to_a_customer(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let ticket = opens(&customer, "Other", "y").await;
        let path = at("/tickets", &ticket, "comments/");
        agent.post(&path, json!({ "content": "printer secret", "is_internal": true })).await.answers(201);
        agent.post(&path, json!({ "content": "the printer is public" })).await.answers(201);
        let list = customer.get("/tickets/?search=printer").await;
        assert!(!list.text.contains("secret"), "{}", list.text);
        assert_eq!(list.answers(200)["count"], 1);
    }

    async fn a_list_without_a_search_has_no_snippets(story: Story) {
        let customer = story.platform("customer").await;
        opens(&customer, "One", "x").await;
        assert!(customer.get("/tickets/").await.answers(200)["results"][0].get("snippet").is_none());
    }

    async fn whatever_is_typed_is_a_search_and_no_syntax(story: Story) {
        let customer = story.platform("customer").await;
        opens(&customer, "C++ and \"quotes\"", "a OR b NEAR c").await;
        for words in ["%22", "%22quotes", "*", "NEAR(", "a%20OR%20b", "-a", "title:x", "%27%3B--", "()", "%5C", "a:*", "%26%7C!", "%3C-%3E"] {
            customer.get(&format!("/tickets/?search={words}")).await.answers(200);
        }
        assert_eq!(found(&customer, "%22quotes%22").await.len(), 1);
        customer.get(&format!("/tickets/?search={}", "word+".repeat(500))).await.answers(200);
        customer.get(&format!("/tickets/?search={}", "x".repeat(3000))).await.answers(200);
    }

    async fn letters_are_found_with_and_without_their_marks(story: Story) {
        let customer = story.platform("customer").await;
        opens(&customer, "Größe der Öffnung", "naïve café").await;
        for words in ["offnung", "Öffnung", "cafe", "CAFÉ", "naive"] {
            assert_eq!(found(&customer, words).await.len(), 1, "{words}");
        }
    }

    async fn a_search_comes_newest_first_and_goes_with_filters_and_pages(mut story: Story) {
        let agent = story.platform("agent").await;
        for (title, priority) in [("A", "low"), ("B", "high"), ("C", "low"), ("D", "low")] {
            story.later(1);
            let body = json!({ "title": title, "description": "printer", "priority": priority });
            agent.post("/tickets/", body).await.answers(201);
        }
        assert_eq!(found(&agent, "printer").await, ["D", "C", "B", "A"].map(|title| json!(title)));
        assert_eq!(found(&agent, "printer&priority=low").await, ["D", "C", "A"].map(|title| json!(title)));
        let page = agent.get("/tickets/?search=printer&page=2&page_size=3").await.answers(200);
        assert_eq!((each(&page, "title"), &page["count"]), (vec![json!("A")], &json!(4)));
        let oldest = agent.get("/tickets/?search=printer&ordering=created_at").await.answers(200);
        assert_eq!(each(&oldest, "title"), ["A", "B", "C", "D"].map(|title| json!(title)));
    }

    async fn relevance_prefers_the_title(mut story: Story) {
        let agent = story.platform("agent").await;
        opens(&agent, "Printer printer", "printer").await;
        story.later(1);
        opens(&agent, "Other", "among very many other words that have nothing to do with it a printer").await;
        let list = agent.get("/tickets/?search=printer&ordering=relevance").await.answers(200);
        assert_eq!(each(&list, "title"), [json!("Printer printer"), json!("Other")]);
    }
}
