/**
 * What can become of a print: where it goes and how far it has come. The ids are stored and sent,
 * the labels shown. Constant; threads: any.
 */
#ifndef DOUDI_BASE_PRINTS_H
#define DOUDI_BASE_PRINTS_H

#include "base/fields.h"
#include "base/str.h"

#include <stdbool.h>

enum print_to {
    PRINT_TO_NOTHING, /**< not known: a print of an earlier version */
    PRINT_TO_QUEUE,
    PRINT_TO_TERMINAL,
    PRINT_TO_FILE
};

enum print_state {
    PRINT_UNTOLD,   /**< not known, or nothing that has a state: a file */
    PRINT_SENT,     /**< the queue has it and waits */
    PRINT_GOING,    /**< it is being printed */
    PRINT_STUCK,    /**< the printer needs somebody */
    PRINT_HELD,     /**< the queue keeps it back until somebody lets it go on */
    PRINT_DONE,     /**< printed whole */
    PRINT_REPORTED, /**< ended, but the printer reports a fault: perhaps nothing came out */
    PRINT_CANCELED, /**< taken out of the queue */
    PRINT_FAILED,   /**< given up by the queue */
    PRINT_LOST      /**< the queue no longer knows it */
};

/** "queue"; "" for PRINT_TO_NOTHING. PRINT_TO_NOTHING for another id. */
const char *prints_to_id(enum print_to to);
enum print_to prints_to_parse(const char *id);

/** "sent"; "" for PRINT_UNTOLD. PRINT_UNTOLD for another id. */
const char *prints_state_id(enum print_state state);
enum print_state prints_state_parse(const char *id);
/** 已送打印机 */
const char *prints_state_label(enum print_state state);
/** True if it will not change any more. */
bool prints_state_is_final(enum print_state state);

/* What part of a list was printed, so that it can be opened again: "kind=dibao;all=1;". The names are
 * those of the commands' options; every print says at least one, older prints none. */
/** Adds a value, "" too: that nothing was chosen is known as well. */
void prints_scope_add(struct str *scope, const char *name, const char *value);
/** Adds its values to the bag; what is no scope is left out. */
void prints_scope_read(const char *scope, struct fields *fields);

#endif
