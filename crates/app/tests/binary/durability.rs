//! What was acknowledged is there after SIGKILL.

use std::collections::{BTreeMap, HashSet};

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::desk::{Session, expect};
use crate::on_both_databases;

/// Enough writers that some are always between statements.
const WRITERS: usize = 8;
const ACKNOWLEDGED: usize = 80;

on_both_databases! {
    async fn sigkill_right_after_answers_loses_nothing(home: Home) {
        let desk = home.serve();
        let customer = desk.customer().await;
        let (acknowledge, mut acknowledged) = unbounded_channel();
        let writers: Vec<_> =
            (0..WRITERS).map(|writer| tokio::spawn(create_until_it_dies(customer.clone(), writer, acknowledge.clone()))).collect();
        drop(acknowledge);

        let mut tickets = BTreeMap::new();
        while tickets.len() < ACKNOWLEDGED {
            let (key, ticket) = acknowledged.recv().await.expect("the writers went on writing");
            tickets.insert(key, ticket);
        }
        desk.kill();
        while let Some((key, ticket)) = acknowledged.recv().await {
            tickets.insert(key, ticket);
        }

        let desk = home.serve();
        let customer = desk.customer().await;
        every_acknowledged_ticket_is_there(&customer, &tickets).await;
        repeats_give_the_same_ticket(&customer, &tickets).await;
        for writer in writers {
            a_repeat_of_the_unanswered_request_makes_one_ticket(&customer, &writer.await.unwrap()).await;
        }
        let admin = desk.admin().await;
        numbers_have_no_gaps(&admin).await;
        positions_have_no_gaps(&admin).await;
    }

    async fn what_one_run_wrote_the_next_run_serves(home: Home) {
        let desk = home.serve();
        let made = create(&desk.customer().await, "kept", "k1").await;
        desk.ask_to_stop();
        assert!(desk.stopped().success());

        let again = home.serve();
        let read = again.customer().await.get(&path_of(&made)).await;
        assert_eq!(read.pointer("/title"), Some(&json!("kept")));
    }
}

fn path_of(ticket: &Value) -> String {
    format!("/api/v1/tickets/{}/", ticket.pointer("/id").and_then(Value::as_str).unwrap())
}

fn new_ticket(title: &str) -> Value {
    json!({ "title": title, "description": "The printer on the second floor is out of toner.", "tags": ["printer"] })
}

async fn create(session: &Session, title: &str, key: &str) -> Value {
    let request = session.post("/api/v1/tickets/", &new_ticket(title)).header("Idempotency-Key", key);
    expect(request.send().await.unwrap(), StatusCode::CREATED).await
}

/// Creates ticket after ticket, and gives back the key of the request that got no answer.
async fn create_until_it_dies(session: Session, writer: usize, acknowledge: UnboundedSender<(String, Value)>) -> String {
    for turn in 0.. {
        let key = format!("{writer}-{turn}");
        let request = session.post("/api/v1/tickets/", &new_ticket(&key)).header("Idempotency-Key", &key);
        let Ok(answer) = request.send().await else { return key };
        assert_eq!(answer.status(), StatusCode::CREATED);
        let Ok(ticket) = answer.json().await else { return key };
        if acknowledge.send((key.clone(), ticket)).is_err() {
            return key;
        }
    }
    unreachable!("it dies first")
}

async fn every_acknowledged_ticket_is_there(session: &Session, tickets: &BTreeMap<String, Value>) {
    for (key, ticket) in tickets {
        let read = session.get(&path_of(ticket)).await;
        assert_eq!(read.pointer("/title"), Some(&json!(key)));
        assert_eq!(read.pointer("/number"), ticket.pointer("/number"));
    }
}

async fn repeats_give_the_same_ticket(session: &Session, tickets: &BTreeMap<String, Value>) {
    for (key, ticket) in tickets {
        assert_eq!(create(session, key, key).await.pointer("/id"), ticket.pointer("/id"));
    }
}

async fn a_repeat_of_the_unanswered_request_makes_one_ticket(session: &Session, key: &str) {
    let first = create(session, key, key).await;
    let second = create(session, key, key).await;
    assert_eq!(first.pointer("/id"), second.pointer("/id"));
    let found = session.get("/api/v1/tickets/?cursor=&page_size=100").await;
    let titled = rows(&found).iter().filter(|ticket| ticket.pointer("/title") == Some(&json!(key))).count();
    assert!(titled <= 1, "{key} was made {titled} times");
}

async fn numbers_have_no_gaps(session: &Session) {
    let mut numbers = HashSet::new();
    let mut next = Some("/api/v1/tickets/?cursor=&page_size=100".to_owned());
    while let Some(url) = next {
        let page = session.get(&url).await;
        for ticket in rows(&page) {
            let number = ticket.pointer("/number").and_then(Value::as_str).unwrap();
            assert!(numbers.insert(number.trim_start_matches("TX").parse::<usize>().unwrap()), "{number} was given twice");
        }
        next = page.pointer("/next").and_then(Value::as_str).map(str::to_owned);
    }
    assert_eq!(numbers, (1..=numbers.len()).collect());
}

async fn positions_have_no_gaps(session: &Session) {
    let mut last = 0;
    loop {
        let page = session.get(&format!("/api/v1/events/?after={last}&limit=500")).await;
        let events = rows(&page);
        if events.is_empty() {
            break;
        }
        for event in events {
            let position = event.pointer("/position").and_then(Value::as_i64).unwrap();
            assert_eq!(position, last + 1);
            last = position;
        }
    }
    assert!(last > 0);
}

fn rows(page: &Value) -> &Vec<Value> {
    page.pointer("/results").and_then(Value::as_array).unwrap()
}
