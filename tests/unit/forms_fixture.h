/**
 * For tests over the real programme files: loads them once for the group.
 */
#ifndef DOUDI_TESTS_FORMS_FIXTURE_H
#define DOUDI_TESTS_FORMS_FIXTURE_H

#include "unit.h"

#include "base/paths.h"
#include "form/form.h"

#include <stdlib.h>

static struct forms *catalogue;

static inline int load_catalogue(void **state)
{
    (void)state;
    char *directory = paths_data("forms");
    char *error = NULL;
    if (forms_load(directory, &catalogue, &error) != 0)
        fail_msg("%s", error);
    free(directory);
    return 0;
}

static inline int unload_catalogue(void **state)
{
    (void)state;
    forms_free(&catalogue);
    return 0;
}

static inline const struct form *form_of(const char *kind)
{
    const struct form *form = forms_get(catalogue, kind);
    assert_non_null(form);
    return form;
}

#endif
