#include "tui/screens/roundmake.h"

#include "base/mem.h"
#include "tui/app/app.h"
#include "tui/app/areas.h"
#include "tui/app/programmes.h"
#include "tui/form/dialog.h"
#include "tui/form/form.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* CHOICES: of villages or streets, and of tiers. */
enum { CHOICES = 200, TIERS = 12 };

static const char *const REASONS[] = {"寒潮", "高温", "节日", "其他", NULL};

// ---- the divisions below the officer's own

/** Names of the divisions one level below the officer's, NULL-terminated, and their codes. */
struct places {
    size_t count;
    const char *names[CHOICES + 1], *codes[CHOICES + 1];
};

static void places_fill(struct app *app, struct places *places)
{
    const char *own = app_account(app)->area;
    const char *level = areas_level_below(areas_level(own));

    *places = (struct places){0};
    (void)areas_name(app, own); /* fetches them */
    for (size_t row = 0; app->areas != NULL && row < app->areas->row_count; row++) {
        const char *code = sheet_get(app->areas, row, "code");
        if (places->count == CHOICES || strcmp(code, own) == 0 ||
            strcmp(areas_level(code), level) != 0)
            continue;
        places->names[places->count] = sheet_get(app->areas, row, "name");
        places->codes[places->count++] = code;
    }
}

/** The code of a name among them; the name itself if there is none, which the server refuses. */
static const char *place_code(const struct places *places, const char *name)
{
    for (size_t i = 0; i < places->count; i++)
        if (strcmp(places->names[i], name) == 0)
            return places->codes[i];
    return name;
}

/** The tiers of the programmes of the 月探访率. */
static void tiers_fill(struct app *app, const char *tiers[TIERS + 1])
{
    const struct form *programme;
    size_t count = 0;

    for (size_t i = 0; (programme = programmes_at(app, i)) != NULL; i++)
        for (size_t tier = 0;
             programme->rate && tier < programme->visits.tier_count && count < TIERS; tier++)
            tiers[count++] = programme->visits.tiers[tier].name;
    tiers[count] = NULL;
}

// ---- making

/** The parts of a value of several ("高;中"); the array is the caller's, the texts are `text`'s. */
static size_t split(char *text, char **parts, size_t most)
{
    static const char joint[] = ";";
    size_t count = 0;

    for (char *next = text; next != NULL && *next != '\0' && count < most;) {
        char *end = strstr(next, joint);
        parts[count++] = next;
        if (end != NULL) {
            *end = '\0';
            end += strlen(joint);
        }
        next = end;
    }
    return count;
}

static void submit_make(struct form_screen *form, bool confirm)
{
    Wire__RoundMake ask = WIRE__ROUND_MAKE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct places places;
    char *tier_text = mem_copy(fields_get(form->values, "tiers"));
    char *area_text = mem_copy(fields_get(form->values, "areas"));
    char *tiers[TIERS], *areas[CHOICES];

    (void)confirm;
    places_fill(form->screen.app, &places);
    ask.name = (char *)fields_get(form->values, "name");
    ask.reason = (char *)fields_get(form->values, "reason");
    ask.from = (char *)fields_get(form->values, "from");
    ask.to = (char *)fields_get(form->values, "to");
    ask.tiers = tiers;
    ask.n_tiers = split(tier_text, tiers, TIERS);
    ask.areas = areas;
    ask.n_areas = split(area_text, areas, CHOICES);
    for (size_t i = 0; i < ask.n_areas; i++)
        areas[i] = (char *)(uintptr_t)place_code(&places, areas[i]);
    request.what_case = WIRE__REQUEST__WHAT_ROUND_MAKE;
    request.round_make = &ask;
    form_send(form, &request);
    free(tier_text);
    free(area_text);
}

void roundmake_open(struct app *app)
{
    const char *tiers[TIERS + 1] = {0};
    struct places places;
    char day[DATE_TEXT];
    const struct dialog_field fields[] = {
        {.id = "name",
         .label = "名称",
         .type = "text",
         .max = 30,
         .required = true,
         .help = "如 十二月寒潮、春节慰问"},
        {.id = "reason", .label = "原因", .type = "choice", .options = REASONS, .required = true},
        {.id = "from", .label = "起始日", .type = "date", .ahead = true, .required = true},
        {.id = "to",
         .label = "截止日",
         .type = "date",
         .ahead = true,
         .required = true,
         .help = "这一天以前（含）每人访到一次"},
        {.id = "tiers",
         .label = "档",
         .type = "set",
         .options = tiers,
         .help = "空着是各档；可多选"},
        {.id = "areas",
         .label = "范围",
         .type = "set",
         .options = places.names,
         .help = "空着是本单位全部；可多选"},
    };
    struct form_spec spec = {.title = "发起专项走访", .modal = true, .submit = submit_make};

    tiers_fill(app, tiers);
    places_fill(app, &places);
    spec.dialog = dialog_new(spec.title, fields, sizeof fields / sizeof fields[0]);
    fields_set(&spec.values, "from", date_format(app_today(app), day));
    (void)form_open(app, &spec);
}

// ---- ending

#define END "提前结束"
#define WITHDRAW "撤销"

static const char *const ENDINGS[] = {END, WITHDRAW, NULL};

static const struct dialog_field END_FIELDS[] = {
    {.id = "name", .label = "专项走访", .type = "memo", .fixed = true},
    {.id = "what",
     .label = "怎样结束",
     .type = "choice",
     .options = ENDINGS,
     .required = true,
     .help = "提前结束：到今天为止，照算照留；撤销：发起错了，不算"},
    {.id = "reason", .label = "原因", .type = "memo", .max = 200, .required = true},
};

static void submit_end(struct form_screen *form, bool confirm)
{
    Wire__RoundEnd ask = WIRE__ROUND_END__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    ask.round = strtoull(form->spec.arg, NULL, 10);
    ask.withdraw = strcmp(fields_get(form->values, "what"), WITHDRAW) == 0;
    ask.reason = (char *)fields_get(form->values, "reason");
    request.what_case = WIRE__REQUEST__WHAT_ROUND_END;
    request.round_end = &ask;
    form_send(form, &request);
}

void roundmake_end(struct app *app, const char *round, const char *name)
{
    struct form_spec spec = {.title = "结束专项走访",
                             .modal = true,
                             .submit = submit_end,
                             .arg = mem_copy(round),
                             .free_arg = free};

    spec.dialog = dialog_new(spec.title, END_FIELDS, sizeof END_FIELDS / sizeof END_FIELDS[0]);
    fields_set(&spec.values, "name", name);
    fields_set(&spec.values, "what", END);
    (void)form_open(app, &spec);
}
