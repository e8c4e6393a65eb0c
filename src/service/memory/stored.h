/**
 * Words that stand in stored records, and are written by one part and read by others.
 *
 * Private to src/service.
 */
#ifndef DOUDI_SERVICE_MEMORY_STORED_H
#define DOUDI_SERVICE_MEMORY_STORED_H

#include "base/words.h"

/** `frozen` of a row that was made after its month had been closed. */
#define DUTY_UNREPORTED "unreported"

/** What an import's events call the records made: the change's name; its new value is the id. */
#define IMPORT_MADE_CASE "case"
#define IMPORT_MADE_VISIT "visit"
#define IMPORT_MADE_PERSON "person"
/** A person's value that changed: "person:ID:FIELD". */
#define IMPORT_CHANGED_PERSON "person:"
/** Exit reason of a case whose import was undone on a later day, and why a visit of it is void. */
#define EXIT_IMPORT_UNDONE "撤销导入"
/** How the note of an event begins that took a batch back. */
#define IMPORT_UNDO_NOTE "撤销导入"

#endif
