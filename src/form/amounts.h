/**
 * The published amounts (forms/amounts.yaml): money for a person and month, by division and first
 * day.
 *
 * forms_load() reads the file with the programmes, and refuses a wrong key, date or amount with
 * file, line and reason. The service knows divisions and parameters and checks them at its start
 * (service/memory/standards.h). The catalogue owns everything and never changes; any thread may
 * read it.
 */
#ifndef DOUDI_FORM_AMOUNTS_H
#define DOUDI_FORM_AMOUNTS_H

#include "base/date.h"
#include "base/result.h"

#include <stddef.h>
#include <stdint.h>

struct forms;
struct overlay;

#define AMOUNTS_FILE "amounts.yaml"

struct form_amount {
    const char *name;
    const char *area; /**< as written: the division's code, short or with all digits */
    day_t from;
    int64_t fen;        /**< more than 0: the file leaves out unknown amounts */
    const char *source; /**< the notice or statute */
};

/** In the file's order; NULL after the last. */
const struct form_amount *forms_amount(const struct forms *forms, size_t index);
/** "FILE:LINE" of an amount, for messages; reads the file again. New string. */
char *forms_amount_place(const struct forms *forms, size_t index);

/** For forms_load(): reads and checks the file. */
enum result amounts_load(struct forms *forms, const struct overlay *overlay);

#endif
