#include "service/keeping/init.h"

#include "base/ids.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "base/words.h"
#include "domain/area.h"
#include "form/amounts.h"
#include "service/frame/clockwatch.h"
#include "service/frame/event.h"
#include "service/frame/home_read.h"
#include "service/frame/usecase.h"
#include "service/ledger/month.h"
#include "service/memory/reading.h"
#include "service/memory/standards.h"
#include "service/memory/state.h"
#include "service/memory/steps.h"
#include "service/officers/officer.h"
#include "service/officers/password.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ADMIN "admin"

enum { AREAS_PER_STEP = 1000, AREAS_MOST = 1000000 };

/** A home being initialised. */
struct init_job {
    struct service *service;
    const struct caller *caller;
    struct reply *reply;
    char area[AREA_TEXT];
    const char *level;
    month_t first_month;
    const struct sheet *divisions;
    size_t count;
    Rec__Area *areas; /**< checked areas; the texts belong to the sheet, the codes to the job */
    char (*codes)[AREA_TEXT];
    char (*parents)[AREA_TEXT];
    size_t done; /**< areas already stored */
    const char *password;
    char made[PASSWORD_TEXT];
    bool ran;
};

// ---- checking

static enum result read_division(struct init_job *job, size_t row, struct reply *reply)
{
    const struct sheet *sheet = job->divisions;
    const char *code = sheet_get(sheet, row, "code");
    const char *parent = sheet_get(sheet, row, "parent");
    enum area_level level = area_level_parse(sheet_get(sheet, row, "level"));
    Rec__Area *area = &job->areas[row];

    if (area_parse(code, job->codes[row]) != 0)
        return reply_say(reply, RESULT_INVALID,
                         "区划第 %zu 行：代码 %s 不对，应为 2 至 12 位数字。", row + 2, code);
    if (*parent != '\0' && area_parse(parent, job->parents[row]) != 0)
        return reply_say(reply, RESULT_INVALID, "区划第 %zu 行：上级代码 %s 不对，请改正。",
                         row + 2, parent);
    if (level == AREA_NONE || level != area_level(code))
        return reply_say(reply, RESULT_INVALID, "区划第 %zu 行：级别 %s 与代码 %s 不符，请改正。",
                         row + 2, sheet_get(sheet, row, "level"), code);
    if (*sheet_get(sheet, row, "name") == '\0')
        return reply_say(reply, RESULT_INVALID, "区划第 %zu 行：没有名称，请补上。", row + 2);
    if (*parent != '\0' && !area_contains(parent, code))
        return reply_say(reply, RESULT_INVALID, "区划第 %zu 行：%s 不在上级 %s 之内，请改正。",
                         row + 2, code, parent);
    rec__area__init(area);
    area->code = job->codes[row];
    area->parent = job->parents[row];
    area->name = (char *)sheet_get(sheet, row, "name");
    area->level = (char *)area_level_name(level);
    return RESULT_OK;
}

static int area_order(const void *a, const void *b)
{
    return strcmp(((const Rec__Area *)a)->code, ((const Rec__Area *)b)->code);
}

static const Rec__Area *find_area(const struct init_job *job, const char *code)
{
    Rec__Area key = {.code = (char *)code};

    return bsearch(&key, job->areas, job->count, sizeof key, area_order);
}

/** Each code must be unique, each parent must exist, and the home's own area must be in the
 *  table. */
static enum result check_tree(const struct init_job *job, struct reply *reply)
{
    for (size_t i = 0; i < job->count; i++) {
        const Rec__Area *area = &job->areas[i];
        if (i > 0 && strcmp(area->code, job->areas[i - 1].code) == 0)
            return reply_say(reply, RESULT_INVALID, "区划代码 %s 出现两次，请删去一行。",
                             area->code);
        if (*area->parent != '\0' && find_area(job, area->parent) == NULL)
            return reply_say(reply, RESULT_INVALID, "区划 %s 的上级 %s 不在表中，请补上。",
                             area->code, area->parent);
    }
    if (find_area(job, job->area) == NULL)
        return reply_say(reply, RESULT_INVALID, "区划表中没有 %s，请核对 --area。", job->area);
    return RESULT_OK;
}

static enum result check_divisions(struct init_job *job, struct reply *reply)
{
    static const char *const columns[] = {"code", "name", "parent", "level"};
    const struct sheet *sheet = job->divisions;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (sheet == NULL || sheet_column_index(sheet, columns[i]) < 0)
            return reply_say(reply, RESULT_INVALID,
                             "区划表要有 code、name、parent、level 四列，缺 %s，请补上。",
                             columns[i]);
    }
    if (sheet->row_count == 0 || sheet->row_count > AREAS_MOST)
        return reply_say(reply, RESULT_INVALID, "区划表是空的，或者太大，请换一份。");
    job->count = sheet->row_count;
    job->areas = mem_array(job->count, sizeof *job->areas);
    job->codes = mem_array(job->count, sizeof *job->codes);
    job->parents = mem_array(job->count, sizeof *job->parents);
    for (size_t row = 0; row < job->count && result == 0; row++)
        result = read_division(job, row, reply);
    if (result != 0)
        return result;
    qsort(job->areas, job->count, sizeof *job->areas, area_order);
    return check_tree(job, reply);
}

/** A home that takes in bundles is above the divisions that send them. */
static enum result check_level(struct init_job *job, const char *text, struct reply *reply)
{
    enum area_level level = area_level_parse(text);

    if (*text == '\0')
        return RESULT_OK;
    if (level != AREA_COUNTY && level != AREA_CITY && level != AREA_PROVINCE)
        return reply_say(reply, RESULT_INVALID,
                         "--level 应为 county（县区）、city（市）或 province（省）；"
                         "镇街不用写 --level。");
    if (level != area_level(job->area))
        return reply_say(reply, RESULT_INVALID, "%s 不是 %s 一级的区划，请核对 --area 和 --level。",
                         job->area, text);
    job->level = area_level_name(level);
    return RESULT_OK;
}

static enum result check_input(struct init_job *job, const struct init_input *input,
                               struct reply *reply)
{
    month_t now = month_of(service_today(job->service));
    char buffer[PASSWORD_FAULT];
    const char *fault;

    if (area_parse(input->area, job->area) != 0)
        return reply_say(reply, RESULT_INVALID, "区划代码 %s 不对，应为 2 至 12 位数字。",
                         input->area);
    if (input->level != NULL && check_level(job, input->level, reply) != 0)
        return RESULT_INVALID;
    job->first_month = now;
    if (input->first_month != NULL && *input->first_month != '\0' &&
        month_parse(input->first_month, &job->first_month) != 0)
        return reply_say(reply, RESULT_INVALID, "起始月份 %s 不对，应如 2026-01。",
                         input->first_month);
    if (job->first_month > now)
        return reply_say(reply, RESULT_INVALID, "起始月份不能晚于本月，请改 --first-month。");
    job->password = job->made;
    if (input->admin_password == NULL || *input->admin_password == '\0')
        return password_make(job->made);
    job->password = input->admin_password;
    fault = password_fault(job->password, ADMIN, 10, buffer);
    return fault == NULL ? RESULT_OK : reply_say(reply, RESULT_INVALID, "%s", fault);
}

// ---- storing

static enum result store_step(struct usecase *usecase, void *arg)
{
    const struct init_job *job = arg;
    enum result result = RESULT_OK;

    for (size_t i = job->done; i < job->count && i < job->done + AREAS_PER_STEP && result == 0; i++)
        result = store_area_put(usecase->txn, &job->areas[i]);
    return result;
}

static enum result put_standard(struct usecase *usecase, const char *name, const char *area,
                                day_t from, const char *value, const char *source)
{
    Rec__Standard standard = REC__STANDARD__INIT;

    standard.name = (char *)name;
    standard.area = (char *)area;
    standard.from = from;
    standard.value = (char *)value;
    standard.source = (char *)source;
    standard.by = (char *)usecase->caller->officer;
    standard.at = usecase->now;
    return store_standard_put(usecase->txn, &standard);
}

/** Stores the program's parameters, and the published amounts for the home's division. */
static enum result put_standards(struct usecase *usecase, const struct init_job *job)
{
    const struct standard_default *parameter;
    const struct form_amount *amount;
    enum result result = RESULT_OK;
    char number[NUMBER_TEXT], area[AREA_TEXT];

    for (size_t i = 0; (parameter = standard_default_at(i)) != NULL && result == 0; i++) {
        snprintf(number, sizeof number, "%lld", (long long)parameter->value);
        result = put_standard(usecase, parameter->name, "", month_first(job->first_month), number,
                              parameter->source);
    }
    for (size_t i = 0; (amount = forms_amount(job->service->forms, i)) != NULL && result == 0;
         i++) {
        if (area_parse(amount->area, area) != 0 || find_area(job, area) == NULL)
            continue;
        snprintf(number, sizeof number, "%lld", (long long)amount->fen);
        result = put_standard(usecase, amount->name, area, amount->from, number, amount->source);
    }
    return result;
}

static enum result put_home(struct usecase *usecase, const struct init_job *job)
{
    Rec__Home home = REC__HOME__INIT;

    home.format = STORE_FORMAT;
    home.area = (char *)job->area;
    home.ids_origin = ids_origin(job->area);
    home.first_month = job->first_month;
    home.opened_month = job->first_month - 1;
    home.level = (char *)(job->level != NULL ? job->level : "");
    home.whole_from = job->level != NULL ? 0 : job->first_month;
    home.created = usecase->now;
    home.unmet_times = (uint32_t)duty_rules_default().alarm_after;
    clockwatch_begin(usecase->service, &home);
    return store_home_put(usecase->txn, &home);
}

static enum result put_admin(struct usecase *usecase, const struct init_job *job)
{
    struct officer_input input = {.id = ADMIN,
                                  .name = access_role_label(ROLE_ADMIN),
                                  .role = access_role_name(ROLE_ADMIN),
                                  .area = "",
                                  .phone = ""};
    char *hash;
    enum result result = password_hash(job->password, &hash);

    if (result != 0)
        return result;
    Rec__Officer *admin = officer_make(&input, hash, usecase->caller->officer, usecase->now);
    free(hash);
    result = store_officer_put(usecase->txn, admin);
    rec__officer__free_unpacked(admin, NULL);
    return result;
}

/** The last transaction: the home exists once it is committed. */
static enum result store_last(struct usecase *usecase, void *arg)
{
    struct init_job *job = arg;
    char count[NUMBER_TEXT];
    Rec__Home *home;
    enum result result = store_home_get(usecase->txn, &home);

    job->ran = true;
    if (result == 0) {
        rec__home__free_unpacked(home, NULL);
        return reply_say(usecase->reply, RESULT_EXISTS,
                         "这个数据目录已经初始化过了，请直接用它，或换一个目录。");
    }
    if (result == RESULT_NOTFOUND)
        result = put_standards(usecase, job);
    if (result == 0)
        result = put_admin(usecase, job);
    if (result == 0)
        result = put_home(usecase, job);
    snprintf(count, sizeof count, "%zu", job->count);
    event_name_record(usecase, job->area, "home");
    fields_set(&usecase->reply->values, "admin", ADMIN);
    fields_set(&usecase->reply->values, "areas", count);
    return result;
}

static enum result store_portion(void *arg, bool *ret_done)
{
    struct init_job *job = arg;
    enum result result =
        usecase_write_unlogged(job->service, job->caller, STORE_BULK, store_step, job, job->reply);

    if (result != 0)
        return result;
    job->done += AREAS_PER_STEP;
    *ret_done = job->done >= job->count;
    return RESULT_OK;
}

static enum result store_all(struct init_job *job)
{
    struct service *service = job->service;

    if (service_initialised(service))
        return reply_say(job->reply, RESULT_EXISTS,
                         "这个数据目录已经初始化过了，请直接用它，或换一个目录。");
    enum result result = steps_run(&service->stopping, store_portion, job);
    if (result == 0)
        result =
            usecase_write(service, job->caller, ACTION_INIT, NULL, store_last, job, job->reply);
    if (result == 0)
        result = home_read(service);
    if (result == 0)
        result = reading_reload(service);
    if (result != 0)
        return result;
    result = service->life->tick(service);
    /* The home exists; what a stop left undone is done after the next start. */
    return result == RESULT_AGAIN && atomic_load(&service->stopping) ? RESULT_OK : result;
}

/** Past months can be filled in from paper: says until when. */
static void say_past_months(struct service *service, struct reply *reply)
{
    month_t first = service_first_month(service);
    char month[MONTH_TEXT];
    char day[DATE_TEXT];

    if (first < month_of(service_today(service)))
        reply_say(reply, RESULT_OK, "%s 起的月份可以补录，到 %s 零时自动月结。",
                  month_format(first, month),
                  date_format(month_first_closing(service, first), day));
}

enum result init_new_home(struct service *service, const struct caller *caller,
                          const struct init_input *input, struct reply *reply)
{
    struct init_job job = {
        .service = service, .caller = caller, .reply = reply, .divisions = input->divisions};

    reply_free(reply);
    enum result result = service_check(service, caller, ACTION_INIT, NULL, reply);
    if (result == 0)
        result = check_input(&job, input, reply);
    if (result == 0)
        result = check_divisions(&job, reply);
    if (result == 0)
        result = store_all(&job);
    if (result == 0 && job.ran && job.made[0] != '\0')
        fields_set(&reply->values, "password", job.made);
    if (result == 0)
        say_past_months(service, reply);
    explicit_bzero(job.made, sizeof job.made);
    free(job.areas);
    free(job.codes);
    free(job.parents);
    return result;
}
