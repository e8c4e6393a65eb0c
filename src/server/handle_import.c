#include "server/answer.h"
#include "server/handlers.h"
#include "service/import.h"

#include "base/mem.h"

#include <string.h>

enum result handle_import_open(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    const Wire__ImportOpen *open = request->import_open;
    Wire__ImportOpened *opened;
    enum result result;

    import_free(&session->import);
    result = import_open(session->service, &session->caller, open->kind, open->file,
                         (const char *const *)open->headers, open->n_headers, open->dry_run,
                         &session->import, reply);
    if (result != 0)
        return result;
    opened = mem_new(sizeof(*opened));
    wire__import_opened__init(opened);
    opened->batch = mem_copy(import_batch(session->import));
    response->what_case = WIRE__RESPONSE__WHAT_IMPORT_OPENED;
    response->import_opened = opened;
    return RESULT_OK;
}

/** An import lives as long as its connection: rows of a lost one have nowhere to go. */
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

    done = mem_new(sizeof(*done));
    wire__import_done__init(done);
    done->rows = figures.rows;
    done->accepted = figures.accepted;
    done->refused = figures.refused;
    done->households = figures.households;
    done->households_accepted = figures.households_accepted;
    done->refusals = answer_take_sheet(&figures.refusals);
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
        const char *const *cells = (const char *const *)rows->rows[i]->cells;

        result = import_room(session->import, cells, rows->rows[i]->n_cells, reply);
        if (result == 0)
            result =
                import_row(session->import, rows->rows[i]->line, cells, rows->rows[i]->n_cells);
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
    (void)response;
    return import_undo(session->service, &session->caller, request->import_undo->batch, reply);
}
