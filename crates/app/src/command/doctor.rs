//! `helpdesk doctor`

use std::fs;
use std::path::Path;

use helpdesk_outbound::mail::Smtp;
use helpdesk_outbound::{Contents, Place};

use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::wire::{self, Installation};

/// Prints a line for everything that was looked at; fails when anything is wrong.
pub async fn examine(settings: Result<Settings>) -> Result<()> {
    let settings = match settings {
        Ok(settings) => settings,
        Err(Failure(problems)) => {
            problems.iter().for_each(|problem| println!("WRONG  {problem}"));
            return Err(wrong(problems.len()));
        }
    };
    println!("good   The settings can be read.");
    let mut findings = vec![folder(&settings.database.folder), key(&settings)];
    findings.extend(database(&settings).await);
    findings.push(storage(&settings.storage).await);
    findings.push(mail(&settings).await);
    findings.extend(features(&settings));
    findings.iter().for_each(Finding::print);
    match findings.iter().filter(|finding| matches!(finding, Finding::Wrong(_))).count() {
        0 => Ok(()),
        wrongs => Err(wrong(wrongs)),
    }
}

fn wrong(count: usize) -> Failure {
    Failure::new(if count == 1 { "One thing is wrong.".to_owned() } else { format!("{count} things are wrong.") })
}

/// What was found, in a sentence.
enum Finding {
    Good(String),
    Note(String),
    Wrong(String),
}

impl Finding {
    fn print(&self) {
        match self {
            Self::Good(sentence) => println!("good   {sentence}"),
            Self::Note(sentence) => println!("note   {sentence}"),
            Self::Wrong(sentence) => println!("WRONG  {sentence}"),
        }
    }
}

fn folder(folder: &Path) -> Finding {
    let probe = folder.join(format!(".doctor.{}", std::process::id()));
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&probe, b"")).and_then(|()| fs::remove_file(&probe));
    match written {
        Ok(()) => Finding::Good(format!("The data folder {} can be written.", folder.display())),
        Err(error) => Finding::Wrong(format!("The data folder {} cannot be written: {error}.", folder.display())),
    }
}

fn key(settings: &Settings) -> Finding {
    match settings.signing_key() {
        Ok(_) => Finding::Good("There is a key to sign tokens with.".to_owned()),
        Err(failure) => Finding::Wrong(failure.to_string()),
    }
}

/// Writes, reads and removes an object.
async fn storage(place: &Place) -> Finding {
    let probed = match Contents::open(place) {
        Ok(contents) => contents.probe().await,
        Err(error) => Err(error),
    };
    match probed {
        Ok(()) => Finding::Good("Files can be stored (STORAGE_URL).".to_owned()),
        Err(error) => Finding::Wrong(Failure::because("Files cannot be stored (STORAGE_URL)", &error).to_string()),
    }
}

async fn database(settings: &Settings) -> Vec<Finding> {
    let installation = match Installation::open(settings).await {
        Ok(installation) => installation,
        Err(failure) => return vec![Finding::Wrong(failure.to_string())],
    };
    if let Err(error) = installation.store.ping().await {
        return vec![Finding::Wrong(Failure::because("The database does not answer", &error).to_string())];
    }
    let migrations = match installation.store.pending_migrations().await {
        Ok(0) => Finding::Good("All migrations have run.".to_owned()),
        Ok(pending) => {
            Finding::Wrong(format!("{pending} migrations have not run; helpdesk migrate or helpdesk serve runs them."))
        }
        Err(error) => Finding::Wrong(Failure::because("The migrations cannot be looked up", &error).to_string()),
    };
    vec![Finding::Good("The database answers.".to_owned()), migrations]
}

async fn mail(settings: &Settings) -> Finding {
    let Some(smtp) = &settings.mail.smtp else {
        return Finding::Note("MAIL_SERVER is not set: mails are kept (helpdesk outbox list).".to_owned());
    };
    let (server, port) = (&smtp.server, smtp.port);
    let tried = format!("The mail server {server}:{port} (MAIL_SERVER)");
    let found = async {
        let composer = wire::composer(settings, &settings.server.public_url(settings.server.port))?;
        let way = Smtp::new(smtp, composer).map_err(|error| Failure::because(&tried, &error))?;
        way.probe().await.map_err(|error| Failure::because(&tried, &error))
    };
    match found.await {
        Ok(true) => Finding::Good(format!("{tried} answers.")),
        Ok(false) => Finding::Wrong(format!("{tried} hangs up.")),
        Err(failure) => Finding::Wrong(failure.to_string()),
    }
}

fn features(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    if settings.mail.lacks_sender {
        findings.push(Finding::Wrong("MAIL_SERVER is set without MAIL_FROM: mails need a sender.".to_owned()));
    }
    if settings.workflow.url.is_some() && settings.workflow.secret.is_none() {
        let note = "WORKFLOW_WEBHOOK_SECRET is not set: the workflow cannot tell that tickets come from here.";
        findings.push(Finding::Note(note.to_owned()));
    }
    if !settings.server.is_private() && settings.server.public_url.is_none() {
        let host = &settings.server.host;
        findings
            .push(Finding::Note(format!("PUBLIC_URL is not set while HOST is {host}: links in answers point to this machine.")));
    }
    if !settings.server.is_private() && settings.demo {
        findings
            .push(Finding::Wrong("HELPDESK_DEMO is on while others can reach the server: its passwords are public.".to_owned()));
    }
    findings
}
