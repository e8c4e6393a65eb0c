#include "server/texts.h"

#include "base/limits.h"
#include "base/plain.h"
#include "base/text.h"
#include "wire/doudi.pb-c.h"

#include <stdlib.h>
#include <string.h>

/** How a text is cleaned. */
enum taking { TAKE_LINE = PLAIN_LINE, TAKE_LINES = PLAIN_LINES, TAKE_AS_TYPED };

struct rule {
    const char *field; /**< of the protocol's messages */
    const char *label;
    enum taking taking;
    size_t most; /**< characters, 0 = as many as fit into a frame */
};

static const struct rule RULES[] = {
    {"value", "填写的内容", TAKE_AS_TYPED, LIMIT_VALUE},
    {"cells", "单元格", TAKE_AS_TYPED, 0}, /* each row of a file is judged by itself */
    {"headers", "表头", TAKE_LINES, LIMIT_VALUE},
    {"groups", "表头", TAKE_LINES, LIMIT_VALUE},
    {"fault", "读表的说明", TAKE_LINE, LIMIT_NOTE},
    {"password", "密码", TAKE_AS_TYPED, LIMIT_NOTE},
    {"admin_password", "密码", TAKE_AS_TYPED, LIMIT_NOTE},
    {"old", "密码", TAKE_AS_TYPED, LIMIT_NOTE},
    {"new", "密码", TAKE_AS_TYPED, LIMIT_NOTE},
    {"directory", "目录", TAKE_AS_TYPED, LIMIT_PATH},
    {"path", "路径", TAKE_AS_TYPED, LIMIT_PATH},
    {"key", "私钥文件", TAKE_AS_TYPED, LIMIT_PATH},
    {"trusted", "证书目录", TAKE_AS_TYPED, LIMIT_PATH},
    {"sign_with", "私钥文件", TAKE_AS_TYPED, LIMIT_PATH},
    {"sign_cert", "证书文件", TAKE_AS_TYPED, LIMIT_PATH},
    {"seal_to", "证书文件", TAKE_AS_TYPED, LIMIT_PATH},
    {"terminal", "终端名称", TAKE_LINE, LIMIT_NOTE}, /* a longer one is cut */
    {"note", "备注", TAKE_LINE, LIMIT_NOTE},
    {"reason", "原因", TAKE_LINE, LIMIT_NOTE},
    {"source", "依据", TAKE_LINE, LIMIT_NOTE},
    {"title", "标题", TAKE_LINE, LIMIT_LINE},
    {"file", "文件名", TAKE_LINE, LIMIT_LINE},
    {"place", "存放的地方", TAKE_LINE, LIMIT_PATH},
    {"text", "查找的内容", TAKE_LINE, LIMIT_LINE},
    {"officer", "工号", TAKE_LINE, LIMIT_LINE},
    {"name", "名称", TAKE_LINE, LIMIT_LINE},
};

static const struct rule OTHER = {"", "有一项文字", TAKE_LINE, LIMIT_LINE};

static const struct rule *find_rule(const char *field)
{
    for (size_t i = 0; i < sizeof RULES / sizeof RULES[0]; i++)
        if (strcmp(RULES[i].field, field) == 0)
            return &RULES[i];
    return &OTHER;
}

static enum result take_text(const struct rule *rule, char **text, struct reply *reply)
{
    size_t length;

    if (!text_valid(*text))
        return reply_say(reply, RESULT_INVALID, "文字不是 UTF-8 编码，请检查终端或文件的编码");
    if (rule->taking != TAKE_AS_TYPED && !plain_is(*text, (enum plain)rule->taking)) {
        char *plain = plain_copy(*text, (enum plain)rule->taking);
        free(*text);
        *text = plain;
    }
    if (rule->most == 0 || strlen(*text) <= rule->most ||
        (length = text_length(*text)) <= rule->most)
        return RESULT_OK;
    return reply_say(reply, RESULT_INVALID, "%s太长：有 %zu 个字，最多 %zu 个字，请删减后再试",
                     rule->label, length, rule->most);
}

static size_t longest_list(const ProtobufCFieldDescriptor *field)
{
    return field->descriptor == &wire__value__descriptor ? LIMIT_VALUES : LIMIT_LIST;
}

/** Checks the values of one field: texts, or messages with texts in them. */
static enum result take_values(const ProtobufCFieldDescriptor *field, void **values, size_t count,
                               struct reply *reply)
{
    const struct rule *rule = find_rule(field->name);
    enum result result = RESULT_OK;

    if (field->label == PROTOBUF_C_LABEL_REPEATED && count > longest_list(field))
        return reply_say(reply, RESULT_INVALID, TEXTS_TOO_MANY);
    for (size_t i = 0; i < count && result == 0; i++) {
        if (values[i] == NULL)
            continue;
        result = field->type == PROTOBUF_C_TYPE_MESSAGE
                     ? texts_take(values[i], reply)
                     : take_text(rule, (char **)&values[i], reply);
    }
    return result;
}

static bool is_chosen(const char *message, const ProtobufCFieldDescriptor *field)
{
    return (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) == 0 ||
           *(const uint32_t *)(message + field->quantifier_offset) == field->id;
}

enum result texts_take(ProtobufCMessage *message, struct reply *reply)
{
    char *base = (char *)message;
    enum result result = RESULT_OK;

    for (unsigned i = 0; i < message->descriptor->n_fields && result == 0; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        void *place = base + field->offset;

        if ((field->type != PROTOBUF_C_TYPE_STRING && field->type != PROTOBUF_C_TYPE_MESSAGE) ||
            !is_chosen(base, field))
            continue;
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
            result = take_values(field, *(void ***)place,
                                 *(const size_t *)(base + field->quantifier_offset), reply);
        else
            result = take_values(field, place, 1, reply);
    }
    return result;
}
