/**
 * Cells of a bundle's rows as records: the other way round than bundle/extract_line.h.
 *
 * A row is taken cell by cell, in the order of its columns. The first cell that cannot be what it
 * should be is the row's fault; later ones are then not looked at. Ids get the sender's area if they
 * have none (base/ids.h); an id or a village of somewhere else is a fault of its own kind.
 *
 * What decode_keep() is given, and all texts of decode_copy(), live until decode_reset().
 *
 * Private to src/bundle. Threads: one thread uses a decoder.
 */
#ifndef DOUDI_BUNDLE_DECODE_H
#define DOUDI_BUNDLE_DECODE_H

#include "base/date.h"
#include "base/words.h"
#include "bundle/receipt.h"
#include "bundle/rowfile.h"
#include "db/record.pb-c.h"

#include <stdbool.h>

struct decoder {
    const char *area;           /**< the sender's, 12 digits */
    char prefix[AREA_TEXT];     /**< … without the zeros */
    uint32_t origin;            /**< for ids without one */
    uint32_t first, last;       /**< origins that are the sender's */
    bool gave_ids;              /**< an id without an origin has come */
    enum receipt_reason reason; /**< of the fault */
    char *fault;                /**< words, NULL = none */
    size_t kept_count, kept_capacity;
    void **kept;
};

void decode_begin(struct decoder *decoder, const char *area);
void decode_end(struct decoder *decoder);

/** A row of a file, the cells not taken yet. */
struct decode_row {
    struct decoder *decoder;
    struct rowfile *file;
    const char *const *cells; /**< NULL = the file has ended */
    size_t next;
};

/** Reads the next row; RESULT_INVALID with the decoder's fault if it cannot be read. */
enum result decode_next(struct decode_row *row);
/** RESULT_INVALID if the row has a fault. */
enum result decode_check(const struct decode_row *row);
/** Sets the row's fault, unless there is one. */
void decode_refuse(struct decode_row *row, enum receipt_reason reason, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

enum decode_need { DECODE_MAY, DECODE_MUST };

/** The cell itself, borrowed until the file's next row. */
char *decode_text(struct decode_row *row);
/** A copy of the cell. */
char *decode_copy(struct decode_row *row);
uint64_t decode_id(struct decode_row *row, enum decode_need need);
char *decode_area(struct decode_row *row, enum decode_need need);
day_t decode_day(struct decode_row *row, enum decode_need need);
month_t decode_month(struct decode_row *row, enum decode_need need);
int64_t decode_stamp(struct decode_row *row);
uint32_t decode_number(struct decode_row *row);
bool decode_flag(struct decode_row *row);
void decode_hex(struct decode_row *row, ProtobufCBinaryData *ret_bytes);
/** Name and value of each pair of the cell. */
void decode_pairs(struct decode_row *row, void (*each)(char *name, char *value, void *arg),
                  void *arg);
void decode_fields(struct decode_row *row, size_t *ret_count, Rec__Field ***ret_fields);
/** Pieces of the cell, with a blank between: each is handed over. */
void decode_pieces(struct decode_row *row, bool (*each)(const char *piece, void *arg), void *arg);
/** An id as decode_id() has it, from a piece. */
bool decode_id_of(struct decoder *decoder, const char *text, uint64_t *ret_id);

/** Memory that lives until decode_reset(). */
void *decode_keep(struct decoder *decoder, void *memory);
void decode_reset(struct decoder *decoder);

#endif
