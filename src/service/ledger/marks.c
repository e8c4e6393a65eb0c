#include "service/ledger/marks.h"

#include "base/mem.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MARKS_MOST = 40, VALUE_TEXT = 160 };

typedef const char *(*value_fn)(const Rec__Duty *duty, char text[VALUE_TEXT]);

static const char *since_text(const Rec__Duty *duty, char text[VALUE_TEXT])
{
    return date_format(duty->since, text);
}

static const char *exit_text(const Rec__Duty *duty, char text[VALUE_TEXT])
{
    char day[DATE_TEXT];

    if (duty->closed_on == 0)
        return "";
    snprintf(text, VALUE_TEXT, "%s %s", date_format(duty->closed_on, day), duty->exit_reason);
    return text;
}

static const char *area_text(const Rec__Duty *duty, char text[VALUE_TEXT])
{
    (void)text;
    return duty->area;
}

static const char *unowed_text(const Rec__Duty *duty, char text[VALUE_TEXT])
{
    (void)text;
    return duty->unowed;
}

static const struct {
    const char *what, *label;
    value_fn value;
} kinds[] = {
    {MARK_SINCE, "纳入日期", since_text},
    {MARK_EXIT, "退出", exit_text},
    {MARK_AREA, "村(社区)", area_text},
    {MARK_UNOWED, "探访需要", unowed_text},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

/** Drops the oldest mark of a row with too many; the events keep everything. */
static void make_room(Rec__Duty *duty)
{
    if (duty->n_marks < MARKS_MOST)
        return;
    rec__mark__free_unpacked(duty->marks[0], NULL);
    memmove(duty->marks, duty->marks + 1, --duty->n_marks * sizeof *duty->marks);
}

static void add_mark(struct usecase *usecase, Rec__Duty *duty, const char *what, const char *old,
                     const char *new)
{
    Rec__Mark empty = REC__MARK__INIT;
    Rec__Mark *mark = record_copy(&empty);

    make_room(duty);
    record_set(&mark->what, what);
    record_set(&mark->old, old);
    record_set(&mark->new_, new);
    record_set(&mark->by, usecase->caller->officer);
    mark->at = usecase->now;
    mark->closed = *duty->frozen != '\0' && !duty->reopened;
    duty->marks = mem_resize(duty->marks, duty->n_marks + 1, sizeof *duty->marks);
    duty->marks[duty->n_marks++] = mark;
}

void marks_note(struct usecase *usecase, const Rec__Duty *was, Rec__Duty *is)
{
    char old_text[VALUE_TEXT];
    char new_text[VALUE_TEXT];

    for (size_t i = 0; i < KINDS; i++) {
        const char *old = kinds[i].value(was, old_text);
        const char *new = kinds[i].value(is, new_text);
        if (strcmp(old, new) != 0)
            add_mark(usecase, is, kinds[i].what, old, new);
    }
}

const char *marks_label(const char *what)
{
    for (size_t i = 0; i < KINDS; i++)
        if (strcmp(kinds[i].what, what) == 0)
            return kinds[i].label;
    return what;
}

/** A mark's value in words. */
static const char *read_value(const struct usecase *usecase, const Rec__Mark *mark,
                              const char *value)
{
    return strcmp(mark->what, MARK_AREA) == 0 ? service_area_name(usecase->service, value) : value;
}

void marks_say_one(struct usecase *usecase, const char *area, const Rec__Mark *mark,
                   struct str *text)
{
    char *by = rows_officer_name_at(usecase, area, mark->by);
    const char *label = marks_label(mark->what);
    const char *old = read_value(usecase, mark, mark->old);
    const char *new = read_value(usecase, mark, mark->new_);
    char stamp[STAMP_TEXT];

    str_printf(text, "%.10s %s", date_format_stamp(mark->at, stamp), by);
    if (*new == '\0')
        str_printf(text, "撤销%s（%s）", label, old);
    else if (*old == '\0')
        str_printf(text, "登记%s：%s", label, new);
    else
        str_printf(text, "将%s由 %s 改为 %s", label, old, new);
    free(by);
}

void marks_say(struct usecase *usecase, const Rec__Duty *duty, struct str *text)
{
    enum { SAID = 2 };
    size_t said = 0;

    for (size_t i = duty->n_marks; i > 0 && said < SAID; i--) {
        const Rec__Mark *mark = duty->marks[i - 1];
        if (strcmp(mark->what, MARK_EXIT) == 0 && *mark->new_ != '\0')
            continue;
        str_add(text, "；");
        marks_say_one(usecase, duty->area, mark, text);
        said++;
    }
}

const Rec__Mark *marks_last(const Rec__Duty *duty, const char *what)
{
    for (size_t i = duty->n_marks; i > 0; i--)
        if (strcmp(duty->marks[i - 1]->what, what) == 0)
            return duty->marks[i - 1];
    return NULL;
}
