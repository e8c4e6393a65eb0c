-- The peer's tables for SQLite: the rows, keys and indexes that recording a visit reads and writes
-- in doudi (db/SCHEMA.md), each in the form that is quickest here. Lists inside a record are one
-- column of text.
CREATE TABLE person (
    id INTEGER PRIMARY KEY, id_no TEXT, name TEXT, birth TEXT, sex INTEGER, area TEXT, phone TEXT,
    address TEXT, death TEXT, fields TEXT, version INTEGER, at TEXT, by TEXT);
CREATE TABLE cases (
    id INTEGER PRIMARY KEY, number TEXT, kind TEXT, person INTEGER, area TEXT, state TEXT, since TEXT,
    closed_on TEXT, exit_reason TEXT, tier TEXT, officer TEXT, review_class TEXT, members TEXT,
    fields TEXT, reviews TEXT, version INTEGER, by TEXT, at TEXT, batch TEXT);
CREATE TABLE duty (
    month INTEGER, area TEXT, case_id INTEGER, type TEXT, kind TEXT, person INTEGER, officer TEXT,
    tier TEXT, need INTEGER, interval INTEGER, since TEXT, closed_on TEXT, exit_reason TEXT,
    credits TEXT, attempts INTEGER, last_before TEXT, excuse TEXT, frozen TEXT, unowed TEXT,
    shared TEXT, reached_on TEXT, reopened INTEGER,
    PRIMARY KEY (month, area, case_id, type)) WITHOUT ROWID;
CREATE TABLE visit (
    person INTEGER, date TEXT, seq INTEGER, kind TEXT, mode TEXT, result TEXT, by TEXT, officer TEXT,
    at TEXT, late INTEGER, fields TEXT, credited TEXT, superseded INTEGER, replaces INTEGER,
    replaces_date TEXT, batch TEXT,
    PRIMARY KEY (person, date, seq)) WITHOUT ROWID;
CREATE TABLE event (
    session BLOB, seq INTEGER, at INTEGER, officer TEXT, action TEXT, record TEXT, area TEXT,
    result INTEGER, changes TEXT, reply TEXT, previous BLOB, hash BLOB, terminal TEXT, day INTEGER,
    PRIMARY KEY (session, seq)) WITHOUT ROWID;
