/**
 * Words in stored records that one room writes and others read.
 *
 * Private to src/service. Threads: constants only.
 */
#ifndef DOUDI_SERVICE_MEMORY_STORED_H
#define DOUDI_SERVICE_MEMORY_STORED_H

#include "base/words.h"

/** `frozen` of a row that was made after its month was closed. */
#define DUTY_UNREPORTED "unreported"

/** Names of the changes in an import's events, one for each record made; the new value is its
 *  id. */
#define IMPORT_MADE_CASE "case"
#define IMPORT_MADE_VISIT "visit"
#define IMPORT_MADE_PERSON "person"
/** Prefix of a change of a person's value: "person:ID:FIELD". */
#define IMPORT_CHANGED_PERSON "person:"
/** Names of the changes in a print's events; history.h has what they mean. */
#define PRINT_TITLE "print.title"
#define PRINT_MONTH "print.month"
#define PRINT_TO "print.to"
#define PRINT_PLACE "print.place"
#define PRINT_JOB "print.job"
#define PRINT_STATE "print.state"
#define PRINT_SCOPE "print.scope"
/** Exit reason of a case whose import was undone on a later day, and the reason of its voided
 *  visits. */
#define EXIT_IMPORT_UNDONE "撤销导入"
/** The beginning of the note of an event that undid a batch. */
#define IMPORT_UNDO_NOTE "撤销导入"

#endif
