//! A real PostgreSQL for one test, that can be stopped and started again.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sqlx::{Connection, PgConnection};

/// A cluster of its own; gone when dropped.
pub struct PostgresServer {
    script: Child,
    server: Option<Child>,
    pub url: String,
    data: PathBuf,
    programs: PathBuf,
}

impl PostgresServer {
    /// None where there is no PostgreSQL.
    pub async fn start() -> Option<Self> {
        std::env::var_os("TEST_POSTGRES_URL")?;
        let mut command = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/postgres"));
        command.args(["sh", "-c", "echo \"$TEST_POSTGRES_URL\"; exec cat"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut script = command.spawn().unwrap();
        let mut url = String::new();
        BufReader::new(script.stdout.as_mut().unwrap()).read_line(&mut url).unwrap();
        let url = url.trim().to_owned();
        let mut connection = PgConnection::connect(&url).await.unwrap();
        let data: String = sqlx::query_scalar("SHOW data_directory").fetch_one(&mut connection).await.unwrap();
        let programs = sqlx::query_scalar("SELECT setting FROM pg_config WHERE name = 'BINDIR'");
        let programs: String = programs.fetch_one(&mut connection).await.unwrap();
        Some(Self { script, server: None, url, data: data.into(), programs: programs.into() })
    }

    /// Stops it; it cuts all connections.
    pub fn stop(&self) {
        let mut command = self.own(&self.programs.join("pg_ctl"));
        command.args(["-m", "fast", "-w", "stop", "-D"]).arg(&self.data);
        assert!(command.status().unwrap().success());
    }

    /// Starts it as it was started before.
    pub fn start_again(&mut self) {
        let line = std::fs::read_to_string(self.data.join("postmaster.opts")).unwrap();
        let mut command = self.own("/bin/sh".as_ref());
        command.args(["-c", &format!("exec {line}")]);
        self.server = Some(command.spawn().unwrap());
    }

    /// A program, run as who owns the data: the server refuses to run as root.
    fn own(&self, program: &Path) -> Command {
        let owner = std::fs::metadata(&self.data).unwrap();
        let mut command = Command::new(program);
        command.current_dir("/").uid(owner.uid()).gid(owner.gid()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        // Without input the script ends, and stops the cluster.
        drop(self.script.stdin.take());
        drop(self.script.wait());
        if let Some(mut server) = self.server.take() {
            drop(server.wait());
        }
    }
}
