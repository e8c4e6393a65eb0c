#include "tui/screens/caselinks.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/screens/steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WIDE = 120,      /* columns: two of the 60 that a field and a visit's line need */
    TEXT_LEAST = 20, /* columns of a row's text */
    FIELD_PARTS = 2  /* headings of fields that say who it is and how to reach the person */
};

static const char *const IDS[] = {"label", "text", "section", "goal", "id", "row", "key"};
enum { ID_COUNT = sizeof IDS / sizeof IDS[0] };

/** A page of the case and what of it stands on the one page. */
struct part {
    enum case_tab tab;
    const char *label;      /* column of the label; NULL = none */
    const char *const *ids; /* columns of the text, NULL-terminated */
    size_t most;            /* rows at most */
    bool monthly;           /* only the month's */
    const char *goal;
    const char *open;  /* only the rows in which this column is filled; … */
    const char *done;  /* … is empty; NULL = all */
    const char *title; /* NULL = the page's */
};

bool caselinks_fits(int columns)
{
    return columns >= WIDE;
}

// ---- rows of the pages

const struct table_column CASELINKS_STEP_COLUMNS[] = {
    {.id = "label", .label = "业务", .least = 10, .most = 16},
    {.id = "words", .label = "办到哪一步", .least = 16, .most = 30},
    {.id = "who", .label = "等谁办、谁办的", .least = 12, .most = 30},
    {.id = "opinion", .label = "意见", .least = 10, .most = 0, .rank = 1},
    {.id = "case_no", .least = 8, .most = 10, .rank = 2},
};
const struct table_column CASELINKS_HOUSE_COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12, .once = true},
    {.id = "relation", .label = "关系", .least = 4, .most = 10},
    {.id = "age", .least = 4, .most = 4},
    {.id = "kind_name", .least = 8, .most = 10},
    {.id = "state", .label = "状态", .least = 6, .most = 6},
    {.id = "case_no", .least = 20, .most = 20, .rank = 1},
    {.id = "phone", .least = 11, .most = 12, .rank = 2},
    {.id = "address", .least = 12, .most = 0, .rank = 3},
};
_Static_assert(sizeof CASELINKS_STEP_COLUMNS / sizeof CASELINKS_STEP_COLUMNS[0] ==
                       CASELINKS_STEP_COLUMN_COUNT &&
                   sizeof CASELINKS_HOUSE_COLUMNS / sizeof CASELINKS_HOUSE_COLUMNS[0] ==
                       CASELINKS_HOUSE_COLUMN_COUNT,
               "as the header says");

/** Of an application under way the programme, the step with its day, whose move it is; of what was done
 *  the day, what, and by whom. */
char *caselinks_step_cell(const struct table *table, size_t row, const char *id)
{
    const struct sheet *sheet = table->sheet;
    const char *at = sheet_get(sheet, row, "at");
    const char *to = sheet_get(sheet, row, "to");
    bool open = *at == '\0';

    if (strcmp(id, "label") == 0)
        return open ? mem_copy(sheet_get(sheet, row, "kind_name")) : mem_printf("%.10s", at);
    if (strcmp(id, "who") == 0)
        return open ? mem_printf("等%s", sheet_get(sheet, row, "waits_for"))
                    : mem_copy(sheet_get(sheet, row, "by"));
    if (strcmp(id, "words") != 0)
        return mem_copy(sheet_get(sheet, row, id));
    if (!open)
        return mem_printf("%s%s%s%s%s", sheet_get(sheet, row, "step"),
                          *sheet_get(sheet, row, "step") != '\0' ? " " : "",
                          sheet_get(sheet, row, "result"), *to != '\0' ? "到" : "", to);
    char *due = steps_due_words(sheet, row);
    const char *on = sheet_get(sheet, row, "due_on");
    char *words = mem_printf("%s %s%s%s%s", sheet_get(sheet, row, "step"), due,
                             *on != '\0' ? "（" : "", on, *on != '\0' ? "）" : "");
    free(due);
    return words;
}

char *caselinks_house_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);

    if (strcmp(id, "years") == 0) {
        text = sheet_get(table->sheet, row, "age");
        return *text != '\0' ? mem_printf("%s岁", text) : mem_copy("");
    }
    if (strcmp(id, "cover") == 0)
        return mem_copy(strcmp(sheet_get(table->sheet, row, "covered"), "是") == 0 ? "保障"
                                                                                   : "不保障");
    return mem_copy(strcmp(id, "state") == 0 && *text != '\0' ? case_state_words(text) : text);
}

// ---- the one page

/** What a part is made from: of the log the newest rows are there before its page is asked for. */
static const struct table *table_of(const struct case_screen *one, const struct part *part)
{
    return part->tab == CASE_LOG ? &one->newest : &one->tables[part->tab];
}

static bool is_meant(const struct part *part, const struct case_screen *one, size_t row)
{
    const struct sheet *sheet = table_of(one, part)->sheet;

    if (part->monthly && strcmp(sheet_get(sheet, row, "month"), one->screen.app->month) != 0)
        return false;
    return (part->open == NULL || *sheet_get(sheet, row, part->open) != '\0') &&
           (part->done == NULL || *sheet_get(sheet, row, part->done) == '\0');
}

/** Its cells, two blanks between; new string. */
static char *text_of(const struct part *part, const struct table *table, size_t row)
{
    struct str text = {0};

    for (size_t i = 0; part->ids[i] != NULL; i++) {
        char *cell = table_cell(table, row, part->ids[i]);
        if (*cell != '\0')
            str_printf(&text, "%s%s", text.length > 0 ? "  " : "", cell);
        free(cell);
    }
    return str_take(&text);
}

/** What a row leads to, and by what it is found again. */
static void set_goal(struct sheet *sheet, size_t at, const struct part *part,
                     const struct sheet *from, size_t row)
{
    const char *id = strcmp(part->goal, CASELINKS_CASE) == 0   ? sheet_get(from, row, "case_id")
                     : strcmp(part->goal, CASELINKS_STEP) == 0 ? sheet_get(from, row, "proposal")
                                                               : "";

    bool page = strcmp(part->goal, CASELINKS_PAGE) == 0;

    if (*id != '\0') {
        sheet_set(sheet, at, "goal", part->goal);
        sheet_set(sheet, at, "id", id);
    } else {
        sheet_set(sheet, at, "goal", page ? CASELINKS_PAGE : CASELINKS_ROW);
        sheet_setf(sheet, at, "id", "%d", (int)part->tab);
    }
    sheet_setf(sheet, at, "row", "%zu", row);
}

static void add_row(struct sheet *sheet, const struct part *part, const struct table *table,
                    size_t row, int width)
{
    char *label = part->label == NULL ? mem_copy("") : table_cell(table, row, part->label);
    char *text = text_of(part, table, row);
    const char *rest = text;
    bool again = false;

    do {
        const char *line = rest;
        size_t length = text_take_line(&rest, width);
        char *cut = mem_copy_bytes(line, length);
        size_t at = sheet_add_row(sheet);
        sheet_set(sheet, at, "label", again ? "" : label);
        sheet_set(sheet, at, "text", cut);
        set_goal(sheet, at, part, table->sheet, row);
        sheet_setf(sheet, at, "key", "%d:%s:%s:%zu:%d", (int)part->tab, label,
                   sheet_get(sheet, at, "id"), row, again);
        free(cut);
        again = true;
    } while (*rest != '\0');
    free(label);
    free(text);
}

static void add_heading(struct sheet *sheet, const struct part *part, const char *text)
{
    size_t at = sheet_add_row(sheet);

    sheet_setf(sheet, at, "label", "[%s]",
               part->title != NULL ? part->title : case_page_title(part->tab));
    sheet_set(sheet, at, "text", text);
    sheet_set(sheet, at, "section", "1");
    sheet_set(sheet, at, "goal", CASELINKS_PAGE);
    sheet_setf(sheet, at, "id", "%d", (int)part->tab);
    sheet_setf(sheet, at, "key", "%d", (int)part->tab);
}

static void add_part(const struct case_screen *one, struct sheet *sheet, const struct part *part,
                     int width)
{
    const struct table *table = table_of(one, part);
    size_t rows = table->sheet == NULL ? 0 : table->sheet->row_count;
    size_t count = 0, shown = 0;
    char text[96] = "";

    for (size_t row = 0; row < rows; row++)
        count += is_meant(part, one, row);
    if (count == 0)
        return;
    if (part->tab == CASE_LOG)
        (void)snprintf(text, sizeof text, "回车看谁何时改过什么");
    else if (part->tab == CASE_BENEFIT) /* the sum stands last, and may be left out below */
        (void)snprintf(text, sizeof text, "%s %s，回车看算法",
                       sheet_get(table->sheet, rows - 1, "label"),
                       sheet_get(table->sheet, rows - 1, "value"));
    else if (count > part->most || part->monthly)
        (void)snprintf(text, sizeof text, "共 %zu 条，回车看全部", part->monthly ? rows : count);
    add_heading(sheet, part, text);
    for (size_t row = 0; row < rows && shown < part->most; row++) {
        if (is_meant(part, one, row)) {
            add_row(sheet, part, table, row, width);
            shown++;
        }
    }
}

/** Pages that are asked for only when they are opened. */
static void add_later(const struct case_screen *one, struct sheet *sheet, enum case_tab tab,
                      const char *text)
{
    if (!one->loaded[tab] && case_has_page(one, tab))
        add_heading(sheet, &(struct part){.tab = tab}, text);
}

struct sheet *caselinks_sheet(const struct case_screen *one, int width)
{
    static const char *const step[] = {"words", "who", "opinion", "case_no", NULL};
    static const char *const other[] = {"state", "since", "case_no", "area_name", NULL};
    static const char *const mate[] = {"relation", "years",   "cover", "kind_name",
                                       "state",    "case_no", "phone", NULL};
    static const char *const duty[] = {"words", "done_need", "reason", NULL};
    static const char *const visit[] = {"mode",    "result",  "by",   "mark",
                                        "fulfils", "finding", "note", NULL};
    static const char *const benefit[] = {"label", "value", NULL};
    static const char *const review[] = {"result", "by", "note", NULL};
    static const char *const log[] = {"clock", "officer", "action", "changes", NULL};
    static const struct part parts[] = {
        {CASE_STEPS, "label", step, 4, false, CASELINKS_STEP, "waits_for", NULL, "办理中"},
        {CASE_OTHERS, "kind_name", other, 4, false, CASELINKS_CASE, NULL, NULL, NULL},
        {CASE_HOUSE, "name", mate, 8, false, CASELINKS_CASE, NULL, NULL, NULL},
        {CASE_DUTIES, "month", duty, 3, true, CASELINKS_ROW, NULL, NULL, NULL},
        {CASE_VISITS, "date", visit, 6, false, CASELINKS_ROW, NULL, NULL, "探访记录"},
        {CASE_BENEFIT, NULL, benefit, 6, false, CASELINKS_ROW, NULL, NULL, NULL},
        {CASE_REVIEWS, "date", review, 2, false, CASELINKS_ROW, NULL, NULL, NULL},
        {CASE_STEPS, "label", step, 3, false, CASELINKS_ROW, NULL, "waits_for", "办理经过"},
        {CASE_LOG, "day", log, 3, false, CASELINKS_PAGE, NULL, NULL, NULL},
    };
    struct sheet *sheet = sheet_new_ids(IDS, ID_COUNT);

    width = width < TEXT_LEAST ? TEXT_LEAST : width;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        add_part(one, sheet, &parts[i], width);
    add_later(one, sheet, CASE_BENEFIT, "回车看每月数额和算法");
    if (one->newest.sheet == NULL || one->newest.sheet->row_count == 0)
        add_later(one, sheet, CASE_LOG, "回车看谁何时改过什么");
    return sheet;
}

static void append(struct sheet *to, const struct sheet *from, size_t row)
{
    size_t at = sheet_add_row(to);

    for (size_t i = 0; i < ID_COUNT; i++)
        sheet_set(to, at, IDS[i], sheet_get(from, row, IDS[i]));
    if (*sheet_get(from, row, "key") == '\0')
        sheet_set(to, at, "key", sheet_get(from, row, "label"));
}

/** The first line of a row of a page, under a name of its own. */
static void add_latest(struct sheet *sheet, const struct part *part, const struct table *table,
                       size_t row, int width)
{
    struct sheet *lines = sheet_new_ids(IDS, ID_COUNT);

    add_row(lines, part, table, row, width);
    sheet_set(lines, 0, "label", part->title);
    sheet_set(lines, 0, "key", part->title);
    append(sheet, lines, 0);
    sheet_free(&lines);
}

struct sheet *caselinks_latest(const struct case_screen *one, int width)
{
    static const char *const amount[] = {"label", "value", NULL};
    static const char *const log[] = {"at", "officer", "action", "changes", NULL};
    static const struct part parts[] = {
        {CASE_BENEFIT, NULL, amount, 1, false, CASELINKS_PAGE, NULL, NULL, "待遇"},
        {CASE_LOG, NULL, log, 1, false, CASELINKS_PAGE, NULL, NULL, "最近日志"},
    };
    struct sheet *sheet = sheet_new_ids(IDS, ID_COUNT);

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const struct table *table = table_of(one, &parts[i]);
        size_t rows = table->sheet == NULL ? 0 : table->sheet->row_count;
        /* the last line of an amount is the sum, the first of the log the newest */
        if (rows > 0)
            add_latest(sheet, &parts[i], table, parts[i].tab == CASE_LOG ? 0 : rows - 1, width);
    }
    return sheet;
}

struct sheet *caselinks_merge(struct sheet *fields, struct sheet *latest, struct sheet *links,
                              bool household)
{
    struct sheet *sheet = sheet_new_ids(IDS, ID_COUNT);
    size_t before = household ? 1 : FIELD_PARTS;
    size_t row = 0;

    for (size_t headings = 0; row < fields->row_count; row++) {
        headings += *sheet_get(fields, row, "section") != '\0';
        if (headings > before)
            break;
        append(sheet, fields, row);
        for (size_t i = 0; row == 0 && i < latest->row_count; i++)
            append(sheet, latest, i);
    }
    for (size_t i = 0; i < links->row_count; i++)
        append(sheet, links, i);
    for (; row < fields->row_count; row++)
        append(sheet, fields, row);
    sheet_free(&fields);
    sheet_free(&latest);
    sheet_free(&links);
    return sheet;
}

long caselinks_next(const struct table *table, int step)
{
    const struct list *list = &table->list;
    long at = (long)list->cursor;

    for (at += step; at >= 0 && at < (long)list->view_count; at += step)
        if (*sheet_get(table->sheet, list->view[at], "section") != '\0' &&
            strcmp(sheet_get(table->sheet, list->view[at], "goal"), CASELINKS_PAGE) == 0)
            return (long)list->view[at];
    return -1;
}
