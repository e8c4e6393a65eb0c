#include "service/frame/record.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/text.h"
#include "base/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void record_set(char **slot, const char *text)
{
    char *copy = text == NULL || *text == '\0' ? (char *)protobuf_c_empty_string : mem_copy(text);
    if (*slot != protobuf_c_empty_string)
        free(*slot);
    *slot = copy;
}

bool record_equal(const void *a, const void *b)
{
    const ProtobufCMessage *left = a;
    const ProtobufCMessage *right = b;
    size_t size = protobuf_c_message_get_packed_size(left);
    bool equal = false;

    if (protobuf_c_message_get_packed_size(right) != size)
        return false;
    uint8_t *bytes = mem_new(2 * size + 1);
    protobuf_c_message_pack(left, bytes);
    protobuf_c_message_pack(right, bytes + size);
    equal = memcmp(bytes, bytes + size, size) == 0;
    free(bytes);
    return equal;
}

/** Replaces the borrowed pointers of a value by copies: the message was copied byte by byte. */
static void own_value(const ProtobufCFieldDescriptor *field, void *value)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING: {
        char **text = value;
        if (*text != NULL && *text != field->default_value)
            *text = mem_copy(*text);
        break;
    }
    case PROTOBUF_C_TYPE_BYTES: {
        ProtobufCBinaryData *bytes = value;
        bytes->data = bytes->len > 0 ? (uint8_t *)mem_copy_bytes(bytes->data, bytes->len) : NULL;
        break;
    }
    case PROTOBUF_C_TYPE_MESSAGE: {
        void **message = value;
        if (*message != NULL)
            *message = record_copy(*message);
        break;
    }
    default:
        break; /* a number */
    }
}

static size_t size_of_value(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
        return sizeof(uint64_t);
    case PROTOBUF_C_TYPE_BOOL:
        return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_UINT32:
        return sizeof(uint32_t);
    default:
        abort(); /* records have no other types of fields */
    }
}

static void own_list(const ProtobufCFieldDescriptor *field, size_t count, void **list)
{
    size_t size = size_of_value(field);

    if (count == 0) {
        *list = NULL;
        return;
    }
    *list = mem_copy_bytes(*list, count * size);
    for (size_t i = 0; i < count; i++)
        own_value(field, (char *)*list + i * size);
}

/** Copies directly, not by packing: every search and list copies records, so speed matters. */
void *record_copy(const void *message)
{
    const ProtobufCMessage *from = message;
    const ProtobufCMessageDescriptor *type = from->descriptor;
    char *copy = mem_copy_bytes(from, type->sizeof_message);
    ProtobufCMessage *base = (ProtobufCMessage *)copy;

    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        void *value = copy + field->offset;
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
            own_list(field, *(size_t *)(copy + field->quantifier_offset), value);
        else
            own_value(field, value);
    }
    if (base->n_unknown_fields > 0)
        base->unknown_fields = (ProtobufCMessageUnknownField *)mem_copy_bytes(
            base->unknown_fields, base->n_unknown_fields * sizeof *base->unknown_fields);
    for (unsigned i = 0; i < base->n_unknown_fields; i++) {
        ProtobufCMessageUnknownField *unknown = &base->unknown_fields[i];
        unknown->data = (uint8_t *)mem_copy_bytes(unknown->data, unknown->len);
    }
    return copy;
}

// ---- typed fields of a person

enum kept_as { KEPT_TEXT, KEPT_DAY, KEPT_SEX };

static const struct person_slot {
    const char *id;
    enum kept_as as;
    size_t offset;
} person_slots[] = {
    {"address", KEPT_TEXT, offsetof(Rec__Person, address)},
    {"area", KEPT_TEXT, offsetof(Rec__Person, area)},
    {"birth", KEPT_DAY, offsetof(Rec__Person, birth)},
    {"death", KEPT_DAY, offsetof(Rec__Person, death)},
    {"id_no", KEPT_TEXT, offsetof(Rec__Person, id_no)},
    {"name", KEPT_TEXT, offsetof(Rec__Person, name)},
    {"phone", KEPT_TEXT, offsetof(Rec__Person, phone)},
    {"sex", KEPT_SEX, offsetof(Rec__Person, sex)},
};

enum { PERSON_SLOTS = sizeof person_slots / sizeof person_slots[0] };

static const char *const sexes[] = {"", "男", "女"};

static const struct person_slot *find_slot(const char *id)
{
    for (size_t i = 0; i < PERSON_SLOTS; i++)
        if (strcmp(person_slots[i].id, id) == 0)
            return &person_slots[i];
    return NULL;
}

static void *slot_at(const Rec__Person *person, const struct person_slot *slot)
{
    return (char *)person + slot->offset;
}

static const char *slot_text(const Rec__Person *person, const struct person_slot *slot,
                             char buffer[DATE_TEXT])
{
    switch (slot->as) {
    case KEPT_DAY:
        return date_format(*(int32_t *)slot_at(person, slot), buffer);
    case KEPT_SEX:
        return person->sex < sizeof sexes / sizeof sexes[0] ? sexes[person->sex] : "";
    case KEPT_TEXT:
        break;
    }
    return *(char **)slot_at(person, slot);
}

static void slot_set(Rec__Person *person, const struct person_slot *slot, const char *text)
{
    day_t day = 0;

    switch (slot->as) {
    case KEPT_TEXT:
        record_set(slot_at(person, slot), text);
        break;
    case KEPT_DAY:
        *(int32_t *)slot_at(person, slot) = date_parse(text, &day) == 0 ? day : 0;
        break;
    case KEPT_SEX:
        person->sex = strcmp(text, sexes[1]) == 0 ? 1 : strcmp(text, sexes[2]) == 0 ? 2 : 0;
        break;
    }
}

/** Joins without a format: this runs for every field of every person. */
static void join(struct str *name, const char *prefix, const char *id)
{
    str_add(name, prefix);
    str_add(name, id);
}

static void set_under(struct fields *values, const char *prefix, const char *id, const char *value)
{
    struct str name = {0};

    join(&name, prefix, id);
    fields_set(values, str_text(&name), value);
    str_free(&name);
}

static const char *get_under(const struct fields *values, const char *prefix, const char *id)
{
    struct str name = {0};

    join(&name, prefix, id);
    const char *value = fields_get(values, str_text(&name));
    str_free(&name);
    return value;
}

void record_person_read(const Rec__Person *person, const char *prefix, struct fields *values)
{
    char buffer[DATE_TEXT];

    for (size_t i = 0; i < PERSON_SLOTS; i++)
        set_under(values, prefix, person_slots[i].id, slot_text(person, &person_slots[i], buffer));
    for (size_t i = 0; i < person->n_fields; i++)
        set_under(values, prefix, person->fields[i]->name, person->fields[i]->value);
}

/** The id of a person's field without "person.". */
static const char *bare_id(const char *id)
{
    return text_starts(id, "person.") ? strchr(id, '.') + 1 : id;
}

void record_person_write(const struct form_field *fields, size_t count, const char *prefix,
                         const struct fields *values, Rec__Person *person)
{
    struct fields own = {0};

    store_fields_read(person->n_fields, person->fields, &own);
    for (size_t i = 0; i < count; i++) {
        if (!fields[i].person)
            continue;
        const char *id = bare_id(fields[i].id);
        const char *value = get_under(values, prefix, id);
        const struct person_slot *slot = find_slot(id);
        if (slot != NULL)
            slot_set(person, slot, value);
        else
            fields_set(&own, id, value);
    }
    store_fields_free(person->n_fields, person->fields);
    store_fields_write(&own, &person->n_fields, &person->fields);
    fields_free(&own);
}

char *record_person_value(const Rec__Person *person, const char *id)
{
    const struct person_slot *slot = find_slot(id);
    char buffer[DATE_TEXT];

    if (slot != NULL)
        return mem_copy(slot_text(person, slot, buffer));
    for (size_t i = 0; i < person->n_fields; i++)
        if (strcmp(person->fields[i]->name, id) == 0)
            return mem_copy(person->fields[i]->value);
    return mem_copy("");
}

void record_person_set(Rec__Person *person, const char *id, const char *value)
{
    const struct person_slot *slot = find_slot(id);
    struct fields own = {0};

    if (slot != NULL) {
        slot_set(person, slot, value);
        return;
    }
    store_fields_read(person->n_fields, person->fields, &own);
    fields_set(&own, id, value);
    store_fields_free(person->n_fields, person->fields);
    store_fields_write(&own, &person->n_fields, &person->fields);
    fields_free(&own);
}

// ---- typed fields of a case

/** Adds the case's start in the form of its field: some programmes begin with a month. */
static void read_since(const struct form *form, const Rec__Case *casefile, struct fields *values)
{
    char day[DATE_TEXT];
    char month[MONTH_TEXT];
    const struct form_field *field = form_field(form, form->roles.since);
    bool monthly = field != NULL && strcmp(field->type->name, "month") == 0;

    if (casefile->since != 0)
        fields_set(values, form->roles.since,
                   monthly ? month_format(month_of(casefile->since), month)
                           : date_format(casefile->since, day));
}

static day_t parse_since(const char *text)
{
    day_t day = 0;
    month_t month = 0;

    if (date_parse(text, &day) == 0)
        return day;
    return month_parse(text, &month) == 0 ? month_first(month) : 0;
}

/** Roles whose value is a text field of the record. */
static const struct role_slot {
    size_t role;   /**< offset in struct form_roles */
    size_t offset; /**< offset in Rec__Case */
} role_slots[] = {
    {offsetof(struct form_roles, area), offsetof(Rec__Case, area)},
    {offsetof(struct form_roles, tier), offsetof(Rec__Case, tier)},
    {offsetof(struct form_roles, officer), offsetof(Rec__Case, officer)},
    {offsetof(struct form_roles, review_class), offsetof(Rec__Case, review_class)},
};

enum { ROLE_SLOTS = sizeof role_slots / sizeof role_slots[0] };

static const char *role_id(const struct form *form, const struct role_slot *slot)
{
    const char *id = *(const char *const *)((const char *)&form->roles + slot->role);
    return id == NULL ? "" : id;
}

static bool is_role(const struct form *form, const char *name)
{
    for (size_t i = 0; i < ROLE_SLOTS; i++)
        if (strcmp(role_id(form, &role_slots[i]), name) == 0)
            return true;
    return form->roles.since != NULL && strcmp(form->roles.since, name) == 0;
}

void record_case_read(const struct form *form, const Rec__Case *casefile, struct fields *values)
{
    for (size_t i = 0; i < casefile->n_fields; i++)
        fields_set(values, casefile->fields[i]->name, casefile->fields[i]->value);
    for (size_t i = 0; i < ROLE_SLOTS; i++) {
        const char *id = role_id(form, &role_slots[i]);
        if (*id != '\0')
            fields_set(values, id, *(char **)((char *)casefile + role_slots[i].offset));
    }
    if (form->roles.since != NULL && *form->roles.since != '\0')
        read_since(form, casefile, values);
}

void record_case_write(const struct form *form, const struct fields *values, Rec__Case *casefile)
{
    struct fields own = {0};

    for (size_t i = 0; i < ROLE_SLOTS; i++) {
        const char *id = role_id(form, &role_slots[i]);
        if (*id != '\0')
            record_set((char **)((char *)casefile + role_slots[i].offset), fields_get(values, id));
    }
    if (form->roles.since != NULL && *form->roles.since != '\0')
        casefile->since = parse_since(fields_get(values, form->roles.since));
    for (size_t i = 0; i < values->count; i++) {
        const struct field *value = &values->items[i];
        if (!text_starts(value->name, "person.") && !text_starts(value->name, "members.") &&
            !is_role(form, value->name))
            fields_set(&own, value->name, value->value);
    }
    store_fields_free(casefile->n_fields, casefile->fields);
    store_fields_write(&own, &casefile->n_fields, &casefile->fields);
    fields_free(&own);
}

// ---- all values of a case

static void read_member(const Rec__Member *member, const Rec__Person *person, size_t row,
                        struct fields *values)
{
    char prefix[FORM_PREFIX];

    snprintf(prefix, sizeof prefix, "members.%zu.", row);
    record_person_read(person, prefix, values);
    for (size_t i = 0; i < member->n_fields; i++)
        set_under(values, prefix, member->fields[i]->name, member->fields[i]->value);
    set_under(values, prefix, MEMBER_COVERED, member->covered ? "是" : "否");
}

enum result record_values(struct usecase *usecase, const struct form *form,
                          const Rec__Case *casefile, struct fields *values)
{
    Rec__Person *person = NULL;
    size_t row = 0;
    enum result result = store_person_get(usecase->txn, casefile->person, &person);

    if (result != 0)
        return result;
    if (form->subject != FORM_HOUSEHOLD)
        record_person_read(person, "person.", values);
    rec__person__free_unpacked(person, NULL);
    /* After the person's values: "person.area" must be this case's village, even if the person has
     * moved. */
    record_case_read(form, casefile, values);

    for (size_t i = 0; i < casefile->n_members; i++) {
        const Rec__Member *member = casefile->members[i];
        if (member->until != 0)
            continue;
        result = store_person_get(usecase->txn, member->person, &person);
        if (result != 0)
            return result;
        read_member(member, person, row++, values);
        rec__person__free_unpacked(person, NULL);
    }
    return RESULT_OK;
}

bool record_takes_part(const Rec__Case *casefile, uint64_t person, bool *ret_covered)
{
    *ret_covered = true;
    if (casefile->n_members == 0)
        return casefile->person == person;
    for (size_t i = 0; i < casefile->n_members; i++) {
        if (casefile->members[i]->person == person && casefile->members[i]->until == 0) {
            *ret_covered = casefile->members[i]->covered;
            return true;
        }
    }
    return false;
}

void record_visit_read(const Rec__Visit *visit, struct fields *values)
{
    char date[DATE_TEXT];

    store_fields_read(visit->n_fields, visit->fields, values);
    fields_set(values, "date", date_format(visit->date, date));
    fields_set(values, "mode", visit->mode);
    fields_set(values, "result", visit->result);
    fields_set(values, "by", visit->by);
}

struct cases_job {
    Rec__Case **known;
    struct record_cases cases;
};

static enum result add_case(const Rec__Case *casefile, void *arg)
{
    struct cases_job *job = arg;
    struct record_cases *cases = &job->cases;
    bool known = casefile == *job->known;

    mem_grow((void **)&cases->items, cases->count, &cases->capacity, sizeof *cases->items);
    cases->items[cases->count++] = known ? *job->known : record_copy(casefile);
    if (known)
        *job->known = NULL;
    return RESULT_OK;
}

enum result record_cases_load_rest(struct usecase *usecase, uint64_t person, Rec__Case **known,
                                   struct record_cases *ret_cases)
{
    struct cases_job job = {.known = known};
    enum result result =
        *known == NULL ? store_case_of_person(usecase->txn, person, add_case, &job)
                       : store_case_of_person_with(usecase->txn, person, *known, add_case, &job);

    if (result != 0)
        record_cases_free(&job.cases);
    else
        *ret_cases = job.cases;
    return result;
}

enum result record_cases_load(struct usecase *usecase, uint64_t person,
                              struct record_cases *ret_cases)
{
    Rec__Case *none = NULL;

    return record_cases_load_rest(usecase, person, &none, ret_cases);
}

void record_cases_free(struct record_cases *cases)
{
    for (size_t i = 0; i < cases->count; i++)
        rec__case__free_unpacked(cases->items[i], NULL);
    free(cases->items);
    *cases = (struct record_cases){0};
}

// ---- the duty of a month

struct duty_search {
    month_t month;
    const char *type;
    Rec__Duty *found;
};

static enum result match_duty(const Rec__Duty *duty, void *arg)
{
    struct duty_search *search = arg;

    if (duty->month != search->month || strcmp(duty->type, search->type) != 0)
        return RESULT_OK;
    search->found = record_copy(duty);
    return (enum result)STORE_STOP;
}

enum result record_duty_find(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                             const char *type, Rec__Duty **ret_duty)
{
    struct duty_search search = {.month = month, .type = type};
    enum result result =
        store_duty_get(usecase->txn, month, casefile->area, casefile->id, type, &search.found);

    if (result == RESULT_NOTFOUND)
        result = store_duty_of_case(usecase->txn, casefile->id, match_duty, &search);
    if (result == 0)
        *ret_duty = search.found;
    return result;
}
