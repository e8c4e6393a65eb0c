/*
 * Files of the bundle about closed months.
 */
#include "bundle/extract_files.h"

#include "db/tables.h"
#include "service/memory/state.h"

// ---- statements.csv

static const char *const statements_columns[] = {
    "month",       "area",          "version", "closed_at", "closed_by", "reopened_at",
    "reopened_by", "reopen_reason", "rows",    "hash",      "ids_given"};

static enum result add_statements(const Rec__Statement *statement, void *arg)
{
    struct extract_line *line = arg;

    extract_month(line, statement->month);
    extract_text(line, statement->area);
    extract_number(line, (int64_t)statement->version);
    extract_stamp(line, statement->closed_at);
    extract_text(line, statement->closed_by);
    extract_stamp(line, statement->reopened_at);
    extract_text(line, statement->reopened_by);
    extract_text(line, statement->reopen_reason);
    extract_number(line, (int64_t)statement->n_rows);
    extract_hex(line, statement->hash);
    extract_flag(line, statement->ids_given);
    return extract_send(line);
}

static enum result scan_months(struct txn *txn, struct extract *extract, store_statement_fn each)
{
    enum result result = RESULT_OK;
    month_t last = facts_opened_month(extract->service);

    for (month_t month = service_first_month(extract->service); month <= last && result == 0;
         month++)
        result = store_statement_scan(txn, month, "", each, &extract->line);
    return result;
}

static enum result scan_statements(struct txn *txn, struct extract *extract)
{
    return scan_months(txn, extract, add_statements);
}

EXTRACT_FILE(statements, "statement", "月结表：每个镇街每月每版一份，谁结的、为什么重开、校验值",
             "statements: closed months of streets, with the reasons of reopening and the hash",
             statements_columns, .key_columns = 3, EXTRACT_SCAN(scan_statements));

// ---- statement_rows.csv

static const char *const statement_row_columns[] = {
    "month",     "area",      "version", "row",   "case_no",  "name",
    "village",   "kind",      "officer", "state", "reason",   "reached_on",
    "fulfilled", "attempted", "late",    "words", "attempts", "case_id"};

static void add_statement_row(struct extract_line *line, const Rec__StatementRow *row)
{
    extract_text(line, row->case_no);
    extract_text(line, row->name);
    extract_text(line, row->area);
    extract_text(line, row->kind);
    extract_text(line, row->officer);
    extract_text(line, row->state);
    extract_text(line, row->reason);
    extract_day(line, row->reached_on);
    extract_flag(line, row->fulfilled);
    extract_flag(line, row->attempted);
    extract_flag(line, row->late);
    extract_text(line, row->words);
    extract_number(line, (int64_t)row->attempts);
    extract_reference(line, row->case_id);
}

static enum result add_statement_rows(const Rec__Statement *statement, void *arg)
{
    struct extract_line *line = arg;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < statement->n_rows && result == 0; i++) {
        extract_month(line, statement->month);
        extract_text(line, statement->area);
        extract_number(line, statement->version);
        extract_number(line, (int64_t)i + 1);
        add_statement_row(line, statement->rows[i]);
        result = extract_send(line);
    }
    return result;
}

static enum result scan_statement_rows(struct txn *txn, struct extract *extract)
{
    return scan_months(txn, extract, add_statement_rows);
}

EXTRACT_FILE(statement_rows, NULL, "月结表里的每一行：上报时的名单",
             "the rows of the statements: the names as reported", statement_row_columns,
             .key_columns = 3, EXTRACT_SCAN(scan_statement_rows));
