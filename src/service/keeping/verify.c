/*
 * Verification. The pages of the files are checked in place, because the log could repair a copy of
 * them. A backup is then restored, as after a disaster; indexes are checked on that copy, and so
 * are the rows against each other, because nothing changes there. Only the totals in memory are
 * compared with the ledger of the running server.
 */
#include "service/keeping/verify.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "base/str.h"
#include "db/damage.h"
#include "db/restore.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/keeping/homedir.h"
#include "service/keeping/verify_alarms.h"
#include "service/keeping/verify_payrolls.h"
#include "service/keeping/verify_rounds.h"
#include "service/keeping/verify_sheets.h"
#include "service/ledger/duties.h"
#include "service/ledger/sharing.h"
#include "service/ledger/statement.h"
#include "service/memory/reading.h"
#include "service/memory/state.h"

#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINES_MOST = 1000 };

#define VERIFY_OK "verify ok"

struct verification {
    struct service *service; /**< the running service, or one on a read-only copy */
    const struct caller *caller;
    struct sheet *lines;
    uint64_t findings;
    uint64_t rows; /**< rows read so far, for progress */
};

static void find_line(const char *line, void *arg)
{
    struct verification *verification = arg;

    if (verification->findings++ < LINES_MOST)
        sheet_set(verification->lines, sheet_add_row(verification->lines), "line", line);
}

static void find(struct verification *verification, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void find(struct verification *verification, const char *format, ...)
{
    struct str line = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&line, format, args);
    va_end(args);
    find_line(str_text(&line), verification);
    str_free(&line);
}

static enum result show_progress(struct verification *verification, const char *what)
{
    const struct caller *caller = verification->caller;

    if (caller->progress == NULL || ++verification->rows % 1000 != 0)
        return RESULT_OK;
    return caller->progress(verification->rows, 0, what, caller->arg);
}

// ---- the rows

struct checking {
    struct verification *verification;
    struct usecase *usecase; /**< reads the copy */
    struct chain_check chain;
};

static enum result check_event(const Rec__Event *event, void *arg)
{
    struct checking *checking = arg;
    const char *fault = chain_check(&checking->chain, event);
    char at[STAMP_TEXT];

    if (fault != NULL)
        find(checking->verification, "日志：%s %s 第 %" PRIu64 " 号（%s）%s",
             date_format_stamp(event->at, at), event->officer, event->seq, event->action, fault);
    return show_progress(checking->verification, "核验日志");
}

static enum result check_statement(const Rec__Statement *statement, void *arg)
{
    struct checking *checking = arg;
    uint8_t sum[DIGEST_SIZE];
    char month[MONTH_TEXT];

    statement_hash(statement, sum);
    if (statement->hash.len != sizeof sum || memcmp(statement->hash.data, sum, sizeof sum) != 0)
        find(checking->verification, "月结表：%s %s 第 %" PRIu32 " 版内容与校验值不符",
             month_format(statement->month, month), statement->area, statement->version);
    return show_progress(checking->verification, "核验月结表");
}

static bool same_visits(const Rec__Duty *a, const Rec__Duty *b)
{
    if (a->n_credits != b->n_credits || a->n_attempts != b->n_attempts)
        return false;
    for (size_t i = 0; i < a->n_credits; i++) {
        const Rec__Credit *x = a->credits[i], *y = b->credits[i];
        if (x->date != y->date || x->seq != y->seq || x->late != y->late)
            return false;
    }
    for (size_t i = 0; i < a->n_attempts; i++)
        if (a->attempts[i] != b->attempts[i])
            return false;
    return true;
}

static void say_recounted(struct checking *checking, const Rec__Duty *duty,
                          const Rec__Duty *recounted)
{
    char month[MONTH_TEXT];

    find(checking->verification,
         "台账：%s 个案 %" PRIu64 " 计入 %zu 次、未见到 %zu 次，按探访记录应为 %zu 次、%zu 次",
         month_format(duty->month, month), duty->case_id, duty->n_credits, duty->n_attempts,
         recounted->n_credits, recounted->n_attempts);
}

/** A row must have the same state of its month as the statements of its street. */
static enum result check_closed(struct checking *checking, const Rec__Duty *duty)
{
    enum month_state state;
    char month[MONTH_TEXT];
    enum result result = usecase_month_state(checking->usecase, duty->month, duty->area, &state);
    enum month_state said = *duty->frozen == '\0' ? MONTH_OPEN
                            : duty->reopened      ? MONTH_REOPENED
                                                  : MONTH_CLOSED;

    if (result == 0 && state != said)
        find(checking->verification, "台账：%s 个案 %" PRIu64 " 的月结状态与 %s 的月结表不符",
             month_format(duty->month, month), duty->case_id, duty->area);
    return result;
}

/** Counts the duty again from the visits, and compares. */
static enum result check_duty(const Rec__Duty *duty, void *arg)
{
    struct checking *checking = arg;
    const struct form *form = forms_get(checking->usecase->service->forms, duty->kind);
    char month[MONTH_TEXT];
    enum result result = check_closed(checking, duty);

    if (result != 0 || strcmp(duty->type, DUTY_TYPE_VISIT) != 0 || form == NULL)
        return result;
    Rec__Duty *recounted = record_copy(duty);
    result = recount_visits(checking->usecase, form, recounted);
    if (result == 0)
        result = recount_last_before(checking->usecase, form, duty->person, duty->month,
                                     &recounted->last_before);
    if (result == 0 && !same_visits(duty, recounted))
        say_recounted(checking, duty, recounted);
    else if (result == 0 && duty->last_before != recounted->last_before)
        find(checking->verification, "台账：%s 个案 %" PRIu64 " 的上次探访日期与探访记录不符",
             month_format(duty->month, month), duty->case_id);
    rec__duty__free_unpacked(recounted, NULL);
    return result != 0 ? result : show_progress(checking->verification, "核验台账");
}

/** A person with several cases of a programme must be counted once a month, by the rule of
 *  service/ledger/sharing.h. */
static enum result check_sharing(struct checking *checking, const Rec__Case *casefile)
{
    struct credit_changes changes = {0};
    char month[MONTH_TEXT];
    enum result result =
        sharing_load(checking->usecase, casefile->person, casefile->kind, &changes);

    if (result == 0)
        sharing_settle(checking->usecase, &changes);
    for (size_t i = 0; i < changes.count && result == 0; i++) {
        const struct credit_change *change = &changes.items[i];
        if (change->is->case_id == casefile->id && !record_equal(change->was, change->is))
            find(checking->verification, "台账：%s 个案 %s 与此人其他个案的并计不符",
                 month_format(change->is->month, month), casefile->number);
    }
    credit_changes_free(&changes);
    return result;
}

/** The case must have its row of the month, in whichever village it was then. */
static enum result check_row(struct checking *checking, const Rec__Case *casefile, month_t month,
                             const char *type)
{
    char text[MONTH_TEXT];
    bool owed;
    Rec__Duty *duty = NULL;
    enum result result = duties_check_row(checking->usecase, casefile, month, type, &owed);

    if (result != 0 || !owed)
        return result;
    result = record_duty_find(checking->usecase, casefile, month, type, &duty);
    if (result == 0 && duty == NULL)
        find(checking->verification, "台账：%s 缺个案 %s 的%s任务", month_format(month, text),
             casefile->number, strcmp(type, DUTY_TYPE_VISIT) == 0 ? "探访" : "复核");
    if (duty != NULL)
        rec__duty__free_unpacked(duty, NULL);
    return result;
}

/** The first month with rows: homes of the first version kept no rows of closed months. */
static month_t first_whole(const struct service *service)
{
    return service->whole_from != 0 ? service->whole_from : facts_opened_month(service);
}

static enum result check_case(const Rec__Case *casefile, void *arg)
{
    struct checking *checking = arg;
    struct service *service = checking->usecase->service;
    enum result result = RESULT_OK;
    Rec__Person *person;

    result = store_person_get(checking->usecase->txn, casefile->person, &person);
    if (result == RESULT_NOTFOUND) {
        find(checking->verification, "个案 %s 的人员记录不存在", casefile->number);
        return RESULT_OK;
    }
    if (result != 0)
        return result;
    rec__person__free_unpacked(person, NULL);
    for (month_t month = first_whole(service); month <= facts_opened_month(service) && result == 0;
         month++) {
        result = check_row(checking, casefile, month, DUTY_TYPE_VISIT);
        if (result == 0)
            result = check_row(checking, casefile, month, DUTY_TYPE_REVIEW);
    }
    if (result == 0)
        result = check_sharing(checking, casefile);
    return result != 0 ? result : show_progress(checking->verification, "核验个案");
}

static enum result show_alarms(void *arg)
{
    return show_progress(arg, "核验警示、应访表和花名册");
}

static enum result check_rows(struct usecase *usecase, void *arg)
{
    struct checking checking = {.verification = arg, .usecase = usecase};
    month_t opened = facts_opened_month(usecase->service);
    enum result result = store_event_scan(usecase->txn, check_event, &checking);

    for (month_t month = usecase->service->first_month; month <= opened && result == 0; month++) {
        result = store_statement_scan(usecase->txn, month, "", check_statement, &checking);
        if (result == 0)
            result = store_duty_scan(usecase->txn, month, "", NULL, check_duty, &checking);
    }
    if (result == 0)
        result = store_case_scan(usecase->txn, 0, check_case, &checking);
    struct verify_alarms to = {find_line, show_alarms, arg};
    if (result == 0)
        result = verify_alarms(usecase, &to);
    if (result == 0)
        result = verify_sheets(usecase, &to);
    if (result == 0)
        result = verify_rounds(usecase, &to);
    return result == 0 ? verify_payrolls(usecase, &to) : result;
}

static enum result check_contents(struct verification *verification, struct service *copy)
{
    struct caller system = facts_system(copy);
    struct reply reply = {0};
    enum result result =
        usecase_read(copy, &system, ACTION_VERIFY, NULL, check_rows, verification, &reply);

    reply_free(&reply);
    return result;
}

// ---- the files in place

static enum result show_pages(void *arg)
{
    const struct caller *caller = ((struct verification *)arg)->caller;

    return caller->progress == NULL ? RESULT_OK
                                    : caller->progress(0, 0, "核验数据文件", caller->arg);
}

static enum result check_live(struct verification *verification)
{
    struct service *service = verification->service;
    enum result result =
        store_check_live(service->store, service->key_file, find_line, show_pages, verification);

    if (result == RESULT_CORRUPT) {
        store_note_damage(service->store);
        if (verification->findings == 0)
            find(verification, "数据库已停止工作");
        result = RESULT_OK; /* it found the damage, so it has worked */
    }
    return result;
}

// ---- the copy

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

static void remove_tree(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

static enum result open_and_check(struct verification *verification, const char *home)
{
    char today[DATE_TEXT];
    struct service_options options = {
        .home = home,
        .forms = verification->service->forms_directory,
        .read_only = true,
        .key_file = verification->service->key_file,
        .today = date_format(service_today(verification->service), today),
    };
    struct service *copy;
    char *message = NULL;
    const struct life *life = verification->service->life;
    enum result result = life->open(&options, &copy, &message);

    if (result != 0) {
        find(verification, "恢复的副本打不开：%s", message);
        free(message);
        return RESULT_OK;
    }
    result = check_contents(verification, copy);
    life->close(&copy);
    return result;
}

static enum result check_copy(struct verification *verification, const char *scratch)
{
    char *backup = paths_join(scratch, "backup");
    char *home = paths_join(scratch, "home");
    const char *key_file = verification->service->key_file;
    struct store_restore restore = {.backup = backup, .home = home, .key_file = key_file};
    struct restore_finding unused;
    enum result result = store_backup(verification->service->store, backup);

    if (result == 0) {
        result = store_restore(&restore, &unused);
        if (result == 0)
            result = store_verify(home, key_file, find_line, verification);
        if (result == 0)
            result = open_and_check(verification, home);
        if (result == RESULT_CORRUPT && verification->findings == 0)
            find(verification, "备份恢复不出来：数据文件已损坏");
        if (result == RESULT_CORRUPT)
            result = RESULT_OK; /* it found the damage, so it has worked */
    }
    free(home);
    free(backup);
    return result;
}

static enum result check_restored(struct verification *verification)
{
    /* Every start of a server clears this folder, so a killed verification does not fill the
     * disk. */
    char *parent = paths_join(verification->service->home, "tmp");
    char *scratch = paths_join(parent, "verify-XXXXXX");
    enum result result;

    if ((mkdir(parent, 0700) == 0 || errno == EEXIST) && mkdtemp(scratch) != NULL) {
        result = check_copy(verification, scratch);
        remove_tree(scratch);
    } else {
        result = result_of_write(errno, RESULT_CANTCREATE);
    }
    free(scratch);
    free(parent);
    return result;
}

// ---- totals in memory

static enum result check_month(struct verification *verification, month_t month)
{
    struct service *service = verification->service;
    struct totals *ledger = totals_new(service->forms);
    enum result result = reading_read_month(service, month, ledger);

    if (result == 0)
        totals_differ(service->totals, ledger, month, find_line, verification);
    totals_free(&ledger);
    return result;
}

static enum result check_totals(struct verification *verification)
{
    struct service *service = verification->service;
    month_t opened = facts_opened_month(service);
    enum result result = RESULT_OK;

    pthread_rwlock_wrlock(&service->gate);
    for (month_t month = service->first_month; month <= opened && result == 0; month++)
        if (totals_has(service->totals, month))
            result = check_month(verification, month);
    if (result == 0)
        result = census_check(service, find_line, verification);
    pthread_rwlock_unlock(&service->gate);
    return result;
}

// ---- the whole verification

static enum result write_outcome(struct usecase *usecase, void *arg)
{
    const struct verification *verification = arg;

    event_name_record(usecase, usecase->service->area, "home");
    if (verification->findings != 0) {
        event_add_note(usecase, "%" PRIu64 " 处不符", verification->findings);
        return RESULT_OK;
    }
    event_add_note(usecase, VERIFY_OK);
    Rec__Home *home;
    enum result result = store_home_get(usecase->txn, &home);
    if (result != 0)
        return result;
    home->verified = usecase->now;
    result = store_home_put(usecase->txn, home);
    rec__home__free_unpacked(home, NULL);
    return result;
}

static enum result verify(struct verification *verification, struct reply *reply)
{
    struct service *service = verification->service;
    enum result result;

    if (service->read_only)
        return check_contents(verification, service);
    result = check_live(verification);
    if (result == 0)
        result = check_restored(verification);
    if (result == RESULT_CANTCREATE)
        reply->message = homedir_scratch_words(service->home, result);
    if (result == 0)
        result = check_totals(verification);
    return result != 0 ? result
                       : usecase_write(service, verification->caller, ACTION_VERIFY, NULL,
                                       write_outcome, verification, reply);
}

enum result verify_all(struct service *service, const struct caller *caller,
                       struct sheet **ret_lines, struct reply *reply)
{
    struct verification verification = {.service = service, .caller = caller};

    reply_free(reply);
    enum result result = service_check(service, caller, ACTION_VERIFY, NULL, reply);
    if (result != 0)
        return result;
    verification.lines = column_sheet(&COLUMNS_LINES);
    result = verify(&verification, reply);
    if (result != 0) {
        sheet_free(&verification.lines);
        return result;
    }
    if (verification.findings == 0) {
        store_note_sound(service->store);
        find_line(VERIFY_OK, &verification);
    } else {
        result = reply_say(reply, RESULT_CORRUPT,
                           "核验发现 %" PRIu64 " 处不符，请停止录入并联系系统管理员。",
                           verification.findings);
    }
    *ret_lines = verification.lines;
    return result;
}
