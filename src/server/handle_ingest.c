/**
 * Handlers of a home that takes in bundles: ingest, overlaps, senders.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "server/scratch.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "bundle/ingest.h"
#include "bundle/receiptfile.h"
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

/** An ingestion, and those of bundles that had waited for it. */
struct ingesting {
    struct session *session;
    const char *scratch;
    struct seal_order sign;
    Wire__Ingested *first; /**< the answer */
    enum result result;    /**< of signing receipts */
    struct reply *reply;
};

/** Signs the receipt where that is asked for. */
static enum result sign_receipt(struct ingesting *ingesting, Wire__Ingested *ingested)
{
    struct str bytes = {0};
    char *message = NULL;

    if (!SEAL_IS_ASKED(&ingesting->sign))
        return RESULT_OK;
    enum result result =
        receiptfile_sign(ingested->receipt, &ingesting->sign, ingesting->scratch, &bytes, &message);
    if (result != 0) {
        result = reply_say(ingesting->reply, result, "%s%s", ingested->words, message);
    } else {
        char *name = mem_printf("%s" SEAL_ENDING, ingested->file);
        free(ingested->file);
        ingested->file = name;
        ingested->signed_receipt.len = bytes.length;
        ingested->signed_receipt.data = (uint8_t *)str_take(&bytes);
    }
    free(message);
    return result;
}

/** Takes ownership of the receipt. */
static Wire__Ingested *answer_of(struct ingesting *ingesting, struct receipt *receipt)
{
    Wire__Ingested *ingested = mem_new(sizeof *ingested);

    wire__ingested__init(ingested);
    ingested->file = receipt_name(receipt);
    ingested->receipt = receipt_text(receipt);
    ingested->outcome = receipt->outcome;
    ingested->words = text_starts(receipt->words, receipt->file)
                          ? mem_copy(receipt->words)
                          : mem_printf("%s：%s", receipt->file, receipt->words);
    receipt_free(&receipt);
    enum result result = sign_receipt(ingesting, ingested);
    if (result != 0)
        ingesting->result = result;
    return ingested;
}

static void add_followed(struct receipt *receipt, void *arg)
{
    struct ingesting *ingesting = arg;
    Wire__Ingested *first = ingesting->first;

    first->followed = mem_resize(first->followed, first->n_followed + 1, sizeof *first->followed);
    first->followed[first->n_followed++] = answer_of(ingesting, receipt);
}

static const char *text_or_null(const char *text)
{
    return *text != '\0' ? text : NULL;
}

static enum result ingest_in_scratch(struct ingesting *ingesting, const Wire__Ingest *ingest)
{
    struct session *session = ingesting->session;
    const struct ingest_order order = {
        .path = ingest->path,
        .name = file_name(ingest->path),
        .scratch = ingesting->scratch,
        .key = text_or_null(ingest->key),
        .trusted = text_or_null(ingest->trusted),
    };

    struct receipt *receipt = NULL;
    enum result result =
        ingest_bundle(session->service, &session->caller, &order, &receipt, ingesting->reply);
    if (result != 0)
        return result;
    struct receipt taken = {.number = receipt->number, .outcome = receipt->outcome};
    memcpy(taken.sender, receipt->sender, sizeof taken.sender);
    ingesting->first = answer_of(ingesting, receipt);
    if (taken.outcome == RECEIPT_TAKEN)
        waiting_follow(session->service, &session->caller, ingesting->scratch, &taken, add_followed,
                       ingesting);
    return ingesting->result;
}

/** A key that cannot be used is told before anything is taken. */
static enum result check_sign(const struct ingesting *ingesting)
{
    char *message = NULL;
    enum result result =
        SEAL_IS_ASKED(&ingesting->sign) ? seal_check(&ingesting->sign, &message) : RESULT_OK;

    if (result != 0)
        result = reply_say(ingesting->reply, result, "%s", message);
    free(message);
    return result;
}

static enum result ingest(struct ingesting *ingesting, const Wire__Ingest *request)
{
    struct reply *reply = ingesting->reply;
    const char *home = ingesting->session->home;
    char *scratch = NULL;
    enum result result = check_sign(ingesting);

    if (result != 0)
        return result;
    result = scratch_make(home, &scratch);
    if (result != 0) {
        reply->message = homedir_scratch_words(home, result);
        return result;
    }
    ingesting->scratch = scratch;
    result = ingest_in_scratch(ingesting, request);
    scratch_remove(scratch);
    free(scratch);
    return result;
}

enum result handle_ingest(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply)
{
    const Wire__Ingest *asked = request->ingest;
    struct ingesting ingesting = {
        .session = session,
        .sign = {.sign_key = text_or_null(asked->sign_key),
                 .sign_certificate = text_or_null(asked->sign_certificate)},
        .reply = reply};

    if (asked->path[0] != '/')
        return reply_say(reply, RESULT_USAGE, "请给出报送包的完整路径");
    enum result result = ingest(&ingesting, asked);
    if (result != 0) {
        if (ingesting.first != NULL)
            wire__ingested__free_unpacked(ingesting.first, NULL);
        return result;
    }
    response->what_case = WIRE__RESPONSE__WHAT_INGESTED;
    response->ingested = ingesting.first;
    return reply_say(reply, RESULT_OK, "%s", ingesting.first->words);
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
