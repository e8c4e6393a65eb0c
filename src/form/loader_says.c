/*
 * An officer who is refused reads the rule's `say`. The office's files are not refused for a text without a
 * next step, as its words may be others than these; they are told in the log and in 运行状态.
 */
#include "form/loader_says.h"

#include "base/str.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One of these is in a text that says what to do. */
static const char *const NEXT[] = {"请",   "先",   "应",   "改",   "填",
                                   "核对", "办理", "联系", "只能", "才能"};

struct telling {
    const struct source *source;
    const char *name; /* of the file, below the office's folder */
    struct str places;
};

static bool tells_next(const char *say)
{
    for (size_t i = 0; i < sizeof NEXT / sizeof NEXT[0]; i++)
        if (strstr(say, NEXT[i]) != NULL)
            return true;
    return *say == '\0';
}

static void look(struct telling *telling, const char *list, size_t index, const char *key,
                 const char *say)
{
    char where[WHERE_TEXT];

    if (tells_next(loader_text_or_empty(say)))
        return;
    (void)snprintf(where, sizeof where, "%s.%zu.%s", list, index, key);
    str_printf(&telling->places, "%s%s:%d", telling->places.length > 0 ? "、" : "", telling->name,
               source_line(telling->source, where));
}

static void look_at_form(struct telling *telling, const struct raw_form *form)
{
    for (size_t i = 0; i < form->check_count; i++)
        look(telling, "checks", i, "say", form->checks[i].say);
    for (size_t i = 0; i < form->exclude_count; i++) {
        look(telling, "excludes", i, "say", form->excludes[i].say);
        look(telling, "excludes", i, "back", form->excludes[i].back);
    }
    for (size_t i = 0; i < form->require_count; i++)
        look(telling, "requires", i, "say", form->requires[i].say);
    for (size_t i = 0; form->limits != NULL && i < form->limits->rule_count; i++)
        look(telling, "limits.rules", i, "say", form->limits->rules[i].say);
}

void loader_says_tell(struct forms *forms, const char *office)
{
    struct telling telling = {0};
    struct str text = {0};

    for (size_t i = 0; forms->office != NULL && i < forms->source_count; i++) {
        telling.source = forms->sources[i];
        if (telling.source->form == NULL || !text_starts(telling.source->path, office))
            continue;
        telling.name = telling.source->path + strlen(office);
        telling.name += *telling.name == '/';
        look_at_form(&telling, telling.source->form);
    }
    if (telling.places.length > 0) {
        str_printf(&text, "%s；没有说接着怎么办，请补上：%s", forms->office,
                   str_text(&telling.places));
        free(forms->office);
        forms->office = str_take(&text);
    }
    str_free(&telling.places);
}
