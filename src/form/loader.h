/**
 * Making a catalogue: what the loading files share.
 *
 * load.c reads the files and puts the catalogue together, fields.c makes the fields of one form
 * from its file and the blocks it uses, resolve.c the rest, and checks it all, to the first fault.
 */
#ifndef DOUDI_FORM_LOADER_H
#define DOUDI_FORM_LOADER_H

#include "form/form.h"
#include "form/pool.h"
#include "form/source.h"

#include <stddef.h>

/** A compiled text of a source. */
struct condition {
    const char *text;
    const struct expr *expr;
};

struct field_set;

/** Where a field comes from. */
struct origin {
    const struct raw_field *raw;
    const struct source *source;
    const char *where;         /**< path in the source */
    struct field_set *columns; /**< lists */
};

/** Fields while they are made, each with its origin. */
struct field_set {
    size_t count;
    size_t field_capacity, origin_capacity;
    struct form_field *fields;
    struct origin *origins;
};

/** A check before it is compiled. */
struct check_origin {
    const struct raw_check *raw;
    const struct source *source;
    const char *where;
    const char *list;   /**< it is made for each row of this list, "" = once */
    const char *prefix; /**< before the names of its fields: "person." or "" */
};

/** A form while it is made. */
struct form_builder {
    const struct source *source;
    struct form *form;
    struct field_set set;
    size_t check_count, check_capacity;
    struct check_origin *checks;
};

/** The catalogue. */
struct forms {
    struct pool memory;
    struct pool scaffold; /**< until the catalogue is made */
    size_t condition_count, condition_capacity;
    struct condition *conditions; /**< until then, too */
    struct source *tables;        /**< like the sources: until then */
    size_t source_count;
    struct source **sources;
    size_t code_count;
    struct form_codes *codes;
    struct form_ledger ledger;
    struct amounts *amounts; /**< form/amounts.c */
    size_t draft_count;
    struct form_builder *builders;  /**< one per source */
    const struct form **programmes; /**< by rank, NULL-terminated */
    char *error;                    /**< of the first fault */
};

/** `count` zeroed elements owned by the catalogue. */
void *loader_array(struct forms *forms, size_t count, size_t size);
/** A formatted string owned by the catalogue. */
const char *loader_text(struct forms *forms, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** The same for a path in a source, until the catalogue is made. */
const char *loader_where(struct forms *forms, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** Makes room for one more element of an array until the catalogue is made; new ones are zeroed. */
void *loader_grow(struct forms *forms, void *items, size_t count, size_t *capacity, size_t size);
/** Such an array, complete, as one owned by the catalogue. */
void *loader_final(struct forms *forms, const void *items, size_t count, size_t size);
/** A NULL-terminated copy of `count` strings. */
const char *const *loader_strings(struct forms *forms, const char **strings, size_t count);

/** Keeps "FILE:LINE：reason" and returns RESULT_INVALID. `where` is a path in the file. */
enum result loader_refuse(struct forms *forms, const struct source *source, const char *where,
                          const char *format, ...) __attribute__((format(printf, 4, 5)));

/** Compiles `text` of a source; NULL gives NULL. */
enum result loader_compile(struct forms *forms, const struct source *source, const char *where,
                           const char *text, const struct expr **ret_expr);
/** Compiles a condition of `draft` and checks that the names in it exist. `list`: looked up in its
 *  rows first, "" for none. */
enum result loader_compile_checked(struct forms *forms, struct form_builder *builder,
                                   const struct source *source, const char *where, const char *list,
                                   const char *text, const struct expr **ret_expr);

const struct form_codes *loader_find_codes(const struct forms *forms, const char *id);
struct form_builder *loader_find_builder(const struct forms *forms, const char *kind);

/** The fields of a form; their names, conditions and checks. */
enum result loader_make_fields(struct forms *forms, struct form_builder *builder);
enum result loader_make_names(struct forms *forms, struct form_builder *builder);
/** Everything else of a form; all forms have their fields by now. Alarms: alarm.c. */
enum result loader_resolve(struct forms *forms, struct form_builder *builder);
enum result loader_make_alarm(struct forms *forms, struct form_builder *builder);
/** The headers its columns are recognised by. */
enum result loader_make_aliases(struct forms *forms, struct form_builder *builder);
/** Reads and runs its examples. */
enum result loader_make_examples(struct forms *forms, struct form_builder *builder);
const char *loader_text_or_empty(const char *text);

#endif
