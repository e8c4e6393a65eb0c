/**
 * 城市低保对象综合统计表（表1）: the 17 columns of the monthly form, as published for Panjin, and the
 * relations between them, by which a form that was made by hand is checked.
 *
 * Values are decimal numbers as printed. A printed number stands for a range of half its last digit;
 * counts are exact. A relation is broken if no numbers within the ranges satisfy it. What is not
 * known breaks nothing and gives nothing. Threads: pure functions.
 */
#ifndef DOUDI_DOMAIN_DIBAOFORM_H
#define DOUDI_DOMAIN_DIBAOFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DIBAOFORM_COLUMNS = 17, DIBAOFORM_TEXT = 32 };

struct dibaoform_value {
    bool known;
    int64_t units; /**< 2376 of 237.6 */
    int decimals;
};

/** By the form's numbers: [1] to [17]. */
struct dibaoform {
    struct dibaoform_value columns[DIBAOFORM_COLUMNS + 1];
};

const char *dibaoform_label(size_t column);
const char *dibaoform_unit(size_t column);
/** False for a text that is no decimal number; "" is not known. */
bool dibaoform_read(struct dibaoform *form, size_t column, const char *text);
void dibaoform_set(struct dibaoform *form, size_t column, int64_t units, int decimals);
/** "" if it is not known. Returns `text`. */
const char *dibaoform_text(const struct dibaoform *form, size_t column, char text[DIBAOFORM_TEXT]);
/** Fills in columns 5, 6, 9 and 12 where the others give them. */
void dibaoform_derive(struct dibaoform *form);

/** UNCHECKED: one of its columns is not known. */
enum dibaoform_verdict { DIBAOFORM_HOLDS, DIBAOFORM_BROKEN, DIBAOFORM_UNCHECKED };
/** A relation: its column, whether it holds, and what the column should be. */
typedef void (*dibaoform_fn)(size_t column, const char *relation, enum dibaoform_verdict verdict,
                             double expected, void *arg);
/** Tells each relation within a form, and with the month before if there is one (else NULL). */
void dibaoform_check(const struct dibaoform *form, const struct dibaoform *before,
                     dibaoform_fn each, void *arg);
/** Checks that the columns that can be added up are the sums of the parts. */
void dibaoform_check_sums(const struct dibaoform *total, const struct dibaoform *parts,
                          size_t count, dibaoform_fn each, void *arg);

#endif
