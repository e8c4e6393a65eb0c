#include "tui/figures.h"

#include "base/columns.h"

#include <stdlib.h>
#include <string.h>

enum { BAR = 20 };

static const struct {
    const char *id, *label;
} STATES[FIGURES_STATES] = {
    {"", "全部"},       {"pending", "待访"}, {"reached", "已访"},
    {"missed", "未访"}, {"excused", "免访"}, {"not_counted", "不计"},
};

const char *figures_state_id(size_t index)
{
    return STATES[index].id;
}

const char *figures_state_label(const char *id)
{
    for (size_t i = 0; i < FIGURES_STATES; i++) {
        if (strcmp(STATES[i].id, id) == 0) {
            return STATES[i].label;
        }
    }
    return id;
}

/** The numbers in their order; those of the second group only where they are not 0. */
static const struct {
    const char *id;
    bool always;
} NUMBERS[] = {
    {"owed", true},        {"reached", true},    {"fulfilled", true},
    {"pending", true},     {"missed", false},    {"excused", true},
    {"not_counted", true}, {"attempted", false}, {"late", false},
};

void figures_paint(struct canvas *canvas, int y, const struct sheet *sheet, size_t row,
                   const char *forecast)
{
    const char *rate = sheet_get(sheet, row, "rate");
    int x = 1;

    for (size_t i = 0; i < sizeof(NUMBERS) / sizeof(NUMBERS[0]); i++) {
        const char *number = sheet_get(sheet, row, NUMBERS[i].id);
        if (!NUMBERS[i].always && atoi(number) == 0) {
            continue;
        }
        x += draw_text(canvas, y, x, canvas->columns - x, column_find(NUMBERS[i].id)->label,
                       STYLE_PLAIN);
        x += 1 + draw_text(canvas, y, x + 1, canvas->columns - x, number, STYLE_PLAIN);
        x += 2;
    }
    draw_meter(canvas, y + 1, 1, BAR, strtoul(sheet_get(sheet, row, "reached"), NULL, 10),
               strtoul(sheet_get(sheet, row, "owed"), NULL, 10));
    x = BAR + 3 + draw_text(canvas, y + 1, BAR + 3, 20, "探访率 ", STYLE_PLAIN);
    x += draw_format(canvas, y + 1, x, STYLE_STRONG, "%s%s", rate[0] == '\0' ? "—" : rate,
                     rate[0] == '\0' ? "" : "%");
    if (forecast != NULL && forecast[0] != '\0') {
        (void)draw_format(canvas, y + 1, x + 3, STYLE_PLAIN, "照此月底 %s%%", forecast);
    }
}
