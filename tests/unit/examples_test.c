#include "service/memory/examples.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
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

// ---- each file has an example of each kind that it can have

static size_t count_expecting(const struct form *form, enum form_expect expect, const char *kind)
{
    size_t count = 0;

    for (size_t i = 0; i < form->example_count; i++) {
        const struct form_example *example = &form->examples[i];
        bool about = *kind == '\0';
        for (size_t k = 0; k < example->others.count; k++)
            about |= text_starts(example->others.items[k].name, kind);
        count += example->expect == expect && about;
    }
    return count;
}

static size_t lacks(const struct form *form, bool can, const char *word, enum form_expect expect)
{
    if (!can || count_expecting(form, expect, "") > 0)
        return 0;
    print_error("%s.yaml has no example that expects %s\n", form->kind, word);
    return 1;
}

/** Examples of the clock of a step, `count` of them for the whole way. */
static size_t lacks_clock(const struct form *form, const struct life_clock *clock, size_t step,
                          bool longer)
{
    const struct life_steps *life = &form->steps.life;

    for (size_t i = 0; clock->days > 0 && i < form->steps.example_count; i++)
        if (form->steps.examples[i].step == step && form->steps.examples[i].longer == longer)
            return 0;
    if (clock->days == 0)
        return 0;
    print_error("%s.yaml has no example of the clock of %s%s\n", form->kind,
                step < life->count ? life->items[step].id : "whole", longer ? " (longer)" : "");
    return 1;
}

static size_t lacks_clocks(const struct form *form)
{
    const struct life_steps *life = &form->steps.life;
    size_t missing = lacks_clock(form, &life->whole, life->count, false) +
                     lacks_clock(form, &life->longer, life->count, true);

    for (size_t i = 0; i < life->count; i++)
        missing += lacks_clock(form, &life->items[i].clock, i, false);
    return missing;
}

static size_t lacks_excluded(const struct form *form)
{
    size_t missing = 0;

    for (size_t i = 0; i < form->exclude_count; i++) {
        char *kind = mem_printf("%s.", form->excludes[i].kind);
        if (count_expecting(form, FORM_EXPECT_EXCLUDED, kind) == 0) {
            print_error("%s.yaml has no example of the exclusion of %s\n", form->kind,
                        form->excludes[i].kind);
            missing++;
        }
        free(kind);
    }
    return missing;
}

static size_t lacks_any(const struct form *form)
{
    bool excludes = form->exclude_count > 0;
    bool requires = form->require_count > 0;
    bool limits = form->limit_count > 0;
    bool chosen = form->has_visits && form->visits.when != NULL;

    return lacks(form, true, "ok", FORM_EXPECT_OK) +
           lacks(form, form->check_count > 0, "refused", FORM_EXPECT_REFUSED) +
           lacks(form, form->benefit != NULL, "amount", FORM_EXPECT_AMOUNT) +
           lacks(form, form->benefit != NULL, "no_amount", FORM_EXPECT_NO_AMOUNT) +
           lacks(form, form->date_count > 0, "dated", FORM_EXPECT_DATED) +
           lacks(form, excludes, "together", FORM_EXPECT_TOGETHER) +
           lacks(form, requires, "lacking", FORM_EXPECT_LACKING) +
           lacks(form, requires, "not_lacking", FORM_EXPECT_NOT_LACKING) +
           lacks(form, limits, "limited", FORM_EXPECT_LIMITED) +
           lacks(form, limits, "within", FORM_EXPECT_WITHIN) +
           lacks(form, form->has_visits, "counted", FORM_EXPECT_COUNTED) +
           lacks(form, form->has_visits, "not_counted", FORM_EXPECT_NOT_COUNTED) +
           lacks(form, chosen, "owed", FORM_EXPECT_OWED) +
           lacks(form, chosen, "not_owed", FORM_EXPECT_NOT_OWED) + lacks_excluded(form) +
           lacks_clocks(form);
}

static void every_file_has_its_examples(void **state)
{
    char *folder = paths_data("forms");
    struct forms *forms = NULL;
    char *message = NULL;
    const struct form *form = NULL;
    size_t missing = 0;

    (void)state;
    assert_int_equal(forms_load(folder, &forms, &message), RESULT_OK);
    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++) {
        missing += lacks_any(form);
        const struct form *visit = form->has_visits ? forms_get(forms, form->visits.record) : NULL;
        bool alarm = visit != NULL && visit->alarm.when != NULL;
        if (alarm)
            missing += lacks(visit, true, "alarm", FORM_EXPECT_ALARM) +
                       lacks(visit, true, "no_alarm", FORM_EXPECT_NO_ALARM);
        if (alarm && visit->alarm.unmet != NULL)
            missing += lacks(visit, true, "unmet", FORM_EXPECT_UNMET) +
                       lacks(visit, true, "met", FORM_EXPECT_MET);
    }
    assert_int_equal(missing, 0);
    forms_free(&forms);
    free(folder);
}

// ---- a wrong one

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

/** Loads a copy of the programmes that a sed script has changed; the words of the refusal, new string. */
static char *refusal(const char *script, const char *file)
{
    char *folder = unit_folder("examples");
    char *source = paths_data("forms"), *copy = paths_join(folder, "forms");
    struct forms *forms = NULL;
    char *message = NULL;
    char *command = mem_printf("cp -rL '%s' '%s' && cd '%s' && chmod -R u+w . && sed -i '%s' %s",
                               source, copy, copy, script, file);

    assert_int_equal(system(command), 0);
    assert_int_equal(forms_load(copy, &forms, &message), RESULT_INVALID);
    free(command);
    command = mem_printf("rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
    free(command);
    free(source);
    free(copy);
    free(folder);
    return message;
}

/** Who was met and who was not is an example like any other. */
static void a_wrong_meeting_is_named(void **state)
{
    static const struct {
        const char *script, *words;
    } cases[] = {
        {"s/result = 拒访, by = 刘洋], today: 2026-11-01, expect: met/"
         "result = 拒访, by = 刘洋], today: 2026-11-01, expect: unmet/",
         "示例应当算没有见到人"},
        {"s/expect: unmet/expect: met/", "示例应当不算没有见到人"},
        {"/^  unmet:/d", "没有 alarm.unmet"},
        {"s/result = 未遇, by = 刘洋]/result = 未遇]/", "却被拒绝"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *message = refusal(cases[i].script, "visit_child.yaml");
        if (strstr(message, cases[i].words) == NULL || strstr(message, "visit_child.yaml") == NULL)
            fail_msg("%s: %s", cases[i].script, message);
        free(message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_programmes_examples_hold),
        cmocka_unit_test(every_file_has_its_examples),
        cmocka_unit_test(a_wrong_example_is_named),
        cmocka_unit_test(a_wrong_meeting_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
