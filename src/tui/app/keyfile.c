#include "tui/app/keyfile.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/app/ask.h"
#include "tui/app/keymap.h"
#include "tui/app/settings.h"

#include <stdlib.h>

static const char NAME[] = "keys.conf";

void keyfile_load(struct app *app)
{
    char *path = NULL;
    char *text = NULL;
    char *fault = NULL;
    size_t count = 0;
    enum result result = settings_read(app, NAME, &text, &path);

    keymap_free(&app->keymap); /* another officer's */
    if (result == 0 && keymap_read(text, app->screens, &app->keymap, &count, &fault) != 0)
        app_warn(app, "按键文件 %s %s。文件没有采用，按键照旧；请改正文件", path, fault);
    else if (result == RESULT_INVALID)
        app_warn(app, "按键文件 %s 读不出来，要用 UTF-8 文字。文件没有采用，按键照旧；请改正文件",
                 path);
    free(fault);
    free(text);
    free(path);
}

static void save(struct app *app)
{
    char *text = keymap_text(app->keymap);

    settings_write(app, NAME, text, "按键已换");
    free(text);
}

static void ask(struct app *app, const struct action *action, const char *letters);

static void typed(struct app *app, void *arg, const char *answer)
{
    const struct action *action = arg;
    char *letters = text_clean_line(answer);
    char *fault = NULL;

    if (keymap_change(&app->keymap, app->screens, action, letters, &fault) == 0) {
        save(app);
    } else {
        ask(app, action, letters);
        app_warn(app, "%s", fault);
    }
    free(fault);
    free(letters);
}

static void ask(struct app *app, const struct action *action, const char *letters)
{
    char *title = mem_printf("“%s”的字母键，几个之间空一格；清空就没有", action->name);

    ask_text(app, title, letters, typed, (void *)(uintptr_t)action);
    free(title);
}

void keyfile_ask(struct app *app, const struct action *action)
{
    char *letters = keymap_letters(app->keymap, action);

    ask(app, action, letters);
    free(letters);
}
