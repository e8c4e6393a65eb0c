/**
 * A home of Panjin with the published divisions, and ledgers read into it.
 */
#ifndef DOUDI_TESTS_LEDGER_FIXTURE_H
#define DOUDI_TESTS_LEDGER_FIXTURE_H

#include "store_fixture.h"

#include "base/ids.h"
#include "service/import/import.h"
#include "service/service.h"

/** The day on which tests/data/ledgers says what must come out. */
#define LEDGER_TODAY "2026-10-31"
#define LEDGER_MONTH "2026-10"

struct office {
    struct home home; /**< its store is closed: the service has it */
    struct service *service;
    struct caller street; /**< may import everywhere in the home */
    struct caller system;
    struct reply reply;
};

/** The id of the nth case or person that it makes. */
static inline uint64_t office_id(uint64_t nth)
{
    return ids_make(ids_origin("2111"), nth);
}

void office_make(struct office *office, const char *today, const char *first_month);
/** A home of another division; `level` as in struct init_input. */
void office_make_of(struct office *office, const char *area, const char *level, const char *today,
                    const char *first_month);
/** The same home on another day. */
void office_reopen(struct office *office, const char *today);
void office_remove(struct office *office);

/** Somebody with a session of their own; requests without number. */
struct caller office_officer(const struct office *office, enum role role, const char *officer,
                             const char *area);

/** One file through import_open() to import_flush(), in requests of 100 rows. Refusals of all
 *  requests are in *ret_result; *ret_batch (new string) is the batch. */
enum result office_import(struct office *office, const char *kind, const char *path, bool dry_run,
                          struct import_result *ret_result, char **ret_batch);
/** The same with a map, decisions and the like; headings are taken from the file. */
enum result office_import_with(struct office *office, const char *path,
                               const struct import_options *options,
                               struct import_result *ret_result, char **ret_batch);
/** The same with rows given as text; the file's first row is the heading. */
enum result office_import_text(struct office *office, const char *kind, const char *text,
                               bool dry_run, struct import_result *ret_result, char **ret_batch);
/** A ledger of tests/data/ledgers by name; it must be read. Returns the batch, new string. */
char *office_ledger(struct office *office, const char *kind, const char *name,
                    struct import_result *ret_result);
/** All five ledgers in their order. */
void office_ledgers(struct office *office);

/** Every cell of every extract (bundle/extract.h) in one new text; `events` too if asked for. */
char *office_contents(struct office *office, bool events);

#endif
