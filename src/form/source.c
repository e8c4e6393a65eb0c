#include "form/source.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/form.h"
#include "form/raw_rules.h"
#include "form/raw_steps.h"
#include "form/source_schema.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { READ_BYTES = 16 * 1024 };

// ---- schema

const cyaml_schema_value_t source_string = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, CYAML_UNLIMITED),
};

static const cyaml_schema_field_t code_fields[] = {
    STRING("code", OPTIONAL, raw_code, code),
    STRING("label", NEEDED, raw_code, label),
    SEQUENCE("aliases", raw_code, aliases, alias_count, &source_string),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t code_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_code, code_fields),
};
static const cyaml_schema_field_t codes_fields[] = {
    STRING("id", NEEDED, raw_codes, id),
    STRING("also", OPTIONAL, raw_codes, also),
    SEQUENCE("before", raw_codes, before, before_count, &source_string),
    SEQUENCE("behind", raw_codes, behind, behind_count, &source_string),
    SEQUENCE("items", raw_codes, items, item_count, &code_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t codes_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_codes, codes_fields),
};
static const cyaml_strval_t column_words[] = {
    {"nothing", FORM_COLUMN_NOTHING},
    {"listed", FORM_COLUMN_LISTED},
    {"place", FORM_COLUMN_PLACE},
    {"household", FORM_COLUMN_HOUSEHOLD},
};
static const cyaml_schema_field_t ledger_column_fields[] = {
    CYAML_FIELD_ENUM("is", CYAML_FLAG_STRICT, struct raw_column, is, column_words,
                     CYAML_ARRAY_LEN(column_words)),
    SEQUENCE("headers", raw_column, headers, header_count, &source_string),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t ledger_column_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_column, ledger_column_fields),
};
static const cyaml_schema_field_t ledgers_fields[] = {
    SEQUENCE("blank", raw_ledgers, blank, blank_count, &source_string),
    SEQUENCE("columns", raw_ledgers, columns, column_count, &ledger_column_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t tables_fields[] = {
    CYAML_FIELD_MAPPING_PTR("ledgers", OPTIONAL, struct raw_tables, ledgers, ledgers_fields),
    SEQUENCE("codes", raw_tables, codes, code_count, &codes_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t tables_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_tables, tables_fields),
};

static const cyaml_schema_field_t amount_fields[] = {
    STRING("name", NEEDED, raw_amount, name),     STRING("area", NEEDED, raw_amount, area),
    STRING("from", NEEDED, raw_amount, from),     STRING("yuan", NEEDED, raw_amount, yuan),
    STRING("source", NEEDED, raw_amount, source), CYAML_FIELD_END,
};
static const cyaml_schema_value_t amount_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_amount, amount_fields),
};
static const cyaml_schema_field_t amounts_fields[] = {
    SEQUENCE("amounts", raw_amounts, items, item_count, &amount_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t amounts_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_amounts, amounts_fields),
};

/* A column has a field's keys, except for columns of its own. */
#define FIELD_KEYS                                                                                 \
    STRING("id", NEEDED, raw_field, id), STRING("label", NEEDED, raw_field, label),                \
        STRING("type", NEEDED, raw_field, type), STRING("codes", OPTIONAL, raw_field, codes),      \
        STRING("section", OPTIONAL, raw_field, section),                                           \
        STRING("help", OPTIONAL, raw_field, help),                                                 \
        STRING("default", OPTIONAL, raw_field, initial),                                           \
        STRING("required", OPTIONAL, raw_field, required),                                         \
        STRING("wanted", OPTIONAL, raw_field, wanted), STRING("when", OPTIONAL, raw_field, when),  \
        STRING("compute", OPTIONAL, raw_field, compute),                                           \
        STRING("fill", OPTIONAL, raw_field, fill),                                                 \
        STRING("suggest", OPTIONAL, raw_field, suggest),                                           \
        STRING("folded", OPTIONAL, raw_field, folded),                                             \
        SEQUENCE("headers", raw_field, headers, header_count, &source_string),                     \
        STRING("clock", OPTIONAL, raw_field, clock), STRING("more", OPTIONAL, raw_field, more),    \
        CYAML_FIELD_BOOL("stated", CYAML_FLAG_OPTIONAL, struct raw_field, stated),                 \
        CYAML_FIELD_BOOL("shared", CYAML_FLAG_OPTIONAL, struct raw_field, shared),                 \
        CYAML_FIELD_BOOL("ahead", CYAML_FLAG_OPTIONAL, struct raw_field, ahead),                   \
        CYAML_FIELD_INT("max", CYAML_FLAG_OPTIONAL, struct raw_field, max),                        \
        CYAML_FIELD_BOOL("sensitive", CYAML_FLAG_OPTIONAL, struct raw_field, sensitive)

static const cyaml_schema_field_t column_fields[] = {FIELD_KEYS, CYAML_FIELD_END};
static const cyaml_schema_value_t column_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_field, column_fields),
};
static const cyaml_schema_field_t field_fields[] = {
    FIELD_KEYS,
    CYAML_FIELD_INT("min_rows", CYAML_FLAG_OPTIONAL, struct raw_field, min_rows),
    SEQUENCE("of", raw_field, of, of_count, &source_string),
    SEQUENCE("columns", raw_field, columns, column_count, &column_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t field_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_field, field_fields),
};

static const cyaml_schema_field_t check_fields[] = {
    STRING("when", NEEDED, raw_check, when),
    STRING("say", NEEDED, raw_check, say),
    STRING("need", OPTIONAL, raw_check, need),
    STRING("field", OPTIONAL, raw_check, field),
    STRING("list", OPTIONAL, raw_check, list),
    CYAML_FIELD_BOOL("warning", CYAML_FLAG_OPTIONAL, struct raw_check, warning),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t check_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_check, check_fields),
};

static const cyaml_schema_field_t tier_fields[] = {
    STRING("name", NEEDED, raw_tier, name),
    CYAML_FIELD_INT("per_month", CYAML_FLAG_DEFAULT, struct raw_tier, per_month),
    CYAML_FIELD_INT("interval", CYAML_FLAG_DEFAULT, struct raw_tier, interval),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t tier_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_tier, tier_fields),
};
static const cyaml_schema_field_t visits_fields[] = {
    STRING("when", OPTIONAL, raw_visits, when),
    STRING("record", NEEDED, raw_visits, record),
    SEQUENCE("tiers", raw_visits, tiers, tier_count, &tier_schema),
    SEQUENCE("modes", raw_visits, modes, mode_count, &source_string),
    SEQUENCE("accepts", raw_visits, accepts, accept_count, &source_string),
    STRING("stopped", OPTIONAL, raw_visits, stopped),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t cycle_fields[] = {
    STRING("name", NEEDED, raw_cycle, name),
    CYAML_FIELD_INT("months", CYAML_FLAG_DEFAULT, struct raw_cycle, months),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t cycle_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_cycle, cycle_fields),
};

static const cyaml_schema_field_t import_fields[] = {
    STRING("field", NEEDED, raw_import, field),
    CYAML_FIELD_BOOL("each", CYAML_FLAG_OPTIONAL, struct raw_import, each),
    CYAML_FIELD_BOOL("weak", CYAML_FLAG_OPTIONAL, struct raw_import, weak),
    SEQUENCE("headers", raw_import, headers, header_count, &source_string),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t import_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_import, import_fields),
};

static const cyaml_schema_field_t roles_fields[] = {
    STRING("area", OPTIONAL, raw_roles, area),
    STRING("since", OPTIONAL, raw_roles, since),
    STRING("tier", OPTIONAL, raw_roles, tier),
    STRING("officer", OPTIONAL, raw_roles, officer),
    STRING("review_class", OPTIONAL, raw_roles, review_class),
    STRING("until", OPTIONAL, raw_roles, until),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t alarm_fields[] = {
    STRING("when", NEEDED, raw_alarm, when),
    STRING("say", NEEDED, raw_alarm, say),
    STRING("unmet", OPTIONAL, raw_alarm, unmet),
    SEQUENCE("tell", raw_alarm, tell, tell_count, &source_string),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t date_fields[] = {
    STRING("what", NEEDED, raw_date, what),
    STRING("on", NEEDED, raw_date, on),
    STRING("when", OPTIONAL, raw_date, when),
    STRING("list", OPTIONAL, raw_date, list),
    STRING("say", OPTIONAL, raw_date, say),
    STRING("undated", OPTIONAL, raw_date, undated),
    CYAML_FIELD_INT("years", CYAML_FLAG_OPTIONAL, struct raw_date, years),
    CYAML_FIELD_INT("months", CYAML_FLAG_OPTIONAL, struct raw_date, months),
    CYAML_FIELD_BOOL("stays", CYAML_FLAG_OPTIONAL, struct raw_date, stays),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t date_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_date, date_fields),
};

static const cyaml_strval_t subject_words[] = {
    {"person", FORM_PERSON}, {"household", FORM_HOUSEHOLD}, {"visit", FORM_VISIT},
    {"block", FORM_BLOCK},   {"list", FORM_LIST},
};
static const cyaml_schema_field_t form_fields[] = {
    STRING("kind", NEEDED, raw_form, kind),
    STRING("title", OPTIONAL, raw_form, title),
    STRING("brief", OPTIONAL, raw_form, brief),
    STRING("code", OPTIONAL, raw_form, code),
    CYAML_FIELD_ENUM("subject", CYAML_FLAG_STRICT, struct raw_form, subject, subject_words,
                     CYAML_ARRAY_LEN(subject_words)),
    CYAML_FIELD_BOOL("secret", CYAML_FLAG_OPTIONAL, struct raw_form, secret),
    CYAML_FIELD_BOOL("rate", CYAML_FLAG_OPTIONAL, struct raw_form, rate),
    CYAML_FIELD_INT("rank", CYAML_FLAG_OPTIONAL, struct raw_form, rank),
    SEQUENCE("begin", raw_form, begin, begin_count, &source_string),
    SEQUENCE("use", raw_form, use, use_count, &source_string),
    SEQUENCE("codes", raw_form, codes, code_count, &codes_schema),
    SEQUENCE("fields", raw_form, fields, field_count, &field_schema),
    SEQUENCE("checks", raw_form, checks, check_count, &check_schema),
    CYAML_FIELD_MAPPING_PTR("visits", OPTIONAL, struct raw_form, visits, visits_fields),
    SEQUENCE("cycles", raw_form, cycles, cycle_count, &cycle_schema),
    SEQUENCE("exits", raw_form, exits, exit_count, &source_string),
    SEQUENCE("excludes", raw_form, excludes, exclude_count, &source_exclude),
    SEQUENCE("requires", raw_form, requires, require_count, &source_require),
    SEQUENCE("list", raw_form, list, list_count, &source_string),
    SEQUENCE("import", raw_form, import, import_count, &import_schema),
    CYAML_FIELD_MAPPING_PTR("roles", OPTIONAL, struct raw_form, roles, roles_fields),
    CYAML_FIELD_MAPPING_PTR("alarm", OPTIONAL, struct raw_form, alarm, alarm_fields),
    CYAML_FIELD_MAPPING_PTR("benefit", OPTIONAL, struct raw_form, benefit, source_benefit),
    CYAML_FIELD_MAPPING_PTR("limits", OPTIONAL, struct raw_form, limits, source_limits),
    SEQUENCE("reviews", raw_form, dates, date_count, &date_schema),
    CYAML_FIELD_MAPPING_PTR("steps", OPTIONAL, struct raw_form, steps, RAW_STEPS_FIELDS),
    SEQUENCE("examples", raw_form, examples, example_count, &source_example),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t form_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_form, form_fields),
};

// ---- messages

/* libcyaml's report: the message, then a backtrace, innermost line first. */
struct report {
    struct str message;
    int line;
};

__attribute__((format(printf, 3, 0))) static void note(cyaml_log_t level, void *arg,
                                                       const char *format, va_list args)
{
    struct report *report = arg;
    struct str text = {0};
    (void)level;
    str_vprintf(&text, format, args);
    const char *line = strstr(str_text(&text), "(line: ");
    if (line != NULL && report->line == 0)
        report->line = (int)strtol(line + strlen("(line: "), NULL, 10);
    if (report->message.length == 0 && text_starts(str_text(&text), "Load: "))
        str_add(&report->message, str_text(&text) + strlen("Load: "));
    str_free(&text);
}

/* The part after the last ": " of libcyaml's message: the wrong key or value. */
static const char *detail_of(struct report *report)
{
    if (report->message.length > 0 && report->message.text[report->message.length - 1] == '\n')
        report->message.text[report->message.length - 1] = '\0';
    const char *colon = strstr(str_text(&report->message), ": ");
    return colon != NULL ? colon + 2 : str_text(&report->message);
}

static const char *words_of(cyaml_err_t error, const struct report *report)
{
    static const struct {
        cyaml_err_t error;
        const char *words;
    } table[] = {
        {CYAML_ERR_INVALID_KEY, "没有这个键"},
        {CYAML_ERR_INVALID_VALUE, "值的写法不对"},
        {CYAML_ERR_MAPPING_FIELD_MISSING, "缺少必须有的键"},
        {CYAML_ERR_ALIAS, "不能用 YAML 引用（*）"},
        {CYAML_ERR_STRING_LENGTH_MIN, "值是空的"},
        {CYAML_ERR_SEQUENCE_ENTRIES_MAX, "项数太多"},
        {CYAML_ERR_UNEXPECTED_EVENT, "结构不对"},
    };
    if (strstr(str_text(&report->message), "already seen") != NULL)
        return "同一个键写了两次";
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].error == error)
            return table[i].words;
    return "读不懂";
}

// ---- places

static const yaml_node_t *find_child(yaml_document_t *document, const yaml_node_t *node,
                                     const char *key, size_t length)
{
    if (node->type == YAML_SEQUENCE_NODE) {
        const yaml_node_item_t *items = node->data.sequence.items.start;
        size_t index = strtoul(key, NULL, 10);
        if (index >= (size_t)(node->data.sequence.items.top - items))
            return NULL;
        return yaml_document_get_node(document, items[index]);
    }
    if (node->type != YAML_MAPPING_NODE)
        return NULL;
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        const yaml_node_t *name = yaml_document_get_node(document, pair->key);
        if (name != NULL && name->type == YAML_SCALAR_NODE && name->data.scalar.length == length &&
            memcmp(name->data.scalar.value, key, length) == 0)
            return yaml_document_get_node(document, pair->value);
    }
    return NULL;
}

static int line_in(yaml_document_t *document, const char *path)
{
    const yaml_node_t *node = yaml_document_get_root_node(document);
    int line = 1;
    while (node != NULL) {
        line = (int)node->start_mark.line + 1;
        if (*path == '\0')
            break;
        size_t length = strcspn(path, ".");
        node = find_child(document, node, path, length);
        path += length;
        path += *path == '.';
    }
    return line;
}

/* Reads the file again with libyaml, only when it is refused: finds the line of `path`; with
 * `ret_problem`, of a syntax error. */
static int read_places(const struct source *source, const char *path, const char **ret_problem)
{
    yaml_parser_t parser;
    yaml_document_t document;
    int line = 1;
    if (yaml_parser_initialize(&parser) == 0)
        return line;
    yaml_parser_set_input_string(&parser, (const unsigned char *)source->bytes, source->length);
    if (yaml_parser_load(&parser, &document) != 0) {
        line = line_in(&document, path);
        yaml_document_delete(&document);
    } else {
        line = (int)parser.problem_mark.line + 1;
        if (ret_problem != NULL)
            *ret_problem = parser.problem;
    }
    yaml_parser_delete(&parser);
    return line;
}

int source_line(const struct source *source, const char *path)
{
    return read_places(source, path, NULL);
}

static char *explain(const struct source *source, cyaml_err_t error, struct report *report)
{
    if (error == CYAML_ERR_LIBYAML_PARSER) {
        const char *problem = "";
        int line = read_places(source, "", &problem);
        return mem_printf("%s:%d：不是正确的 YAML（缩进只能用空格）：%s", source->path, line,
                          problem);
    }
    return mem_printf("%s:%d：%s：%s", source->path, report->line > 0 ? report->line : 1,
                      words_of(error, report), detail_of(report));
}

// ---- reading

/* The line of the first byte that is not UTF-8. */
static int bad_byte_line(const char *bytes)
{
    int line = 1;
    uint32_t code = 0;
    int length = 0;
    while ((length = text_decode(bytes, &code)) > 0) {
        line += code == '\n';
        bytes += length;
    }
    return line;
}

static enum result read_bytes(struct source *source, char **ret_error)
{
    FILE *file = fopen(source->path, "rb");
    if (file == NULL) {
        *ret_error = mem_printf("%s:1：打不开：%s。%s", source->path, result_reason(errno),
                                errno == EACCES ? "请用 chmod a+r 让各个账户都读得到"
                                                : "请从安装包恢复这个文件");
        return RESULT_NOINPUT;
    }
    while (source->length <= SOURCE_SIZE_MAX && feof(file) == 0 && ferror(file) == 0) {
        source->bytes = mem_resize(source->bytes, source->length + READ_BYTES + 1, 1);
        source->length += fread(source->bytes + source->length, 1, READ_BYTES, file);
    }
    source->bytes[source->length] = '\0';
    bool failed = ferror(file) != 0;
    (void)fclose(file);
    const char *why = NULL;
    int line = 1;
    if (failed)
        why = "读取失败";
    else if (source->length > SOURCE_SIZE_MAX)
        why = "文件太大，不会是表单文件";
    else if (memchr(source->bytes, '\0', source->length) != NULL)
        why = "不是文本文件";
    else if (!text_valid(source->bytes)) {
        why = "不是 UTF-8 编码，请另存为 UTF-8";
        line = bad_byte_line(source->bytes);
    }
    if (why == NULL)
        return RESULT_OK;
    *ret_error = mem_printf("%s:%d：%s", source->path, line, why);
    return failed ? RESULT_IO : RESULT_INVALID;
}

static void *allocate(void *context, void *old, size_t size)
{
    (void)context;
    if (size != 0)
        return mem_resize(old, size, 1);
    free(old);
    return NULL;
}

/* Where to move the data: texts live longer than the rest. */
struct pools {
    struct pool *texts, *rest;
};

/* Bytes of one entry, or of the pointer to it. */
static size_t entry_size(const cyaml_schema_value_t *entry)
{
    return (entry->flags & CYAML_FLAG_POINTER) != 0 ? sizeof(void *) : entry->data_size;
}

/* Moves one allocation of libcyaml's into a pool. */
static void *move_data(const cyaml_schema_value_t *value, void *data, size_t count,
                       const struct pools *pools)
{
    void *moved = NULL;
    size_t size = value->type == CYAML_SEQUENCE ? count * entry_size(value->sequence.entry)
                                                : value->data_size;
    if (value->type == CYAML_STRING)
        moved = pool_copy(pools->texts, data, strlen(data) + 1);
    else
        moved = memcpy(pool_take(pools->rest, size), data, size);
    free(data);
    return moved;
}

/* libcyaml allocates each text and list by itself: moves them into the pools. `place` holds the
 * value, or the pointer to it; a sequence has `count` entries. */
static void move_value(const cyaml_schema_value_t *value, void *place, size_t count,
                       const struct pools *pools)
{
    char *data = place;
    if ((value->flags & CYAML_FLAG_POINTER) != 0) {
        void **pointer = place;
        if (*pointer == NULL)
            return;
        data = *pointer = move_data(value, *pointer, count, pools);
    }
    if (value->type == CYAML_SEQUENCE)
        for (size_t i = 0; i < count; i++)
            move_value(value->sequence.entry, data + i * entry_size(value->sequence.entry), 0,
                       pools);
    if (value->type != CYAML_MAPPING)
        return;
    for (const cyaml_schema_field_t *field = value->mapping.fields; field->key != NULL; field++) {
        unsigned entries = 0;
        if (field->value.type == CYAML_SEQUENCE)
            memcpy(&entries, data + field->count_offset, sizeof entries);
        move_value(&field->value, data + field->data_offset, entries, pools);
    }
}

static enum result read_yaml(struct source *source, enum source_kind kind,
                             const struct pools *pools, char **ret_error)
{
    static const cyaml_schema_value_t *const schemas[] = {[SOURCE_FORM] = &form_schema,
                                                          [SOURCE_TABLES] = &tables_schema,
                                                          [SOURCE_AMOUNTS] = &amounts_schema,
                                                          [SOURCE_BANK] = &source_bank,
                                                          [SOURCE_RULES] = &raw_rules_schema};
    const cyaml_schema_value_t *schema = schemas[kind];
    struct report report = {0};
    cyaml_config_t config = {
        .mem_fn = allocate,
        .log_fn = note,
        .log_ctx = &report,
        .log_level = CYAML_LOG_ERROR,
        .flags = CYAML_CFG_NO_ALIAS,
    };
    cyaml_data_t *data = NULL;
    cyaml_err_t error = cyaml_load_data((const uint8_t *)source->bytes, source->length, &config,
                                        schema, &data, NULL);
    enum result result = RESULT_OK;
    if (error != CYAML_OK) {
        *ret_error = explain(source, error, &report);
        result = RESULT_INVALID;
    } else if (data == NULL) {
        *ret_error = mem_printf("%s:1：文件是空的", source->path);
        result = RESULT_INVALID;
    } else {
        move_value(schema, &data, 0, pools);
        source->form = kind == SOURCE_FORM ? data : NULL;
        source->tables = kind == SOURCE_TABLES ? data : NULL;
        source->amounts = kind == SOURCE_AMOUNTS ? data : NULL;
        source->bank = kind == SOURCE_BANK ? data : NULL;
        source->rules = kind == SOURCE_RULES ? data : NULL;
    }
    str_free(&report.message);
    return result;
}

enum result source_read(const char *path, enum source_kind kind, struct pool *texts,
                        struct pool *rest, struct source **ret_source, char **ret_error)
{
    const struct pools pools = {.texts = texts, .rest = rest};
    struct source *source = mem_new(sizeof *source);
    source->path = mem_copy(path);
    enum result result = read_bytes(source, ret_error);
    if (result == 0)
        result = read_yaml(source, kind, &pools, ret_error);
    if (result != 0) {
        source_free(&source);
        return result;
    }
    *ret_source = source;
    return RESULT_OK;
}

void source_free(struct source **source)
{
    if (*source == NULL)
        return;
    free((*source)->bytes);
    free((*source)->path);
    free(*source);
    *source = NULL;
}

char *source_place(const char *path, enum source_kind kind, const char *where)
{
    struct pool memory = {0};
    struct source *source = NULL;
    char *error = NULL;
    int line = 1;
    if (source_read(path, kind, &memory, &memory, &source, &error) == 0)
        line = source_line(source, where);
    source_free(&source);
    free(error);
    pool_free(&memory);
    return mem_printf("%s:%d", path, line);
}
