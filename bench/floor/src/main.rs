//! The least that a server can do for three requests: no rules, no rights, hand-written SQL.
//! `floor sqlite://PATH` (or a PostgreSQL URL) serves on port 8099; `bench/README.md` says what for.

use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use serde::Serialize;
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, query, query_as, query_scalar};

const TICKETS: &str = "select t.id,t.title,t.description,t.status,t.priority,c.name as category,a.name as assignee,\
    r.name as requester,t.created_at from ticket t join category c on c.id=t.category_id \
    left join users a on a.id=t.assignee_id join users r on r.id=t.requester_id where t.org=1 ";
const NEWEST: &str = "order by t.created_at desc, t.id desc limit 20";
const COUNT: &str = "select n from tally where org=1";
const COUNT_ONE_MORE: &str = "update tally set n=n+1 where org=1";

#[derive(Serialize, sqlx::FromRow)]
struct Row {
    id: i64,
    title: String,
    description: String,
    status: String,
    priority: String,
    category: String,
    assignee: Option<String>,
    requester: String,
    created_at: String,
}

#[derive(Serialize)]
struct Page {
    count: i64,
    results: Vec<Row>,
}

#[derive(Clone)]
enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// Runs the same lines on whichever pool there is.
macro_rules! on {
    ($pool:expr, $own:ident => $body:expr) => {
        match $pool.get_ref() {
            Pool::Sqlite($own) => $body,
            Pool::Postgres($own) => $body,
        }
    };
}

async fn list(pool: web::Data<Pool>) -> HttpResponse {
    let newest = format!("{TICKETS}{NEWEST}");
    let (results, count) = on!(pool, own => (
        query_as::<_, Row>(AssertSqlSafe(newest)).fetch_all(own).await.unwrap(),
        query_scalar::<_, i64>(COUNT).fetch_one(own).await.unwrap(),
    ));
    HttpResponse::Ok().json(Page { count, results })
}

async fn one(pool: web::Data<Pool>, id: web::Path<i64>) -> HttpResponse {
    let mark = if matches!(pool.get_ref(), Pool::Sqlite(_)) { "?" } else { "$1" };
    let by_id = format!("{TICKETS}and t.id={mark}");
    let row = on!(pool, own => query_as::<_, Row>(AssertSqlSafe(by_id)).bind(*id).fetch_one(own).await.unwrap());
    HttpResponse::Ok().json(row)
}

async fn create(pool: web::Data<Pool>) -> HttpResponse {
    let insert = |now: &str| {
        AssertSqlSafe(format!(
            "insert into ticket(org,title,description,status,priority,category_id,requester_id,created_at) \
             values(1,'new ticket','some description','open','medium',1,1,{now}) returning id"
        ))
    };
    let id = match pool.get_ref() {
        Pool::Sqlite(own) => {
            let mut transaction = own.begin_with("BEGIN IMMEDIATE").await.unwrap();
            let id: i64 = query_scalar(insert("datetime('now')")).fetch_one(&mut *transaction).await.unwrap();
            query("insert into history(ticket_id,action) values(?,'created')").bind(id).execute(&mut *transaction).await.unwrap();
            query(COUNT_ONE_MORE).execute(&mut *transaction).await.unwrap();
            transaction.commit().await.unwrap();
            id
        }
        Pool::Postgres(own) => {
            let mut transaction = own.begin().await.unwrap();
            let id: i64 = query_scalar(insert("now()::text")).fetch_one(&mut *transaction).await.unwrap();
            query("insert into history(ticket_id,action) values($1,'created')")
                .bind(id)
                .execute(&mut *transaction)
                .await
                .unwrap();
            query(COUNT_ONE_MORE).execute(&mut *transaction).await.unwrap();
            transaction.commit().await.unwrap();
            id
        }
    };
    HttpResponse::Created().json(serde_json::json!({ "id": id }))
}

async fn open(url: &str) -> Pool {
    if !url.starts_with("sqlite") {
        return Pool::Postgres(PgPoolOptions::new().max_connections(16).connect(url).await.unwrap());
    }
    let durable = url.parse::<SqliteConnectOptions>().unwrap();
    let durable = durable.create_if_missing(true).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let patient = durable.busy_timeout(Duration::from_secs(10));
    Pool::Sqlite(SqlitePoolOptions::new().max_connections(4).connect_with(patient).await.unwrap())
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let url = std::env::args().nth(1).expect("the database's URL");
    let pool = web::Data::new(open(&url).await);
    let app = move || {
        App::new()
            .app_data(pool.clone())
            .route("/list", web::get().to(list))
            .route("/one/{id}", web::get().to(one))
            .route("/create", web::post().to(create))
    };
    HttpServer::new(app).workers(2).bind(("127.0.0.1", 8099))?.run().await
}
