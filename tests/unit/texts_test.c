/* What texts of a request may hold (server/texts.h): every text of the protocol is tried. */
#include "server/texts.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/plain.h"
#include "tests/unit/unit.h"
#include "wire/doudi.pb-c.h"

#include <string.h>

static const char EVIL[] = "\033]0;x\a王\r\n兰\u202e";

/** Decided by the types of forms and imports, or by the use case. */
static const char *const AS_TYPED[] = {
    "value",     "cells",     "password", "old",  "new", "admin_password", "directory",
    "sign_with", "sign_cert", "seal_to",  "path", "key", "trusted"};

/** Headings, which have line breaks. */
static const char *const LINES[] = {"headers", "groups"};

static bool is_listed(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/** One text field of one message, alone. */
struct trial {
    void *message;
    const ProtobufCFieldDescriptor *field;
    char *list; /**< of a repeated field: its one value */
};

static void begin_trial(struct trial *trial, const ProtobufCMessageDescriptor *descriptor,
                        const ProtobufCFieldDescriptor *field, const char *text)
{
    trial->message = mem_new(descriptor->sizeof_message);
    descriptor->message_init(trial->message);
    trial->field = field;
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        trial->list = mem_copy(text);
        *(size_t *)((char *)trial->message + field->quantifier_offset) = 1;
        *(char ***)((char *)trial->message + field->offset) = &trial->list;
    } else {
        *(char **)((char *)trial->message + field->offset) = mem_copy(text);
    }
}

static char **trial_text(const struct trial *trial)
{
    return trial->field->label == PROTOBUF_C_LABEL_REPEATED
               ? (char **)&trial->list
               : (char **)((char *)trial->message + trial->field->offset);
}

static void end_trial(struct trial *trial)
{
    free(*trial_text(trial));
    free(trial->message);
}

static void check_plain(const ProtobufCMessageDescriptor *descriptor,
                        const ProtobufCFieldDescriptor *field)
{
    struct trial trial;
    struct reply reply = {0};

    begin_trial(&trial, descriptor, field, EVIL);
    assert_result(texts_take(trial.message, &reply), RESULT_OK);
    if (is_listed(AS_TYPED, COUNT(AS_TYPED), field->name))
        assert_string_equal(*trial_text(&trial), EVIL);
    else if (is_listed(LINES, COUNT(LINES), field->name))
        assert_string_equal(*trial_text(&trial), "]0;x王\n兰");
    else
        assert_string_equal(*trial_text(&trial), "]0;x王 兰");
    end_trial(&trial);
}

static void check_broken(const ProtobufCMessageDescriptor *descriptor,
                         const ProtobufCFieldDescriptor *field)
{
    struct trial trial;
    struct reply reply = {0};

    begin_trial(&trial, descriptor, field, "王\xe6\xa1");
    assert_result(texts_take(trial.message, &reply), RESULT_INVALID);
    assert_non_null(strstr(reply.message, "UTF-8"));
    reply_free(&reply);
    end_trial(&trial);
}

/** No text but a cell, which a frame bounds, may be as long as anybody likes. */
static void check_length(const ProtobufCMessageDescriptor *descriptor,
                         const ProtobufCFieldDescriptor *field)
{
    enum { LONG = 300000 };
    char *text = mem_new(LONG + 1);
    struct trial trial;
    struct reply reply = {0};

    memset(text, 'x', LONG);
    begin_trial(&trial, descriptor, field, text);
    enum result result = texts_take(trial.message, &reply);
    if (strcmp(field->name, "cells") == 0) {
        assert_result(result, RESULT_OK);
    } else {
        assert_result(result, RESULT_INVALID);
        assert_non_null(strstr(reply.message, "太长：有 300000 个字，最多"));
    }
    reply_free(&reply);
    end_trial(&trial);
    free(text);
}

static size_t walk(const ProtobufCMessageDescriptor *descriptor)
{
    size_t count = 0;

    for (unsigned i = 0; i < descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
        if (field->type == PROTOBUF_C_TYPE_MESSAGE)
            count += walk(field->descriptor);
        if (field->type != PROTOBUF_C_TYPE_STRING)
            continue;
        check_plain(descriptor, field);
        check_broken(descriptor, field);
        check_length(descriptor, field);
        count++;
    }
    return count;
}

static void every_text_of_the_protocol(void **state)
{
    (void)state;
    assert_true(walk(&wire__request__descriptor) > 100);
}

/** Characters are counted, not bytes; as many as are allowed stay. */
static void texts_are_as_long_as_they_may(void **state)
{
    static const struct {
        const char *name;
        const ProtobufCMessageDescriptor *descriptor;
        size_t most;
        const char *words;
    } cases[] = {
        {"note", &wire__excuse_ask__descriptor, LIMIT_NOTE, "备注太长"},
        {"reason", &wire__case_reopen__descriptor, LIMIT_NOTE, "原因太长"},
        {"title", &wire__draft_put__descriptor, LIMIT_LINE, "标题太长"},
        {"file", &wire__import_open__descriptor, LIMIT_LINE, "文件名太长"},
        {"value", &wire__value__descriptor, LIMIT_VALUE, "填写的内容太长"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field_by_name(cases[i].descriptor, cases[i].name);
        for (size_t more = 0; more < 2; more++) {
            struct str text = {0};
            struct trial trial;
            struct reply reply = {0};

            for (size_t n = 0; n < cases[i].most + more; n++)
                str_add(&text, "王");
            begin_trial(&trial, cases[i].descriptor, field, str_text(&text));
            assert_result(texts_take(trial.message, &reply), more ? RESULT_INVALID : RESULT_OK);
            if (more)
                assert_non_null(strstr(reply.message, cases[i].words));
            reply_free(&reply);
            end_trial(&trial);
            str_free(&text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_of_the_protocol),
        cmocka_unit_test(texts_are_as_long_as_they_may),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
