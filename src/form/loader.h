/**
 * Building a catalogue: what the loader's files share.
 *
 * loader.c reads the files (form/overlay.h); each part of a form has its loader_PART.c. The first
 * fault ends the loading.
 */
#ifndef DOUDI_FORM_LOADER_H
#define DOUDI_FORM_LOADER_H

#include "form/form.h"
#include "form/origins.h"
#include "form/pool.h"
#include "form/source.h"

struct condition; /**< a compiled text of a source (form/loader.c) */
struct field_set;
struct overlay;

/** A growing list of fields, each with its origin. */
struct field_set {
    size_t count;
    size_t field_capacity, origin_capacity;
    struct form_field *fields;
    struct origin *origins;
};

/** A form that is being built. */
struct form_builder {
    const struct source *source;
    struct form *form;
    bool left_out; /**< a programme that the office does not use */
    struct field_set set;
    const char *file; /**< the source's path, in the catalogue */
    size_t check_count, check_capacity;
    struct check_origin *checks;
    /** names besides fields that the condition being compiled may use; NULL = none */
    bool (*is_name)(const struct form_builder *builder, const char *name);
    size_t date_count, date_capacity;
    struct date_origin *dates;
};

/** The catalogue. */
struct forms {
    struct pool memory;
    struct pool scaffold; /**< freed when the catalogue is complete */
    size_t condition_count, condition_capacity;
    struct condition *conditions; /**< freed then, too */
    struct source *tables;        /**< freed then, as the sources are */
    size_t source_count;
    struct source **sources;
    size_t code_count;
    struct form_codes *codes;
    struct form_ledger ledger;
    struct rules *rules; /**< see form/rules.c */
    struct indicators *indicators;
    struct amounts *amounts;   /**< see form/amounts.c */
    struct workdays *workdays; /**< see form/workdays.c */
    struct banks *banks;
    size_t builder_count;
    struct form_builder *builders;  /**< one for each source */
    const struct form **programmes; /**< by rank, NULL-terminated */
    char *office;                   /**< see forms_office() */
    char *error;                    /**< the first fault */
};

/** `count` zeroed elements; the catalogue owns them. */
void *loader_array(struct forms *forms, size_t count, size_t size);
/** A formatted string; the catalogue owns it. */
const char *loader_text(struct forms *forms, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** The same for a path in a source, freed when the catalogue is complete. */
const char *loader_where(struct forms *forms, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** Makes space for one more element of an array in the scaffold; new elements are zeroed. */
void *loader_grow(struct forms *forms, void *items, size_t count, size_t *capacity, size_t size);
/** Copies such an array into the catalogue. */
void *loader_final(struct forms *forms, const void *items, size_t count, size_t size);
/** A NULL-terminated copy of `count` strings. */
const char *const *loader_strings(struct forms *forms, const char **strings, size_t count);
/** Keeps "FILE:LINE：reason" and returns RESULT_INVALID. `where` is a path in the file. */
enum result loader_refuse(struct forms *forms, const struct source *source, const char *where,
                          const char *format, ...) __attribute__((format(printf, 4, 5)));

/** Compiles `text` of a source; NULL gives NULL. */
enum result loader_compile(struct forms *forms, const struct source *source, const char *where,
                           const char *text, const struct expr **ret_expr);
/** Compiles a condition of a form and checks that its names exist. They are looked up first in the
 *  rows of `list`, "" for none. */
enum result loader_compile_checked(struct forms *forms, struct form_builder *builder,
                                   const struct source *source, const char *where, const char *list,
                                   const char *text, const struct expr **ret_expr);
const struct form_codes *loader_find_codes(const struct forms *forms, const char *id);
struct form_builder *loader_find_builder(const struct forms *forms, const char *kind);

/** Reads codes.yaml; when all files are read, makes its tables and those that forms bring. */
enum result loader_read_codes(struct forms *forms, const struct overlay *overlay);
enum result loader_make_codes(struct forms *forms);
/** Make a form's fields; their names, conditions and checks. */
enum result loader_make_fields(struct forms *forms, struct form_builder *builder);
enum result loader_make_names(struct forms *forms, struct form_builder *builder);
/** Make the rest, when all forms have their fields: references; exclusions and requirements; the
 *  alarm; the steps; the dates; the headings that name a spreadsheet's columns; the examples. */
enum result loader_resolve(struct forms *forms, struct form_builder *builder);
enum result loader_make_beside(struct forms *forms, struct form_builder *builder);
enum result loader_make_alarm(struct forms *forms, struct form_builder *builder);
enum result loader_make_steps(struct forms *forms, struct form_builder *builder);
enum result loader_make_benefit(struct forms *forms, struct form_builder *builder);
enum result loader_make_dates(struct forms *forms, struct form_builder *builder);
enum result loader_make_aliases(struct forms *forms, struct form_builder *builder);
enum result loader_make_examples(struct forms *forms, struct form_builder *builder);
/** Adds the rows of `standards` of a section. */
enum result loader_add_standards(struct forms *forms, struct form_builder *builder,
                                 const char *section, const struct raw_standard *raw, size_t count);
/** Runs an example of cases beside each other; passes over others. */
enum result loader_check_beside(struct forms *forms, const struct form_builder *builder,
                                const char *where, const struct fields *values,
                                const struct form_example *example, day_t today);
const char *loader_text_or_empty(const char *text);

#endif
