/**
 * Results of functions.
 *
 * Every function that can fail returns an `enum result`, tested with `!= 0`. Out parameters
 * (`ret_x`, last) are written only on RESULT_OK. One table, behind result_name(), result_words()
 * and result_exit(), has each code's name, words for the user and exit status (sysexits).
 *
 * Threads: all functions here are pure.
 */
#ifndef DOUDI_BASE_RESULT_H
#define DOUDI_BASE_RESULT_H

enum result {
    RESULT_OK = 0,
    RESULT_PARTIAL,    /**< done, but some rows were refused (exit 1) */
    RESULT_USAGE,      /**< the call is wrong: unknown option, missing argument (64) */
    RESULT_INVALID,    /**< the data is wrong: a check failed, a file is malformed (65) */
    RESULT_NOINPUT,    /**< an input file cannot be read (66) */
    RESULT_NOSERVER,   /**< the server cannot be reached or started (69) */
    RESULT_CANTCREATE, /**< an output file or a home cannot be created (73) */
    RESULT_IO,         /**< reading or writing failed (74) */
    RESULT_FULL,       /**< no space left on the disk (74) */
    RESULT_AGAIN,      /**< busy or contended; a later try may work (75) */
    RESULT_DENIED,     /**< this officer has no right to do this (77) */
    RESULT_LOGIN,      /**< not logged in, or the login was refused (77) */
    RESULT_NOTFOUND,   /**< no such record (65) */
    RESULT_EXISTS,     /**< there is one already (65) */
    RESULT_CONFLICT,   /**< someone else changed the record meanwhile (75) */
    RESULT_CLOSED,     /**< the month is closed (65) */
    RESULT_CORRUPT,    /**< stored data is damaged (65) */
    RESULT_FORMAT,     /**< made by a newer version of the program (65) */
    RESULT_PROTOCOL,   /**< a frame or message of another protocol (76) */
    RESULT_COUNT_
};

/** The code's name, e.g. "RESULT_FULL"; for logs and failing tests. */
const char *result_name(enum result result);

/** One Chinese sentence for the user: what happened and what to do next. */
const char *result_words(enum result result);

/** Maps the errno of a failed write: RESULT_FULL, or `otherwise`. */
enum result result_of_write(int error, enum result otherwise);

/** Why the system refused a file or folder (errno), in a few Chinese words. */
const char *result_reason(int error);

/** The exit status of a command that ends with `result`. */
int result_exit(enum result result);

#endif
