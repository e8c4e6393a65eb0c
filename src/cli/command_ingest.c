/**
 * Commands of a county: ingest, senders, overlaps.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "base/paths.h"
#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { OUTCOME_TAKEN };

static enum result write_receipt(const char *directory, const Wire__Ingested *ingested)
{
    struct str text = {.text = ingested->receipt, .length = strlen(ingested->receipt)};

    if (strchr(ingested->file, '/') != NULL)
        return RESULT_PROTOCOL;
    if (ingested->signed_receipt.len > 0)
        text = (struct str){.text = (char *)ingested->signed_receipt.data,
                            .length = ingested->signed_receipt.len};
    char *path = paths_join(directory, ingested->file);
    enum result result = outfile_write(path, &text);
    if (result != 0)
        cli_say("回执 %s 没有写成：%s", path, result_words(result));
    free(path);
    return result;
}

/** The server has another working folder; "" = not given. */
static char *absolute_option(const struct cli *cli, const char *name)
{
    const char *path = cli_option(cli, name);

    return path != NULL ? paths_absolute(path) : mem_copy("");
}

/** Says what came of a bundle; *refused becomes true if it was not taken. */
static enum result tell(const Wire__Ingested *ingested, const char *directory, bool *refused)
{
    bool taken = ingested->outcome == OUTCOME_TAKEN;
    enum result result = RESULT_OK;

    *refused |= !taken;
    if (taken)
        cli_print("%s", ingested->words);
    else
        cli_say("%s", ingested->words);
    if (directory != NULL)
        result = write_receipt(directory, ingested);
    for (size_t i = 0; i < ingested->n_followed; i++) {
        enum result one = tell(ingested->followed[i], directory, refused);
        if (one != 0)
            result = one;
    }
    return result;
}

/** One bundle, and those that had waited for it. */
static enum result ingest_one(struct cli *cli, const char *bundle, const char *directory,
                              bool *refused)
{
    Wire__Ingest ingest = WIRE__INGEST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    ingest.path = paths_absolute(bundle);
    ingest.key = absolute_option(cli, "unseal-with");
    ingest.trusted = absolute_option(cli, "trust");
    ingest.sign_key = absolute_option(cli, "sign-with");
    ingest.sign_certificate = absolute_option(cli, "sign-cert");
    request.what_case = WIRE__REQUEST__WHAT_INGEST;
    request.ingest = &ingest;
    enum result result = cli_call(cli, &request, &response);
    if (result == 0 && response->what_case == WIRE__RESPONSE__WHAT_INGESTED)
        result = tell(response->ingested, directory, refused);
    client_response_free(&response);
    free(ingest.path);
    free(ingest.key);
    free(ingest.trusted);
    free(ingest.sign_key);
    free(ingest.sign_certificate);
    return result;
}

enum result command_ingest(struct cli *cli)
{
    const char *directory = cli_option(cli, "receipt-dir");
    enum result result = RESULT_OK;
    bool refused = false;

    if (directory == NULL && cli_option(cli, "sign-with") != NULL) {
        cli_say("签名的回执要有地方放，请加 --receipt-dir 目录");
        return RESULT_USAGE;
    }
    if (directory != NULL && mkdir(directory, 0700) != 0 && errno != EEXIST) {
        cli_say("回执目录 %s 建不成：%s；请换一个", directory, result_reason(errno));
        return RESULT_CANTCREATE;
    }
    for (size_t i = 0; i < cli->argument_count; i++) {
        enum result one = ingest_one(cli, cli->arguments[i], directory, &refused);
        if (one != 0)
            result = one;
    }
    return result == 0 && refused ? RESULT_PARTIAL : result;
}

static enum result reset_sender(struct cli *cli)
{
    Wire__SenderReset reset = WIRE__SENDER_RESET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    reset.area = cli_text(cli, "reset");
    reset.reason = cli_text(cli, "reason");
    request.what_case = WIRE__REQUEST__WHAT_SENDER_RESET;
    request.sender_reset = &reset;
    return cli_call_words(cli, &request);
}

enum result command_senders(struct cli *cli)
{
    Wire__Senders senders = WIRE__SENDERS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    if (cli_option(cli, "reset") != NULL)
        return reset_sender(cli);
    senders.differences = cli_option(cli, "differences") != NULL;
    request.what_case = WIRE__REQUEST__WHAT_SENDERS;
    request.senders = &senders;
    return output_answer(
        cli, &request,
        senders.differences
            ? &(struct output_page){.title = "重算不符", .layout = "sent_differences"}
            : &(struct output_page){.title = "报送情况", .naming = "单位", .layout = "senders"});
}

enum result command_overlaps(struct cli *cli)
{
    Wire__Overlaps overlaps = WIRE__OVERLAPS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    overlaps.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_OVERLAPS;
    request.overlaps = &overlaps;
    return output_answer(cli, &request,
                         &(struct output_page){.title = "两处都有的人", .layout = "overlaps"});
}
