#include "tui/screens/casewide.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/words.h"
#include "tui/app/figures.h"
#include "tui/kit/draw.h"
#include "tui/screens/case.h"
#include "tui/screens/review.h"

#include <stdlib.h>
#include <string.h>

enum {
    WIDE = 120, /* columns: two of the 60 that a field and a visit's line need */
    INDENT = 2
};

/** A page of the case and what of it stands beside the fields. */
struct part {
    const char *title; /* of the page that has all of it */
    const struct table *table;
    const char *const *ids; /* columns of a line, NULL-terminated */
    size_t most;            /* lines at most */
    const char *month;      /* only its rows, NULL = all */
};

const struct table_column CASEWIDE_OTHER_COLUMNS[] = {
    {.id = "kind_name", .least = 8, .most = 10},
    {.id = "state", .label = "状态", .least = 6, .most = 6},
    {.id = "case_no", .least = 20, .most = 20},
    {.id = "since", .least = 10, .most = 10, .rank = 1},
    {.id = "closed_on", .least = 10, .most = 10, .rank = 2},
    {.id = "area_name", .least = 8, .most = 0, .rank = 3},
};
bool casewide_fits(int columns)
{
    return columns >= WIDE;
}

static bool is_meant(const struct part *part, size_t row)
{
    return part->month == NULL ||
           strcmp(sheet_get(part->table->sheet, row, "month"), part->month) == 0;
}

/** Its cells, two blanks between; what does not fit goes on in the next line. Returns the line below. */
static int paint_row(struct canvas *canvas, int y, const struct part *part, size_t row)
{
    struct str line = {0};
    int x = INDENT;

    for (size_t i = 0; part->ids[i] != NULL; i++) {
        char *cell = table_cell(part->table, row, part->ids[i]);
        if (line.length > 0 &&
            x + text_width(str_text(&line)) + 2 + text_width(cell) > canvas->columns) {
            (void)draw_rest(canvas, y++, x, str_text(&line), STYLE_PLAIN);
            str_clear(&line);
            x = 2 * INDENT;
        }
        if (cell[0] != '\0')
            str_printf(&line, "%s%s", line.length > 0 ? "  " : "", cell);
        free(cell);
    }
    (void)draw_rest(canvas, y++, x, str_text(&line), STYLE_PLAIN);
    str_free(&line);
    return y;
}

static size_t count_rows(const struct part *part)
{
    size_t count = 0;

    for (size_t row = 0; part->table->sheet != NULL && row < part->table->sheet->row_count; row++)
        count += is_meant(part, row);
    return count;
}

static int paint_part(struct canvas *canvas, int y, const struct part *part)
{
    size_t count = count_rows(part);
    size_t shown = 0;

    if (count == 0)
        return y;
    draw_heading(canvas, y++, part->title);
    for (size_t row = 0; row < part->table->sheet->row_count && shown < part->most; row++) {
        if (!is_meant(part, row))
            continue;
        y = paint_row(canvas, y, part, row);
        shown++;
    }
    if (shown < count)
        (void)draw_format(canvas, y++, 2, STYLE_FAINT, "另有 %zu 条；Tab 到“%s”页", count - shown,
                          part->title);
    return y;
}

void casewide_paint(struct canvas *canvas, const struct casewide_of *of)
{
    static const char *const duty[] = {"month", "words", "done_need", "reason", NULL};
    static const char *const visit[] = {"date",    "mode",    "result", "by", "mark",
                                        "fulfils", "finding", "note",   NULL};
    static const char *const benefit[] = {"label", "value", NULL};
    static const char *const review[] = {"date", "result", "by", NULL};
    static const char *const member[] = {"name", "m_rel", "age", "m_cov", NULL};
    static const char *const other[] = {"kind_name", "state", "since", "case_no", NULL};
    const struct part parts[] = {
        {"应访", of->duties, duty, 3, of->month}, {"探访", of->visits, visit, 8, NULL},
        {"待遇", of->benefit, benefit, 6, NULL},  {"复核", of->reviews, review, 2, NULL},
        {"成员", of->members, member, 6, NULL},   {"其他业务", of->others, other, 4, NULL},
    };
    int y = 0;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && y < canvas->rows; i++)
        y = paint_part(canvas, y, &parts[i]);
}

// ---- cells

char *casewide_other_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);

    return mem_copy(strcmp(id, "state") == 0 ? case_state_words(text) : text);
}

char *casewide_duty_cell(const struct table *table, size_t row, const char *id)
{
    const struct sheet *sheet = table->sheet;
    const char *text = sheet_get(sheet, row, id);
    bool review = strcmp(sheet_get(sheet, row, "type"), DUTY_TYPE_REVIEW) == 0;

    if (strcmp(id, "done_need") == 0) {
        return review ? mem_copy("")
                      : mem_printf("%s/%s", sheet_get(sheet, row, "done"),
                                   sheet_get(sheet, row, "need"));
    }
    if (strcmp(id, "words") == 0 && review)
        return mem_copy(review_words(text));
    return mem_copy(strcmp(id, "reason") == 0 ? figures_reason(text) : text);
}
