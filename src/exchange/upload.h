/**
 * Sends a file's table to the server, for the command and the screen.
 *
 * upload_read() asks the server for the known headings and finds the table with them; upload_open()
 * asks what its columns are; upload_run() sends its rows, or has them only checked; upload_write()
 * writes refused rows, remarks and differences beside the file.
 *
 * Ownership: an upload owns the table and all sheets; upload_free() frees them. Threads: one thread
 * for each upload.
 */
#ifndef DOUDI_EXCHANGE_UPLOAD_H
#define DOUDI_EXCHANGE_UPLOAD_H

#include "base/fields.h"
#include "exchange/filetable.h"
#include "wire/doudi.pb-c.h"

/** Sends a request as client_call() does (wire/client.h). */
typedef enum result (*upload_call_fn)(Wire__Request *request, Wire__Response **ret_response,
                                      void *arg);

/** A decided difference: take the file's value. */
struct upload_take {
    uint32_t row;
    const char *field;
};

struct upload {
    /* Set by the caller, borrowed. */
    const char *kind; /**< a programme, or "visit" */
    const char *path;
    enum csv_encoding encoding;
    const char *sheet;    /**< of a workbook, by number or name; "" = the likeliest */
    struct fields map;    /**< heading: field. A bag keeps no empty value: see `skip` */
    struct fields skip;   /**< headings to skip, each mapped to itself */
    const char *save_map; /**< "" = do not keep the map */
    size_t take_count;
    const struct upload_take *takes;
    upload_call_fn call;
    void *arg;

    /* Filled by the functions below. */
    struct filetable *table;
    struct sheet *known;    /**< COLUMNS_FIELDS: the fields that columns may be */
    struct sheet *headings; /**< COLUMNS_HEADINGS, one row for each column of the table */
    struct str notes;       /**< remarks on how the file was read, a line each */
    char *message;          /**< why it failed, NULL if it did not */
    char *batch;            /**< of the last run, "" before */
    uint64_t read, accepted, refused, households, households_accepted;
    struct sheet *refusals, *remarks, *differences;
};

/** Reads the file. On failure `message` says why. */
enum result upload_read(struct upload *upload);
/** Asks for the columns' fields; sets `headings` even if a column is missing. */
enum result upload_open(struct upload *upload);
/** Opens the import, sends all rows, and ends it. Rows accepted before a failure stay accepted. */
enum result upload_run(struct upload *upload, bool dry_run);
/** Headings of skipped columns that contain text, joined by "、"; new string. */
char *upload_ignored(const struct upload *upload);
/** Writes PATH.refused.csv, PATH.remarks.csv and PATH.differences.csv in the file's encoding;
 *  deletes an earlier run's file instead of writing an empty one. On failure `message` names the
 *  file. */
enum result upload_write(struct upload *upload);
void upload_free(struct upload *upload);

#endif
