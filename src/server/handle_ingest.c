/**
 * Handlers of a home that takes in bundles: ingest, overlaps, senders.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "server/scratch.h"

#include "base/mem.h"
#include "bundle/ingest.h"
#include "bundle/waiting.h"
#include "service/keeping/homedir.h"
#include "service/lists/overlap.h"
#include "service/lists/senders.h"

#include <stdlib.h>
#include <string.h>

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/** Takes ownership of the receipt. */
static Wire__Ingested *answer_of(struct receipt *receipt)
{
    Wire__Ingested *ingested = mem_new(sizeof *ingested);

    wire__ingested__init(ingested);
    ingested->file = receipt_name(receipt);
    ingested->receipt = receipt_text(receipt);
    ingested->outcome = receipt->outcome;
    ingested->words = mem_printf("%s：%s", receipt->file, receipt->words);
    receipt_free(&receipt);
    return ingested;
}

static void add_followed(struct receipt *receipt, void *arg)
{
    Wire__Ingested *first = arg;

    first->followed = mem_resize(first->followed, first->n_followed + 1, sizeof *first->followed);
    first->followed[first->n_followed++] = answer_of(receipt);
}

static enum result ingest_in_scratch(struct session *session, const Wire__Ingest *ingest,
                                     const char *scratch, Wire__Ingested **ret_ingested,
                                     struct reply *reply)
{
    const struct ingest_order order = {
        .path = ingest->path,
        .name = file_name(ingest->path),
        .scratch = scratch,
        .key = *ingest->key != '\0' ? ingest->key : NULL,
        .trusted = *ingest->trusted != '\0' ? ingest->trusted : NULL,
    };

    struct receipt *receipt = NULL;
    enum result result = ingest_bundle(session->service, &session->caller, &order, &receipt, reply);
    if (result != 0)
        return result;
    struct receipt taken = {.number = receipt->number, .outcome = receipt->outcome};
    memcpy(taken.sender, receipt->sender, sizeof taken.sender);
    *ret_ingested = answer_of(receipt);
    if (taken.outcome == RECEIPT_TAKEN)
        waiting_follow(session->service, &session->caller, scratch, &taken, add_followed,
                       *ret_ingested);
    return RESULT_OK;
}

enum result handle_ingest(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply)
{
    const char *path = request->ingest->path;
    Wire__Ingested *ingested = NULL;
    char *scratch = NULL;

    if (path[0] != '/')
        return reply_say(reply, RESULT_USAGE, "请给出报送包的完整路径");
    enum result result = scratch_make(session->home, &scratch);
    if (result != 0) {
        reply->message = homedir_scratch_words(session->home, result);
        return result;
    }
    result = ingest_in_scratch(session, request->ingest, scratch, &ingested, reply);
    scratch_remove(scratch);
    free(scratch);
    if (result != 0)
        return result;
    response->what_case = WIRE__RESPONSE__WHAT_INGESTED;
    response->ingested = ingested;
    return reply_say(reply, RESULT_OK, "%s", ingested->words);
}

enum result handle_overlaps(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result =
        overlap_list(session->service, &session->caller, request->overlaps->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_senders(struct session *session, const Wire__Request *request,
                           Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    const Wire__Senders *senders = request->senders;
    enum result result =
        senders->differences
            ? senders_differences(session->service, &session->caller, senders->area, &sheet, reply)
            : senders_list(session->service, &session->caller, &sheet, reply);

    if (result == 0 && !senders->differences)
        waiting_count(service_home(session->service), sheet);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_sender_reset(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    const Wire__SenderReset *reset = request->sender_reset;

    (void)response;
    return senders_reset(session->service, &session->caller, reset->area, reset->reason, reply);
}
