/*
 * Rows of events for a sheet: changes and outcomes in words.
 */
#include "base/mem.h"
#include "base/prints.h"
#include "base/str.h"
#include "base/text.h"
#include "service/cases/mask.h"
#include "service/ledger/rows.h"
#include "service/lists/audit_private.h"
#include "service/memory/stored.h"
#include "service/officers/officer.h"

#include <stdlib.h>
#include <string.h>

// ---- labels of changes

/** Changes that belong to no field of a form. */
static const struct {
    const char *name, *label;
} LABELS[] = {
    {IMPORT_MADE_CASE, "个案"},
    {IMPORT_MADE_PERSON, "新增人员"},
    {"closed_on", "退出日期"},
    {"excuse", "免访"},
    {"exit_reason", "退出原因"},
    {"moved", "随人迁移"},
    {"review", "复核日期"},
    {"proposal", "草拟"},
    {"review.result", "复核结果"},
    {IMPORT_MADE_VISIT, "探访"},
    {"void", "作废原因"},
    {"alarm", "警示"},
    {"alarm.taken", "接手"},
    {"alarm.done", "办结"},
    {"alarm.void", "警示撤销"},
    {"visits.after", "死后探访"},
    {"lead", "线索"},
    {"case", "个案"},
    {"stood_for", "替谁登记"},
    {"gone", "不再用的登记"},
    {"noticed", "告知"},
    {"sheet", "表号"},
    {"clock", "时钟"},
    {"leave", "请假"},
    {"leave.substitute", "替班人"},
    {"leave.reason", "请假原因"},
    {"leave.end", "结束请假"},
    {"takeover", "接管"},
    {"takeover.reason", "接管原因"},
    {"takeover.undo", "撤销接管"},
    {"round", "专项走访"},
    {"round.days", "起止日期"},
    {"round.places", "范围"},
    {"round.end", "结束专项走访"},
    {"spotcheck.finding", "抽查结果"},
    {"spotcheck.note", "查到的情况"},
    {"spotcheck.date", "抽查日期"},
    {PRINT_TITLE, "标题"},
    {PRINT_MONTH, "月份"},
    {PRINT_TO, "去向"},
    {PRINT_PLACE, "打印到"},
    {PRINT_JOB, "任务"},
    {PRINT_STATE, "打印状态"},
    {PRINT_SCOPE, "范围"},
};

/** Words for values that the store keeps as ids. */
static const struct {
    const char *name, *value, *words;
} STATES[] = {{"excuse", "asked", "已申请"}, {"excuse", "granted", "同意"},
              {"excuse", "refused", "退回"}, {"excuse", "revoked", "撤销"},
              {PRINT_TO, "queue", "打印机"}, {PRINT_TO, "terminal", "终端上的打印机"},
              {PRINT_TO, "file", "文件"}};

/** The label of a change without a field; NULL if a form has the label. */
static const char *own_label(const char *name)
{
    for (size_t i = 0; i < sizeof LABELS / sizeof LABELS[0]; i++)
        if (strcmp(LABELS[i].name, name) == 0)
            return LABELS[i].label;
    return NULL;
}

/** "成员2 " in front of a field of the second member. */
static void add_row_words(struct str *text, const char *name)
{
    static const char members[] = "members.";

    if (strncmp(name, members, strlen(members)) == 0)
        str_printf(text, "成员%d ", atoi(name + strlen(members)) + 1);
}

/** True of the fields for who visits and who stands in: a number alone would name nobody. */
static bool names_officer(const struct audit *audit, const struct form_field *field)
{
    const char *officer = audit->form != NULL ? audit->form->roles.officer : "";

    return *officer != '\0' && field != NULL && text_starts(field->id, officer);
}

/** Adds the value masked: this reader has not opened the record. */
static void add_value(const struct audit *audit, struct usecase *usecase, struct str *text,
                      const struct form_field *field, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof STATES / sizeof STATES[0]; i++)
        if (strcmp(STATES[i].name, name) == 0 && strcmp(STATES[i].value, value) == 0)
            value = STATES[i].words;
    if (strcmp(name, PRINT_STATE) == 0)
        value = prints_state_label(prints_state_parse(value));
    char *masked = mask_words(usecase->service, field, value);
    if (names_officer(audit, field)) {
        char *who = audit_who(usecase, masked);
        free(masked);
        masked = who;
    }
    str_add(text, *masked != '\0' ? masked : "（空）");
    free(masked);
}

static void add_change(const struct audit *audit, struct usecase *usecase,
                       const Rec__Change *change, struct str *text)
{
    const char *label = own_label(change->name);
    const struct form_field *field =
        label == NULL ? mask_field(service_forms(usecase->service), audit->form, change->name)
                      : NULL;

    if (label == NULL)
        label = field != NULL ? field->label : change->name;
    str_add(text, text->length > 0 ? "；" : "");
    add_row_words(text, change->name);
    str_printf(text, "%s：", label);
    if (*change->old != '\0') {
        add_value(audit, usecase, text, field, change->name, change->old);
        str_add(text, "→");
    }
    add_value(audit, usecase, text, field, change->name, change->new_);
}

static void set_changes(const struct audit *audit, struct usecase *usecase, size_t row,
                        const Rec__Event *event)
{
    struct str text = {0};

    for (size_t i = 0; i < event->n_changes; i++) {
        const Rec__Change *change = event->changes[i];
        if (audit->form != NULL && (strcmp(change->name, IMPORT_MADE_CASE) == 0 ||
                                    strcmp(change->name, IMPORT_MADE_PERSON) == 0))
            continue; /* the log of this one case need not name it */
        add_change(audit, usecase, change, &text);
    }
    sheet_set(audit->sheet, row, "changes", str_text(&text));
    str_free(&text);
}

// ---- rows

static const char *outcome_words(uint32_t result)
{
    switch (result) {
    case RESULT_OK:
        return "成功";
    case RESULT_PARTIAL:
        return "部分成功";
    case RESULT_DENIED:
        return "拒绝";
    default:
        return "失败";
    }
}

/** Older versions noted what was set of an officer in English. */
static const char *note_words(const Rec__Event *event)
{
    const char *words =
        text_starts(event->record, "officer:") ? officer_set_words(event->note) : NULL;

    return words != NULL ? words : event->note;
}

static void add_row(struct audit *audit, struct usecase *usecase, const Rec__Event *event)
{
    struct sheet *sheet = audit->sheet;
    const struct access_action *action = access_find_id(event->action);
    size_t row = sheet_add_row(sheet);
    char at[STAMP_TEXT];
    char *officer =
        audit->names ? rows_officer_name(usecase, event->officer) : mem_copy(event->officer);

    char *who = audit_who(usecase, event->officer);
    char *about = audit_about(usecase, event->record);

    sheet_set(sheet, row, "at", date_format_stamp(event->at, at));
    sheet_set(sheet, row, "officer", officer);
    free(officer);
    sheet_set(sheet, row, "action", action != NULL ? action->label : event->action);
    sheet_set(sheet, row, "record", event->record);
    sheet_set(sheet, row, "area", event->area);
    sheet_set(sheet, row, "result", outcome_words(event->result));
    set_changes(audit, usecase, row, event);
    sheet_set(sheet, row, "note", note_words(event));
    sheet_set(sheet, row, "terminal", event->terminal);
    if (event->session.len == SESSION_SIZE) /* its beginning is enough to tell sessions apart */
        sheet_setf(sheet, row, "session", "%02x%02x%02x%02x", event->session.data[0],
                   event->session.data[1], event->session.data[2], event->session.data[3]);
    sheet_set(sheet, row, "who", who);
    sheet_set(sheet, row, "about", about);
    free(who);
    free(about);
}

void audit_write(struct audit *audit, struct usecase *usecase)
{
    sheet_free(&audit->sheet);
    audit->sheet = column_sheet(&COLUMNS_EVENTS);
    audit_trim(audit);
    for (size_t i = 0; i < audit->count; i++)
        add_row(audit, usecase, audit->events[i]);
}
