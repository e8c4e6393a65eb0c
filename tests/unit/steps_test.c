#include "service/memory/steps.h"
#include "unit.h"

/*
 * Work in portions: they come one after the other, end with the last one, with a stop or with an
 * error, and go on at the same place.
 */

enum { NEVER = 1000 };

struct job {
    atomic_bool stopping;
    unsigned portions;   /**< that there are to do */
    unsigned stop_after; /**< portions of this run */
    unsigned fail_after;
    unsigned place;
    unsigned called; /**< in this run */
};

static enum result do_portion(void *arg, bool *ret_done)
{
    struct job *job = arg;

    if (job->called++ == job->fail_after)
        return RESULT_IO;
    if (job->place < job->portions)
        job->place++;
    atomic_store(&job->stopping, job->called >= job->stop_after);
    *ret_done = job->place == job->portions;
    return RESULT_OK;
}

static enum result run(struct job *job)
{
    job->called = 0;
    atomic_store(&job->stopping, job->stop_after == 0);
    return steps_run(&job->stopping, do_portion, job);
}

struct example {
    const char *name;
    unsigned portions, stop_after, fail_after;
    enum result result;
    unsigned called, place; /**< after the first run */
    unsigned called_again;  /**< in a second run that nothing disturbs */
};

static const struct example EXAMPLES[] = {
    {"nothing to do", 0, NEVER, NEVER, RESULT_OK, 1, 0, 1},
    {"one portion", 1, NEVER, NEVER, RESULT_OK, 1, 1, 1},
    {"some portions", 5, NEVER, NEVER, RESULT_OK, 5, 5, 1},
    {"stopped before it begins", 5, 0, NEVER, RESULT_AGAIN, 0, 0, 5},
    {"nothing to do, stopped before", 0, 0, NEVER, RESULT_AGAIN, 0, 0, 1},
    {"stopped in the middle", 5, 2, NEVER, RESULT_AGAIN, 2, 2, 3},
    {"stopped before the last", 5, 4, NEVER, RESULT_AGAIN, 4, 4, 1},
    {"stopped in the last", 5, 5, NEVER, RESULT_OK, 5, 5, 1},
    {"an error at once", 5, NEVER, 0, RESULT_IO, 1, 0, 5},
    {"an error in the middle", 5, NEVER, 2, RESULT_IO, 3, 2, 3},
    {"an error in the last", 5, NEVER, 4, RESULT_IO, 5, 4, 1},
    {"an error in the portion before the stop", 5, 3, 2, RESULT_IO, 3, 2, 3},
};

static void portions_end_as_they_should_and_go_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(EXAMPLES); i++) {
        const struct example *example = &EXAMPLES[i];
        struct job job = {.portions = example->portions,
                          .stop_after = example->stop_after,
                          .fail_after = example->fail_after};
        enum result result = run(&job);

        if (result != example->result || job.called != example->called ||
            job.place != example->place)
            fail_msg("%s: %s, %u called, place %u", example->name, result_name(result), job.called,
                     job.place);
        job.stop_after = job.fail_after = NEVER;
        result = run(&job);
        if (result != 0 || job.called != example->called_again || job.place != job.portions)
            fail_msg("%s, again: %s, %u called, place %u", example->name, result_name(result),
                     job.called, job.place);
    }
}

/** A portion that fails may have said that it is the last one. */
static enum result fail_when_done(void *arg, bool *ret_done)
{
    (void)arg;
    *ret_done = true;
    return RESULT_FULL;
}

static void an_error_of_the_last_portion_is_not_lost(void **state)
{
    atomic_bool stopping = false;

    (void)state;
    assert_result(steps_run(&stopping, fail_when_done, NULL), RESULT_FULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(portions_end_as_they_should_and_go_on),
        cmocka_unit_test(an_error_of_the_last_portion_is_not_lost),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
