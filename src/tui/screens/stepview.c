#include "tui/screens/stepview.h"

#include "base/mem.h"
#include "base/str.h"
#include "tui/app/areas.h"
#include "tui/app/ask.h"
#include "tui/app/programmes.h"
#include "tui/screens/casebasic.h"
#include "tui/screens/casemembers.h"
#include "wire/convert.h"

#include <inttypes.h>
#include <stdlib.h>

static void add_members(struct app *app, const struct casemembers_of *of, struct str *text)
{
    size_t rows = of->form->subject == FORM_HOUSEHOLD ? fields_rows(of->values, "members") : 0;

    for (size_t row = 0; row < rows; row++) {
        char *member = casemembers_text(app, of, row);
        str_printf(text, "\n[成员 %zu]\n%s\n", row + 1, member);
        free(member);
    }
}

static char *text_of(struct app *app, const struct form *form, const Wire__ProposalView *view)
{
    struct fields values = {0};
    struct str text = {0};
    Wire__CaseView shown = WIRE__CASE_VIEW__INIT;

    wire_values_read(view->n_values, view->values, &values);
    shown.number = mem_printf("SQ%05" PRIu64, view->proposal);
    shown.area_name = (char *)areas_name(app, fields_get(&values, form->roles.area));
    struct sheet *sheet = casebasic_sheet(app, form, &shown, &values, 0);
    sheet_set(sheet, 0, "label", "申请编号");
    str_printf(&text, "%s%s  填报 %s %s\n", view->prior ? "补录 " : "", form->title, view->by,
               view->at);
    for (size_t row = 0; row < sheet->row_count; row++)
        str_printf(&text, "%s%s%s%s\n", *sheet_get(sheet, row, "section") != '\0' ? "\n" : "",
                   sheet_get(sheet, row, "label"),
                   *sheet_get(sheet, row, "text") != '\0' ? "：" : "",
                   sheet_get(sheet, row, "text"));
    add_members(app, &(struct casemembers_of){form, &values, shown.area_name}, &text);
    sheet_free(&sheet);
    free(shown.number);
    fields_free(&values);
    return str_take(&text);
}

void stepview_open(struct app *app, uint64_t proposal)
{
    Wire__ProposalGet ask = WIRE__PROPOSAL_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    const struct form *form = NULL;

    ask.proposal = proposal;
    request.what_case = WIRE__REQUEST__WHAT_PROPOSAL_GET;
    request.proposal_get = &ask;
    if (app_call(app, &request, &response) == 0 &&
        response->what_case == WIRE__RESPONSE__WHAT_PROPOSAL &&
        (form = programmes_form(app, response->proposal->kind)) != NULL) {
        char *text = text_of(app, form, response->proposal);
        ask_show(app, "申请表", text);
        free(text);
    }
    client_response_free(&response);
}
