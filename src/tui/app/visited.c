#include "tui/app/visited.h"

#include "base/mem.h"
#include "tui/app/app.h"

#include <stdlib.h>
#include <string.h>

struct visited {
    size_t count, capacity;
    struct visited_one *all;  /* the last one last; texts are owned */
    struct visited_one asked; /* as they; case_id 0 = none */
};

static void clear(struct visited_one *one)
{
    free((char *)(uintptr_t)one->name);
    free((char *)(uintptr_t)one->visit);
    *one = (struct visited_one){0};
}

static struct visited_one copy(const struct visited_one *one)
{
    return (struct visited_one){
        .case_id = one->case_id, .name = mem_copy(one->name), .visit = mem_copy(one->visit)};
}

static void forget(struct visited *visited, size_t at)
{
    struct visited_one *one = &visited->all[at];

    clear(one);
    visited->count--;
    memmove(one, one + 1, (visited->count - at) * sizeof *one);
}

/** Place of the visit, `count` if it is not known. */
static size_t find(const struct visited *visited, uint64_t case_id, const char *visit)
{
    size_t at = 0;

    while (at < visited->count &&
           (visited->all[at].case_id != case_id || strcmp(visited->all[at].visit, visit) != 0))
        at++;
    return at;
}

void visited_drop(struct app *app, uint64_t case_id, const char *visit)
{
    size_t at = app->visited == NULL ? 0 : find(app->visited, case_id, visit);

    if (app->visited != NULL && at < app->visited->count)
        forget(app->visited, at);
}

void visited_note(struct app *app, const struct visited_one *one, const char *replaces)
{
    if (app->visited == NULL)
        app->visited = mem_new(sizeof *app->visited);
    if (replaces != NULL)
        visited_drop(app, one->case_id, replaces);
    mem_grow((void **)&app->visited->all, app->visited->count, &app->visited->capacity,
             sizeof *app->visited->all);
    app->visited->all[app->visited->count++] = copy(one);
}

const struct visited_one *visited_last(const struct app *app)
{
    const struct visited *visited = app->visited;

    return visited == NULL || visited->count == 0 ? NULL : &visited->all[visited->count - 1];
}

void visited_ask(struct app *app, const struct visited_one *one)
{
    if (app->visited == NULL)
        app->visited = mem_new(sizeof *app->visited);
    clear(&app->visited->asked);
    app->visited->asked = copy(one);
}

const struct visited_one *visited_asked(const struct app *app)
{
    const struct visited *visited = app->visited;

    return visited == NULL || visited->asked.case_id == 0 ? NULL : &visited->asked;
}

void visited_free(struct app *app)
{
    while (app->visited != NULL && app->visited->count > 0)
        forget(app->visited, app->visited->count - 1);
    if (app->visited != NULL) {
        clear(&app->visited->asked);
        free(app->visited->all);
    }
    free(app->visited);
    app->visited = NULL;
}
