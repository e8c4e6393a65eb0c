/**
 * Handlers of the requests about bundles on their way: what is queued, what was handed over, what the
 * receivers said.
 */
#include "server/answer.h"
#include "server/handlers.h"

#include "base/columns.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "base/str.h"
#include "base/text.h"
#include "base/words.h"
#include "bundle/receiptfile.h"
#include "service/frame/outbox.h"
#include "service/keeping/backup.h"
#include "service/ledger/rows.h"
#include "service/lists/senders.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *state_words(const struct outbox_entry *entry)
{
    if (*entry->file == '\0')
        return "没有做成";
    return entry->sent_at != 0 ? "已送出" : "没有送出";
}

static const char *receipt_words(const struct outbox_entry *entry, const struct receiver *receiver)
{
    static const char *const words[] = {
        [OUTBOX_TAKEN] = "已收下", [OUTBOX_WAITING] = "等前面的包", [OUTBOX_REFUSED] = "没有收"};

    if (entry->receipt != OUTBOX_SILENT)
        return words[entry->receipt];
    return receiver != NULL && *receiver->area != '\0' ? "没有回执" : "";
}

static void add_entry(struct sheet *sheet, const char *home, const struct outbox_entry *entry,
                      const struct receiver *receiver)
{
    size_t row = sheet_add_row(sheet);
    char day[DATE_TEXT], stamp[STAMP_TEXT];
    const char *words = entry->receipt != OUTBOX_SILENT ? entry->receipt_words : entry->words;

    sheet_set(sheet, row, "date", date_format(entry->date, day));
    sheet_set(sheet, row, "receiver", entry->receiver);
    sheet_set(sheet, row, "title", receiver != NULL ? receiver->title : "");
    sheet_setf(sheet, row, "number", "%" PRIu64, entry->number);
    sheet_set(sheet, row, "bundle", entry->full ? BUNDLE_FULL_LABEL : BUNDLE_DELTA_LABEL);
    sheet_set(sheet, row, "state", state_words(entry));
    sheet_setf(sheet, row, "tries", "%" PRId64, entry->tries);
    sheet_set(sheet, row, "sent_at", date_format_stamp(entry->sent_at, stamp));
    sheet_set(sheet, row, "receipt", receipt_words(entry, receiver));
    sheet_set(sheet, row, "text", words);
    sheet_set(sheet, row, "send_to", receiver != NULL ? receiver->to : "");
    if (entry->sent_at == 0 && *entry->file != '\0' && receiver != NULL) {
        char *path = outbox_path(home, entry->receiver, entry->file);
        sheet_set(sheet, row, "path", path);
        free(path);
    }
}

enum result handle_outbox(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply)
{
    struct receivers *receivers = NULL;
    struct outbox outbox = {0};
    enum result result = receivers_read(NULL, &receivers, &reply->message);

    (void)request;
    if (result == 0)
        result = outbox_read(session->home, &outbox);
    if (result == 0) {
        struct sheet *sheet = column_sheet(&COLUMNS_OUTBOX);
        for (size_t i = 0; i < outbox.count; i++)
            add_entry(sheet, session->home, &outbox.entries[i],
                      receivers_find(receivers, outbox.entries[i].receiver));
        answer_sheet(response, &sheet);
    }
    outbox_free(&outbox);
    receivers_free(&receivers);
    return result;
}

// ---- handed over, or not

static enum result note_try(struct outbox *outbox, void *arg)
{
    const Wire__OutboxNote *note = arg;
    struct outbox_entry *entry = outbox_find(outbox, note->receiver, note->bundle);

    if (entry == NULL)
        return RESULT_NOTFOUND;
    entry->tries++;
    mem_replace(&entry->words, note->reason);
    if (note->sent)
        entry->sent_at = time(NULL);
    return RESULT_OK;
}

enum result handle_outbox_note(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    const Wire__OutboxNote *note = request->outbox_note;
    enum result result =
        outbox_change(session->home, note_try, (void *)(uintptr_t)request->outbox_note);

    (void)response;
    if (result == RESULT_NOTFOUND)
        return reply_say(reply, result, "队列里没有送 %s 的第 %" PRIu64 " 个包，请核对编号。",
                         note->receiver, note->bundle);
    if (result == 0)
        log_info("outbox: bundle %" PRIu64 " for %s: %s", note->bundle, note->receiver,
                 note->sent ? "handed over" : "not handed over");
    return result;
}

// ---- receipts

/** Receipts that are being read. */
struct reading {
    struct service *service;
    const struct caller *caller;
    const char *area; /**< the home's own */
    const struct receivers *receivers;
    const struct receipt *receipt;
    struct sheet *sheet;
    bool matched;
};

static enum outbox_receipt outcome_of(const struct receipt *receipt)
{
    static const enum outbox_receipt outcomes[] = {[RECEIPT_TAKEN] = OUTBOX_TAKEN,
                                                   [RECEIPT_WAITING] = OUTBOX_WAITING,
                                                   [RECEIPT_REFUSED] = OUTBOX_REFUSED};

    /* Told again, a known bundle is still one that was taken. */
    return receipt->reason == RECEIPT_KNOWN ? OUTBOX_TAKEN : outcomes[receipt->outcome];
}

static bool is_about(const struct receipt *receipt, const struct outbox_entry *entry,
                     const struct receivers *receivers)
{
    const struct receiver *receiver = receivers_find(receivers, entry->receiver);

    if (receiver == NULL || strcmp(receiver->area, receipt->receiver) != 0)
        return false;
    return receipt->manifest[0] != '\0' ? strcmp(receipt->manifest, entry->manifest) == 0
                                        : strcmp(receipt->file, entry->file) == 0;
}

/** What was taken stays taken, whatever an older receipt says. */
static enum result note_receipt(struct outbox *outbox, void *arg)
{
    struct reading *reading = arg;
    const struct receipt *receipt = reading->receipt;

    for (size_t i = 0; i < outbox->count; i++) {
        struct outbox_entry *entry = &outbox->entries[i];
        if (!is_about(receipt, entry, reading->receivers))
            continue;
        reading->matched = true;
        if (entry->receipt == OUTBOX_TAKEN || entry->receipt_at > receipt->at)
            continue;
        entry->receipt = outcome_of(receipt);
        entry->receipt_at = receipt->at;
        mem_replace(&entry->receipt_words, receipt->words);
        if (entry->sent_at == 0)
            entry->sent_at = receipt->at; /* it came, whoever brought it */
    }
    return RESULT_OK;
}

static void add_line(struct reading *reading, const char *file, const char *state, const char *text)
{
    const struct receipt *receipt = reading->receipt;
    size_t row = sheet_add_row(reading->sheet);
    char day[DATE_TEXT];

    sheet_set(reading->sheet, row, "state", state);
    sheet_set(reading->sheet, row, "text", text);
    sheet_set(reading->sheet, row, "file", file);
    if (receipt == NULL)
        return;
    sheet_set(reading->sheet, row, "date", date_format(receipt->date, day));
    sheet_set(reading->sheet, row, "receiver", receipt->receiver);
    if (receipt->number != 0)
        sheet_setf(reading->sheet, row, "number", "%" PRIu64, receipt->number);
}

/** "世纪社区 2026-11 探访 王桂兰（211103001…） 个案状态：本单位报 已访，对方算出 待访". */
static void add_difference(struct reading *reading, const char *file,
                           const struct receipt_difference *difference)
{
    const char *area = service_area_name(reading->service, difference->area);
    char *sent = senders_figure_words(difference->figure, difference->sent);
    char *computed = senders_figure_words(difference->figure, difference->computed);
    char *whom = *difference->case_no != '\0'
                     ? senders_case_words(reading->service, reading->caller, difference->case_no)
                     : mem_copy("");
    char month[MONTH_TEXT] = "";
    struct str text = {0};

    if (difference->month != 0)
        month_format(difference->month, month);
    const char *const words[] = {*area != '\0' ? area : difference->area, month,
                                 rows_kind_name(reading->service, difference->kind), whom};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (*words[i] != '\0')
            str_printf(&text, "%s ", words[i]);
    str_printf(&text, "%s：本单位报 %s，对方算出 %s", senders_figure_label(difference->figure),
               sent, computed);
    if (*difference->note != '\0')
        str_printf(&text, "（%s）", difference->note);
    add_line(reading, file, "数不一致", str_text(&text));
    str_free(&text);
    free(whom);
    free(computed);
    free(sent);
}

static void add_details(struct reading *reading, const char *file)
{
    const struct receipt *receipt = reading->receipt;

    for (size_t i = 0; i < receipt->difference_count; i++)
        add_difference(reading, file, &receipt->differences[i]);
    for (size_t i = 0; i < receipt->finding_count; i++) {
        char *whom =
            senders_case_words(reading->service, reading->caller, receipt->findings[i].case_no);
        char *text = mem_printf("%s %s", whom, receipt->findings[i].words);
        add_line(reading, file, "请核对", text);
        free(text);
        free(whom);
    }
}

/** Goes on behind a bundle that a receiver took and this home, restored from a backup, forgot. */
static enum result follow(struct session *session, const struct reading *reading,
                          struct reply *reply)
{
    const struct receipt *receipt = reading->receipt;
    struct backup_bundle bundle = {.number = receipt->number};
    const struct receiver *receiver;
    bool known = false;

    for (size_t i = 0; (receiver = receivers_at(reading->receivers, i)) != NULL; i++)
        known |= strcmp(receiver->area, receipt->receiver) == 0;
    if (!known || outcome_of(receipt) != OUTBOX_TAKEN || receipt->manifest[0] == '\0')
        return RESULT_OK;
    memcpy(bundle.manifest, receipt->manifest, sizeof bundle.manifest);
    return backup_follow_bundle(session->service, &session->caller, &bundle, reply);
}

/** Checks that its receiver signed it, where the receiver's certificate is known: *ret_known. */
static enum result check_signer(const struct reading *reading, const struct receiptfile *file,
                                const char *area, bool *ret_known, char **ret_message)
{
    const struct receiver *receiver;
    enum result result = RESULT_OK;

    *ret_known = false;
    for (size_t i = 0; (receiver = receivers_at(reading->receivers, i)) != NULL; i++) {
        struct receipt *signed_one = NULL;
        if (receiver->receipt_certificate == NULL || strcmp(receiver->area, area) != 0)
            continue;
        *ret_known = true;
        free(*ret_message);
        *ret_message = NULL;
        result = receiptfile_open(file, receiver->receipt_certificate, &signed_one, ret_message);
        receipt_free(&signed_one);
        if (result == 0)
            break;
    }
    return result;
}

/** What is told of a receipt that belongs to a bundle of the queue. */
static void add_matched(struct reading *reading, const char *file, bool unchecked)
{
    const struct receipt *receipt = reading->receipt;
    char *words = mem_printf("%s%s", receipt->words,
                             unchecked ? "（签名没有核对：receivers.yaml 里没有写它的 "
                                         "receipt_certificate。）"
                                       : "");

    add_line(reading, file, receipt_outcome_label(receipt->outcome), words);
    free(words);
}

/** Notes a receipt that may be believed; returns RESULT_PARTIAL for one that does not count. */
static enum result note(struct session *session, struct reading *reading, const char *file,
                        bool unchecked, struct reply *reply)
{
    enum result result = outbox_change(session->home, note_receipt, reading);

    if (result != 0)
        return result;
    if (reading->matched)
        add_matched(reading, file, unchecked);
    else
        add_line(reading, file, "对不上",
                 "队列里没有这个包（恢复过的，以后的包接着它编号），或 "
                 "receivers.yaml 里没有这个单位的 area，请补上再读。");
    add_details(reading, file);
    if (!reading->matched && follow(session, reading, reply) != 0)
        log_warn("outbox: bundle %" PRIu64 " is not followed", reading->receipt->number);
    return reading->matched ? RESULT_OK : RESULT_PARTIAL;
}

/** Says of a file why nothing is noted. */
static enum result pass_over(struct reading *reading, const char *file, enum result result,
                             const char *message)
{
    add_line(reading, file,
             result == RESULT_DENIED    ? "签名不对"
             : reading->receipt == NULL ? "读不出来"
                                        : "没有核对",
             message);
    return result;
}

/** Reads one; returns another result than RESULT_OK for one that does not count. */
static enum result take_receipt(struct session *session, struct reading *reading, const char *path,
                                const char *file, struct reply *reply)
{
    struct receiptfile bytes = {0};
    struct receipt *receipt = NULL;
    char *message = NULL;
    bool known = false;
    enum result result = receiptfile_read(path, &bytes, &message);

    reading->matched = false;
    if (result == 0)
        result = receiptfile_open(&bytes, NULL, &receipt, &message);
    reading->receipt = receipt;
    if (result == 0)
        result = check_signer(reading, &bytes, receipt->receiver, &known, &message);
    if (result != 0) {
        result = pass_over(reading, file, result, message);
    } else if (receipt->sender[0] != '\0' && strcmp(receipt->sender, reading->area) != 0) {
        add_line(reading, file, "别的单位的", "这份回执不是给本单位的，没有记；请转给那个单位。");
        result = RESULT_PARTIAL;
    } else {
        result = note(session, reading, file, bytes.is_signed && !known, reply);
    }
    receipt_free(&receipt);
    receiptfile_free(&bytes);
    free(message);
    return result;
}

static bool is_receipt_name(const char *name)
{
    return text_starts(name, "receipt-") &&
           (text_ends(name, ".json") || text_ends(name, ".json" SEAL_ENDING));
}

static enum result take_folder(struct session *session, struct reading *reading,
                               const char *directory, struct reply *reply)
{
    DIR *dir = opendir(directory);
    const struct dirent *entry;
    size_t refused = 0;

    if (dir == NULL)
        return reply_say(reply, RESULT_NOINPUT, "打不开目录 %s：%s；请核对目录名和权限。",
                         directory, result_reason(errno));
    while ((entry = readdir(dir)) != NULL) {
        if (!is_receipt_name(entry->d_name))
            continue;
        char *path = paths_join(directory, entry->d_name);
        refused += take_receipt(session, reading, path, entry->d_name, reply) != 0;
        free(path);
    }
    closedir(dir);
    return refused == 0 ? RESULT_OK
                        : reply_say(reply, RESULT_PARTIAL,
                                    "%zu 份回执没有记上，原因见上；请照此改正再取。", refused);
}

enum result handle_receipts(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply)
{
    const char *directory = request->receipts->directory;
    struct receivers *receivers = NULL;
    struct reading reading = {.service = session->service,
                              .caller = &session->caller,
                              .area = service_area(session->service)};
    enum result result;

    if (directory[0] != '/')
        return reply_say(reply, RESULT_USAGE, "请给出回执目录的完整路径");
    result = receivers_read(NULL, &receivers, &reply->message);
    if (result != 0)
        return result;
    reading.receivers = receivers;
    reading.sheet = column_sheet(&COLUMNS_RECEIPTS);
    result = take_folder(session, &reading, directory, reply);
    answer_sheet(response, &reading.sheet);
    receivers_free(&receivers);
    return result;
}
