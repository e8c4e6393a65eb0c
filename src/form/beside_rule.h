/**
 * What a programme file says of other programmes of the same person: `excludes` and `requires`.
 *
 * The catalogue (form/form.h) owns everything here; it never changes. form/beside.h asks them.
 */
#ifndef DOUDI_FORM_BESIDE_RULE_H
#define DOUDI_FORM_BESIDE_RULE_H

#include <stdbool.h>
#include <stddef.h>

struct expr;
struct form_standard; /* form/benefit.h */

/** Within a time the same may not be given again, also when the other case has ended. */
struct form_apart {
    const struct form_standard
        *months;               /**< a dated parameter with a default; NULL = no such rule */
    const char *const *same;   /**< fields that must be equal in both, NULL-terminated */
    const char *const *unless; /**< exits after which nothing was given */
    bool household; /**< also cases of those who are in one household's case with the person */
};

/** Said by one of the two programmes. */
struct form_exclude {
    const char *kind;         /**< the same person may have no active case of it */
    const struct expr *when;  /**< over this form's values; NULL = always */
    const struct expr *other; /**< over those of the other case; NULL = always */
    const char *keeps;        /**< the programme that goes before the other, "" = neither */
    bool warning;             /**< a remark that refuses nothing */
    bool follows; /**< one follows the other: only the decision is refused, not the application */
    const char *say;  /**< when a case of this form is entered */
    const char *back; /**< when one of `kind` is */
    struct form_apart apart;
};

/** A programme for those who have a case of another one. */
struct form_require {
    const char *const *kinds; /**< of one of these, NULL-terminated */
    const struct expr *when;  /**< over this form's values; NULL = always */
    bool household;           /**< a member whom that case does not cover is enough */
    bool warning;
    const char *say;
};

#endif
