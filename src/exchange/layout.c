#include "exchange/layout.h"

#include "base/heading.h"
#include "base/mem.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/** Rows in which to look for the headings, and most columns of a table. */
enum { LOOKED_AT = 40, COLUMNS_MAX = 256 };

// ---- trimmed rows

/** A row's trimmed cells. */
struct view {
    size_t count;
    char **cells;
};

static struct view view_row(const struct grid_row *row)
{
    struct view view = {.count = row->count < COLUMNS_MAX ? row->count : COLUMNS_MAX};
    const char *at = row->cells;

    view.cells = mem_array(view.count, sizeof *view.cells);
    for (size_t i = 0; i < view.count; i++) {
        view.cells[i] = text_clean_cell(at);
        at += strlen(at) + 1;
    }
    return view;
}

static void view_free(struct view *view)
{
    for (size_t i = 0; i < view->count; i++)
        free(view->cells[i]);
    free(view->cells);
    *view = (struct view){0};
}

static const char *view_cell(const struct view *view, size_t column)
{
    return column < view->count ? view->cells[column] : "";
}

static bool view_empty(const struct view *view, size_t column)
{
    return *view_cell(view, column) == '\0';
}

/** An ID number, perhaps cut or mistyped: every row about a person has one. */
static bool has_number(const struct view *view)
{
    enum { DIGITS = 12 };

    for (size_t i = 0; i < view->count; i++) {
        char *code = text_clean_code(view->cells[i]);
        bool found = strspn(code, "0123456789") >= DIGITS || text_is_scientific(code);
        free(code);
        if (found)
            return true;
    }
    return false;
}

// ---- headings

/** One or two rows of headings; for one, `above` has no cells. */
struct headings {
    const struct filetable_options *options;
    const struct view *above, *row;
};

static size_t width_of(const struct headings *headings)
{
    return headings->above->count > headings->row->count ? headings->above->count
                                                         : headings->row->count;
}

/** The upper heading that spans a column, from the column itself or from its left; "" if the lower
 *  row has no heading there. */
static const char *group_over(const struct headings *headings, size_t column)
{
    for (size_t at = column + 1; at-- > 0 && !view_empty(headings->row, at);)
        if (!view_empty(headings->above, at))
            return strcmp(view_cell(headings->above, at), view_cell(headings->row, column)) == 0
                       ? ""
                       : view_cell(headings->above, at);
    return "";
}

/** A column's heading: the lower one, or else the upper one. */
static const char *heading_at(const struct headings *headings, size_t column)
{
    return view_empty(headings->row, column) ? view_cell(headings->above, column)
                                             : view_cell(headings->row, column);
}

static bool knows(const struct headings *headings, size_t column)
{
    const struct filetable_options *options = headings->options;
    const char *heading = heading_at(headings, column);

    return *heading != '\0' && options->known != NULL &&
           options->known(group_over(headings, column), heading, options->arg);
}

static size_t count_known(const struct headings *headings)
{
    size_t known = 0;

    for (size_t i = 0; i < width_of(headings); i++)
        known += knows(headings, i);
    return known;
}

/** Counts cells that can be headings, each text once. */
static size_t count_likely(const struct view *view)
{
    size_t likely = 0;

    for (size_t i = 0; i < view->count; i++) {
        bool twice = false;
        for (size_t k = 0; k < i; k++)
            twice = twice || strcmp(view->cells[k], view->cells[i]) == 0;
        likely += !twice && heading_looks(view->cells[i]);
    }
    return likely;
}

static const struct view no_row;

/** The first row with the most known headings; if none is known, the first row with nearly the most
 *  likely ones. */
static size_t find_heading(const struct filetable_options *options, const struct view *views,
                           size_t count)
{
    size_t best = 0;
    size_t most = 0;

    for (size_t i = 0; i < count; i++) {
        const struct headings headings = {options, &no_row, &views[i]};
        size_t known = has_number(&views[i]) ? 0 : count_known(&headings);
        if (known > most) {
            best = i;
            most = known;
        }
    }
    if (most > 0)
        return best;
    for (size_t i = 0; i < count; i++) {
        size_t likely = count_likely(&views[i]);
        most = likely > most ? likely : most;
    }
    while (best + 1 < count && count_likely(&views[best]) * 3 < most * 2)
        best++;
    return best;
}

/** True if the lower row has only headings, and the upper row adds to some of them. */
static bool continues(const struct headings *headings)
{
    const struct headings upper = {headings->options, &no_row, headings->above};
    size_t filled = 0;

    for (size_t i = 0; i < headings->row->count; i++) {
        if (view_empty(headings->row, i))
            continue;
        filled++;
        if (!knows(headings, i))
            return false;
    }
    return filled > 0 && filled < width_of(headings) &&
           count_known(headings) >= count_known(&upper);
}

/** If the headings take two rows, moves to the lower one. */
static void find_groups(const struct filetable_options *options, const struct view *views,
                        size_t count, struct layout *layout)
{
    size_t at = layout->heading;
    const struct headings alone = {options, &no_row, &views[at]};
    const struct headings below = {options, &views[at], at + 1 < count ? &views[at + 1] : &no_row};
    const struct headings above = {options, at > 0 ? &views[at - 1] : &no_row, &views[at]};

    if (continues(&below)) {
        layout->heading++;
        layout->grouped = true;
    } else if (count_known(&above) > count_known(&alone)) {
        layout->grouped = true;
    }
}

static void take_columns(const struct headings *headings, struct layout *layout)
{
    layout->column_count = width_of(headings);
    layout->columns = mem_array(layout->column_count, sizeof *layout->columns);
    for (size_t i = 0; i < layout->column_count; i++)
        layout->columns[i] = (struct filetable_column){
            .heading = mem_copy(heading_at(headings, i)),
            .group = mem_copy(group_over(headings, i)),
            .sample = mem_copy(""),
        };
}

// ---- rows without a person

/** Beginnings of rows below the data or between its parts. */
static bool begins_like_a_sum(const char *text)
{
    static const char *const starts[] = {
        "合计",    "总计",      "共计",     "小计",       "累计",     "本页",
        "总人数",  "制表",      "填表",     "填报",       "审核人",   "复核人",
        "审批人",  "负责人",    "经办人",   "单位负责人", "主管",     "分管领导",
        "签字",    "签名",      "盖章",     "公章",       "日期:",    "时间:",
        "备注:",   "说明:",     "注:",      "填写说明",   "填表说明", "以下空白",
        "联系人:", "联系电话:", "打印时间", "导出时间",   "第1页",    "共1页"};

    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (text_starts(text, starts[i]))
            return true;
    return false;
}

/** Matches 第2页, 共35人. */
static bool begins_like_a_count(const char *text)
{
    static const char *const units[] = {"页", "人", "户", "条"};
    static const char *const starts[] = {"第", "共", "共计"};

    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        const char *number = text + strlen(starts[i]);
        if (!text_starts(text, starts[i]) || strspn(number, "0123456789") == 0)
            continue;
        for (size_t k = 0; k < sizeof units / sizeof units[0]; k++)
            if (text_starts(number + strspn(number, "0123456789"), units[k]))
                return true;
    }
    return false;
}

static const char *first_text(const struct view *view)
{
    for (size_t i = 0; i < view->count; i++)
        if (!view_empty(view, i))
            return view->cells[i];
    return "";
}

/** Compares without blanks: 合　计, 制 表 人. */
static bool is_sum(const struct view *view)
{
    char *text = heading_clean(first_text(view));
    bool sum = begins_like_a_sum(text) || begins_like_a_count(text);

    free(text);
    return sum && !has_number(view);
}

/** True for repeated headings, as on each printed page. */
static bool is_repeated(const struct view *view, const struct view *heading)
{
    size_t filled = 0;

    for (size_t i = 0; i < view->count || i < heading->count; i++) {
        if (strcmp(view_cell(view, i), view_cell(heading, i)) != 0)
            return false;
        filled += !view_empty(view, i);
    }
    return filled > 1;
}

/** True for a row 1, 2, 3 … under the headings. */
static bool counts_columns(const struct view *view)
{
    unsigned long last = 0;

    for (size_t i = 0; i < view->count; i++) {
        if (view_empty(view, i))
            continue;
        if (!text_is_digits(view->cells[i]) || strtoul(view->cells[i], NULL, 10) != last + 1)
            return false;
        last++;
    }
    return last > 2;
}

/** A sentence in one cell is a remark across the whole width. */
static bool is_sentence(const struct view *view)
{
    enum { WORDS = 12 };
    size_t filled = 0;
    bool longer = false;

    for (size_t i = 0; i < view->count; i++) {
        filled += !view_empty(view, i);
        longer = longer || text_length(view->cells[i]) >= WORDS;
    }
    return filled == 1 && longer && !has_number(view);
}

// ---- all of it

static void note_row(struct layout *layout, uint32_t number, const struct view *view)
{
    enum { SHOWN = 24 };
    char *text = text_clean(first_text(view));
    int width = text_width(text);

    for (char *c = text; *c != '\0'; c++)
        *c = *c == '\n' ? ' ' : *c;
    str_printf(&layout->notes, "略过第%" PRIu32 "行（不是登记内容）：", number);
    text_pad(&layout->notes, text, width < SHOWN ? width : SHOWN, false);
    str_add_char(&layout->notes, '\n');
    free(text);
}

static void note_heading(struct layout *layout, const struct grid *grid)
{
    size_t top = layout->heading - (layout->grouped ? 1 : 0);

    if (top > 0)
        str_printf(&layout->notes, "表头在第%" PRIu32 "行，上面的内容没有读\n",
                   grid->rows[top].number);
}

/** True for a row with few filled cells; only such a row may be skipped as a sum or remark. */
static bool is_sparse(const struct grid_row *row)
{
    enum { FEW = 8 };
    const char *at = row->cells;
    size_t filled = 0;

    for (size_t i = 0; i < row->count; i++) {
        filled += *at != '\0';
        at += strlen(at) + 1;
    }
    return filled <= FEW;
}

static bool is_passed_over(const struct grid_row *row, const struct view *heading, bool first,
                           struct layout *layout)
{
    if (row->fault != NULL)
        return false;
    struct view view = view_row(row);
    bool passed = is_sum(&view) || is_repeated(&view, heading) ||
                  (first && counts_columns(&view)) || is_sentence(&view);
    if (passed)
        note_row(layout, row->number, &view);
    view_free(&view);
    return passed;
}

/** True if the row's first text is the first heading: it may repeat the headings. */
static bool starts_like(const struct grid_row *row, const struct view *heading)
{
    return heading->count > 0 && strcmp(row->cells, heading->cells[0]) == 0;
}

static void take_rows(const struct grid *grid, const struct view *heading, struct layout *layout)
{
    layout->rows = mem_array(grid->count, sizeof *layout->rows);
    for (size_t i = layout->heading + 1; i < grid->count; i++) {
        const struct grid_row *row = &grid->rows[i];
        bool first = i == layout->heading + 1;
        bool looked_at = first || is_sparse(row) || starts_like(row, heading);
        if (!looked_at || !is_passed_over(row, heading, first, layout))
            layout->rows[layout->row_count++] = i;
    }
}

void layout_find(const struct grid *grid, const struct filetable_options *options,
                 struct layout *ret_layout)
{
    size_t count = grid->count < LOOKED_AT ? grid->count : LOOKED_AT;
    struct view *views = mem_array(count, sizeof *views);
    struct layout layout = {0};

    for (size_t i = 0; i < count; i++)
        views[i] = view_row(&grid->rows[i]);
    layout.heading = find_heading(options, views, count);
    find_groups(options, views, count, &layout);
    const struct headings headings = {
        options, layout.grouped ? &views[layout.heading - 1] : &no_row, &views[layout.heading]};
    layout.known = count_known(&headings);
    take_columns(&headings, &layout);
    note_heading(&layout, grid);
    take_rows(grid, headings.row, &layout);
    for (size_t i = 0; i < count; i++)
        view_free(&views[i]);
    free(views);
    *ret_layout = layout;
}

void layout_free(struct layout *layout)
{
    for (size_t i = 0; i < layout->column_count; i++) {
        free(layout->columns[i].heading);
        free(layout->columns[i].group);
        free(layout->columns[i].sample);
    }
    free(layout->columns);
    free(layout->rows);
    str_free(&layout->notes);
    *layout = (struct layout){0};
}
