#include "tui/app/personpane.h"

#include "base/mem.h"
#include "tui/app/app.h"
#include "tui/kit/draw.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

/** Adds "label value", two blanks in front unless it is the line's first; nothing without a value. */
static void add_part(struct str *line, const char *label, const char *value)
{
    if (value[0] != '\0')
        str_printf(line, "%s%s%s%s", line->length > 0 ? "  " : "", label,
                   label[0] != '\0' ? " " : "", value);
}

/** "联系人 王强 子 138…"; `ids`: name, relation, telephones (forms/blocks/contact.yaml). */
static void add_contact(struct str *line, const struct fields *values, const char *const ids[4])
{
    struct str words = {0};

    for (size_t i = 0; i < 4 && ids[i] != NULL; i++)
        add_part(&words, "", fields_get(values, ids[i]));
    add_part(line, "联系人", str_text(&words));
    str_free(&words);
}

/** "11-02 上门 成功 刘洋 关注（血压高）" */
static void add_visit(struct str *line, const struct sheet *visits, size_t row)
{
    const char *note = sheet_get(visits, row, "note");
    const char *date = sheet_get(visits, row, "date");

    add_part(line, "", strlen(date) == 10 ? date + 5 : date);
    add_part(line, "", sheet_get(visits, row, "mode"));
    add_part(line, "", sheet_get(visits, row, "result"));
    add_part(line, "", sheet_get(visits, row, "by"));
    add_part(line, "", sheet_get(visits, row, "finding"));
    if (note[0] != '\0')
        str_printf(line, "（%s）", note);
}

static bool still_counts(const struct sheet *visits, size_t row)
{
    return sheet_get(visits, row, "void")[0] == '\0' &&
           sheet_get(visits, row, "superseded")[0] == '\0';
}

/** The last two visits, a line each; they come in the order of their days. */
static void write_visits(struct person_pane *pane, const Wire__Sheet *from)
{
    static const char *const labels[] = {"上次", "再前"};
    struct sheet *visits = wire_sheet_read(from);
    size_t count = 0;

    for (size_t row = visits->row_count; row > 0 && count < 2; row--) {
        if (!still_counts(visits, row - 1))
            continue;
        str_add(&pane->lines[3 + count], labels[count]);
        add_visit(&pane->lines[3 + count], visits, row - 1);
        count++;
    }
    if (count == 0)
        str_add(&pane->lines[3], "还没有探访记录");
    sheet_free(&visits);
}

/** The person, or the household's head. */
static void write_person(struct person_pane *pane, const Wire__CaseView *view)
{
    static const char *const first[4] = {"em_name", "em_rel", "em_phone", "em_phone2"};
    static const char *const second[4] = {"em2_name", "em2_rel", "em2_phone", NULL};
    struct fields facts = {0}, values = {0};

    wire_case_facts(view, &facts);
    wire_values_read(view->n_values, view->values, &values);
    add_part(&pane->lines[0], "", fields_get(&facts, "name"));
    add_part(&pane->lines[0], "", fields_get(&facts, "tier"));
    add_part(&pane->lines[0], "", fields_get(&facts, "categories"));
    add_part(&pane->lines[1], "电话", fields_get(&facts, "phone"));
    add_part(&pane->lines[1], "住址", fields_get(&facts, "address"));
    add_contact(&pane->lines[2], &values, first);
    add_contact(&pane->lines[2], &values, second);
    if (pane->lines[2].length == 0)
        str_add(&pane->lines[2], "没有登记联系人；F7 打开个案补上");
    fields_free(&facts);
    fields_free(&values);
}

static void clear(struct person_pane *pane)
{
    for (size_t i = 0; i < PERSON_PANE_TEXTS; i++)
        str_clear(&pane->lines[i]);
}

void person_pane_ask(struct app *app, struct person_pane *pane, const char *case_id, uint64_t fills)
{
    Wire__CaseGet get = WIRE__CASE_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    if (pane->case_id != NULL && strcmp(pane->case_id, case_id) == 0 && pane->fills == fills)
        return;
    mem_replace(&pane->case_id, case_id);
    pane->fills = fills;
    clear(pane);
    get.case_id = strtoull(case_id, NULL, 10);
    request.what_case = WIRE__REQUEST__WHAT_CASE_GET;
    request.case_get = &get;
    if (get.case_id != 0 && app_call(app, &request, &response) == 0 &&
        response->what_case == WIRE__RESPONSE__WHAT_CASE_VIEW) {
        write_person(pane, response->case_view);
        write_visits(pane, response->case_view->visits);
    }
    client_response_free(&response);
}

/** Draws what stands below the heading; returns the lines used. */
static int paint_texts(const struct person_pane *pane, struct canvas *canvas)
{
    int y = 1;

    for (int i = 1; i < PERSON_PANE_TEXTS; i++)
        y += draw_lines(canvas, y, 1, str_text(&pane->lines[i]), STYLE_PLAIN);
    return y;
}

int person_pane_lines(const struct person_pane *pane, const struct canvas *canvas, int most)
{
    struct canvas counting = canvas_part(canvas, 0, 0, 0, canvas->columns);
    int lines = paint_texts(pane, &counting);

    return lines < most ? lines : most;
}

void person_pane_paint(const struct person_pane *pane, struct canvas *canvas)
{
    draw_heading(canvas, 0, str_text(&pane->lines[0]));
    (void)paint_texts(pane, canvas);
}

void person_pane_free(struct person_pane *pane)
{
    free(pane->case_id);
    for (size_t i = 0; i < PERSON_PANE_TEXTS; i++)
        str_free(&pane->lines[i]);
}
