/**
 * A home in a directory of its own for tests of the store, and records to put into it.
 */
#ifndef DOUDI_TESTS_STORE_FIXTURE_H
#define DOUDI_TESTS_STORE_FIXTURE_H

#include "unit.h"

#include "base/mem.h"
#include "base/paths.h"
#include "db/restore.h"
#include "db/tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define assert_ok(call) assert_result(call, RESULT_OK)

struct home {
    char *root; /**< the test's directory */
    char *path; /**< the home in it */
    struct store *store;
};

void remove_tree(const char *path);

/** A directory for the test, below TMPDIR. */
struct home home_make(void);

struct home home_create(void);

void home_reopen(struct home *home);

void home_remove(struct home *home);

/** Runs a body that must succeed. */
void run_ok(struct store *store, enum store_mode mode, store_body body, void *arg);

/** Verification with the findings on stderr. */
void show_finding(const char *line, void *arg);

enum result verify_home(const char *path, unsigned *ret_findings);

/** Makes a home out of a backup that is not encrypted, as it was backed up. */
enum result restore_home(const char *backup, const char *home);

/** A file of mode 0600 in a directory. New string: its path. */
char *write_file(const char *directory, const char *name, const char *text);

Rec__Person make_person(uint64_t id, char *name, char *id_no);

Rec__Case make_case(uint64_t id, char *number, char *kind, char *area);

Rec__Duty make_duty(month_t month, char *area, uint64_t case_id);

Rec__Visit make_visit(uint64_t person, day_t date, uint32_t seq);

Rec__Event make_event(uint8_t session[16], uint64_t seq, int64_t at, char *record);

#endif
