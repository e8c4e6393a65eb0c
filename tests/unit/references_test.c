/*
 * The list of references is whole: every field of the store that may name a record is in it.
 */
#include "db/record.pb-c.h"
#include "db/references.h"

#include "unit.h"

enum { MESSAGES_MAX = 64 };

/** The messages of record.proto that have been walked. */
struct walk {
    const ProtobufCMessageDescriptor *seen[MESSAGES_MAX];
    size_t count;
};

static const ProtobufCMessageDescriptor *const ROOTS[] = {
    &rec__home__descriptor,        &rec__area__descriptor,     &rec__person__descriptor,
    &rec__bundle__descriptor,      &rec__case__descriptor,     &rec__duty__descriptor,
    &rec__visit__descriptor,       &rec__alarm__descriptor,    &rec__officer__descriptor,
    &rec__area_change__descriptor, &rec__standard__descriptor, &rec__figures__descriptor,
    &rec__statement__descriptor,   &rec__event__descriptor,    &rec__proposal__descriptor,
    &rec__heading_map__descriptor, &rec__draft__descriptor,    &rec__sheet__descriptor,
    &rec__payroll__descriptor,     &rec__lead__descriptor,     &rec__listed_death__descriptor,
    &rec__spotcheck__descriptor,   &rec__figure__descriptor,   &rec__merge__descriptor,
    &rec__round__descriptor,       &rec__leave__descriptor,    &rec__handover__descriptor,
};

static void walk_message(struct walk *walk, const ProtobufCMessageDescriptor *type)
{
    for (size_t i = 0; i < walk->count; i++)
        if (walk->seen[i] == type)
            return;
    assert_true(walk->count < MESSAGES_MAX);
    walk->seen[walk->count++] = type;
    for (unsigned i = 0; i < type->n_fields; i++)
        if (type->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
            walk_message(walk, type->fields[i].descriptor);
}

static void walk_all(struct walk *walk)
{
    for (size_t i = 0; i < COUNT(ROOTS); i++)
        walk_message(walk, ROOTS[i]);
}

static const struct reference *find(const char *message, const char *field)
{
    size_t count = 0;
    const struct reference *all = references_all(&count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].message, message) == 0 && strcmp(all[i].field, field) == 0)
            return &all[i];
    return NULL;
}

/** Ids are uint64; visits are told apart by a sequence; texts by what their names say. */
static bool may_name_a_record(const ProtobufCFieldDescriptor *field)
{
    static const char *const words[] = {"person", "case", "seq", "replaces", "record"};

    if (field->type == PROTOBUF_C_TYPE_UINT64)
        return true;
    if (field->type != PROTOBUF_C_TYPE_UINT32 && field->type != PROTOBUF_C_TYPE_STRING &&
        field->type != PROTOBUF_C_TYPE_BYTES)
        return false;
    for (size_t i = 0; i < COUNT(words); i++)
        if (strstr(field->name, words[i]) != NULL)
            return true;
    return false;
}

static void every_field_is_listed(void **state)
{
    struct walk walk = {0};

    (void)state;
    walk_all(&walk);
    for (size_t i = 0; i < walk.count; i++)
        for (unsigned k = 0; k < walk.seen[i]->n_fields; k++) {
            const ProtobufCFieldDescriptor *field = &walk.seen[i]->fields[k];
            if (may_name_a_record(field) && find(walk.seen[i]->short_name, field->name) == NULL)
                fail_msg("db/references.c lacks %s.%s", walk.seen[i]->short_name, field->name);
        }
}

static const ProtobufCMessageDescriptor *find_message(const struct walk *walk, const char *name)
{
    for (size_t i = 0; i < walk->count; i++)
        if (strcmp(walk->seen[i]->short_name, name) == 0)
            return walk->seen[i];
    return NULL;
}

static void every_row_is_a_field(void **state)
{
    struct walk walk = {0};
    size_t count = 0;
    const struct reference *all = references_all(&count);

    (void)state;
    walk_all(&walk);
    for (size_t i = 0; i < count; i++) {
        const ProtobufCMessageDescriptor *type = find_message(&walk, all[i].message);
        if (type == NULL ||
            protobuf_c_message_descriptor_get_field_by_name(type, all[i].field) == NULL)
            fail_msg("no field %s.%s", all[i].message, all[i].field);
        assert_ptr_equal(find(all[i].message, all[i].field), &all[i]); /* once only */
    }
}

/** What a line of record.proto says of itself. */
static void check_comment(const char *message, const char *line)
{
    const struct reference *row = NULL;
    char field[64] = "";
    enum reference_to to = strstr(line, "refers to a person") != NULL ? REFERENCE_PERSON
                           : strstr(line, "refers to a case") != NULL ? REFERENCE_CASE
                                                                      : REFERENCE_NONE;

    if (to == REFERENCE_NONE ||
        (sscanf(line, " repeated %*s %63s", field) != 1 && sscanf(line, " %*s %63s", field) != 1))
        return;
    row = find(message, field);
    if (row == NULL || row->to != to)
        fail_msg("db/references.c and the comment differ: %s.%s", message, field);
}

/** A table that ROOTS lacks would not be walked. */
static void every_message_is_walked(void **state)
{
    FILE *file = fopen(TESTS_SOURCE "/db/record.proto", "re");
    struct walk walk = {0};
    char line[256], message[64] = "";
    size_t messages = 0;

    (void)state;
    assert_non_null(file);
    walk_all(&walk);
    while (fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "message %63s {", message) == 1) {
            messages++;
            if (find_message(&walk, message) == NULL)
                fail_msg("ROOTS lacks %s", message);
        }
        check_comment(message, line);
    }
    fclose(file);
    assert_int_equal(messages, walk.count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_listed),
        cmocka_unit_test(every_row_is_a_field),
        cmocka_unit_test(every_message_is_walked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
