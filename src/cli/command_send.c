/**
 * Commands about bundles on their way: send hands them over by the office's programs, or marks those
 * that somebody carried away; receipts reads what the receivers said.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "base/text.h"
#include "base/words.h"
#include "cli/hook.h"
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static enum result ask_outbox(struct cli *cli, struct sheet **ret_sheet)
{
    Wire__Outbox outbox = WIRE__OUTBOX__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_OUTBOX;
    request.outbox = &outbox;
    return cli_call_sheet(cli, &request, ret_sheet);
}

/** Tells the server what became of a bundle. `fault`: NULL = it was handed over. */
static enum result note(struct cli *cli, const struct sheet *sheet, size_t row, char *fault)
{
    Wire__OutboxNote outbox_note = WIRE__OUTBOX_NOTE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    char *receiver = mem_copy(sheet_get(sheet, row, "receiver"));

    outbox_note.receiver = receiver;
    outbox_note.bundle = strtoull(sheet_get(sheet, row, "number"), NULL, 10);
    outbox_note.sent = fault == NULL;
    if (fault != NULL)
        outbox_note.reason = fault;
    request.what_case = WIRE__REQUEST__WHAT_OUTBOX_NOTE;
    request.outbox_note = &outbox_note;
    enum result result = cli_call(cli, &request, &response);
    client_response_free(&response);
    free(receiver);
    return result;
}

/** Hands one bundle over; RESULT_AGAIN if no program took it. */
static enum result send_one(struct cli *cli, const char *folder, const struct sheet *sheet,
                            size_t row)
{
    bool full = strcmp(sheet_get(sheet, row, "bundle"), BUNDLE_FULL_LABEL) == 0;
    const char *arguments[HOOK_ARGUMENTS] = {
        sheet_get(sheet, row, "path"),    sheet_get(sheet, row, "receiver"),
        sheet_get(sheet, row, "send_to"), sheet_get(sheet, row, "date"),
        sheet_get(sheet, row, "number"),  full ? "full" : "delta"};
    char *fault = NULL;
    enum result result = hook_run(folder, arguments, HOOK_SECONDS, &fault);

    if (result == 0)
        cli_print("%s %s：已送出", sheet_get(sheet, row, "receiver"),
                  sheet_get(sheet, row, "path"));
    else
        cli_say("%s 的包没有送出（%s 第 %s 个），改好再送：%s", sheet_get(sheet, row, "receiver"),
                sheet_get(sheet, row, "date"), sheet_get(sheet, row, "number"), fault);
    enum result noted = note(cli, sheet, row, fault);
    free(fault);
    return noted != 0 ? noted : result;
}

/** True if a bundle before this row did not get through to its receiver: they go in order. */
static bool is_held(const struct str *failed, const char *receiver)
{
    char *name = mem_printf("\n%s\n", receiver);
    bool held = strstr(str_text(failed), name) != NULL;

    free(name);
    return held;
}

static enum result send_all(struct cli *cli, const struct sheet *sheet)
{
    char *folder = paths_office("send.d");
    struct str failed = {0};
    enum result result = RESULT_OK;

    size_t waiting = 0;

    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *receiver = sheet_get(sheet, row, "receiver");
        if (*sheet_get(sheet, row, "path") == '\0' || is_held(&failed, receiver))
            continue;
        waiting++;
        if (send_one(cli, folder, sheet, row) != 0) {
            str_printf(&failed, "\n%s\n", receiver);
            result = RESULT_AGAIN;
        }
    }
    if (waiting == 0 && isatty(STDERR_FILENO) != 0) /* the timer asks every few minutes */
        cli_say("没有待送的上报包，不用再送");
    str_free(&failed);
    free(folder);
    return result;
}

/** Marks what somebody carried away by hand: the receiver's bundles up to --number. */
static enum result mark_handed(struct cli *cli, const struct sheet *sheet)
{
    const char *wanted = cli_option(cli, "handed");
    const char *number = cli_option(cli, "number");
    unsigned long long most = strtoull(number, NULL, 10);
    enum result result = RESULT_OK;
    size_t marked = 0;

    for (size_t row = 0; row < sheet->row_count && result == 0; row++) {
        const char *path = sheet_get(sheet, row, "path");
        if (*path == '\0' || strcmp(sheet_get(sheet, row, "receiver"), wanted) != 0 ||
            strtoull(sheet_get(sheet, row, "number"), NULL, 10) > most)
            continue;
        result = note(cli, sheet, row, NULL);
        if (result == 0)
            cli_print("%s %s：记为已送出", wanted, path);
        marked++;
    }
    if (marked == 0) {
        cli_say("%s 没有到第 %s 个为止还没有送出的包，执行 doudi send --list 看一看", wanted,
                number);
        result = RESULT_INVALID;
    }
    return result;
}

/** Keeps a second run away, which would hand over the same bundles: *ret_lock, -1 = there is no
 *  queue yet. Programs that are started do not inherit it. */
static enum result lock_queue(const struct cli *cli, int *ret_lock)
{
    char *folder = paths_join(cli->home, "outbox");
    int lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum result result = RESULT_OK;

    if (lock < 0 && errno != ENOENT) {
        cli_say("%s 打不开：%s；请系统管理员核对", folder, result_reason(errno));
        result = RESULT_DENIED;
    } else if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0) {
        cli_say("另一个 doudi send 正在送，等它送完再试");
        result = RESULT_AGAIN;
    }
    if (result == 0)
        *ret_lock = lock;
    else if (lock >= 0)
        close(lock);
    free(folder);
    return result;
}

/** What is queued is asked for under the lock: the run before may have just handed it over. */
static enum result send_locked(struct cli *cli)
{
    struct sheet *sheet = NULL;
    int lock = -1;
    enum result result = lock_queue(cli, &lock);

    if (result == 0)
        result = ask_outbox(cli, &sheet);
    if (result == 0)
        result = cli_option(cli, "handed") != NULL ? mark_handed(cli, sheet) : send_all(cli, sheet);
    if (lock >= 0)
        close(lock);
    sheet_free(&sheet);
    return result;
}

enum result command_send(struct cli *cli)
{
    struct output_page page = {.title = "待送的上报包"};
    struct sheet *sheet = NULL;

    if ((cli_option(cli, "handed") != NULL) != (cli_option(cli, "number") != NULL)) {
        cli_say("--handed 和 --number 要一起写：哪个单位，到第几个包为止");
        return RESULT_USAGE;
    }
    if (cli_option(cli, "list") == NULL)
        return send_locked(cli);
    enum result result = ask_outbox(cli, &sheet);
    if (result == 0)
        result = output_sheet(cli, sheet, COLUMNS_OUTBOX.contract, &page);
    sheet_free(&sheet);
    return result;
}

enum result command_receipts(struct cli *cli)
{
    Wire__Receipts receipts = WIRE__RECEIPTS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct output_page page = {.title = "回执"};
    struct sheet *sheet = NULL;

    receipts.directory = paths_absolute(cli->arguments[0]);
    request.what_case = WIRE__REQUEST__WHAT_RECEIPTS;
    request.receipts = &receipts;
    enum result result = client_call(cli->client, &request, &response);
    if (response != NULL && response->what_case == WIRE__RESPONSE__WHAT_SHEET) {
        sheet = wire_sheet_read(response->sheet);
        enum result written = output_sheet(cli, sheet, sheet->column_count, &page);
        if (written != 0)
            result = written;
        sheet_free(&sheet);
    }
    if (result != 0)
        cli_say("%s", client_words(result, response));
    client_response_free(&response);
    free(receipts.directory);
    return result;
}
