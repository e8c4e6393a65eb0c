#include "tui/app/areas.h"

#include "base/arealevel.h"
#include "base/mem.h"
#include "base/pinyin.h"

#include <stdlib.h>
#include <string.h>

const char *areas_level(const char *code)
{
    size_t length = strlen(code);

    while (length > 0 && code[length - 1] == '0')
        length--;
    return length > 9 ? "village" : length > 6 ? "street" : length > 4 ? "county" : "city";
}

const char *areas_level_below(const char *level)
{
    return strcmp(level, "city") == 0     ? "county"
           : strcmp(level, "county") == 0 ? "street"
                                          : "village";
}

static enum result load(struct app *app, struct sheet **ret_sheet)
{
    Wire__Areas areas = WIRE__AREAS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    const Wire__Account *account = app_account(app);

    areas.parent = account == NULL ? (char *)"" : account->area;
    areas.all = true;
    request.what_case = WIRE__REQUEST__WHAT_AREAS;
    request.areas = &areas;
    return app_call_sheet(app, &request, ret_sheet);
}

/** The divisions the officer sees, fetched once; NULL if that failed. */
static const struct sheet *known(struct app *app)
{
    if (app->areas == NULL)
        (void)load(app, &app->areas);
    return app->areas;
}

const char *areas_name(struct app *app, const char *code)
{
    if (known(app) == NULL)
        return "";
    for (size_t row = 0; row < app->areas->row_count; row++)
        if (strcmp(sheet_get(app->areas, row, "code"), code) == 0)
            return sheet_get(app->areas, row, "name");
    return "";
}

static bool is_of(const char *code, const char *level)
{
    return level[0] == '\0' || strcmp(areas_level(code), level) == 0;
}

/** True for 旌旗社区 and 旌旗. */
static bool is_called(const char *full, const char *name)
{
    static const char *const ends[] = {"", "社区", "村", "村委会", "居委会", "街道", "镇", "乡"};
    size_t length = strlen(name);

    for (size_t i = 0; strncmp(full, name, length) == 0 && i < sizeof ends / sizeof ends[0]; i++)
        if (strcmp(full + length, ends[i]) == 0)
            return true;
    return false;
}

/** How near the name is to what was typed: smaller is nearer, NOT_NEAR not at all. */
enum nearness { CALLED, SPELT, BEGUN, INSIDE, NOT_NEAR };

static enum nearness near_to(const char *full, const char *typed)
{
    return is_called(full, typed)              ? CALLED
           : pinyin_spells(full, typed, true)  ? SPELT
           : pinyin_spells(full, typed, false) ? BEGUN
           : strstr(full, typed) != NULL       ? INSIDE
                                               : NOT_NEAR;
}

const char *areas_named(struct app *app, const char *level, const char *name, size_t *ret_count)
{
    const struct sheet *areas = known(app);
    const char *found = NULL;
    enum nearness nearest = NOT_NEAR;

    *ret_count = 0;
    for (size_t row = 0; areas != NULL && row < areas->row_count; row++) {
        const char *code = sheet_get(areas, row, "code");
        enum nearness near =
            is_of(code, level) ? near_to(sheet_get(areas, row, "name"), name) : NOT_NEAR;
        if (near == NOT_NEAR || near > nearest)
            continue;
        *ret_count = near < nearest ? 1 : *ret_count + 1;
        nearest = near;
        found = code;
    }
    return *ret_count == 1 ? found : NULL;
}

// ---- choosing

char *areas_code(const char *line)
{
    return mem_copy_bytes(line, strcspn(line, " "));
}

void areas_choose(struct app *app, const char *level, ask_answer answer, void *arg)
{
    const struct sheet *areas = known(app);
    struct ask_choice choice = {.title = level[0] == '\0' ? "区划" : arealevel_label(level)};
    char **labels;

    if (areas == NULL)
        return;
    labels = mem_array(areas->row_count + 1, sizeof labels[0]);
    for (size_t row = 0; row < areas->row_count; row++) {
        const char *code = sheet_get(areas, row, "code");
        bool inner = level[0] == '\0' && strcmp(areas_level(code), "village") == 0;
        if (is_of(code, level))
            labels[choice.count++] =
                mem_printf("%s %s%s", code, inner ? "  " : "", sheet_get(areas, row, "name"));
    }
    choice.labels = (const char *const *)labels;
    ask_choice(app, &choice, answer, arg);
    for (size_t i = 0; i < choice.count; i++)
        free(labels[i]);
    free(labels);
}
