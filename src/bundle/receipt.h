/**
 * A receipt: what a receiver says about one bundle, as a file for its sender.
 *
 * The receiver (a county, a city) writes one JSON file for every bundle that came, taken or not; its
 * sender reads it back. It comes from outside, so reading is strict: limits, types, hashes, plain
 * text; keys that the reader does not know are passed over. A receipt belongs to the bundle whose
 * manifest has its SHA-256; one about a file that could not be read has only that file's name and
 * hash. doc/运维手册.md has an example. Threads: any.
 */
#ifndef DOUDI_BUNDLE_RECEIPT_H
#define DOUDI_BUNDLE_RECEIPT_H

#include "base/date.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    RECEIPT_FORMAT = 1,
    RECEIPT_BYTES = 1 << 20, /**< of a file, at most */
    RECEIPT_LIST = 200,
    RECEIPT_FILE = 128, /**< the bundle's file name, with the NUL */
    RECEIPT_NAME = 32,  /**< of a figure, a kind; a figure's value */
    RECEIPT_CASE = 40,
    RECEIPT_NOTE = 256 /**< what is said about a figure */
};

enum receipt_outcome {
    RECEIPT_TAKEN,
    RECEIPT_WAITING, /**< kept until the bundles before it come */
    RECEIPT_REFUSED
};

/** Why a bundle was not taken, or was not taken anew. */
enum receipt_reason {
    RECEIPT_NONE,
    RECEIPT_KNOWN,      /**< taken before: nothing changed */
    RECEIPT_UNREADABLE, /**< cut, damaged, no bundle */
    RECEIPT_LARGE,
    RECEIPT_FORM,    /**< made by a newer program */
    RECEIPT_FOREIGN, /**< its sender is no division of the receiver's area */
    RECEIPT_ROWS,    /**< a row is of another division */
    RECEIPT_CONTENT, /**< a row cannot be read */
    RECEIPT_OLDER,   /**< a later bundle of the sender is known */
    RECEIPT_REPLAY,  /**< its number is known with another content */
    RECEIPT_CHAIN,   /**< it does not follow the bundle before it */
    RECEIPT_GAP,     /**< the bundle on which it builds has not come */
    RECEIPT_SEAL,    /**< its signature or seal is not right */
    RECEIPT_DATE,    /**< its day was set for a test, or is to come */
    RECEIPT_REASON_COUNT_
};

/** A figure that the receiver computed otherwise from the rows than the sender wrote it. */
struct receipt_difference {
    char figure[RECEIPT_NAME]; /**< "reached", "known_owed", "statement" … */
    char area[AREA_TEXT];
    month_t month; /**< 0 = none */
    char kind[RECEIPT_NAME];
    char sent[RECEIPT_NAME];
    char computed[RECEIPT_NAME];
    char case_no[RECEIPT_CASE]; /**< of a duty, "" = of a place; no name: others read it, too */
    char note[RECEIPT_NOTE];    /**< what else there is to say, mostly "" */
};

/** Something that the sender should look at, as a person who is in two streets. */
struct receipt_finding {
    char case_no[RECEIPT_CASE];
    char *words;
};

struct receipt {
    char receiver[AREA_TEXT], sender[AREA_TEXT]; /**< sender: "" = unknown */
    uint64_t number;                             /**< of the bundle, 0 = unknown */
    bool delta;
    day_t date;                 /**< the bundle's, 0 = unknown */
    char manifest[DIGEST_TEXT]; /**< "" = unknown */
    char file[RECEIPT_FILE];
    char file_sha256[DIGEST_TEXT]; /**< "" = it could not be read */
    enum receipt_outcome outcome;
    enum receipt_reason reason;
    char *words; /**< one line for people: what came of it, and what to do */
    uint64_t rows;
    int64_t at;
    size_t difference_count, finding_count;   /**< those that are listed here … */
    uint64_t difference_total, finding_total; /**< … and all */
    struct receipt_difference *differences;
    struct receipt_finding *findings;
};

/** Empty; the caller's. */
struct receipt *receipt_new(void);
void receipt_free(struct receipt **receipt);

/** Counts one; lists it if there is room. */
void receipt_add_difference(struct receipt *receipt, const struct receipt_difference *difference);
void receipt_add_finding(struct receipt *receipt, const char *case_no, const char *words);

/** Removes the folder of a file's path from the words: the sender need not know it. */
void receipt_forget_folder(struct receipt *receipt, const char *path);

const char *receipt_outcome_label(enum receipt_outcome outcome); /**< 已收下 */
const char *receipt_reason_label(enum receipt_reason reason);    /**< 不是所辖的单位 */

/** Writes DIRECTORY/receipt-SENDER-NUMBER-HASH.json (temporary name, synced, renamed). The same
 *  bundle's receipt is replaced. *ret_path: new string. RESULT_CANTCREATE, RESULT_FULL, RESULT_IO. */
enum result receipt_write(const struct receipt *receipt, const char *directory, char **ret_path);
/** Its name there, and its text; new strings. */
char *receipt_name(const struct receipt *receipt);
char *receipt_text(const struct receipt *receipt);
/** RESULT_INVALID; *ret_message (new string) says why. bundle/receiptfile.h reads files. */
enum result receipt_parse(const char *text, size_t length, struct receipt **ret_receipt,
                          char **ret_message);
/** Says that it is none: RESULT_INVALID. `why` follows on 这份回执. */
enum result receipt_refuse(char **ret_message, const char *why);

#endif
