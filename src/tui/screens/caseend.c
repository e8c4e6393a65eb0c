#include "tui/screens/caseend.h"

#include "base/mem.h"
#include "base/words.h"
#include "tui/form/form.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

/** What the request needs besides the window's values. */
struct ending {
    uint64_t case_id;
    uint32_t version;
    struct sheet
        *people; /* the people to choose from, each with its `label`; NULL = no household */
};

static void ending_free(void *arg)
{
    struct ending *ending = arg;

    sheet_free(&ending->people);
    free(ending);
}

/** Opens the window; takes the people (nulled) and copies the case. */
static void open_window(struct app *app, const struct caseend_of *of, struct form_spec *spec,
                        const struct dialog_field *fields, size_t count, struct sheet **people)
{
    struct ending *ending = mem_new(sizeof *ending);

    ending->case_id = of->case_id;
    ending->version = of->version;
    ending->people = *people;
    *people = NULL;
    spec->dialog = dialog_new(spec->title, fields, count);
    spec->modal = true;
    spec->arg = ending;
    spec->free_arg = ending_free;
    (void)form_open(app, spec);
}

// ---- ending

/** The chosen member; 0 if the window does not ask for one. */
static uint64_t chosen(const struct ending *ending, const char *label)
{
    for (size_t i = 0; ending->people != NULL && i < ending->people->row_count; i++)
        if (strcmp(sheet_get(ending->people, i, "label"), label) == 0)
            return strtoull(sheet_get(ending->people, i, "person_id"), NULL, 10);
    return 0;
}

static void close_submit(struct form_screen *form, bool confirm)
{
    const struct ending *ending = form->spec.arg;
    Wire__CaseClose ask = WIRE__CASE_CLOSE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    ask.case_id = ending->case_id;
    ask.version = ending->version;
    ask.date = (char *)fields_get(form->values, "date");
    ask.reason = (char *)fields_get(form->values, "reason");
    ask.person = chosen(ending, fields_get(form->values, "person"));
    request.what_case = WIRE__REQUEST__WHAT_CASE_CLOSE;
    request.case_close = &ask;
    form_send(form, &request);
}

/** The living members, each with its own label: "李梅 配偶", "李梅 配偶 2". */
static struct sheet *list_people(const struct caseend_of *of)
{
    static const char *const ids[] = {"person_id", "label"};
    struct sheet *from = of->people == NULL ? NULL : wire_sheet_read(of->people);
    struct sheet *people = sheet_new_ids(ids, 2);

    for (size_t i = 0; from != NULL && i < from->row_count; i++) {
        size_t same = 1;
        if (sheet_get(from, i, "death")[0] != '\0')
            continue;
        for (size_t j = 0; j < i; j++)
            same += strcmp(sheet_get(from, j, "name"), sheet_get(from, i, "name")) == 0;
        char *number = same > 1 ? mem_printf(" %zu", same) : mem_copy("");
        size_t row = sheet_add_row(people);
        sheet_set(people, row, "person_id", sheet_get(from, i, "person_id"));
        sheet_setf(people, row, "label", "%s %s%s", sheet_get(from, i, "name"),
                   sheet_get(from, i, "relation"), number);
        free(number);
    }
    sheet_free(&from);
    return people;
}

/** Asks who died if several live there; the answer is filled in if the case was opened for one of
 *  them. */
static void open_closing(struct app *app, const struct caseend_of *of, struct form_spec *spec)
{
    struct sheet *people = list_people(of);
    const char **labels = mem_array(people->row_count + 1, sizeof *labels);
    struct dialog_field fields[] = {
        {.id = "date",
         .label = "生效日期",
         .type = "date",
         .required = true,
         .help = "死亡、迁出等实际发生的日期，可以早于今天"},
        {.id = "reason",
         .label = "退出原因",
         .type = "choice",
         .options = of->form->exits,
         .required = true},
        {.id = "person",
         .label = "死亡成员",
         .type = "choice",
         .options = labels,
         .required = true,
         .when = "reason = 死亡",
         .help = "登记这个人死亡，他的各项业务按死亡退出；这一户还有在世成员的继续保障"},
    };
    size_t count = sizeof fields / sizeof fields[0] - (people->row_count > 1 ? 0 : 1);

    for (size_t i = 0; i < people->row_count; i++) {
        labels[i] = sheet_get(people, i, "label");
        if (strtoull(sheet_get(people, i, "person_id"), NULL, 10) == of->person)
            fields_set(&spec->values, "person", labels[i]);
    }
    fields_set(&spec->values, "date", client_welcome(app->client)->today);
    open_window(app, of, spec, fields, count, &people);
    free(labels);
}

void caseend_close(struct app *app, const struct caseend_of *of)
{
    char *title = mem_printf("退出 %s", of->name);
    struct form_spec spec = {.title = title, .submit = close_submit};

    if (of->active) {
        open_closing(app, of, &spec);
    } else {
        app_say(app, app_may(app, "case.reopen") ? "这个个案已经退出；误办的按 z 撤销退出"
                                                 : "这个个案已经退出；误办的请镇街撤销退出");
    }
    free(title);
}

// ---- an exit taken back

static void reopen_submit(struct form_screen *form, bool confirm)
{
    const struct ending *ending = form->spec.arg;
    Wire__CaseReopen ask = WIRE__CASE_REOPEN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    ask.case_id = ending->case_id;
    ask.version = ending->version;
    ask.reason = (char *)fields_get(form->values, "reason");
    request.what_case = WIRE__REQUEST__WHAT_CASE_REOPEN;
    request.case_reopen = &ask;
    form_send(form, &request);
}

void caseend_reopen(struct app *app, const struct caseend_of *of)
{
    static const struct dialog_field fields[] = {
        {.id = "reason",
         .label = "原因",
         .type = "text",
         .max = 200,
         .required = true,
         .help = "为什么要撤销，记入日志"},
    };
    bool death = strcmp(of->exit_reason, "死亡") == 0;
    char *title = mem_printf("撤销退出%s %s", death ? "和死亡登记" : "", of->name);
    struct form_spec spec = {.title = title, .submit = reopen_submit};
    struct sheet *nobody = NULL;

    if (of->active)
        app_say(app, "这个个案没有退出，不用撤销");
    else
        open_window(app, of, &spec, fields, sizeof fields / sizeof fields[0], &nobody);
    free(title);
}
