#include "tui/screens/casebasic.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/app/areas.h"
#include "tui/app/officers.h"
#include "tui/app/pick.h"
#include "tui/screens/casemembers.h"

#include <stdlib.h>
#include <string.h>

static const char *const PAIR_IDS[] = {"label", "text", "section"};

static size_t add_pair(struct sheet *sheet, const char *label, const char *text)
{
    size_t row = sheet_add_row(sheet);

    sheet_set(sheet, row, "label", label);
    sheet_set(sheet, row, "text", text);
    return row;
}

/** The same in as many rows of `width` columns as the text needs; 0 = in one. */
static void add_wrapped(struct sheet *sheet, const char *label, const char *text, int width)
{
    do {
        const char *line = text;
        size_t length = width > 0 ? text_take_line(&text, width) : strlen(text);
        char *cut = mem_copy_bytes(line, length);
        text = width > 0 ? text : line + length;
        (void)add_pair(sheet, label, cut);
        label = "";
        free(cut);
    } while (*text != '\0');
}

/** A division and an officer by name: whoever a ledger knows by number reads like one it names. */
static void name_code(struct app *app, const struct form *form, const Wire__CaseView *view,
                      const struct form_field *field, char **text)
{
    const char *officer = form->roles.officer; /* visitor; visitor2 is the one who stands in */
    bool another = officer[0] != '\0' && strncmp(field->id, officer, strlen(officer)) == 0;
    const char *name = strcmp(field->id, form->roles.area) == 0 ? view->area_name
                       : strcmp(field->type->name, "area") == 0 ? areas_name(app, *text)
                       : strcmp(field->id, officer) == 0        ? view->visitor
                       : another                                ? officers_known(app, *text)
                                                                : "";

    if (name[0] != '\0')
        mem_replace(text, name);
}

static void add_heading(struct sheet *sheet, const char *title)
{
    char *heading = mem_printf("[%s]", title);

    sheet_set(sheet, add_pair(sheet, heading, ""), "section", "1");
    free(heading);
}

/** A list that is not the members': its rows in one line each, under its name. */
static void add_list(struct sheet *sheet, const struct form_field *list,
                     const struct fields *values, int width)
{
    size_t rows = fields_rows(values, list->id);

    if (rows > 0)
        add_heading(sheet, list->label);
    for (size_t row = 0; row < rows; row++) {
        char *number = mem_printf("%zu", row + 1);
        char *line = casemembers_line(list, values, row);
        add_wrapped(sheet, number, line, width);
        free(number);
        free(line);
    }
}

struct sheet *casebasic_sheet(struct app *app, const struct form *form, const Wire__CaseView *view,
                              const struct fields *values, int width)
{
    struct sheet *sheet = sheet_new_ids(PAIR_IDS, 3);
    const char *section = "";

    (void)add_pair(sheet, "个案编号", view->number);
    if (view->closed_on[0] != '\0') {
        char *text = mem_printf("%s %s", view->closed_on, view->exit_reason);
        (void)add_pair(sheet, "退出", text);
        free(text);
    }
    for (size_t i = 0; form != NULL && i < form->field_count; i++) {
        const struct form_field *field = &form->fields[i];
        const char *value = fields_get(values, field->id);
        if (value[0] == '\0' || field->column_count > 0)
            continue;
        if (strcmp(section, field->section) != 0) {
            section = field->section;
            add_heading(sheet, section);
        }
        char *text = form_text(form, values, field->id, app_today(app));
        name_code(app, form, view, field, &text);
        if (field->codes != NULL) {
            char *label = pick_label(form, field, text);
            free(text);
            text = label;
        }
        add_wrapped(sheet, field->label, text, width);
        free(text);
    }
    for (size_t i = 0; form != NULL && i < form->field_count; i++)
        if (casemembers_is_list(&form->fields[i]))
            add_list(sheet, &form->fields[i], values, width);
    return sheet;
}
