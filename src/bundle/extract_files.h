/**
 * The files of the bundle that its sources contribute (bundle/extract.h lists them in order).
 *
 * Private to src/bundle. Threads: constant tables.
 */
#ifndef DOUDI_BUNDLE_EXTRACT_FILES_H
#define DOUDI_BUNDLE_EXTRACT_FILES_H

#include "bundle/extract.h"
#include "bundle/extract_line.h"

/** Defines the file extract_file_NAME, "NAME.csv"; last come `.scan` or `.rows` of struct
 *  extract_file. */
#define EXTRACT_FILE(file, table_name, words, english, list, ...)                                  \
    const struct extract_file extract_file_##file = {                                              \
        .name = #file ".csv",                                                                      \
        .table = (table_name),                                                                     \
        .zh = (words),                                                                             \
        .en = (english),                                                                           \
        .columns = (list),                                                                         \
        .column_count = sizeof(list) / sizeof((list)[0]),                                          \
        __VA_ARGS__,                                                                               \
    }
#define EXTRACT_SCAN(function) .rows = extract_scan_rows, .scan = (function)

/* extract_case.c */
extern const struct extract_file extract_file_persons, extract_file_cases, extract_file_members,
    extract_file_reviews, extract_file_excuses;
/* extract_ledger.c */
extern const struct extract_file extract_file_visits, extract_file_duties, extract_file_marks;
/* extract_compliance.c */
extern const struct extract_file extract_file_compliance;
/* extract_event.c */
extern const struct extract_file extract_file_events;
/* extract_month.c */
extern const struct extract_file extract_file_statements, extract_file_statement_rows;
/* extract_office.c */
extern const struct extract_file extract_file_areas, extract_file_area_changes,
    extract_file_officers, extract_file_standards, extract_file_alarms;
/* extract_round.c */
extern const struct extract_file extract_file_rounds, extract_file_round_figures;
/* dictionary.c, codes.c */
extern const struct extract_file extract_file_dictionary, extract_file_codes;

#endif
