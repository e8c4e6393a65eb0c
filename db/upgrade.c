#include "db/upgrade.h"

#include "base/log.h"
#include "base/paths.h"
#include "db/restore.h"
#include "db/store.h"

#include <stdlib.h>

struct step {
    unsigned to;
    const char *what;
    /** NULL: old records stay as they are; FORMAT alone keeps older programs away. */
    enum result (*run)(struct store *store);
};

static const struct step STEPS[] = {
    {2, "events are indexed by the first of a session's day", NULL},
    {3, "events are hashed from texts, divisions end and go on in others", NULL},
    {4, "ids begin with their home's area, a county's home takes in those of others", NULL},
};

enum { STEP_COUNT = sizeof STEPS / sizeof STEPS[0] };

_Static_assert(STEP_COUNT + 1 == STORE_FORMAT, "a step to each format");

static enum result take_step(struct store *store, const struct step *step)
{
    struct format format = store->format;
    enum result result = step->run != NULL ? step->run(store) : RESULT_OK;
    if (result != 0)
        return result;
    format.number = step->to;
    if (format_write(store->directory, &format) != 0)
        return RESULT_FULL;
    store->format = format;
    log_info("format %u: %s", step->to, step->what);
    return RESULT_OK;
}

enum result upgrade_run(struct store *store)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; i < STEP_COUNT && result == 0; i++)
        if (STEPS[i].to > store->format.number)
            result = take_step(store, &STEPS[i]);
    if (result != RESULT_FULL)
        return result;
    log_warn("no space for the upgrade: the database stays of format %u", store->format.number);
    return RESULT_OK;
}

enum result store_upgrade(const char *home, const char *key_file)
{
    char *directory = paths_join(home, "db"), *archive = paths_join(home, "archive");
    const struct store_options options = {.key_file = key_file, .archive = archive};
    struct store *store = NULL;
    struct format format;
    enum result result = format_read(directory, &format);
    if (result == 0 && format.number < STORE_FORMAT)
        result = store_open(home, &options, &store);
    if (store != NULL)
        store_close(&store);
    free(archive);
    free(directory);
    return result;
}
