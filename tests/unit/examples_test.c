#include "service/memory/examples.h"

#include "base/mem.h"
#include "base/paths.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static void the_programmes_examples_hold(void **state)
{
    char *folder = paths_data("forms");
    struct forms *forms = NULL;
    char *message = NULL;
    size_t examples = 0;
    const struct form *form = NULL;

    (void)state;
    assert_int_equal(forms_load(folder, &forms, &message), RESULT_OK);
    assert_int_equal(examples_check(forms, &message), RESULT_OK);
    assert_null(message);
    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++)
        examples += form->example_count;
    assert_true(examples > 0);
    forms_free(&forms);
    free(folder);
}

/** A copy of the programmes in which one example claims the opposite. */
static void a_wrong_example_is_named(void **state)
{
    char *folder = unit_folder("examples");
    char *source = paths_data("forms");
    char *command = NULL;
    struct forms *forms = NULL;
    char *message = NULL;

    (void)state;
    command = mem_printf("cp -rL '%s' '%s/forms' && cd '%s' && chmod -R u+w forms && "
                         "sed -i 's/since: 2026-11-26, month: 2026-11, "
                         "expect: not_counted/since: 2026-11-26, month: 2026-11, expect: counted/' "
                         "forms/tanfang.yaml",
                         source, folder, folder);
    assert_int_equal(system(command), 0);
    free(command);
    free(source);
    source = paths_join(folder, "forms");
    assert_int_equal(forms_load(source, &forms, &message), RESULT_OK);
    assert_int_equal(examples_check(forms, &message), RESULT_INVALID);
    assert_non_null(strstr(message, "tanfang.yaml"));
    free(message);
    forms_free(&forms);
    free(source);
    command = mem_printf("rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
    free(command);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_programmes_examples_hold),
        cmocka_unit_test(a_wrong_example_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
