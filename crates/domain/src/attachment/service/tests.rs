//! The rules of files, told by the use cases over mocked ports.

use std::sync::{Arc, Mutex};

use super::Files;
use crate::attachment::command::{About, AttachFiles};
use crate::attachment::port::{
    Judgement, MockContentInspector, MockContentStore, MockFileRepository, MockLinkSigner, MockObjectLedger, MockUpload,
};
use crate::attachment::{FileError, FileView, Folder, LARGEST_FILE, MOST_FILES, ObjectKey, Received};
use crate::event::Happened;
use crate::identity::Role;
use crate::kernel::actor::Actor;
use crate::kernel::id::FileId;
use crate::kernel::{Fault, Kind, Problem};
use crate::testing::{Committed, a_customer, a_desk, a_ticket, an_agent, minutes, somebody};
use crate::ticket::{Status, Ticket, UserBrief};
use crate::work::Write;

/// What has been done to contents, in order.
type Done = Arc<Mutex<Vec<String>>>;

fn note(done: &Done, what: impl Into<String>) {
    done.lock().unwrap().push(what.into());
}

fn contents(done: &Done) -> MockContentStore {
    let mut contents = MockContentStore::new();
    let (beginning, deleting) = (done.clone(), done.clone());
    contents.expect_begin().returning(move |_| {
        note(&beginning, "begin");
        let mut upload = MockUpload::new();
        let (writing, finishing, aborting) = (beginning.clone(), beginning.clone(), beginning.clone());
        upload.expect_write().returning(move |chunk| {
            note(&writing, format!("write {}", chunk.len()));
            Ok(())
        });
        upload.expect_finish().returning(move || {
            note(&finishing, "finish");
            Ok(())
        });
        upload.expect_abort().returning(move || note(&aborting, "abort"));
        Ok(Box::new(upload))
    });
    contents.expect_delete().returning(move |_| {
        note(&deleting, "delete");
        Ok(())
    });
    contents
}

fn ledger(done: &Done) -> MockObjectLedger {
    let mut ledger = MockObjectLedger::new();
    let (noting, forgetting) = (done.clone(), done.clone());
    ledger.expect_note().returning(move |_, _| {
        note(&noting, "note");
        Ok(())
    });
    ledger.expect_forget().returning(move |_| {
        note(&forgetting, "forget");
        Ok(())
    });
    ledger
}

fn shown(uploader: &Actor) -> FileView {
    FileView {
        id: FileId(uuid::Uuid::from_u128(7)),
        serial: 1,
        ticket: None,
        comment: None,
        is_internal: false,
        object: object(),
        name: "x.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        size: 1,
        description: String::new(),
        category: String::new(),
        uploaded_by: UserBrief {
            id: uploader.user,
            serial: 1,
            username: "x".to_owned(),
            email: "x@example.com".to_owned(),
            first_name: String::new(),
            last_name: String::new(),
            role: uploader.role,
        },
        created_at: minutes(0),
    }
}

fn object() -> ObjectKey {
    ObjectKey::new(Folder::Uploads, uuid::Uuid::from_u128(7), "txt")
}

/// The use cases over a store with this ticket, whose files were all brought by a customer.
fn files(ticket: &Ticket) -> (Files, Done, Committed) {
    let (tickets, clock, committed) = a_desk(ticket, &[]);
    let done = Done::default();
    let mut repository = MockFileRepository::new();
    repository.expect_find().returning(|_, _| Ok(Some(shown(&a_customer()))));
    repository.expect_count().returning(|_, _| Ok(0));
    let mut inspector = MockContentInspector::new();
    inspector.expect_judge().returning(|_, head| match head {
        [b'M', b'Z', ..] => Judgement::Executable,
        _ => Judgement::Fine("text/plain".to_owned()),
    });
    let files = Files {
        files: Arc::new(repository),
        ledger: Arc::new(ledger(&done)),
        contents: Arc::new(contents(&done)),
        inspector: Arc::new(inspector),
        signer: Arc::new(MockLinkSigner::new()),
        tickets: tickets.tickets,
        people: tickets.people,
        work: tickets.work,
        clock,
        ids: tickets.ids,
    };
    (files, done, committed)
}

fn received(number: usize) -> Vec<Received> {
    let one = |n: u128| Received {
        id: FileId(uuid::Uuid::from_u128(n)),
        object: object(),
        name: crate::attachment::FileName::trusted("x.txt".to_owned()),
        media_type: "text/plain".to_owned(),
        size: 1,
        field: "files[]".to_owned(),
    };
    (0..number as u128).map(one).collect()
}

fn blamed(error: &FileError) -> (String, Problem) {
    let violation = error.violations().unwrap().0.first().unwrap().clone();
    (violation.field, violation.problem)
}

#[tokio::test]
async fn an_object_is_noted_before_it_is_written() {
    let (files, done, _) = files(&a_ticket(Status::Open));
    let mut intake = files.begin("file", Some("x.txt"), Folder::Uploads).unwrap();
    intake.take(vec![b'x'; 10_000]).await.unwrap();
    intake.take(vec![b'x'; 5]).await.unwrap();
    let received = intake.finish().await.unwrap();
    assert_eq!((received.size, received.object.folder()), (10_005, Some(Folder::Uploads)));
    assert_eq!(*done.lock().unwrap(), ["note", "begin", "write 10000", "write 5", "finish"]);
}

#[tokio::test]
async fn nothing_is_stored_of_what_is_refused_by_its_beginning() {
    let (files, done, _) = files(&a_ticket(Status::Open));
    let mut intake = files.begin("file", Some("x.png"), Folder::Uploads).unwrap();
    intake.take(b"MZ".to_vec()).await.unwrap();
    assert_eq!(blamed(&intake.finish().await.unwrap_err()).0, "file");
    assert!(done.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_content_that_grows_too_large_is_given_up() {
    let (files, done, _) = files(&a_ticket(Status::Open));
    let mut intake = files.begin("file", Some("x.txt"), Folder::Uploads).unwrap();
    intake.take(vec![b'x'; 10_000]).await.unwrap();
    let refused = intake.take(vec![b'x'; usize::try_from(LARGEST_FILE).unwrap()]).await.unwrap_err();
    assert!(matches!(blamed(&refused), (field, Problem::TooManyBytes(_)) if field == "file"));
    assert_eq!(*done.lock().unwrap(), ["note", "begin", "write 10000", "abort", "delete", "forget"]);
}

#[tokio::test]
async fn an_empty_content_is_no_file() {
    let (files, done, _) = files(&a_ticket(Status::Open));
    let intake = files.begin("file", Some("x.txt"), Folder::Uploads).unwrap();
    assert_eq!(intake.finish().await.unwrap_err().kind(), Kind::Invalid);
    assert!(done.lock().unwrap().is_empty());
}

#[tokio::test]
async fn attaching_writes_ticket_files_and_events_at_once() {
    let ticket = a_ticket(Status::Open);
    let (files, _, committed) = files(&ticket);
    let command = AttachFiles { target: ticket.id.into(), comment: None, about: About::default(), files: received(2) };
    files.attach(&a_customer(), command).await.unwrap();
    let all = committed.lock().unwrap();
    let [changes] = all.as_slice() else { panic!("one commit") };
    assert!(matches!(changes.writes.as_slice(), [Write::SaveTicket(_), Write::AddFile(_), Write::AddFile(_)]));
    let is_attached = |happened: &Happened| matches!(happened, Happened::AttachmentAdded { is_internal: false, .. });
    assert_eq!(changes.events.iter().filter(|event| is_attached(&event.happened)).count(), 2);
}

#[tokio::test]
async fn nobody_attaches_to_a_ticket_that_they_do_not_see() {
    let ticket = a_ticket(Status::Open);
    let (files, _, committed) = files(&ticket);
    let stranger = somebody(99, Role::Customer);
    assert_eq!(files.may_attach(&stranger, &ticket.id.into()).await.unwrap_err().kind(), Kind::NotFound);
    let command = AttachFiles { target: ticket.id.into(), comment: None, about: About::default(), files: received(1) };
    assert_eq!(files.attach(&stranger, command).await.unwrap_err().kind(), Kind::NotFound);
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn no_file_and_more_than_ten_are_refused() {
    let (files, _, committed) = files(&a_ticket(Status::Open));
    let about = About::default();
    assert_eq!(blamed(&files.upload(&a_customer(), &about, &[]).await.unwrap_err()).0, "file");
    let many = files.upload(&a_customer(), &about, &received(MOST_FILES + 1)).await.unwrap_err();
    assert_eq!(blamed(&many), ("files[]".to_owned(), Problem::TooMany(MOST_FILES)));
    assert!(committed.lock().unwrap().is_empty());
    files.upload(&a_customer(), &about, &received(MOST_FILES)).await.unwrap();
}

#[tokio::test]
async fn a_file_is_removed_by_its_uploader_and_by_staff_alone() {
    let (files, done, committed) = files(&a_ticket(Status::Open));
    let file = FileId(uuid::Uuid::from_u128(7));
    let refused = files.remove(&somebody(99, Role::Technician), &file.into()).await.unwrap_err();
    assert_eq!(refused.kind(), Kind::Forbidden);
    assert!(committed.lock().unwrap().is_empty() && done.lock().unwrap().is_empty());
    for actor in [a_customer(), an_agent()] {
        files.remove(&actor, &file.into()).await.unwrap();
    }
    assert_eq!(committed.lock().unwrap().len(), 2);
    assert_eq!(*done.lock().unwrap(), ["delete", "forget", "delete", "forget"]);
}
