#include "anyrequest.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static ProtobufCMessage *make(const ProtobufCMessageDescriptor *type,
                              const struct filling *filling);

static bool is_kind(const ProtobufCFieldDescriptor *field)
{
    return (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
}

size_t anyrequest_count(void)
{
    size_t count = 0;

    for (unsigned i = 0; i < wire__request__descriptor.n_fields; i++)
        count += is_kind(&wire__request__descriptor.fields[i]);
    return count;
}

const ProtobufCFieldDescriptor *anyrequest_kind(size_t which)
{
    const ProtobufCFieldDescriptor *field = wire__request__descriptor.fields;

    for (;; field++)
        if (is_kind(field) && which-- == 0)
            return field;
}

static size_t size_of(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    case PROTOBUF_C_TYPE_UINT64:
        return sizeof(uint64_t);
    case PROTOBUF_C_TYPE_UINT32:
        return sizeof(uint32_t);
    case PROTOBUF_C_TYPE_BOOL:
        return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_ENUM:
        return sizeof(int);
    default:
        return 0; /* bytes: a session's token, which nobody guesses */
    }
}

/** Fills one place. `rows`: of an array, whose texts belong to it also when they are empty. */
static void fill(const ProtobufCMessageDescriptor *type, const ProtobufCFieldDescriptor *field,
                 const struct filling *filling, void *place, bool rows)
{
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        const char *text = filling->text(type->short_name, field->name, filling->arg);
        if (text != NULL || rows)
            *(char **)place = mem_copy(text == NULL ? "" : text);
        return;
    }
    if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        *(ProtobufCMessage **)place = make(field->descriptor, filling);
        return;
    }
    uint64_t number =
        size_of(field) == 0 ? 0 : filling->number(type->short_name, field->name, filling->arg);
    if (field->type == PROTOBUF_C_TYPE_UINT64)
        *(uint64_t *)place = number;
    else if (field->type == PROTOBUF_C_TYPE_UINT32)
        *(uint32_t *)place = (uint32_t)number;
    else if (field->type == PROTOBUF_C_TYPE_BOOL)
        *(protobuf_c_boolean *)place = number != 0;
    else if (field->type == PROTOBUF_C_TYPE_ENUM)
        *(int *)place = (int)number;
}

static ProtobufCMessage *make(const ProtobufCMessageDescriptor *type, const struct filling *filling)
{
    ProtobufCMessage *message = mem_new(type->sizeof_message);

    protobuf_c_message_init(type, message);
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        char *place = (char *)message + field->offset;
        if (field->label != PROTOBUF_C_LABEL_REPEATED) {
            fill(type, field, filling, place, false);
            continue;
        }
        size_t count = filling->rows(type->short_name, field->name, filling->arg);
        char *rows = mem_new(count * size_of(field) + 1);
        for (size_t row = 0; row < count; row++)
            fill(type, field, filling, rows + row * size_of(field), true);
        *(size_t *)((char *)message + field->quantifier_offset) = count;
        *(char **)place = rows;
    }
    return message;
}

Wire__Request *anyrequest_make(const ProtobufCFieldDescriptor *kind, const struct filling *filling)
{
    Wire__Request *request = mem_new(sizeof *request);

    wire__request__init(request);
    request->what_case = (Wire__Request__WhatCase)kind->id;
    *(ProtobufCMessage **)((char *)request + kind->offset) = make(kind->descriptor, filling);
    return request;
}
