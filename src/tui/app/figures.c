#include "tui/app/figures.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/app/areas.h"
#include "tui/kit/canvas.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BAR = 20 };

static const struct {
    const char *id, *label;
} STATES[FIGURES_STATES] = {
    {"", "全部"},        {"owed", "应访"},        {"pending", "待访"},
    {"missed", "未访"},  {"reached", "已访"},     {"fulfilled", "达标"},
    {"excused", "免访"}, {"not_counted", "不计"}, {"unreached", "待访和未访"},
    {"late", "补录"},    {"attempted", "未见到"},
};

const char *figures_state_id(size_t index)
{
    return STATES[index].id;
}

const char *figures_state_label(const char *id)
{
    for (size_t i = 0; i < FIGURES_STATES; i++)
        if (strcmp(STATES[i].id, id) == 0)
            return STATES[i].label;
    return id;
}

bool figures_is_state(const char *id)
{
    for (size_t i = 0; i < FIGURES_STATES; i++)
        if (strcmp(STATES[i].id, id) == 0)
            return true;
    return false;
}

const char *figures_reason(const char *reason)
{
    static const char colon[] = "：";

    for (size_t i = 0; i < FIGURES_STATES; i++) {
        size_t length = strlen(STATES[i].label);
        if (strncmp(reason, STATES[i].label, length) == 0 &&
            strncmp(reason + length, colon, strlen(colon)) == 0)
            return reason + length + strlen(colon);
    }
    return reason;
}

/** The numbers in order; those of the second group are shown only if they are not 0. */
static const struct {
    const char *id, *label;
    bool always;
} NUMBERS[] = {
    {"owed", "应访", true},        {"reached", "已访", true},      {"fulfilled", "达标", true},
    {"pending", "待访", true},     {"missed", "未访", false},      {"excused", "免访", true},
    {"not_counted", "不计", true}, {"attempted", "未见到", false}, {"late", "补录", false},
};

/** In a closed month nobody is pending. */
static bool pending_shown(const struct sheet *sheet, size_t row)
{
    return atoi(sheet_get(sheet, row, "pending")) > 0 || atoi(sheet_get(sheet, row, "missed")) == 0;
}

static bool any(const struct sheet *sheet, const char *id)
{
    bool found = false;

    for (size_t row = 0; row < sheet->row_count; row++)
        found = found || atoi(sheet_get(sheet, row, id)) > 0;
    return found;
}

size_t figures_columns(const struct app *app, const struct table_column *all, size_t count,
                       const struct sheet *sheet, struct table_column chosen[TABLE_COLUMNS_MAX])
{
    bool missed = any(sheet, "missed");
    bool pending = !missed || any(sheet, "pending");
    size_t used = 0;

    assert(count <= TABLE_COLUMNS_MAX);
    for (size_t i = 0; i < count; i++) {
        bool left_out = (strcmp(all[i].id, "missed") == 0 && !missed) ||
                        (strcmp(all[i].id, "pending") == 0 && !pending) ||
                        (strcmp(all[i].id, "bar") == 0 && app->canvas->look.linear);
        if (!left_out)
            chosen[used++] = all[i];
    }
    return used;
}

void figures_ask(struct app *app, Wire__Board *what, Wire__Request *request)
{
    if (app_may(app, "board")) {
        what->by = (char *)areas_level(what->area);
        request->figures = what;
    }
}

void figures_take(struct app *app, struct sheet **ret_sheet)
{
    sheet_free(ret_sheet);
    *ret_sheet = app->figures;
    app->figures = NULL;
}

/** The numbers, closer together where they would not fit `columns`. */
static char *numbers_text(const struct sheet *sheet, size_t row, int columns)
{
    struct str text = {0};

    for (int gap = 2; gap > 0; gap--) {
        str_clear(&text);
        for (size_t i = 0; i < sizeof NUMBERS / sizeof NUMBERS[0]; i++) {
            const char *number = sheet_get(sheet, row, NUMBERS[i].id);
            bool closed = strcmp(NUMBERS[i].id, "pending") == 0 && !pending_shown(sheet, row);
            if ((NUMBERS[i].always || atoi(number) > 0) && !closed)
                str_printf(&text, "%*s%s %s", str_text(&text)[0] == '\0' ? 0 : gap, "",
                           NUMBERS[i].label, number);
        }
        if (text_width(str_text(&text)) <= columns)
            break;
    }
    return str_take(&text);
}

/** What stands behind the rate on a month's own screen. */
static char *forecast_text(const struct sheet *sheet, const char *forecast)
{
    bool number = forecast != NULL && forecast[0] >= '0' && forecast[0] <= '9';

    if (forecast != NULL && sheet->basis != NULL)
        return mem_printf("已月结，%s", sheet->basis);
    if (forecast != NULL && forecast[0] != '\0')
        return mem_printf("照此月底 %s%s", forecast, number ? "%" : "");
    return mem_copy("");
}

int figures_paint(struct canvas *canvas, int y, const struct sheet *sheet, size_t row,
                  const char *forecast)
{
    const char *rate = sheet_get(sheet, row, "rate");
    char *numbers = numbers_text(sheet, row, canvas->columns - 1);
    char *behind = forecast_text(sheet, forecast);
    int lines = draw_lines(canvas, y, 1, numbers, STYLE_PLAIN);
    int x = canvas->look.slow ? 1 : BAR + 3;

    draw_meter(canvas, y + lines, 1, BAR, strtoul(sheet_get(sheet, row, "reached"), NULL, 10),
               strtoul(sheet_get(sheet, row, "owed"), NULL, 10));
    x += draw_text(canvas, y + lines, x, 20, "探访率 ", STYLE_PLAIN);
    x += draw_format(canvas, y + lines, x, STYLE_STRONG, "%s%s", rate[0] == '\0' ? "—" : rate,
                     rate[0] == '\0' ? "" : "%");
    lines += draw_lines(canvas, y + lines, x + 3, behind, STYLE_PLAIN);
    free(behind);
    free(numbers);
    return lines;
}
