/**
 * Handlers of the requests about imports.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/import/import.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/** The headings of the request; the lists beside them may be shorter. */
static struct import_heading *read_headings(const Wire__ImportOpen *open)
{
    struct import_heading *headings = mem_array(open->n_headers, sizeof *headings);

    for (size_t i = 0; i < open->n_headers; i++)
        headings[i] = (struct import_heading){
            .text = open->headers[i],
            .group = i < open->n_groups ? open->groups[i] : "",
            .blank = i < open->n_blank && open->blank[i],
        };
    return headings;
}

static struct field *read_map(const Wire__ImportOpen *open)
{
    struct field *map = mem_array(open->n_map, sizeof *map);

    for (size_t i = 0; i < open->n_map; i++)
        map[i] = (struct field){open->map[i]->name, open->map[i]->value};
    return map;
}

static struct import_take *read_takes(const Wire__ImportOpen *open)
{
    struct import_take *takes = mem_array(open->n_take, sizeof *takes);

    for (size_t i = 0; i < open->n_take; i++)
        takes[i] = (struct import_take){open->take[i]->line, open->take[i]->field};
    return takes;
}

/** The answer names the columns even if one is missing. */
static void answer_opened(const struct import *import, struct sheet **headings,
                          Wire__Response *response)
{
    Wire__ImportOpened *opened = mem_new(sizeof *opened);

    wire__import_opened__init(opened);
    opened->batch = mem_copy(import != NULL ? import_batch(import) : "");
    opened->columns = answer_take_sheet(headings);
    if (import != NULL && *import_notes(import) != '\0') {
        opened->n_notes = 1;
        opened->notes = mem_array(1, sizeof *opened->notes);
        opened->notes[0] = mem_copy(import_notes(import));
    }
    response->what_case = WIRE__RESPONSE__WHAT_IMPORT_OPENED;
    response->import_opened = opened;
}

enum result handle_import_open(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    const Wire__ImportOpen *open = request->import_open;
    struct import_heading *headings = read_headings(open);
    struct field *map = read_map(open);
    struct import_take *takes = read_takes(open);
    struct sheet *columns = NULL;
    const struct import_options options = {
        .kind = open->kind,
        .file = open->file,
        .dry_run = open->dry_run,
        .heading_count = open->n_headers,
        .headings = headings,
        .map_count = open->n_map,
        .map = map,
        .save_map = open->save_map,
        .take_count = open->n_take,
        .takes = takes,
    };

    import_free(&session->import);
    enum result result = import_open(session->service, &session->caller, &options, &session->import,
                                     &columns, reply);
    if (columns != NULL)
        answer_opened(session->import, &columns, response);
    free(headings);
    free(map);
    free(takes);
    return result;
}

enum result handle_import_fields(struct session *session, const Wire__Request *request,
                                 Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = import_fields(session->service, &session->caller,
                                       request->import_fields->kind, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

/** An import lives as long as its connection; rows sent on another connection are refused. */
static enum result find_import(const struct session *session, const char *batch,
                               struct reply *reply)
{
    if (session->import != NULL && strcmp(import_batch(session->import), batch) == 0)
        return RESULT_OK;
    return reply_say(reply, RESULT_NOTFOUND,
                     "导入中断了，已接收的行不会丢失，请重新导入同一文件(重复的行会被拒收)");
}

static enum result flush(struct session *session, bool end, Wire__Response *response,
                         struct reply *reply)
{
    struct import_result figures = {0};
    Wire__ImportDone *done;
    enum result result = import_flush(session->import, &session->caller, end, &figures, reply);

    done = mem_new(sizeof *done);
    wire__import_done__init(done);
    done->rows = figures.rows;
    done->accepted = figures.accepted;
    done->refused = figures.refused;
    done->households = figures.households;
    done->households_accepted = figures.households_accepted;
    done->refusals = answer_take_sheet(&figures.refusals);
    done->remarks = answer_take_sheet(&figures.remarks);
    done->differences = answer_take_sheet(&figures.differences);
    import_result_free(&figures);
    response->what_case = WIRE__RESPONSE__WHAT_IMPORT;
    response->import = done;
    return result;
}

enum result handle_import_rows(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    const Wire__ImportRows *rows = request->import_rows;
    enum result result = find_import(session, rows->batch, reply);

    if (result != 0)
        return result;
    for (size_t i = 0; result == 0 && i < rows->n_rows; i++) {
        const struct import_input row = {
            .number = rows->rows[i]->line,
            .count = rows->rows[i]->n_cells,
            .cells = (const char *const *)rows->rows[i]->cells,
            .fault = rows->rows[i]->fault,
        };

        result = import_room(session->import, &row, reply);
        if (result == 0)
            result = import_row(session->import, &row);
    }
    if (result == 0)
        return flush(session, false, response, reply);
    import_free(&session->import);
    return result;
}

enum result handle_import_end(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    enum result result = find_import(session, request->import_end->batch, reply);

    if (result != 0)
        return result;
    result = flush(session, true, response, reply);
    import_free(&session->import);
    return result;
}

enum result handle_import_undo(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    struct sheet *left = NULL;
    enum result result =
        import_undo(session->service, &session->caller, request->import_undo->batch, &left, reply);

    if (left != NULL)
        answer_sheet(response, &left);
    return result;
}
