#include "tui/screens/homelist.h"

#include "base/homeline.h"
#include "base/mem.h"
#include "base/words.h"
#include "tui/screens/due.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

static const char *const LINE_IDS[] = {"what",   "text", "case_id",  "form",    "record",
                                       "kind",   "by",   "proposal", "area",    "alarm",
                                       "alarms", "key",  "more",     "refused", "round"};

static size_t add_line(struct sheet *lines, const char *what, const char *text)
{
    size_t row = sheet_add_row(lines);

    sheet_set(lines, row, "what", what);
    sheet_set(lines, row, "text", text);
    return row;
}

/** The state of a duty; of several visits the number done. New string. */
static char *words_of(const struct sheet *due, size_t row)
{
    char *words = due_words(due, row);
    char *all;

    if (strcmp(sheet_get(due, row, "type"), DUTY_TYPE_REVIEW) == 0 ||
        strcmp(sheet_get(due, row, "done"), "0") == 0)
        return words;
    all = mem_printf("%s，本月 %s/%s", words, sheet_get(due, row, "done"),
                     sheet_get(due, row, "need"));
    free(words);
    return all;
}

/** Adds the first duties. */
static void add_due(struct sheet *lines, const char *what, const Wire__Sheet *from)
{
    struct sheet *due = wire_sheet_read(from);

    for (size_t i = 0; i < due->row_count; i++) {
        char *words = words_of(due, i);
        char *text =
            mem_printf("%s %s岁 %s %s %s", sheet_get(due, i, "name"), sheet_get(due, i, "age"),
                       sheet_get(due, i, "area_name"), sheet_get(due, i, "kind_name"), words);
        size_t row = add_line(lines, what, text);
        sheet_set(lines, row, "case_id", sheet_get(due, i, "case_id"));
        sheet_set(lines, row, "kind", sheet_get(due, i, "kind"));
        sheet_set(lines, row, "by", sheet_get(due, i, "officer"));
        free(words);
        free(text);
    }
    sheet_free(&due);
}

static void add_alarms(struct sheet *lines, const Wire__Sheet *from)
{
    struct sheet *alarms = wire_sheet_read(from);

    for (size_t i = 0; i < alarms->row_count; i++) {
        const char *what = sheet_get(alarms, i, "what");
        size_t row = add_line(lines, what[0] != '\0' ? what : "警示", sheet_get(alarms, i, "text"));
        sheet_set(lines, row, "case_id", sheet_get(alarms, i, "case_id"));
        sheet_set(lines, row, "alarm", sheet_get(alarms, i, "alarm"));
        sheet_set(lines, row, "alarms", sheet_get(alarms, i, "area"));
        sheet_set(lines, row, "round", sheet_get(alarms, i, "round"));
    }
    sheet_free(&alarms);
}

static void add_excuses(struct sheet *lines, const Wire__Sheet *from)
{
    struct sheet *excuses = wire_sheet_read(from);

    if (excuses->row_count > 0) {
        char *text = mem_printf("%zu 份免访申请等待审批", excuses->row_count);
        (void)add_line(lines, "待审批", text);
        free(text);
    }
    sheet_free(&excuses);
}

/** Adds drafted cases: to be filed, or given back with a reason. */
static void add_proposals(struct sheet *lines, const Wire__Sheet *from)
{
    struct sheet *proposals = wire_sheet_read(from);

    for (size_t i = 0; i < proposals->row_count; i++) {
        const char *reason = sheet_get(proposals, i, "reason");
        char *text =
            mem_printf("%s %s %s（%s 草拟，%.10s）%s", sheet_get(proposals, i, "name"),
                       sheet_get(proposals, i, "kind_name"), sheet_get(proposals, i, "area_name"),
                       sheet_get(proposals, i, "officer"), sheet_get(proposals, i, "at"), reason);
        const char *refused = sheet_get(proposals, i, "words");
        size_t row = add_line(lines,
                              *refused != '\0'    ? refused
                              : reason[0] == '\0' ? "待受理"
                                                  : "已退回",
                              text);
        sheet_set(lines, row, "refused", refused);
        sheet_set(lines, row, "proposal", sheet_get(proposals, i, "proposal"));
        sheet_set(lines, row, "kind", sheet_get(proposals, i, "kind"));
        free(text);
    }
    sheet_free(&proposals);
}

static bool is_village(const char *code)
{
    static const char none[] = "000"; /* how the code of a street ends */
    size_t length = strlen(code);

    return length >= sizeof none && strcmp(code + length - (sizeof none - 1), none) != 0;
}

/** Adds the streets, of a street the villages, where most is late, with who has waited longest. Returns
 *  the kind of their lines. */
static const char *add_lowest(struct sheet *lines, const Wire__Sheet *from)
{
    static const char street[] = "探访率最低", village[] = "率最低村";
    struct sheet *streets = wire_sheet_read(from);
    const char *what = street;

    for (size_t i = 0; i < streets->row_count; i++) {
        const char *key = sheet_get(streets, i, "key");
        const char *overdue = sheet_get(streets, i, "overdue");
        char *late = strcmp(overdue, "0") == 0 ? mem_copy("") : mem_printf("，逾期 %s 人", overdue);
        char *text = mem_printf("%s %s%%，待访 %s 人%s：%s", sheet_get(streets, i, "name"),
                                sheet_get(streets, i, "rate"), sheet_get(streets, i, "pending"),
                                late, sheet_get(streets, i, "names"));
        what = is_village(key) ? village : street;
        sheet_set(lines, add_line(lines, what, text), "area", key);
        free(text);
        free(late);
    }
    sheet_free(&streets);
    return what;
}

static void add_drafts(struct sheet *lines, const Wire__Sheet *from)
{
    struct sheet *drafts = wire_sheet_read(from);

    for (size_t i = 0; i < drafts->row_count; i++) {
        char *text =
            mem_printf("%s（%s）", sheet_get(drafts, i, "title"), sheet_get(drafts, i, "at"));
        size_t row = add_line(lines, "草稿", text);
        sheet_set(lines, row, "form", sheet_get(drafts, i, "form"));
        sheet_set(lines, row, "record", sheet_get(drafts, i, "record"));
        free(text);
    }
    sheet_free(&drafts);
}

struct sheet *homelist_read(const Wire__HomeView *view, struct homelines_total *ret_totals)
{
    struct sheet *lines = sheet_new_ids(LINE_IDS, sizeof LINE_IDS / sizeof LINE_IDS[0]);

    add_alarms(lines, view->alarms);
    add_excuses(lines, view->excuses);
    add_proposals(lines, view->proposals);
    add_drafts(lines, view->drafts);
    add_due(lines, HOMELIST_VISITS, view->due);
    add_due(lines, HOME_REVIEWS, view->reviews);
    const char *lowest = add_lowest(lines, view->streets);
    ret_totals[0] = (struct homelines_total){HOMELIST_VISITS, view->due_total};
    ret_totals[1] = (struct homelines_total){HOME_REVIEWS, view->reviews_total};
    ret_totals[2] = (struct homelines_total){lowest, view->streets_total};
    ret_totals[3] = (struct homelines_total){0};
    return lines;
}

void homelist_set_keys(struct sheet *lines)
{
    for (size_t row = 0; row < lines->row_count; row++) {
        char *key = mem_printf("%s %s%s%s%s%s%s%s %s%s", sheet_get(lines, row, "what"),
                               sheet_get(lines, row, "more")[0] != '\0' ? "more" : "",
                               sheet_get(lines, row, "alarm"), sheet_get(lines, row, "round"),
                               sheet_get(lines, row, "alarms"), sheet_get(lines, row, "case_id"),
                               sheet_get(lines, row, "proposal"), sheet_get(lines, row, "form"),
                               sheet_get(lines, row, "record"), sheet_get(lines, row, "area"));
        sheet_set(lines, row, "key", key);
        free(key);
    }
}
