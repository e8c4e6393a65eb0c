#include "engine.h"

#include <stdint.h>

/** The client library's messages are not const. */
#define TEXT(text) ((char *)(uintptr_t)(text))

static enum result open_connection(const struct bench *bench, void *engine,
                                   const struct visitor *visitor, void **ret_connection)
{
    struct client *client = NULL;
    enum result result = server_open(bench, visitor->officer, &client);

    (void)engine;
    if (result == 0)
        *ret_connection = client;
    return result;
}

static enum result record(void *connection, const struct visit *visit)
{
    Wire__VisitAdd add = WIRE__VISIT_ADD__INIT;
    Wire__Value values[COUNT(visit->names)];
    Wire__Value *pointers[COUNT(visit->names)];
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    char date[DATE_TEXT];
    enum result result;

    for (size_t i = 0; i < COUNT(values); i++) {
        wire__value__init(&values[i]);
        values[i].name = TEXT(visit->names[i]);
        values[i].value = TEXT(visit->values[i]);
        pointers[i] = &values[i];
    }
    add.id_no = TEXT(visit->of->id_no);
    add.date = TEXT(date_format(visit->date, date));
    add.mode = TEXT(visit->mode);
    add.result = TEXT(visit->result);
    add.by = TEXT(visit->by);
    add.n_values = COUNT(values);
    add.values = pointers;
    add.confirm = true;
    request.what_case = WIRE__REQUEST__WHAT_VISIT_ADD;
    request.visit_add = &add;
    result = server_ask(connection, &request, &response);
    client_response_free(&response);
    return result;
}

static void close_connection(void **connection)
{
    client_close((struct client **)connection);
}

const struct engine ENGINE_DOUDI = {
    .name = "doudi",
    .server = server_pid,
    .connect = open_connection,
    .record = record,
    .disconnect = close_connection,
};
