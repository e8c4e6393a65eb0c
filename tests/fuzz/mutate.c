#include "tests/fuzz/mutate.h"

#include "base/idno.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { SLOTS_MAX = 2000, DEPTH_MAX = 4, WHOLE = -1 };

/** A value in a message that can be changed; `index` WHOLE is a repeated field as such. */
struct slot {
    ProtobufCMessage *message;
    const ProtobufCFieldDescriptor *field;
    long index;
};

struct slots {
    size_t count;
    struct slot items[SLOTS_MAX];
};

/* Words the program knows; the office of the fixture is in them. */
static const char *const WORDS[] = {
    "",
    "2026-11-23",
    "2026-11-02",
    "2026-10-31",
    "2026-02-29",
    "2026-11",
    "2026-10",
    "2026-09",
    "9999-99",
    "211102000000",
    "211102002000",
    "211102002005",
    "211102002016",
    "211102003000",
    "2111",
    "211102002",
    "tanfang",
    "dibao",
    "tekun",
    "ertong",
    "visit",
    "review",
    "active",
    "closed",
    "上门",
    "电话",
    "成功",
    "未遇",
    "拒访",
    "住院",
    "死亡",
    "迁出",
    "其他",
    "正常",
    "village",
    "street",
    "county",
    "chief",
    "admin",
    "auditor",
    "officer",
    "kind",
    "passwd",
    "lock",
    "unlock",
    "pending",
    "reached",
    "missed",
    "s01",
    "v01",
    "c01",
    "x01",
    "Fixture-2026-x",
    "Qiu2026-tian",
    "person.name",
    "person.id_no",
    "person.area",
    "person.birth",
    "person.phone",
    "person.death",
    "categories",
    "tier",
    "in_on",
    "visitor",
    "members.0.name",
    "members.1.id_no",
    "members.4000000000.name",
    "members..",
    "head.name",
    "高",
    "低",
    "独居；空巢",
    "户主",
    "1:2026-11-02:0",
    "2026-11-02:0",
    "case:1",
    "person:1",
    "姓名",
    "身份证号",
    "探访日期",
    "00000000000000000000000000000000",
    "=1+1",
    "'",
    "\xff\xfe",
    "\xe5\xbc",
    "%s%n",
    "../../x",
    "\n",
    "\xf0\xa0\xae\xb7",
    "-1",
    "99999999999999999999",
};

static const uint64_t NUMBERS[] = {
    0,         1,        2,          3,         4,          5,          10,
    255,       256,      45658,      46349,     24322,      24323,      65536,
    INT32_MAX, 1u << 31, UINT32_MAX, INT64_MAX, 1ull << 63, UINT64_MAX, 20261123,
};

// ---- plain bytes

size_t mutate_bytes(uint8_t *bytes, size_t length, size_t max, struct random *random)
{
    const char *word = WORDS[random_below(random, COUNT(WORDS))];
    size_t at = random_below(random, (uint32_t)length + 1);
    size_t part = random_below(random, 16);

    switch (random_below(random, 6)) {
    case 0: /* a bit */
        if (at < length)
            bytes[at] ^= (uint8_t)(1u << random_below(random, 8));
        return length;
    case 1: /* a byte */
        if (at < length)
            bytes[at] = (uint8_t)random_next(random);
        return length;
    case 2: /* some less */
        part = part < length - at ? part : length - at;
        memmove(bytes + at, bytes + at + part, length - at - part);
        return length - part;
    case 3: /* some twice */
        part = part < length - at ? part : length - at;
        if (length + part > max)
            return length;
        memmove(bytes + at + part, bytes + at, length - at);
        return length + part;
    case 4: /* the end is missing */
        return at;
    default: /* a word */
        part = strlen(word);
        if (length + part > max)
            return length;
        memmove(bytes + at + part, bytes + at, length - at);
        memcpy(bytes + at, word, part);
        return length + part;
    }
}

// ---- where the values of a message are

static bool is_repeated(const ProtobufCFieldDescriptor *field)
{
    return field->label == PROTOBUF_C_LABEL_REPEATED;
}

static bool is_oneof(const ProtobufCFieldDescriptor *field)
{
    return (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
}

static size_t element_size(const ProtobufCFieldDescriptor *field)
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
    default:
        return sizeof(uint32_t);
    }
}

static size_t *repeated_count(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return (size_t *)(void *)((char *)message + field->quantifier_offset);
}

/** The value itself, or that of the list's element. */
static void *value_at(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field, long index)
{
    char *value = (char *)message + field->offset;

    return is_repeated(field) ? *(char **)(void *)value + (size_t)index * element_size(field)
                              : value;
}

static uint32_t *oneof_case(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return (uint32_t *)(void *)((char *)message + field->quantifier_offset);
}

static void collect(ProtobufCMessage *message, struct slots *slots);

static void add_slot(struct slots *slots, ProtobufCMessage *message,
                     const ProtobufCFieldDescriptor *field, long index)
{
    if (slots->count == SLOTS_MAX)
        return;
    slots->items[slots->count++] = (struct slot){message, field, index};
    if (field->type == PROTOBUF_C_TYPE_MESSAGE && index != WHOLE) {
        ProtobufCMessage *below = *(ProtobufCMessage **)value_at(message, field, index);
        if (below != NULL)
            collect(below, slots);
    }
}

static void collect(ProtobufCMessage *message, struct slots *slots)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];

        if (is_oneof(field) && *oneof_case(message, field) != field->id)
            continue;
        if (!is_repeated(field)) {
            add_slot(slots, message, field, 0);
            continue;
        }
        add_slot(slots, message, field, WHOLE);
        for (size_t k = 0; k < *repeated_count(message, field); k++)
            add_slot(slots, message, field, (long)k);
    }
}

void message_each_text(const ProtobufCMessage *message, void (*each)(const char *text, void *arg),
                       void *arg)
{
    struct slots *slots = mem_new(sizeof *slots);

    collect((ProtobufCMessage *)(uintptr_t)message, slots);
    for (size_t i = 0; i < slots->count; i++) {
        const struct slot *slot = &slots->items[i];
        if (slot->field->type == PROTOBUF_C_TYPE_STRING && slot->index != WHOLE)
            each(*(char **)value_at(slot->message, slot->field, slot->index), arg);
    }
    free(slots);
}

// ---- new values

static ProtobufCMessage *new_message(const ProtobufCMessageDescriptor *type, struct random *random,
                                     int depth);

static char *new_text(const char *old, struct random *random)
{
    enum { LONG = 300, SPARE = 64 };
    size_t length = strlen(old);
    uint8_t *bytes;
    char digits[IDNO_TEXT] = "2111021945";

    switch (random_below(random, 8)) {
    case 0: /* another one's ID number */
        for (size_t i = 10; i < 17; i++)
            digits[i] = (char)('0' + random_below(random, i == 10 || i == 12 ? 2 : 3));
        digits[17] = idno_check(digits);
        return mem_copy(digits);
    case 1:
        bytes = mem_new(LONG);
        memset(bytes, 'a' + (int)random_below(random, 26), random_below(random, LONG - 1));
        return (char *)bytes;
    case 2:
    case 3:
        bytes = mem_new(length + SPARE + 1);
        memcpy(bytes, old, length);
        bytes[mutate_bytes(bytes, length, length + SPARE, random)] = '\0';
        return (char *)bytes;
    default:
        return mem_copy(WORDS[random_below(random, COUNT(WORDS))]);
    }
}

static uint64_t new_number(uint64_t old, struct random *random)
{
    switch (random_below(random, 4)) {
    case 0:
        return old + random_below(random, 5) - 2;
    case 1:
        return random_below(random, 12);
    case 2:
        return old ^ (uint64_t)1 << random_below(random, 64);
    default:
        return NUMBERS[random_below(random, COUNT(NUMBERS))];
    }
}

static void change_bytes(ProtobufCBinaryData *data, struct random *random)
{
    enum { MOST = 64 };
    uint8_t *bytes = mem_new(MOST);
    size_t length = data->len < MOST ? data->len : MOST;

    if (length > 0)
        memcpy(bytes, data->data, length);
    free(data->data);
    data->len = random_below(random, 4) == 0 ? 16 : mutate_bytes(bytes, length, MOST, random);
    data->data = bytes;
}

static void change_text(const ProtobufCFieldDescriptor *field, char **text, struct random *random)
{
    char *old = *text;

    *text = new_text(old != NULL ? old : "", random);
    if (old != field->default_value)
        free(old);
}

/** Gives a value that is there already another one. */
static void change_value(const ProtobufCFieldDescriptor *field, void *value, struct random *random,
                         int depth)
{
    ProtobufCMessage **message = value;

    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        change_text(field, value, random);
        break;
    case PROTOBUF_C_TYPE_BYTES:
        change_bytes(value, random);
        break;
    case PROTOBUF_C_TYPE_MESSAGE:
        if (*message != NULL)
            protobuf_c_message_free_unpacked(*message, NULL);
        *message = new_message(field->descriptor, random, depth + 1);
        break;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
        *(uint64_t *)value = new_number(*(uint64_t *)value, random);
        break;
    case PROTOBUF_C_TYPE_BOOL:
        *(protobuf_c_boolean *)value = !*(protobuf_c_boolean *)value;
        break;
    default:
        *(uint32_t *)value = (uint32_t)new_number(*(uint32_t *)value, random);
        break;
    }
}

static void add_element(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                        struct random *random, int depth)
{
    size_t *count = repeated_count(message, field);
    size_t size = element_size(field);
    void **list = (void **)(void *)((char *)message + field->offset);

    *list = mem_resize(*list, *count + 1, size);
    memset((char *)*list + *count * size, 0, size);
    (*count)++;
    change_value(field, value_at(message, field, (long)*count - 1), random, depth);
}

static void drop_value(const ProtobufCFieldDescriptor *field, void *value)
{
    if (field->type == PROTOBUF_C_TYPE_STRING)
        free(*(char **)value);
    else if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        protobuf_c_message_free_unpacked(*(ProtobufCMessage **)value, NULL);
    else if (field->type == PROTOBUF_C_TYPE_BYTES)
        free(((ProtobufCBinaryData *)value)->data);
}

static void drop_element(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                         size_t index)
{
    size_t *count = repeated_count(message, field);
    size_t size = element_size(field);
    char *value = value_at(message, field, (long)index);

    drop_value(field, value);
    memmove(value, value + size, (*count - index - 1) * size);
    (*count)--;
}

/** One of the alternatives of a oneof, whatever was there before. */
static void choose_oneof(ProtobufCMessage *message, const ProtobufCFieldDescriptor *old,
                         struct random *random, int depth)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    const ProtobufCFieldDescriptor *field;

    do
        field = &type->fields[random_below(random, type->n_fields)];
    while (!is_oneof(field));
    if (old != NULL)
        drop_value(old, value_at(message, old, 0));
    *oneof_case(message, field) = field->id;
    *(void **)value_at(message, field, 0) = NULL;
    change_value(field, value_at(message, field, 0), random, depth);
}

static ProtobufCMessage *new_message(const ProtobufCMessageDescriptor *type, struct random *random,
                                     int depth)
{
    ProtobufCMessage *message = mem_new(type->sizeof_message);
    bool chosen = false;

    protobuf_c_message_init(type, message);
    for (unsigned i = 0; depth < DEPTH_MAX && i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];

        if (is_oneof(field)) {
            if (!chosen)
                choose_oneof(message, NULL, random, depth);
            chosen = true;
        } else if (random_below(random, 2) == 0) {
            if (is_repeated(field))
                add_element(message, field, random, depth);
            else
                change_value(field, value_at(message, field, 0), random, depth);
        }
    }
    return message;
}

// ---- changing a message

static void change_list(struct slot *slot, struct random *random)
{
    size_t count = *repeated_count(slot->message, slot->field);

    if (count > 0 && random_below(random, 3) == 0)
        drop_element(slot->message, slot->field, random_below(random, (uint32_t)count));
    else
        add_element(slot->message, slot->field, random, 1);
}

/** Puts a text of one place into another. */
static void copy_text(const struct slot *to, const struct slots *slots, struct random *random)
{
    const struct slot *from = &slots->items[random_below(random, (uint32_t)slots->count)];
    char **text = value_at(to->message, to->field, to->index);
    char *copy;

    if (from->field->type != PROTOBUF_C_TYPE_STRING || from->index == WHOLE)
        return;
    copy = mem_copy(*(char **)value_at(from->message, from->field, from->index));
    if (*text != to->field->default_value)
        free(*text);
    *text = copy;
}

static void change_slot(struct slots *slots, struct random *random)
{
    struct slot *slot = &slots->items[random_below(random, (uint32_t)slots->count)];

    if (slot->index == WHOLE)
        change_list(slot, random);
    else if (is_oneof(slot->field))
        choose_oneof(slot->message, slot->field, random, 1);
    else if (slot->field->type == PROTOBUF_C_TYPE_STRING && random_below(random, 4) == 0)
        copy_text(slot, slots, random);
    else
        change_value(slot->field, value_at(slot->message, slot->field, slot->index), random, 1);
}

/** Changes fields of a message, or of a new one if the bytes hold none; returns the new length. */
static size_t mutate_fields(const ProtobufCMessageDescriptor *type, uint8_t *bytes, size_t length,
                            size_t max, struct random *random)
{
    ProtobufCMessage *message = protobuf_c_message_unpack(type, NULL, length, bytes);
    struct slots *slots = mem_new(sizeof *slots);

    if (message == NULL)
        message = new_message(type, random, 0);
    for (uint32_t changes = 1 + random_below(random, 3); changes > 0; changes--) {
        slots->count = 0;
        collect(message, slots);
        if (slots->count > 0)
            change_slot(slots, random);
    }
    if (protobuf_c_message_get_packed_size(message) <= max)
        length = protobuf_c_message_pack(message, bytes);
    protobuf_c_message_free_unpacked(message, NULL);
    free(slots);
    return length;
}

size_t mutate_message(const ProtobufCMessageDescriptor *type, uint8_t *bytes, size_t length,
                      size_t max, struct random *random)
{
    return random_below(random, 20) == 0 ? mutate_bytes(bytes, length, max, random)
                                         : mutate_fields(type, bytes, length, max, random);
}
