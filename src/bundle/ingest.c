#include "bundle/ingest.h"

#include "base/ids.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "base/plain.h"
#include "bundle/apply.h"
#include "bundle/filesum.h"
#include "bundle/ingest_check.h"
#include "bundle/ingest_private.h"
#include "bundle/manifest.h"
#include "bundle/sealed.h"
#include "bundle/waiting.h"
#include "db/replace.h"
#include "db/tables.h"
#include "domain/area.h"
#include "service/frame/event.h"
#include "service/frame/home_read.h"
#include "service/frame/record.h"
#include "service/frame/usecase.h"
#include "service/lists/overlap.h"
#include "service/memory/reading.h"
#include "service/memory/state.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum result ingest_refuse(struct ingest *ingest, enum receipt_reason reason, const char *format,
                          ...)
{
    struct str words = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&words, format, args);
    va_end(args);
    ingest->receipt->outcome = RECEIPT_REFUSED;
    ingest->receipt->reason = reason;
    free(ingest->receipt->words);
    ingest->receipt->words =
        plain_copy(str_text(&words), PLAIN_LINE); /* the sender reads no other */
    str_free(&words);
    return RESULT_INVALID;
}

// ---- the file

static enum result hash_file(struct ingest *ingest)
{
    if (filesum_read(ingest->order->path, ingest->receipt->file_sha256) == 0)
        return RESULT_OK;
    return reply_say(ingest->reply, RESULT_NOINPUT, "%s 读不出来，请检查路径和权限。",
                     ingest->order->path);
}

/** Opens what the sender sealed or signed; `area` NULL = whoever of the trusted ones signed. */
static enum result open_sealed(struct ingest *ingest, const char *area)
{
    const struct ingest_order *order = ingest->order;
    struct sealed_ask ask = {.path = order->path,
                             .key = order->key,
                             .trusted = order->trusted,
                             .want_signature = order->trusted != NULL,
                             .scratch = ingest->sealing};
    char *message = NULL;

    sealed_bundle_free(&ingest->sealed);
    enum result result = area != NULL ? sealed_open_of(&ask, area, &ingest->sealed, &message)
                                      : sealed_open(&ask, &ingest->sealed, &message);
    if (result == RESULT_DENIED)
        result = ingest_refuse(ingest, RECEIPT_SEAL, "%s", message);
    else if (result == RESULT_CORRUPT)
        result = ingest_refuse(ingest, RECEIPT_UNREADABLE, "%s", message);
    else if (result != 0)
        result = reply_say(ingest->reply, result, "%s", message);
    free(message);
    return result;
}

/** Only its own certificate speaks for a sender. */
static enum result check_signer(struct ingest *ingest)
{
    return ingest->order->trusted != NULL ? open_sealed(ingest, ingest->manifest->area) : RESULT_OK;
}

static enum result unpack(struct ingest *ingest)
{
    char *message = NULL;
    enum result result =
        manifest_unpack(ingest->sealed.path, ingest->files, &ingest->manifest, &message);

    if (result == RESULT_FULL || result == RESULT_IO)
        result = reply_say(ingest->reply, result, "%s", message);
    else if (result != 0)
        result = ingest_refuse(ingest,
                               result == RESULT_INVALID  ? RECEIPT_LARGE
                               : result == RESULT_FORMAT ? RECEIPT_FORM
                                                         : RECEIPT_UNREADABLE,
                               "%s。请重新发送，还不行请重新导出。", message);
    free(message);
    return result;
}

// ---- who sends it, and what is known of them

static enum result check_sender(struct ingest *ingest)
{
    struct service *service = ingest->service;
    const struct manifest *manifest = ingest->manifest;
    const Rec__Area *area = cache_area(service->cache, manifest->area);
    struct receipt *receipt = ingest->receipt;
    day_t today = service_today(service);

    memcpy(receipt->sender, manifest->area, sizeof receipt->sender);
    memcpy(receipt->manifest, manifest->sha256, sizeof receipt->manifest);
    receipt->number = manifest->number;
    receipt->date = manifest->date;
    if (area == NULL || strcmp(area->parent, service_area(service)) != 0)
        return ingest_refuse(ingest, RECEIPT_FOREIGN,
                             "%s 不是 %s 的下一级单位，不能报到这里。请核对收件单位和区划表。",
                             *manifest->area != '\0' ? manifest->area : "没有区划的单位",
                             service_area_name(service, service_area(service)));
    if (manifest->number == 0)
        return ingest_refuse(ingest, RECEIPT_FORM,
                             "由很旧的版本生成，没有编号。请升级 doudi 后重新导出。");
    if (manifest->test_date && !service_test_date(service))
        return ingest_refuse(ingest, RECEIPT_DATE,
                             "是用测试日期导出的，不能报送。请在正式系统里导出。");
    if (manifest->date > today + 1)
        return ingest_refuse(ingest, RECEIPT_DATE,
                             "日期在今天以后。请核对两边的时钟，再重新导出。");
    return RESULT_OK;
}

/** Notes it if exactly this bundle was taken before. */
static enum result see_known(struct ingest *ingest, Rec__Bundle *known)
{
    bool ended = known->ended;

    if (!ended && strcmp(known->manifest, ingest->manifest->sha256) == 0) {
        ingest->again = true;
        if (ingest->bundle != NULL)
            rec__bundle__free_unpacked(ingest->bundle, NULL);
        ingest->bundle = known;
        return RESULT_OK;
    }
    rec__bundle__free_unpacked(known, NULL);
    if (ended)
        return ingest_refuse(ingest, RECEIPT_OLDER,
                             "这一包在重置以前收过，不再收。请送最新的一包。");
    return ingest_refuse(ingest, RECEIPT_REPLAY,
                         "编号 %" PRIu64 " 已经收过，内容不同。请把最新的一包发来；"
                         "数据目录如果恢复过或有两份，请告诉收件单位。",
                         ingest->manifest->number);
}

/** A delta is nothing without the bundle on which it builds: it waits (bundle/waiting.h). */
static enum result wait_for(struct ingest *ingest, uint64_t number)
{
    (void)ingest_refuse(ingest, RECEIPT_GAP,
                        "缺第 %" PRIu64 " 号，这一包要接在它后面。请补发那一包，"
                        "或者用 doudi export --full 重新导出完整的一包。",
                        number);
    ingest->receipt->outcome = RECEIPT_WAITING;
    return RESULT_INVALID;
}

static enum result see_last(struct ingest *ingest, const Rec__Bundle *last)
{
    const struct manifest *manifest = ingest->manifest;

    if (last->ended)
        return manifest->delta ? wait_for(ingest, manifest->base) : RESULT_OK;
    if (manifest->number < last->number)
        return ingest_refuse(ingest, RECEIPT_OLDER,
                             "已有第 %" PRIu64 " 号，这一包（第 %" PRIu64 " 号）更旧，不用再收。",
                             last->number, manifest->number);
    if (manifest->number == last->number + 1 && strcmp(manifest->previous, last->manifest) != 0)
        return ingest_refuse(
            ingest, RECEIPT_CHAIN,
            "接不上已收的第 %" PRIu64
            " 号：它写的上一包不是那一包。数据目录如果恢复过或有两份，请告诉收件单位。",
            last->number);
    if (manifest->delta && (manifest->base != last->number || access(ingest->before, R_OK) != 0))
        return wait_for(ingest, manifest->base);
    return RESULT_OK;
}

static enum result check_order(struct usecase *usecase, struct ingest *ingest)
{
    const struct manifest *manifest = ingest->manifest;
    Rec__Bundle *known = NULL;
    enum result result = store_bundle_get(usecase->txn, manifest->area, manifest->number, &known);

    if (result == 0 && (!known->ended || strcmp(known->manifest, manifest->sha256) == 0))
        return see_known(ingest, known);
    if (result == 0)
        rec__bundle__free_unpacked(known, NULL); /* of another chain */
    if (result == 0 || result == RESULT_NOTFOUND)
        result = store_bundle_last(usecase->txn, manifest->area, &known);
    if (result == RESULT_NOTFOUND)
        return manifest->delta ? wait_for(ingest, manifest->base) : RESULT_OK;
    if (result != 0)
        return result;
    ingest->last = known->number;
    free(ingest->before);
    ingest->before =
        apply_path(service_home(ingest->service), ingest->manifest->area, known->number);
    result = see_last(ingest, known);
    rec__bundle__free_unpacked(known, NULL);
    return result;
}

static enum result order_body(struct usecase *usecase, void *arg)
{
    struct ingest *ingest = arg;

    ingest->again = false;
    return check_order(usecase, ingest);
}

// ---- taking

/** What lies outside the sender's area is not its to say. */
static void put_lacks(const struct manifest *manifest, Rec__Bundle *bundle)
{
    bundle->lacks = mem_array(manifest->lack_count + 1, sizeof *bundle->lacks);
    for (size_t i = 0; i < manifest->lack_count; i++) {
        Rec__BundleLack lack = REC__BUNDLE_LACK__INIT;
        lack.area = (char *)manifest->lacks[i].area;
        lack.date = manifest->lacks[i].date;
        if (area_contains(manifest->area, lack.area))
            bundle->lacks[bundle->n_lacks++] = record_copy(&lack);
    }
    bundle->lacks_more = (uint32_t)manifest->lacks_more;
}

static enum result put_bundle(struct usecase *usecase, struct ingest *ingest)
{
    const struct manifest *manifest = ingest->manifest;
    Rec__Bundle *bundle = mem_new(sizeof *bundle);

    rec__bundle__init(bundle);
    if (ingest->bundle != NULL)
        rec__bundle__free_unpacked(ingest->bundle, NULL);
    ingest->bundle = bundle;
    record_set(&bundle->area, manifest->area);
    record_set(&bundle->manifest, manifest->sha256);
    record_set(&bundle->file, ingest->receipt->file);
    bundle->number = manifest->number;
    bundle->date = manifest->date;
    bundle->data_at = manifest->data_at;
    bundle->at = usecase->now;
    bundle->rows = ingest->receipt->rows;
    bundle->rounds = ingest->rounds;
    put_lacks(manifest, bundle);
    return store_bundle_put(usecase->txn, bundle);
}

static void say_event(struct usecase *usecase, const struct ingest *ingest)
{
    struct replace_count all = {0};

    for (size_t i = 0; i < INTAKE_COUNT_; i++) {
        all.added += ingest->counts[i].added;
        all.changed += ingest->counts[i].changed;
        all.removed += ingest->counts[i].removed;
    }
    event_name_record(usecase, ingest->manifest->area, "bundle:%s:%" PRIu64, ingest->manifest->area,
                      ingest->manifest->number);
    event_add_note(usecase, "新增 %" PRIu64 " 条，改动 %" PRIu64 " 条，去掉 %" PRIu64 " 条",
                   all.added, all.changed, all.removed);
}

static enum result take_body(struct usecase *usecase, void *arg)
{
    struct ingest *ingest = arg;
    enum result result = check_order(usecase, ingest);

    decode_end(&ingest->decoder);
    decode_begin(&ingest->decoder, ingest->manifest->area);
    ingest->receipt->rows = 0;
    memset(ingest->counts, 0, sizeof ingest->counts);
    if (result == 0)
        result = ingest_rows(usecase, ingest);
    if (result == 0)
        result = put_bundle(usecase, ingest);
    if (result == 0)
        say_event(usecase, ingest);
    return result;
}

static enum result keep_body(struct usecase *usecase, void *arg)
{
    return store_bundle_put(usecase->txn, ((struct ingest *)arg)->bundle);
}

static enum result check_figures(struct ingest *ingest)
{
    struct ingest_check check = {
        .area = ingest->manifest->area,
        .folder = ingest->files,
        .date = ingest->manifest->date,
        .rounds = ingest->bundle->rounds,
        .from = ingest->from,
        .to = ingest->to,
        .receipt = ingest->receipt,
        .bundle = ingest->bundle,
    };
    enum result result = ingest_check(ingest->service, ingest->caller, &check, ingest->reply);

    if (result != 0)
        return result;
    ingest->bundle->checked = true;
    return usecase_write_unlogged(ingest->service, ingest->caller, STORE_BULK, keep_body, ingest,
                                  ingest->reply);
}

/** What was found before, for the receipt of a bundle that comes again. */
static void tell_known(struct ingest *ingest)
{
    const Rec__Bundle *bundle = ingest->bundle;

    ingest->receipt->rows = bundle->rows;
    ingest->receipt->reason = RECEIPT_KNOWN;
    for (size_t i = 0; i < bundle->n_listed; i++) {
        const Rec__BundleDifference *listed = bundle->listed[i];
        struct receipt_difference difference = {.month = listed->month};
        snprintf(difference.figure, sizeof difference.figure, "%s", listed->figure);
        snprintf(difference.area, sizeof difference.area, "%s", listed->area);
        snprintf(difference.kind, sizeof difference.kind, "%s", listed->kind);
        snprintf(difference.sent, sizeof difference.sent, "%s", listed->sent);
        snprintf(difference.computed, sizeof difference.computed, "%s", listed->computed);
        snprintf(difference.case_no, sizeof difference.case_no, "%s", listed->case_no);
        if (*listed->case_no == '\0') /* names of people stay here */
            plain_fill(difference.note, sizeof difference.note, listed->names);
        receipt_add_difference(ingest->receipt, &difference);
    }
    ingest->receipt->difference_total = bundle->differences;
}

static void add_finding(const struct overlap *overlap, void *arg)
{
    receipt_add_finding(((struct ingest *)arg)->receipt, overlap->record->number, overlap->words);
}

static enum result findings_body(struct usecase *usecase, void *arg)
{
    const struct ingest *ingest = arg;
    const struct decoder *decoder = &ingest->decoder;

    return overlap_of_sender(usecase, ids_make(decoder->first, 0),
                             ids_make(decoder->last + 1, 0) - 1, add_finding, arg);
}

static void say_words(struct ingest *ingest)
{
    struct receipt *receipt = ingest->receipt;
    struct str words = {0};

    str_add(&words, ingest->again ? "以前已经收下，没有改动" : "已收下");
    if (receipt->difference_total > 0)
        str_printf(&words, "；按明细重算有 %" PRIu64 " 处与所报的数不同，请核对",
                   receipt->difference_total);
    if (receipt->finding_total > 0)
        str_printf(&words, "；有 %" PRIu64 " 件个案的人在别处也有个案，请核实",
                   receipt->finding_total);
    str_add(&words, "。");
    free(receipt->words);
    receipt->words = str_take(&words);
}

// ---- deltas

static enum result apply(struct ingest *ingest)
{
    char *message = NULL;

    if (!ingest->manifest->delta)
        return RESULT_OK;
    ingest->receipt->delta = true;
    if (mkdir(ingest->whole, 0700) != 0)
        return result_of_write(errno, RESULT_CANTCREATE);
    enum result result = apply_delta(ingest->manifest, service_forms(ingest->service),
                                     ingest->before, ingest->files, ingest->whole, &message);
    if (result == RESULT_INVALID)
        result = ingest_refuse(ingest, RECEIPT_CONTENT,
                               "%s。请用 doudi export --full 重新导出完整的一包。", message);
    free(message);
    if (result == 0) {
        free(ingest->files);
        ingest->files = mem_copy(ingest->whole);
    }
    return result;
}

static enum result take(struct ingest *ingest)
{
    struct service *service = ingest->service;
    enum result result = usecase_write(service, ingest->caller, ACTION_INGEST, NULL, take_body,
                                       ingest, ingest->reply);

    if (result != 0)
        return result;
    service->first_month = ingest->from;
    result = reading_forget(service);
    if (result == 0)
        result = check_figures(ingest);
    if (result == 0)
        apply_keep(service_home(service), ingest->manifest->area, ingest->manifest->number,
                   ingest->last, ingest->files);
    return result;
}

static enum result ingest_file(struct ingest *ingest)
{
    struct service *service = ingest->service;
    enum result result = hash_file(ingest);

    if (result == 0)
        result = open_sealed(ingest, NULL);
    if (result == 0)
        result = unpack(ingest);
    if (result == 0)
        result = check_sender(ingest);
    if (result == 0)
        result = check_signer(ingest);
    if (result == 0)
        result = usecase_read(service, ingest->caller, ACTION_INGEST, NULL, order_body, ingest,
                              ingest->reply);
    decode_begin(&ingest->decoder,
                 ingest->manifest != NULL ? ingest->manifest->area : service_area(service));
    if (result == 0 && ingest->again && ingest->bundle->checked)
        tell_known(ingest);
    else if (result == 0 && (result = apply(ingest)) == 0)
        result = take(ingest);
    if (result == 0)
        result = usecase_read(service, ingest->caller, ACTION_INGEST, NULL, findings_body, ingest,
                              ingest->reply);
    if (result == 0)
        say_words(ingest);
    return result;
}

enum result ingest_bundle(struct service *service, const struct caller *caller,
                          const struct ingest_order *order, struct receipt **ret_receipt,
                          struct reply *reply)
{
    /* The manifest tells a bundle that comes again; and one request may take in several. */
    struct caller unnumbered = *caller;
    struct ingest ingest = {
        .service = service, .caller = &unnumbered, .order = order, .reply = reply};
    enum result result = service_check(service, caller, ACTION_INGEST, NULL, reply);

    if (result != 0)
        return result;
    unnumbered.number = 0;
    ingest.receipt = receipt_new();
    snprintf(ingest.receipt->receiver, sizeof ingest.receipt->receiver, "%s",
             service_area(service));
    plain_fill(ingest.receipt->file, sizeof ingest.receipt->file, order->name);
    ingest.receipt->at = facts_now(service);
    ingest.sealing = paths_join(order->scratch, "sealed");
    ingest.files = paths_join(order->scratch, "files");
    ingest.whole = paths_join(order->scratch, "whole");
    result = mkdir(ingest.sealing, 0700) == 0 && mkdir(ingest.files, 0700) == 0
                 ? ingest_file(&ingest)
                 : RESULT_CANTCREATE;
    receipt_forget_folder(ingest.receipt, order->path);
    receipt_forget_folder(ingest.receipt, ingest.sealing);
    if (ingest.receipt->outcome == RECEIPT_WAITING)
        waiting_keep(service_home(service), ingest.sealed.path, ingest.receipt);
    if (ingest.receipt->outcome != RECEIPT_TAKEN) {
        log_warn("bundle %s refused: %s", ingest.receipt->file, ingest.receipt->words);
        result = RESULT_OK;
    }
    if (result == 0)
        *ret_receipt = ingest.receipt;
    else
        receipt_free(&ingest.receipt);
    manifest_free(&ingest.manifest);
    sealed_bundle_free(&ingest.sealed);
    free(ingest.sealing);
    free(ingest.files);
    free(ingest.whole);
    free(ingest.before);
    decode_end(&ingest.decoder);
    if (ingest.bundle != NULL)
        rec__bundle__free_unpacked(ingest.bundle, NULL);
    return result;
}
