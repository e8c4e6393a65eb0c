/**
 * A file on its way to the server: what command and screen do alike.
 *
 * upload_read() asks which headings are known and finds the table in the file with their help;
 * upload_open() asks what its columns are; upload_run() sends its rows, or only has them checked;
 * upload_write() puts what stayed out, remarks and differences beside the file.
 *
 * Ownership: an upload owns the table and all sheets; upload_free(). Threads: of the caller.
 */
#ifndef DOUDI_EXCHANGE_UPLOAD_H
#define DOUDI_EXCHANGE_UPLOAD_H

#include "base/fields.h"
#include "exchange/filetable.h"
#include "wire/doudi.pb-c.h"

/** Sends a request as client_call() does (wire/client.h). */
typedef enum result (*upload_call_fn)(Wire__Request *request, Wire__Response **ret_response,
                                      void *arg);

/** A difference that was decided: the file's value. */
struct upload_take {
    uint32_t row;
    const char *field;
};

struct upload {
    /* Set by the caller, borrowed. */
    const char *kind; /**< a programme, or "visit" */
    const char *path;
    enum csv_encoding encoding;
    const char *sheet;    /**< of a workbook, by number or name; "" is the likeliest */
    struct fields map;    /**< heading: field. An empty value is not kept in a bag: see `skip` */
    struct fields skip;   /**< headings to pass over, each with itself */
    const char *save_map; /**< "" = the map is not kept */
    size_t take_count;
    const struct upload_take *takes;
    upload_call_fn call;
    void *arg;

    /* Filled by the functions below. */
    struct filetable *table;
    struct sheet *known;    /**< COLUMNS_FIELDS: what columns may be */
    struct sheet *headings; /**< COLUMNS_HEADINGS, one row for each column of the table */
    struct str notes;       /**< what need be said of how the file was read, a line each */
    char *message;          /**< what went wrong, NULL if nothing did */
    char *batch;            /**< of the last run; "" before */
    uint64_t read, accepted, refused, households, households_accepted;
    struct sheet *refusals, *remarks, *differences;
};

/** Reads the file. On failure the message says why. */
enum result upload_read(struct upload *upload);
/** Has the headings understood; `headings` is set also when a column is missing. */
enum result upload_open(struct upload *upload);
/** Opens, sends all rows, and ends. Rows that were taken in before a failure stay in. */
enum result upload_run(struct upload *upload, bool dry_run);
/** Headings of columns with text that were not read, "、" between them; new string. */
char *upload_ignored(const struct upload *upload);
/** Writes PATH.refused.csv, PATH.remarks.csv, PATH.differences.csv, in the encoding of the file;
 *  takes away those of an earlier run that would be empty. On failure the message says which. */
enum result upload_write(struct upload *upload);
void upload_free(struct upload *upload);

#endif
