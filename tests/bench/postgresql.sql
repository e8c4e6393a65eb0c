-- The peer's tables for PostgreSQL: the rows, keys and indexes that recording a visit reads and
-- writes in doudi (db/SCHEMA.md). Lists inside a record are one column of text. Room is left in the
-- pages of duty, so that crediting a visit does not touch its indexes.
CREATE TABLE person (
    id bigint, id_no text, name text, birth date, sex smallint, area text, phone text, address text,
    death date, fields text, version integer, at timestamp(0), by text);
CREATE TABLE cases (
    id bigint, number text, kind text, person bigint, area text, state text, since date,
    closed_on date, exit_reason text, tier text, officer text, review_class text, members text,
    fields text, reviews text, version integer, by text, at timestamp(0), batch text);
CREATE TABLE duty (
    month integer, area text, case_id bigint, type text, kind text, person bigint, officer text,
    tier text, need integer, interval integer, since date, closed_on date, exit_reason text,
    credits text, attempts integer, last_before date, excuse text, frozen text, unowed text,
    shared text, reached_on date, reopened integer) WITH (fillfactor = 70);
CREATE TABLE visit (
    person bigint, date date, seq integer, kind text, mode text, result text, by text, officer text,
    at timestamp(0), late integer, fields text, credited text, superseded integer, replaces integer,
    replaces_date date, batch text);
CREATE TABLE event (
    session bytea, seq bigint, at bigint, officer text, action text, record text, area text,
    result integer, changes text, reply text, previous bytea, hash bytea, terminal text,
    day integer);
