#include "service/officers/officer.h"

#include "base/mem.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/memory/standards.h"
#include "service/memory/state.h"
#include "service/officers/hashing.h"
#include "service/officers/password.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OLD_PASSWORDS = 4 /* with the current one: the last five */,
    ID_LONGEST = 31,
    NAME_LONGEST = 20
};

// ---- records

/** Puts the current hash before the old ones and drops the oldest. */
static void keep_hash(Rec__Officer *officer)
{
    size_t kept = officer->n_old_hashes < OLD_PASSWORDS ? officer->n_old_hashes : OLD_PASSWORDS - 1;
    char **hashes = mem_array(kept + 1, sizeof *hashes);

    hashes[0] = mem_copy(officer->hash);
    for (size_t i = 0; i < officer->n_old_hashes; i++)
        if (i < kept)
            hashes[i + 1] = officer->old_hashes[i];
        else
            free(officer->old_hashes[i]);
    free(officer->old_hashes);
    officer->old_hashes = hashes;
    officer->n_old_hashes = kept + 1;
}

enum result officer_set_password(Rec__Officer *officer, const char *password, int64_t now)
{
    char *hash;
    enum result result = password_hash(password, &hash);

    if (result != 0)
        return result;
    keep_hash(officer);
    record_set(&officer->hash, hash);
    free(hash);
    officer->password_at = now;
    officer->failures = 0;
    officer->locked_until = 0;
    officer->generation++;
    return RESULT_OK;
}

Rec__Officer *officer_make(const struct officer_input *input, const char *hash, const char *by,
                           int64_t now)
{
    Rec__Officer *officer = mem_new(sizeof *officer);

    rec__officer__init(officer);
    record_set(&officer->id, input->id);
    record_set(&officer->name, input->name);
    record_set(&officer->role, input->role);
    record_set(&officer->area, input->area);
    record_set(&officer->phone, input->phone);
    record_set(&officer->hash, hash);
    record_set(&officer->by, by);
    officer->at = now;
    officer->password_at = now;
    officer->must_change = true;
    return officer;
}

// ---- checking

/** The level of area for an officer of this role; AREA_NONE: the whole home. */
static enum area_level role_level(enum role role)
{
    switch (role) {
    case ROLE_VILLAGE:
        return AREA_VILLAGE;
    case ROLE_STREET:
    case ROLE_CHIEF:
        return AREA_STREET;
    case ROLE_COUNTY:
        return AREA_COUNTY;
    default:
        return AREA_NONE;
    }
}

static bool is_good_id(const char *id)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    size_t length = strlen(id);

    return length > 0 && length <= ID_LONGEST && strspn(id, letters) == length &&
           strcmp(id, "system") != 0;
}

static void check_area(struct service *service, const struct officer_input *input, enum role role,
                       struct problems *problems)
{
    enum area_level level = role_level(role);
    struct str fault = {0};
    bool lives = *input->area == '\0' || facts_area_lives(service, input->area, &fault);

    if (!lives)
        problems_add(problems, "area", input->area, "%s。", str_text(&fault));
    str_free(&fault);
    if (level == AREA_NONE || !lives)
        return;
    if (*input->area == '\0')
        problems_add(problems, "area", "", "%s要填所在区划。", access_role_label(role));
    else if (area_level(input->area) > level || !area_contains(service_area(service), input->area))
        problems_add(problems, "area", input->area,
                     "区划与角色不符，或者不在本系统的辖区内，请按 F4 选。");
    else if (area_level(input->area) < level && role != ROLE_COUNTY)
        problems_add(problems, "area", input->area, "%s的区划应到%s，请填更细的代码。",
                     access_role_label(role), level == AREA_VILLAGE ? "村(社区)" : "镇街");
}

static void check_officer(struct service *service, const struct officer_input *input,
                          struct problems *problems)
{
    enum role role = access_role_parse(input->role);

    if (!is_good_id(input->id))
        problems_add(problems, "id", input->id, "工号用 1 至 %d 个字母、数字、点或横线。",
                     ID_LONGEST);
    if (*input->name == '\0' || text_length(input->name) > NAME_LONGEST ||
        text_has_control(input->name))
        problems_add(problems, "name", input->name, "请填姓名，不超过 %d 个字。", NAME_LONGEST);
    if (role == ROLE_NONE || role == ROLE_SYSTEM)
        problems_add(problems, "role", input->role,
                     "角色请填 village、street、chief、county、admin 或 auditor。");
    else
        check_area(service, input, role, problems);
}

static enum result check_password(struct service *service, const char *password, const char *id,
                                  struct reply *reply)
{
    int64_t least = facts_parameter(service, STANDARD_PASSWORD_LENGTH, service_today(service));
    char buffer[PASSWORD_FAULT];
    const char *fault = password_fault(password, id, (size_t)least, buffer);

    if (fault == NULL)
        return RESULT_OK;
    problems_add(&reply->problems, "password", "", "%s", fault);
    return reply_say(reply, RESULT_INVALID, "%s", fault);
}

// ---- changing

/** Adding an officer and setting a password share this: a made password is shown once and never
 *  stored. */
struct officer_job {
    struct officer_input input;
    char area[AREA_TEXT];
    const char *what;
    char made[PASSWORD_TEXT]; /**< one-time password, "" if one was given */
    const char *password;     /**< NULL: set no password */
    bool ran;                 /**< false: only the receipt of an earlier request was found */
};

static enum result choose_password(struct service *service, struct officer_job *job,
                                   const char *given, struct reply *reply)
{
    job->password = given;
    if (given != NULL && *given != '\0')
        return check_password(service, given, job->input.id, reply);
    job->password = job->made;
    return password_make(job->made);
}

/** Adds the password after the event is written, so that no event contains it. */
static void show_password(const struct officer_job *job, struct reply *reply)
{
    if (job->made[0] == '\0')
        return;
    if (job->ran)
        fields_set(&reply->values, "password", job->made);
    else
        reply_say(reply, RESULT_OK, "已办理过；一次性密码不再显示，如未记下请重置。");
}

/** Refuses a 工号 that somebody has. */
static enum result check_new(struct usecase *usecase, void *arg)
{
    const struct officer_job *job = arg;
    const char *id = job->input.id;
    Rec__Officer *officer;
    enum result result = store_officer_get(usecase->txn, id, &officer);

    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    rec__officer__free_unpacked(officer, NULL);
    problems_add(&usecase->reply->problems, "id", id, "工号 %s 已有人使用，请换一个。", id);
    return reply_say(usecase->reply, RESULT_EXISTS, "工号 %s 已有人使用，请换一个。", id);
}

static enum result write_new(struct usecase *usecase, void *arg)
{
    struct officer_job *job = arg;
    const char *id = job->input.id;
    Rec__Officer *officer;
    char *hash;
    enum result result = check_new(usecase, job);

    job->ran = true;
    if (result == 0)
        result = password_hash(job->password, &hash);
    if (result != 0)
        return result;
    officer = officer_make(&job->input, hash, usecase->caller->officer, usecase->now);
    free(hash);
    result = store_officer_put(usecase->txn, officer);
    rec__officer__free_unpacked(officer, NULL);
    event_name_record(usecase, job->area, "officer:%s", id);
    event_add_change(usecase, "姓名", "", job->input.name);
    event_add_change(usecase, "角色", "", access_role_label(access_role_parse(job->input.role)));
    event_add_change(usecase, "区划", "", job->area);
    fields_set(&usecase->reply->values, "id", id);
    return result;
}

/** Runs a write that hashes a password, within a turn for hashing. */
static enum result write_hashing(struct service *service, const struct caller *caller,
                                 usecase_body body, struct officer_job *job, struct reply *reply)
{
    struct hashing_turn turn;
    enum result result = hashing_begin(service->hashing, caller, &turn, reply);

    if (result != 0)
        return result;
    result = usecase_write(service, caller, ACTION_OFFICER_EDIT, NULL, body, job, reply);
    hashing_end(service->hashing, &turn);
    return result;
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

enum result officer_add(struct service *service, const struct caller *caller,
                        const struct officer_input *input, struct reply *reply)
{
    struct officer_job job = {
        .input =
            {
                .id = or_empty(input->id),
                .name = or_empty(input->name),
                .role = or_empty(input->role),
                .area = or_empty(input->area),
                .phone = or_empty(input->phone),
            },
    };

    reply_free(reply);
    enum result result = service_check(service, caller, ACTION_OFFICER_EDIT, NULL, reply);
    if (result != 0)
        return result;
    check_officer(service, &job.input, &reply->problems);
    if (problems_any(&reply->problems))
        return reply_say(reply, RESULT_INVALID, "%s", problems_first(&reply->problems));
    if (*job.input.area != '\0' && area_parse(job.input.area, job.area) == 0)
        job.input.area = job.area;
    if (input->check_only)
        return usecase_read(service, caller, ACTION_OFFICER_EDIT, NULL, check_new, &job, reply);
    result = choose_password(service, &job, input->password, reply);
    if (result == 0)
        result = write_hashing(service, caller, write_new, &job, reply);
    if (result == 0)
        show_password(&job, reply);
    explicit_bzero(job.made, sizeof job.made);
    return result;
}

/** What can be set: as requests (and notes of older events) name it, and in words. */
static const struct {
    const char *what, *words;
} SETTINGS[] = {{"passwd", "重置密码"}, {"lock", "锁定"}, {"unlock", "解锁"}};

const char *officer_set_words(const char *what)
{
    for (size_t i = 0; i < sizeof SETTINGS / sizeof SETTINGS[0]; i++)
        if (strcmp(SETTINGS[i].what, what) == 0)
            return SETTINGS[i].words;
    return NULL;
}

static enum result apply_set(struct usecase *usecase, const struct officer_job *job,
                             Rec__Officer *officer)
{
    if (strcmp(job->what, "lock") == 0) {
        if (strcmp(officer->id, usecase->caller->officer) == 0)
            return reply_say(usecase->reply, RESULT_INVALID,
                             "不能锁定自己的账户，请由另一位管理员办理。");
        officer->locked = true;
        officer->generation++;
    } else if (strcmp(job->what, "unlock") == 0) {
        officer->locked = false;
        officer->failures = 0;
        officer->locked_until = 0;
    } else {
        officer->must_change = true;
        return officer_set_password(officer, job->password, usecase->now);
    }
    return RESULT_OK;
}

static enum result write_set(struct usecase *usecase, void *arg)
{
    struct officer_job *job = arg;
    Rec__Officer *officer;
    enum result result = store_officer_get(usecase->txn, job->input.id, &officer);

    job->ran = true;
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有工号 %s，请核对。", job->input.id);
    if (result != 0)
        return result;
    result = apply_set(usecase, job, officer);
    if (result == 0)
        result = store_officer_put(usecase->txn, officer);
    event_name_record(usecase, officer->area, "officer:%s", officer->id);
    event_add_note(usecase, "%s", officer_set_words(job->what));
    fields_set(&usecase->reply->values, "id", officer->id);
    rec__officer__free_unpacked(officer, NULL);
    return result;
}

enum result officer_set(struct service *service, const struct caller *caller, const char *id,
                        const char *what, const char *password, struct reply *reply)
{
    struct officer_job job = {.input = {.id = id}, .what = what};
    bool lock = strcmp(what, "lock") == 0, unlock = strcmp(what, "unlock") == 0;

    reply_free(reply);
    enum result result = service_check(service, caller, ACTION_OFFICER_EDIT, NULL, reply);
    if (result == 0 && officer_set_words(what) == NULL)
        result = reply_say(reply, RESULT_USAGE, "只能 passwd、lock 或 unlock。");
    if (result == 0 && !lock && !unlock)
        result = choose_password(service, &job, password, reply);
    if (result == 0)
        result = write_hashing(service, caller, write_set, &job, reply);
    if (result == 0 && (lock || unlock))
        revoked_set(service->revoked, id, lock);
    if (result == 0)
        revoked_renew(service->revoked, id);
    if (result == 0)
        show_password(&job, reply);
    explicit_bzero(job.made, sizeof job.made);
    return result;
}

// ---- editing

/** The fields that can be changed, with their names in events. */
static const struct editable {
    const char *name, *label;
    size_t from, to; /**< in struct officer_input and Rec__Officer */
} EDITABLE[] = {
    {"name", "姓名", offsetof(struct officer_input, name), offsetof(Rec__Officer, name)},
    {"role", "角色", offsetof(struct officer_input, role), offsetof(Rec__Officer, role)},
    {"area", "区划", offsetof(struct officer_input, area), offsetof(Rec__Officer, area)},
    {"phone", "电话", offsetof(struct officer_input, phone), offsetof(Rec__Officer, phone)},
};

enum { EDITABLE_COUNT = sizeof EDITABLE / sizeof EDITABLE[0] };

static char **slot_of(const struct editable *editable, Rec__Officer *officer)
{
    return (char **)((char *)officer + editable->to);
}

/** The new value of a field, NULL if it stays. */
static const char *wanted(const struct editable *editable, const struct officer_input *input)
{
    return *(const char *const *)((const char *)input + editable->from);
}

struct edit_job {
    const struct officer_input *input;
    bool changed;
};

/** Completes a short code of a division to 12 digits. */
static void fill_area(Rec__Officer *officer)
{
    char area[AREA_TEXT];

    if (*officer->area != '\0' && area_parse(officer->area, area) == 0)
        record_set(&officer->area, area);
}

static enum result check_edit(struct usecase *usecase, const struct edit_job *job,
                              const Rec__Officer *officer)
{
    struct problems *problems = &usecase->reply->problems;
    struct officer_input input = {
        .id = officer->id, .name = officer->name, .role = officer->role, .area = officer->area};

    if (strcmp(officer->id, usecase->caller->officer) == 0 && job->input->role != NULL &&
        access_role_parse(officer->role) != usecase->caller->role)
        problems_add(problems, "role", officer->role, "不能改自己的角色，请由另一位管理员办理。");
    check_officer(usecase->service, &input, problems);
    if (problems_any(problems))
        return reply_say(usecase->reply, RESULT_INVALID, "%s", problems_first(problems));
    return RESULT_OK;
}

/** Notes the changes in the event. */
static void note_edit(struct usecase *usecase, struct edit_job *job, Rec__Officer *old,
                      Rec__Officer *officer)
{
    for (size_t i = 0; i < EDITABLE_COUNT; i++) {
        const char *from = *slot_of(&EDITABLE[i], old);
        const char *to = *slot_of(&EDITABLE[i], officer);
        bool role = strcmp(EDITABLE[i].name, "role") == 0;
        if (strcmp(from, to) == 0)
            continue;
        job->changed = true;
        event_add_change(usecase, EDITABLE[i].label,
                         role ? access_role_label(access_role_parse(from)) : from,
                         role ? access_role_label(access_role_parse(to)) : to);
    }
}

static enum result edit_officer(struct usecase *usecase, struct edit_job *job,
                                Rec__Officer *officer)
{
    Rec__Officer *old = record_copy(officer);

    for (size_t i = 0; i < EDITABLE_COUNT; i++)
        if (wanted(&EDITABLE[i], job->input) != NULL)
            record_set(slot_of(&EDITABLE[i], officer), wanted(&EDITABLE[i], job->input));
    enum result result = check_edit(usecase, job, officer);
    fill_area(officer);
    event_name_record(usecase, officer->area, "officer:%s", officer->id);
    note_edit(usecase, job, old, officer);
    bool ends = job->changed && job->input->end_sessions;
    officer->generation += ends;
    if (result == 0 && job->changed)
        result = store_officer_put(usecase->txn, officer);
    if (result == 0)
        result = reply_say(usecase->reply, RESULT_OK, "%s",
                           ends           ? "已修改，本人要重新登录。"
                           : job->changed ? "已修改，本人下一步操作起生效。"
                                          : "没有改动。");
    fields_set(&usecase->reply->values, "id", officer->id);
    rec__officer__free_unpacked(old, NULL);
    return result;
}

static enum result write_edit(struct usecase *usecase, void *arg)
{
    struct edit_job *job = arg;
    Rec__Officer *officer;
    enum result result = store_officer_get(usecase->txn, job->input->id, &officer);

    job->changed = false;
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有工号 %s，请核对。", job->input->id);
    if (result != 0)
        return result;
    result = edit_officer(usecase, job, officer);
    rec__officer__free_unpacked(officer, NULL);
    return result;
}

enum result officer_edit(struct service *service, const struct caller *caller,
                         const struct officer_input *input, struct reply *reply)
{
    struct edit_job job = {.input = input};
    enum result result =
        usecase_write(service, caller, ACTION_OFFICER_EDIT, NULL, write_edit, &job, reply);

    if (result == 0 && job.changed)
        revoked_renew(service->revoked, input->id);
    return result;
}

// ---- listing

struct officer_listing {
    struct usecase *usecase;
    const char *area;
    struct sheet *sheet;
};

static enum result list_officer(const Rec__Officer *officer, void *arg)
{
    const struct officer_listing *listing = arg;
    struct sheet *sheet = listing->sheet;

    if (*listing->area != '\0' &&
        (*officer->area == '\0' || !area_contains(listing->area, officer->area)))
        return RESULT_OK;
    size_t row = sheet_add_row(sheet);
    bool waiting = officer->locked_until > listing->usecase->now;
    sheet_set(sheet, row, "id", officer->id);
    sheet_set(sheet, row, "name", officer->name);
    sheet_set(sheet, row, "role", access_role_label(access_role_parse(officer->role)));
    sheet_set(sheet, row, "area", officer->area);
    sheet_set(sheet, row, "area_name", service_area_name(listing->usecase->service, officer->area));
    sheet_set(sheet, row, "phone", officer->phone);
    sheet_set(sheet, row, "locked", officer->locked ? "锁定" : waiting ? "暂时锁定" : "");
    return RESULT_OK;
}

static enum result list_officers(struct usecase *usecase, void *arg)
{
    struct officer_listing *listing = arg;

    sheet_free(&listing->sheet);
    listing->sheet = column_sheet(&COLUMNS_OFFICERS);
    listing->usecase = usecase;
    return store_officer_scan(usecase->txn, list_officer, listing);
}

enum result officer_list(struct service *service, const struct caller *caller, const char *area,
                         struct sheet **ret_sheet, struct reply *reply)
{
    bool given = area != NULL && *area != '\0';
    struct officer_listing listing = {.area = given ? area : caller->area};
    enum result result = usecase_read(service, caller, ACTION_OFFICER_LIST, listing.area,
                                      list_officers, &listing, reply);

    if (result == 0)
        *ret_sheet = listing.sheet;
    else
        sheet_free(&listing.sheet);
    return result;
}
