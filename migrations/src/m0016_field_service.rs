//! Field service: work orders with their tasks and materials, whom they are for and where they are done.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Field service: work orders with their tasks and materials, whom they are for and where they are done.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, SITES).await?;
        super::run(manager, ORDERS).await?;
        super::run(manager, PARTS).await?;
        let own = if manager.get_database_backend() == DbBackend::Postgres { POSTGRES } else { SQLITE };
        super::run(manager, own).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, DOWN).await
    }
}

/// `search_key` is everything that a row is searched by, in small letters. Coordinates are ten-millionths of a degree.
const SITES: &str = "
CREATE TABLE customer (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    name TEXT NOT NULL,
    name_key {key} NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    company TEXT NOT NULL,
    search_key TEXT NOT NULL,
    account BIGINT REFERENCES account (serial),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX customer_id ON customer (id);
CREATE INDEX customer_by_name ON customer (organization, name_key, serial);
CREATE INDEX customer_by_age ON customer (organization, serial);
CREATE INDEX customer_by_change ON customer (organization, updated_at, serial);
CREATE INDEX customer_by_account ON customer (account) WHERE account IS NOT NULL;

CREATE TABLE location (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    name TEXT NOT NULL,
    name_key {key} NOT NULL,
    address TEXT NOT NULL,
    city TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    country TEXT NOT NULL,
    search_key TEXT NOT NULL,
    latitude BIGINT,
    longitude BIGINT,
    customer BIGINT REFERENCES customer (serial),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX location_id ON location (id);
CREATE INDEX location_by_name ON location (organization, name_key, serial);
CREATE INDEX location_by_age ON location (organization, serial);
CREATE INDEX location_by_change ON location (organization, updated_at, serial);
CREATE INDEX location_by_customer ON location (customer, organization, name_key, serial);
";

/// `scheduled_at` of a work order without a time is the greatest integer: it sorts last. `ends_at` is when its estimated
/// time is over, the same as `scheduled_at` where there is no estimate. `total_cost` is in hundredths. The columns behind a
/// serial are those that lists filter and sort by, so that the index alone answers.
const ORDERS: &str = "
ALTER TABLE organization ADD COLUMN last_work_order_number BIGINT NOT NULL DEFAULT 0;

CREATE TABLE work_order (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    status SMALLINT NOT NULL,
    priority SMALLINT NOT NULL,
    customer BIGINT REFERENCES customer (serial),
    location BIGINT REFERENCES location (serial),
    technician BIGINT REFERENCES account (serial),
    scheduled_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    estimated_minutes BIGINT,
    ticket BIGINT REFERENCES ticket (serial) ON DELETE SET NULL,
    total_cost BIGINT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES account (serial),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    started_at BIGINT,
    completed_at BIGINT,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX work_order_id ON work_order (id);
CREATE UNIQUE INDEX work_order_number ON work_order (organization, number);
CREATE INDEX work_order_by_age ON work_order (organization, serial, status, priority);
CREATE INDEX work_order_by_change ON work_order (organization, updated_at, serial);
CREATE INDEX work_order_by_time ON work_order (organization, scheduled_at, serial, status, priority, updated_at);
CREATE INDEX work_order_by_status ON work_order (organization, status, serial, priority, scheduled_at);
CREATE INDEX work_order_by_priority ON work_order (organization, priority, serial, status, scheduled_at);
CREATE INDEX work_order_by_technician ON work_order (technician, scheduled_at, serial, ends_at, status, priority, updated_at, organization);
CREATE INDEX work_order_by_customer ON work_order (customer, serial, status, priority, scheduled_at, updated_at, organization);
CREATE INDEX work_order_by_location ON work_order (location, serial);
CREATE INDEX work_order_by_ticket ON work_order (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX work_order_by_completion ON work_order (organization, completed_at) WHERE completed_at IS NOT NULL;

CREATE TABLE work_order_tally (
    organization BIGINT NOT NULL REFERENCES organization (serial),
    facet SMALLINT NOT NULL,
    value BIGINT NOT NULL,
    status SMALLINT NOT NULL,
    priority SMALLINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (organization, facet, value, status, priority)
) {compact};
";

/// A quantity is in thousandths, a cost in hundredths.
const PARTS: &str = "
CREATE TABLE work_order_task (
    serial {serial},
    id {uuid} NOT NULL,
    work_order BIGINT NOT NULL REFERENCES work_order (serial),
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    estimated_minutes BIGINT,
    completed_by BIGINT REFERENCES account (serial),
    completed_at BIGINT
);
CREATE UNIQUE INDEX work_order_task_id ON work_order_task (id);
CREATE INDEX work_order_task_by_place ON work_order_task (work_order, position);

CREATE TABLE work_order_material (
    serial {serial},
    id {uuid} NOT NULL,
    work_order BIGINT NOT NULL REFERENCES work_order (serial),
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    unit TEXT NOT NULL,
    cost BIGINT NOT NULL
);
CREATE UNIQUE INDEX work_order_material_id ON work_order_material (id);
CREATE INDEX work_order_material_by_place ON work_order_material (work_order, position);

CREATE TABLE work_order_history (
    serial {serial},
    work_order BIGINT NOT NULL REFERENCES work_order (serial),
    actor BIGINT REFERENCES account (serial),
    action TEXT NOT NULL,
    details TEXT NOT NULL,
    field TEXT,
    old_value TEXT,
    new_value TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX work_order_history_by_age ON work_order_history (work_order, serial);
";

/// `rowid` is the work order's serial; `scope` holds the technician. The words stand behind the code of
/// their organization, which has eight letters: `prefix` indexes beginnings of one, two and three letters behind it.
const SQLITE: &str = "
CREATE VIRTUAL TABLE work_order_search USING fts5 (
    scope, words,
    content='', contentless_delete=1, prefix='9 10 11', tokenize='unicode61 remove_diacritics 0'
);
";

/// The vector holds the words of the scope too.
const POSTGRES: &str = "
CREATE TABLE work_order_search (
    work_order BIGINT PRIMARY KEY,
    words TSVECTOR NOT NULL
);
CREATE INDEX work_order_search_words ON work_order_search USING GIN (words);
";

const DOWN: &str = "
DROP TABLE work_order_search;
DROP TABLE work_order_history;
DROP TABLE work_order_material;
DROP TABLE work_order_task;
DROP TABLE work_order_tally;
DROP TABLE work_order;
ALTER TABLE organization DROP COLUMN last_work_order_number;
DROP TABLE location;
DROP TABLE customer;
";
