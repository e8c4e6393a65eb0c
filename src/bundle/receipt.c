#include "bundle/receipt.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/outfile.h"
#include "base/paths.h"
#include "base/plain.h"
#include "base/text.h"
#include "bundle/outside.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_LENGTH = 1000, NAME_HASH = 12 };

static const char DIGITS[] = "0123456789";

static const struct {
    const char *id, *label;
} OUTCOMES[] =
    {
        [RECEIPT_TAKEN] = {"taken", "已收下"},
        [RECEIPT_WAITING] = {"waiting", "等前面的包"},
        [RECEIPT_REFUSED] = {"refused", "没有收"},
},
  REASONS[RECEIPT_REASON_COUNT_] = {
      [RECEIPT_NONE] = {"", ""},
      [RECEIPT_KNOWN] = {"known", "以前收过"},
      [RECEIPT_UNREADABLE] = {"unreadable", "包残缺或损坏"},
      [RECEIPT_LARGE] = {"large", "包太大"},
      [RECEIPT_FORM] = {"form", "由更新的程序生成"},
      [RECEIPT_FOREIGN] = {"foreign", "不是所辖的单位"},
      [RECEIPT_ROWS] = {"rows", "有别处的行"},
      [RECEIPT_CONTENT] = {"content", "有读不懂的行"},
      [RECEIPT_OLDER] = {"older", "已有更新的包"},
      [RECEIPT_REPLAY] = {"replay", "编号用过，内容不同"},
      [RECEIPT_CHAIN] = {"chain", "与前一包接不上"},
      [RECEIPT_GAP] = {"gap", "前面的包还没有来"},
      [RECEIPT_SEAL] = {"seal", "签名或加密不对"},
      [RECEIPT_DATE] = {"date", "日期不对"},
};

const char *receipt_outcome_label(enum receipt_outcome outcome)
{
    return OUTCOMES[outcome].label;
}

const char *receipt_reason_label(enum receipt_reason reason)
{
    return REASONS[reason].label;
}

// ---- making one

struct receipt *receipt_new(void)
{
    struct receipt *receipt = mem_new(sizeof *receipt);

    receipt->words = mem_copy("");
    return receipt;
}

void receipt_free(struct receipt **receipt)
{
    struct receipt *old = *receipt;

    if (old == NULL)
        return;
    for (size_t i = 0; i < old->finding_count; i++)
        free(old->findings[i].words);
    free(old->findings);
    free(old->differences);
    free(old->words);
    free(old);
    *receipt = NULL;
}

static void list_difference(struct receipt *receipt, const struct receipt_difference *difference)
{
    if (receipt->differences == NULL)
        receipt->differences = mem_array(RECEIPT_LIST, sizeof *receipt->differences);
    receipt->differences[receipt->difference_count++] = *difference;
}

static void list_finding(struct receipt *receipt, const char *case_no, const char *words)
{
    if (receipt->findings == NULL)
        receipt->findings = mem_array(RECEIPT_LIST, sizeof *receipt->findings);
    struct receipt_finding *finding = &receipt->findings[receipt->finding_count++];
    plain_fill(finding->case_no, sizeof finding->case_no, case_no);
    finding->words = plain_copy(words, PLAIN_LINE);
}

void receipt_add_difference(struct receipt *receipt, const struct receipt_difference *difference)
{
    receipt->difference_total++;
    if (receipt->difference_count < RECEIPT_LIST)
        list_difference(receipt, difference);
}

void receipt_add_finding(struct receipt *receipt, const char *case_no, const char *words)
{
    receipt->finding_total++;
    if (receipt->finding_count < RECEIPT_LIST)
        list_finding(receipt, case_no, words);
}

void receipt_forget_folder(struct receipt *receipt, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash != NULL ? (size_t)(slash - path) + 1 : 0;

    for (char *at = receipt->words; length > 0 && *at != '\0';)
        if (strncmp(at, path, length) == 0)
            memmove(at, at + length, strlen(at + length) + 1);
        else
            at++;
}

// ---- writing

static void say(json_object *object, const char *name, const char *text)
{
    json_object_object_add(object, name, json_object_new_string(text));
}

static void say_number(json_object *object, const char *name, uint64_t number)
{
    json_object_object_add(object, name, json_object_new_int64((int64_t)number));
}

static void say_differences(json_object *object, const struct receipt *receipt)
{
    json_object *list = json_object_new_array();
    char month[MONTH_TEXT];

    json_object_object_add(object, "differences", list);
    for (size_t i = 0; i < receipt->difference_count; i++) {
        const struct receipt_difference *difference = &receipt->differences[i];
        json_object *row = json_object_new_object();
        say(row, "figure", difference->figure);
        say(row, "area", difference->area);
        say(row, "month", month_format(difference->month, month));
        say(row, "kind", difference->kind);
        say(row, "sent", difference->sent);
        say(row, "computed", difference->computed);
        say(row, "case", difference->case_no);
        say(row, "note", difference->note);
        json_object_array_add(list, row);
    }
    say_number(object, "difference_count", receipt->difference_total);
}

static void say_findings(json_object *object, const struct receipt *receipt)
{
    json_object *list = json_object_new_array();

    json_object_object_add(object, "findings", list);
    for (size_t i = 0; i < receipt->finding_count; i++) {
        json_object *row = json_object_new_object();
        say(row, "case", receipt->findings[i].case_no);
        say(row, "words", receipt->findings[i].words);
        json_object_array_add(list, row);
    }
    say_number(object, "finding_count", receipt->finding_total);
}

static json_object *describe(const struct receipt *receipt)
{
    json_object *object = json_object_new_object();
    char date[DATE_TEXT], stamp[STAMP_TEXT];

    say_number(object, "format", RECEIPT_FORMAT);
    say(object, "receiver", receipt->receiver);
    say(object, "sender", receipt->sender);
    say_number(object, "number", receipt->number);
    say(object, "kind", receipt->delta ? "delta" : "full");
    say(object, "date", date_format(receipt->date, date));
    say(object, "manifest", receipt->manifest);
    say(object, "file", receipt->file);
    say(object, "file_sha256", receipt->file_sha256);
    say(object, "outcome", OUTCOMES[receipt->outcome].id);
    say(object, "reason", REASONS[receipt->reason].id);
    say(object, "words", receipt->words);
    say_number(object, "rows", receipt->rows);
    say_differences(object, receipt);
    say_findings(object, receipt);
    say(object, "at", date_format_stamp(receipt->at, stamp));
    return object;
}

/** A name for each bundle: two contents under one number must not share a receipt. */
char *receipt_name(const struct receipt *receipt)
{
    const char *hash = *receipt->manifest != '\0' ? receipt->manifest : receipt->file_sha256;
    const char *sender = *receipt->sender != '\0' ? receipt->sender : "unknown";

    return mem_printf("receipt-%s-%06" PRIu64 "-%.*s.json", sender, receipt->number, NAME_HASH,
                      hash);
}

char *receipt_text(const struct receipt *receipt)
{
    json_object *object = describe(receipt);
    char *text =
        mem_printf("%s\n", json_object_to_json_string_ext(
                               object, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));

    json_object_put(object);
    return text;
}

enum result receipt_write(const struct receipt *receipt, const char *directory, char **ret_path)
{
    char *content = receipt_text(receipt), *name = receipt_name(receipt);
    char *path = paths_join(directory, name);
    const struct str text = {.text = content, .length = strlen(content)};
    enum result result = outfile_write(path, &text);

    if (result == 0)
        *ret_path = path;
    else
        free(path);
    free(name);
    free(content);
    return result;
}

// ---- reading

static bool take_text(json_object *object, const char *key, char *buffer, size_t size)
{
    const char *text = outside_text(object, key);

    if (text == NULL || strlen(text) >= size || !plain_is(text, PLAIN_LINE))
        return false;
    memcpy(buffer, text, strlen(text) + 1);
    return true;
}

/** Programs of before did not write it. */
static bool take_later(json_object *object, const char *key, char *buffer, size_t size)
{
    return !json_object_object_get_ex(object, key, NULL) || take_text(object, key, buffer, size);
}

static bool take_words(json_object *object, char **words)
{
    const char *text = outside_text(object, "words");

    if (text == NULL || !plain_is(text, PLAIN_LINE) || text_length(text) > WORDS_LENGTH)
        return false;
    mem_replace(words, text);
    return true;
}

static bool take_area(json_object *object, const char *key, bool needed, char area[AREA_TEXT])
{
    return take_text(object, key, area, AREA_TEXT) &&
           ((*area == '\0' && !needed) || outside_is_made_of(area, AREA_TEXT - 1, DIGITS));
}

static bool take_hash(json_object *object, const char *key, char hash[DIGEST_TEXT])
{
    const char *text = outside_text(object, key);

    return text != NULL && (*text == '\0' || outside_hash(text, hash));
}

static bool take_count(json_object *object, const char *key, uint64_t *ret_count)
{
    int64_t count = 0;

    if (!outside_number(object, key, &count) || count < 0)
        return false;
    *ret_count = (uint64_t)count;
    return true;
}

static bool take_month(json_object *object, month_t *ret_month)
{
    const char *text = outside_text(object, "month");

    return text != NULL && (*text == '\0' || month_parse(text, ret_month) == 0);
}

static bool take_difference(json_object *row, struct receipt *receipt)
{
    struct receipt_difference difference = {0};

    if (!take_text(row, "figure", difference.figure, sizeof difference.figure) ||
        !take_area(row, "area", false, difference.area) || !take_month(row, &difference.month) ||
        !take_text(row, "kind", difference.kind, sizeof difference.kind) ||
        !take_text(row, "sent", difference.sent, sizeof difference.sent) ||
        !take_text(row, "computed", difference.computed, sizeof difference.computed) ||
        !take_later(row, "case", difference.case_no, sizeof difference.case_no) ||
        !take_later(row, "note", difference.note, sizeof difference.note))
        return false;
    list_difference(receipt, &difference);
    return true;
}

static bool take_finding(json_object *row, struct receipt *receipt)
{
    char case_no[RECEIPT_CASE];
    char *words = mem_copy("");
    bool right = take_text(row, "case", case_no, sizeof case_no) && take_words(row, &words);

    if (right)
        list_finding(receipt, case_no, words);
    free(words);
    return right;
}

/** A list, and how many there are of which it shows the first. */
static bool take_list(json_object *object, const char *key, const char *count_key,
                      bool (*take)(json_object *row, struct receipt *receipt),
                      struct receipt *receipt, uint64_t *ret_total)
{
    json_object *list = outside_list(object, key, RECEIPT_LIST);

    if (list == NULL || !take_count(object, count_key, ret_total) ||
        *ret_total < json_object_array_length(list))
        return false;
    for (size_t i = 0; i < json_object_array_length(list); i++)
        if (!take(json_object_array_get_idx(list, i), receipt))
            return false;
    return true;
}

static bool take_bundle(json_object *object, struct receipt *receipt)
{
    const char *kind = outside_text(object, "kind");
    const char *date = outside_text(object, "date");

    if (!take_count(object, "number", &receipt->number) || kind == NULL || date == NULL ||
        (strcmp(kind, "full") != 0 && strcmp(kind, "delta") != 0) ||
        (*date != '\0' && date_parse(date, &receipt->date) != 0))
        return false;
    receipt->delta = strcmp(kind, "delta") == 0;
    return take_hash(object, "manifest", receipt->manifest) &&
           take_text(object, "file", receipt->file, sizeof receipt->file) &&
           take_hash(object, "file_sha256", receipt->file_sha256);
}

/** What came of it: outcome, reason and words that agree. */
static bool take_outcome(json_object *object, struct receipt *receipt)
{
    const char *outcome = outside_text(object, "outcome");
    const char *reason = outside_text(object, "reason");
    const char *at = outside_text(object, "at");
    size_t i = 0, k = 0;

    if (outcome == NULL || reason == NULL || at == NULL || date_parse_stamp(at, &receipt->at) != 0)
        return false;
    while (i < sizeof OUTCOMES / sizeof OUTCOMES[0] && strcmp(OUTCOMES[i].id, outcome) != 0)
        i++;
    while (k < RECEIPT_REASON_COUNT_ && strcmp(REASONS[k].id, reason) != 0)
        k++;
    if (i == sizeof OUTCOMES / sizeof OUTCOMES[0] || k == RECEIPT_REASON_COUNT_ ||
        (i == RECEIPT_REFUSED && k == RECEIPT_NONE) || (i == RECEIPT_TAKEN && k > RECEIPT_KNOWN))
        return false;
    receipt->outcome = (enum receipt_outcome)i;
    receipt->reason = (enum receipt_reason)k;
    return take_words(object, &receipt->words) && take_count(object, "rows", &receipt->rows);
}

enum result receipt_refuse(char **ret_message, const char *why)
{
    *ret_message = mem_printf("这份回执%s。请向收报送包的单位再要一份。", why);
    return RESULT_INVALID;
}

static enum result read_object(json_object *object, struct receipt *receipt, char **ret_message)
{
    int64_t format = 0;

    if (object == NULL || !outside_number(object, "format", &format) || format < 1)
        return receipt_refuse(ret_message, "不是 doudi 的回执");
    if (format > RECEIPT_FORMAT)
        return receipt_refuse(ret_message, "由更新的版本写成，要先升级 doudi 才能读");
    if (!take_area(object, "receiver", true, receipt->receiver) ||
        !take_area(object, "sender", false, receipt->sender) || !take_bundle(object, receipt))
        return receipt_refuse(ret_message, "没有说清是谁的哪个包");
    if (!take_outcome(object, receipt))
        return receipt_refuse(ret_message, "没有说清收了没有、为什么");
    if (!take_list(object, "differences", "difference_count", take_difference, receipt,
                   &receipt->difference_total) ||
        !take_list(object, "findings", "finding_count", take_finding, receipt,
                   &receipt->finding_total))
        return receipt_refuse(ret_message, "列的差异或问题写得不对");
    return RESULT_OK;
}

enum result receipt_parse(const char *text, size_t length, struct receipt **ret_receipt,
                          char **ret_message)
{
    if (length > RECEIPT_BYTES)
        return receipt_refuse(ret_message, "太大");
    bool whole = false;
    json_object *object = outside_parse(text, length, &whole);
    struct receipt *receipt = receipt_new();
    enum result result = read_object(object, receipt, ret_message);

    json_object_put(object);
    if (result == 0)
        *ret_receipt = receipt;
    else
        receipt_free(&receipt);
    return result;
}
