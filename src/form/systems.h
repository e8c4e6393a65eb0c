/**
 * Upper systems (上级系统) into which officers enter the same record again: their columns in order.
 *
 * A file of forms/systems is lines of "key,value": 系统 (the name), 来源 (where the columns are from),
 * 业务 (a programme's kind; several lines; none = every programme) and 栏目 (label,what). `what` is a
 * field of the programme, "visit.ID" of the visit's form, case_no, area_name or visitor, "=text" a fixed text. `#`
 * begins a remark. An office's file takes the place of the shipped one of the same name; an empty
 * one leaves it out. Threads: pure but for the reading.
 */
#ifndef DOUDI_FORM_SYSTEMS_H
#define DOUDI_FORM_SYSTEMS_H

#include "base/paths.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>

enum { SYSTEMS_COLUMNS = 80, SYSTEMS_KINDS = 16, SYSTEMS_MOST = 32, SYSTEMS_FILE = 64 * 1024 };

struct system_column {
    const char *label, *what; /**< in system.text */
};

struct system {
    char *text; /**< of the file, cut into strings; owned */
    const char *name, *source;
    const char *kinds[SYSTEMS_KINDS];
    size_t kind_count;
    struct system_column columns[SYSTEMS_COLUMNS];
    size_t column_count;
};

struct systems {
    size_t count;
    struct system items[SYSTEMS_MOST]; /**< by file name */
};

/** Reads both folders; a missing one has none. RESULT_INVALID with *ret_error "FILE:LINE：reason" (new
 *  string) for a file that is wrong. systems_free() it in each case. */
enum result systems_read(const struct forms_folders *folders, struct systems **ret_systems,
                         char **ret_error);
/** Reads one file's text, which it takes; "" is no system (RESULT_NOTFOUND). *ret_line and *ret_reason
 *  say what is wrong. */
enum result systems_parse(char *text, struct system *system, size_t *ret_line,
                          const char **ret_reason);
/** True if the system takes records of the programme. */
bool systems_takes(const struct system *system, const char *kind);
/** True if one of its columns is about a visit. */
bool systems_asks_visit(const struct system *system);
void systems_free(struct systems **systems);

#endif
