#include "tui/app/recent.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/app/guide.h"
#include "tui/app/settings.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/** The file's name; NULL if there is to be none: on a tour, or for a name that is no file's. New string. */
static char *name_of(const struct app *app)
{
    const char *area = client_welcome(app->client)->home_area;

    if (app->screens->guide != NULL || app->officer == NULL ||
        app->officer[strspn(app->officer,
                            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_")] !=
            '\0' ||
        !text_is_digits(area))
        return NULL;
    return mem_printf("recent-%s-%s", area, app->officer);
}

void recent_load(struct app *app)
{
    char *name = name_of(app);
    char *text = NULL;
    char *path = NULL;
    size_t count = 0;

    (void)memset(app->recent, 0, sizeof app->recent); /* another officer's */
    if (name != NULL && settings_read(app, name, &text, &path) == 0) {
        for (const char *at = text; *at != '\0' && count < APP_RECENT; at += strcspn(at, "\n")) {
            at += strspn(at, "\n");
            uint64_t id = strtoull(at, NULL, 10);
            if (id != 0)
                app->recent[count++] = id;
        }
    }
    free(path);
    free(text);
    free(name);
}

/** A file that cannot be written is no loss worth a word. */
static void save(const struct app *app)
{
    char *name = name_of(app);
    struct str text = {0};

    for (size_t i = 0; i < APP_RECENT && app->recent[i] != 0; i++)
        str_printf(&text, "%" PRIu64 "\n", app->recent[i]);
    if (name != NULL)
        settings_keep(app, name, str_text(&text));
    str_free(&text);
    free(name);
}

void recent_note(struct app *app, uint64_t case_id)
{
    size_t at = 0;

    if (app->recent[0] == case_id)
        return;
    while (at < APP_RECENT - 1 && app->recent[at] != 0 && app->recent[at] != case_id)
        at++;
    memmove(&app->recent[1], &app->recent[0], at * sizeof app->recent[0]);
    app->recent[0] = case_id;
    save(app);
}
