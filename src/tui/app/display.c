#include "tui/app/display.h"

#include "base/mem.h"
#include "tui/app/ask.h"
#include "tui/app/settings.h"

#include <stdlib.h>
#include <string.h>

static const char NAME[] = "display.conf";
static const char PLAIN[] = "plain"; /* none of the ways */

/** The ways, by their words in the file. */
static const struct {
    const char *id, *label;
} WAYS[] = {
    {"contrast", "高对比：不用颜色，只用反白和加粗"},
    {"slow", "慢线路：不走钟，不自己刷新"},
    {"linear", "读屏：光标在读的行上，没有边框，消息在末行"},
};

enum { WAY_COUNT = sizeof WAYS / sizeof WAYS[0] };

static bool *place_of(struct term_look *look, const char *id)
{
    return strcmp(id, "contrast") == 0 ? &look->contrast
           : strcmp(id, "slow") == 0   ? &look->slow
                                       : &look->linear;
}

/** True if the id stands in the text as a word; ids are no parts of each other. */
static bool has_way(const char *text, const char *id)
{
    return strstr(text, id) != NULL;
}

/** Draws from now on as the words say, besides what the terminal itself needs. */
static void take(struct app *app, const char *text)
{
    struct term_look look = term_look(app->term);

    for (size_t i = 0; i < WAY_COUNT; i++)
        *place_of(&look, WAYS[i].id) |= has_way(text, WAYS[i].id);
    look.colour = look.colour && !look.contrast && !look.slow;
    look.ascii = look.ascii || look.linear || look.slow; /* signs of one byte */
    app->canvas->look = look;
    app_changed(app); /* 首页 has more to ask for where there is room */
}

void display_load(struct app *app)
{
    char *path = NULL;
    char *text = NULL;

    take(app, settings_read(app, NAME, &text, &path) == 0 ? text : "");
    free(text);
    free(path);
}

static void chosen(struct app *app, void *arg, const char *answer)
{
    (void)arg;
    take(app, answer);
    settings_write(app, NAME, answer, "显示已换");
}

void display_ask(struct app *app)
{
    const char *labels[WAY_COUNT + 1], *values[WAY_COUNT + 1];
    struct str current = {0};
    struct ask_choice choice = {.title = "显示（空格选，可以选几样，回车定）",
                                .labels = labels,
                                .values = values,
                                .count = WAY_COUNT + 1,
                                .many = true};

    for (size_t i = 0; i < WAY_COUNT; i++) {
        labels[i] = WAYS[i].label;
        values[i] = WAYS[i].id;
        if (*place_of(&app->canvas->look, WAYS[i].id))
            str_printf(&current, "%s%s", current.length > 0 ? ";" : "", WAYS[i].id);
    }
    labels[WAY_COUNT] = "普通：这几样都不要";
    values[WAY_COUNT] = PLAIN;
    choice.current = str_text(&current);
    ask_choice(app, &choice, chosen, NULL);
    str_free(&current);
}
