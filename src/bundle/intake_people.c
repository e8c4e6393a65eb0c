/*
 * Divisions, persons, visits, alarms and officers of a bundle.
 */
#include "bundle/intake_private.h"

#include "base/mem.h"
#include "domain/area.h"

#include <string.h>

// ---- divisions

static const char *const area_columns[] = {"code",  "name",      "parent", "level",       "from",
                                           "until", "successor", "former", "first_month?"};

static void add_former(char *date, char *name, void *arg)
{
    struct intake *intake = arg;
    Rec__Area *area = &intake->record.area;
    Rec__FormerName *former = intake_add(intake, &area->former, &area->n_former, sizeof *former);

    rec__former_name__init(former);
    former->name = name;
    if (date_parse(date, &former->until) != 0)
        decode_refuse(&intake->rows[0], RECEIPT_CONTENT, "旧名称的日期“%.40s”不对", date);
}

/** A home may know divisions of others: those are not its to say. */
static void decode_area_row(struct intake *intake, struct decode_row *row, bool *ret_wanted)
{
    const char *prefix = intake->decoder->prefix;
    Rec__Area *area = &intake->record.area;

    rec__area__init(area);
    *ret_wanted = strncmp(row->cells[0], prefix, strlen(prefix)) == 0;
    if (!*ret_wanted)
        return;
    area->code = decode_area(row, DECODE_MUST);
    area->name = decode_text(row);
    area->parent = decode_text(row);
    area->level = decode_text(row);
    area->from = decode_day(row, DECODE_MAY);
    area->until = decode_day(row, DECODE_MAY);
    area->successor = decode_area(row, DECODE_MAY);
    decode_pairs(row, add_former, intake);
    area->first_month = decode_month(row, DECODE_MAY);
    if (*area->name == '\0' || area_level_parse(area->level) != area_level(area->code))
        decode_refuse(row, RECEIPT_CONTENT, "区划的名称或级别不对");
}

const struct intake_kind intake_areas = {
    .file = INTAKE_FILE("areas.csv", area_columns, 0),
    .decode = decode_area_row,
};

// ---- persons

static const char *const person_columns[] = {"person_id", "id_no", "name",    "sex",   "birth",
                                             "area",      "phone", "address", "death", "version",
                                             "by",        "at",    "fields"};

static void decode_person(struct intake *intake, struct decode_row *row, bool *ret_wanted)
{
    Rec__Person *person = &intake->record.person;

    (void)ret_wanted;
    rec__person__init(person);
    person->taken = true;
    person->id = decode_id(row, DECODE_MUST);
    person->id_no = decode_text(row);
    person->name = decode_text(row);
    person->sex = decode_number(row);
    person->birth = decode_day(row, DECODE_MAY);
    person->area = decode_text(row); /* may be anywhere: a member may live with others */
    person->phone = decode_text(row);
    person->address = decode_text(row);
    person->death = decode_day(row, DECODE_MAY);
    person->version = decode_number(row);
    person->by = decode_text(row);
    person->at = decode_stamp(row);
    decode_fields(row, &person->n_fields, &person->fields);
}

const struct intake_kind intake_persons = {
    .file = INTAKE_FILE("persons.csv", person_columns, 0),
    .decode = decode_person,
};

// ---- visits

static const char *const visit_columns[] = {
    "person_id", "date",          "seq",   "kind",    "mode",       "result",
    "by",        "officer",       "at",    "late",    "superseded", "after_death",
    "replaces",  "replaces_date", "void",  "void_by", "void_at",    "credited",
    "batch",     "fields",        "alarm", "judged?", "stood_for?"};

struct ids {
    struct intake *intake;
    size_t count, capacity;
    uint64_t *items;
};

static bool add_id(const char *piece, void *arg)
{
    struct ids *ids = arg;
    uint64_t id = 0;

    if (!decode_id_of(ids->intake->decoder, piece, &id))
        return false;
    mem_grow((void **)&ids->items, ids->count, &ids->capacity, sizeof *ids->items);
    ids->items[ids->count++] = id;
    return true;
}

static void decode_credited(struct intake *intake, struct decode_row *row, Rec__Visit *visit)
{
    struct ids ids = {.intake = intake};

    decode_pieces(row, add_id, &ids);
    visit->credited = ids.items != NULL ? decode_keep(intake->decoder, ids.items) : NULL;
    visit->n_credited = ids.count;
}

static void decode_voiding(struct intake *intake, struct decode_row *row, Rec__Visit *visit)
{
    char *reason = decode_text(row), *by = decode_text(row);
    int64_t at = decode_stamp(row);

    if (*reason == '\0' && *by == '\0')
        return;
    Rec__Voiding *voided = decode_keep(intake->decoder, mem_new(sizeof *voided));
    rec__voiding__init(voided);
    voided->reason = reason;
    voided->by = by;
    voided->at = at;
    visit->voided = voided;
}

static uint32_t decode_number_or(struct decode_row *row)
{
    return *row->cells[row->next] == '\0' ? (row->next++, 0) : decode_number(row);
}

static void decode_visit(struct intake *intake, struct decode_row *row, bool *ret_wanted)
{
    Rec__Visit *visit = &intake->record.visit;

    (void)ret_wanted;
    rec__visit__init(visit);
    visit->person = decode_id(row, DECODE_MUST);
    visit->date = decode_day(row, DECODE_MUST);
    visit->seq = decode_number(row);
    visit->kind = decode_text(row);
    visit->mode = decode_text(row);
    visit->result = decode_text(row);
    visit->by = decode_text(row);
    visit->officer = decode_text(row);
    visit->at = decode_stamp(row);
    visit->late = decode_flag(row);
    visit->superseded = decode_flag(row);
    visit->after_death = decode_flag(row);
    visit->replaces = decode_number(row);
    visit->replaces_date = decode_day(row, DECODE_MAY);
    decode_voiding(intake, row, visit);
    decode_credited(intake, row, visit);
    visit->batch = decode_text(row);
    decode_fields(row, &visit->n_fields, &visit->fields);
    visit->alarm = decode_id(row, DECODE_MAY);
    visit->judged = decode_number_or(row);
    visit->stood_for = decode_text(row);
}

const struct intake_kind intake_visits = {
    .file = INTAKE_FILE("visits.csv", visit_columns, 0),
    .decode = decode_visit,
};

// ---- alarms

static const char *const alarm_columns[] = {
    "alarm",     "kind",    "area",      "person_id", "case_id", "visit_date",
    "visit_seq", "text",    "raised_at", "raised_by", "state",   "taken_by",
    "taken_at",  "done_by", "done_at",   "done_note", "count"};

static void decode_alarm(struct intake *intake, struct decode_row *row, bool *ret_wanted)
{
    Rec__Alarm *alarm = &intake->record.alarm;

    (void)ret_wanted;
    rec__alarm__init(alarm);
    alarm->id = decode_id(row, DECODE_MUST);
    alarm->kind = decode_text(row);
    alarm->area = decode_area(row, DECODE_MUST);
    alarm->person = decode_id(row, DECODE_MAY);
    alarm->case_id = decode_id(row, DECODE_MAY);
    alarm->visit_date = decode_day(row, DECODE_MAY);
    alarm->visit_seq = decode_number(row);
    alarm->text = decode_text(row);
    alarm->raised_at = decode_stamp(row);
    alarm->raised_by = decode_text(row);
    alarm->state = decode_text(row);
    alarm->taken_by = decode_text(row);
    alarm->taken_at = decode_stamp(row);
    alarm->done_by = decode_text(row);
    alarm->done_at = decode_stamp(row);
    alarm->done_note = decode_text(row);
    alarm->count = decode_number(row);
}

const struct intake_kind intake_alarms = {
    .file = INTAKE_FILE("alarms.csv", alarm_columns, 0),
    .decode = decode_alarm,
};

// ---- officers

static const char *const officer_columns[] = {"officer", "name",   "role",
                                              "area",    "former", "locked?"};

static void add_former_area(char *date, char *area, void *arg)
{
    struct intake *intake = arg;
    Rec__Officer *officer = &intake->record.officer;
    Rec__FormerArea *former =
        intake_add(intake, &officer->former, &officer->n_former, sizeof *former);

    rec__former_area__init(former);
    former->area = area;
    if (date_parse(date, &former->until) != 0)
        decode_refuse(&intake->rows[0], RECEIPT_CONTENT, "以前区划的日期“%.40s”不对", date);
}

/** True for "SENDER:工号", an officer of a home below the sender's. */
static bool is_passed_on(const char *id)
{
    return strchr(id, ':') != NULL;
}

static void decode_rest(struct intake *intake, struct decode_row *row)
{
    Rec__Officer *officer = &intake->record.officer;

    officer->name = decode_text(row);
    officer->role = decode_text(row);
    officer->area = decode_text(row); /* empty: everywhere */
    decode_pairs(row, add_former_area, intake);
    officer->locked = strcmp(decode_text(row), "1") == 0;
}

/** 工号 of two senders may be equal: each gets its sender's area. */
static void decode_officer(struct intake *intake, struct decode_row *row, bool *ret_wanted)
{
    struct decoder *decoder = intake->decoder;
    Rec__Officer *officer = &intake->record.officer;
    char *id = decode_text(row);

    rec__officer__init(officer);
    *ret_wanted = !is_passed_on(id);
    officer->id = decode_keep(decoder, mem_printf("%s:%s", decoder->prefix, id));
    decode_rest(intake, row);
    if (*id == '\0')
        decode_refuse(row, RECEIPT_CONTENT, "没有工号");
}

const struct intake_kind intake_officers = {
    .file = INTAKE_FILE("officers.csv", officer_columns, 0),
    .decode = decode_officer,
};

/** Those that a county hands on keep the ids that they have there: below the county's own. */
static void decode_passed_on(struct intake *intake, struct decode_row *row, bool *ret_wanted)
{
    const char *prefix = intake->decoder->prefix;
    char *id = decode_text(row);
    size_t digits = strspn(id, "0123456789");

    rec__officer__init(&intake->record.officer);
    *ret_wanted = is_passed_on(id);
    intake->record.officer.id = id;
    decode_rest(intake, row);
    if (!*ret_wanted)
        return;
    if (digits >= AREA_TEXT || id[digits] != ':' || id[digits + 1] == '\0')
        decode_refuse(row, RECEIPT_CONTENT, "工号“%.40s”不对", id);
    else if (digits <= strlen(prefix) || strncmp(id, prefix, strlen(prefix)) != 0)
        decode_refuse(row, RECEIPT_ROWS, "工号 %.40s 不是这个单位的下级", id);
}

const struct intake_kind intake_passed_on = {
    .file = INTAKE_FILE("officers.csv", officer_columns, 0),
    .decode = decode_passed_on,
};
