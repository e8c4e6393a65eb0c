/**
 * Handlers of the requests about changes of divisions.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/keeping/area_change.h"
#include "service/keeping/area_changes.h"
#include "service/keeping/area_table.h"
#include "service/keeping/area_undo.h"

#include "base/mem.h"
#include "wire/convert.h"

#include <stdlib.h>

/** The steps of a request as the service takes them. Their texts stay the request's. */
struct steps {
    Rec__AreaStep *items;
    Rec__AreaStep **pointers;
};

static struct steps steps_of(const Wire__AreaChange *change)
{
    struct steps steps = {
        .items = mem_array(change->n_steps + 1, sizeof *steps.items),
        .pointers = mem_array(change->n_steps + 1, sizeof *steps.pointers),
    };

    for (size_t i = 0; i < change->n_steps; i++) {
        rec__area_step__init(&steps.items[i]);
        steps.items[i].what = change->steps[i]->what;
        steps.items[i].code = change->steps[i]->code;
        steps.items[i].into = change->steps[i]->into;
        steps.items[i].name = change->steps[i]->name;
        steps.pointers[i] = &steps.items[i];
    }
    return steps;
}

enum result handle_area_change(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    const Wire__AreaChange *change = request->area_change;
    struct steps steps = steps_of(change);
    struct area_order order = {
        .from = change->from,
        .count = change->n_steps,
        .steps = steps.pointers,
        .dry_run = change->dry_run,
    };
    struct sheet *sheet = NULL;
    enum result result = area_change(session->service, &session->caller, &order, &sheet, reply);

    free(steps.items);
    free(steps.pointers);
    answer_sheet(response, &sheet);
    return result;
}

enum result handle_area_undo(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    (void)response;
    return area_undo(session->service, &session->caller, request->area_undo->change,
                     request->area_undo->dry_run, reply);
}

enum result handle_area_changes(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = area_changes_list(session->service, &session->caller, &sheet, reply);

    (void)request;
    answer_sheet(response, &sheet);
    return result;
}

enum result handle_area_import(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    const Wire__AreaImport *import = request->area_import;
    struct sheet *divisions = import->divisions != NULL ? wire_sheet_read(import->divisions) : NULL;
    struct sheet *sheet = NULL;
    enum result result = RESULT_PROTOCOL;

    if (divisions != NULL)
        result =
            area_table_compare(session->service, &session->caller,
                               &(struct area_table){
                                   .divisions = divisions,
                                   .from = import->confirm || import->dry_run ? import->from : NULL,
                                   .dry_run = import->dry_run,
                               },
                               &sheet, reply);
    sheet_free(&divisions);
    answer_sheet(response, &sheet);
    return result;
}
