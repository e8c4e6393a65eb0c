#include "feed/tables.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS_MAX = 5 };

/** What the extracts do not tell. */
struct table_facts {
    const char *file;
    const char *keys[KEYS_MAX];   /**< NULL after the last */
    const char *inside[KEYS_MAX]; /**< NULL after the last */
    const char *later[KEYS_MAX];  /**< never empty, but older versions do not write them */
    bool numbered;
    const char *index;
};

static const struct table_facts FACTS[] = {
    {.file = "persons.csv", .keys = {"person_id"}, .index = "id_no"},
    {.file = "cases.csv", .keys = {"case_id"}, .inside = {"area"}, .index = "area"},
    {.file = "members.csv", .keys = {"case_id", "person_id"}, .numbered = true},
    {.file = "visits.csv", .keys = {"person_id", "date", "seq"}, .later = {"judged"}},
    {.file = "duties.csv",
     .keys = {"month", "area", "case_id", "type"},
     .inside = {"area"},
     .index = "month, area"},
    {.file = "compliance.csv", .keys = {"month", "kind", "area"}, .inside = {"area"}},
    {.file = "events.csv", .keys = {"session", "seq"}},
    {.file = "areas.csv", .keys = {"code"}},
    {.file = "officers.csv", .keys = {"officer"}},
    {.file = "standards.csv", .keys = {"name", "area", "from"}},
    {.file = "statements.csv",
     .keys = {"month", "area", "version"},
     .inside = {"area"},
     .later = {"ids_given"}},
    {.file = "statement_rows.csv",
     .keys = {"month", "area", "version", "row"},
     .inside = {"area", "village"},
     .index = "month, village"},
    {.file = "reviews.csv", .keys = {"case_id", "date"}, .numbered = true},
    {.file = "excuses.csv", .keys = {"case_id", "from"}, .numbered = true},
    {.file = "marks.csv",
     .keys = {"month", "area", "case_id", "type", "what"},
     .inside = {"area"},
     .numbered = true},
    {.file = "alarms.csv", .keys = {"alarm"}},
    {.file = "area_changes.csv", .keys = {"change"}},
    {.file = "rounds.csv", .keys = {"round"}, .inside = {"area"}},
    {.file = "round_figures.csv", .keys = {"round", "area"}, .inside = {"area"}},
    {.file = "dictionary.csv", .keys = {"file", "column", "programme"}, .numbered = true},
    {.file = "codes.csv", .keys = {"list", "value"}, .numbered = true},
};

/* Ids may need all 64 bits, without a sign. */
static const struct {
    const char *sql;
    bool text;
} TYPES[] = {
    [DICTIONARY_TEXT] = {"text", true}, [DICTIONARY_NUMBER] = {"bigint"},
    [DICTIONARY_DECIMAL] = {"numeric"}, [DICTIONARY_FLAG] = {"boolean"},
    [DICTIONARY_DATE] = {"date"},       [DICTIONARY_DATES] = {"date[]"},
    [DICTIONARY_MONTH] = {"date"},      [DICTIONARY_MOMENT] = {"timestamp"},
    [DICTIONARY_ID] = {"numeric(20)"},  [DICTIONARY_IDS] = {"numeric(20)[]"},
    [DICTIONARY_AREA] = {"text", true}, [DICTIONARY_HEX] = {"bytea"},
    [DICTIONARY_CODE] = {"text", true}, [DICTIONARY_PAIRS] = {"jsonb"},
    [DICTIONARY_CHANGES] = {"jsonb"},
};

const char *tables_sql_type(enum dictionary_type type)
{
    return TYPES[type].sql;
}

bool tables_is_text(enum dictionary_type type)
{
    return TYPES[type].text;
}

static bool is_one_of(const char *const *names, const char *name)
{
    for (size_t i = 0; i < KEYS_MAX && names[i] != NULL; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static const struct table_facts *find_facts(const char *file)
{
    for (size_t i = 0; i < sizeof FACTS / sizeof FACTS[0]; i++)
        if (strcmp(FACTS[i].file, file) == 0)
            return &FACTS[i];
    return NULL;
}

static enum result add_table(struct feed_tables *tables, const struct extract_file *file)
{
    const struct table_facts *facts = find_facts(file->name);
    struct feed_table *table = &tables->tables[tables->count];

    if (facts == NULL || file->column_count > FEED_COLUMNS || tables->count == FEED_TABLES) {
        log_error("feed: no key for %s", file->name);
        return RESULT_CORRUPT;
    }
    table->file = file;
    table->column_count = file->column_count;
    table->numbered = facts->numbered;
    table->group_count = file->key_columns;
    table->index = facts->index;
    snprintf(table->name, sizeof table->name, "%.*s", (int)strcspn(file->name, "."), file->name);
    for (size_t i = 0; i < file->column_count; i++) {
        struct feed_column *column = &table->columns[i];
        column->words = dictionary_find(file->name, file->columns[i]);
        if (column->words == NULL) {
            log_error("feed: no words for %s of %s", file->columns[i], file->name);
            return RESULT_CORRUPT;
        }
        column->key = is_one_of(facts->keys, file->columns[i]);
        column->required = column->key || (column->words->empty == DICTIONARY_NEVER &&
                                           !is_one_of(facts->later, file->columns[i]));
        column->inside = is_one_of(facts->inside, file->columns[i]);
    }
    tables->count++;
    return RESULT_OK;
}

enum result tables_new(struct feed_tables **ret_tables)
{
    struct feed_tables *tables = mem_new(sizeof *tables);
    const struct extract_file *file;
    enum result result = RESULT_OK;

    for (size_t i = 0; result == 0 && (file = extract_at(i)) != NULL; i++)
        result = add_table(tables, file);
    tables_set_distributed(tables, false);
    if (result == 0)
        *ret_tables = tables;
    else
        free(tables);
    return result;
}

void tables_set_distributed(struct feed_tables *tables, bool distributed)
{
    tables->distributed = distributed;
    for (size_t i = 0; i < tables->count; i++)
        snprintf(tables->tables[i].stage, sizeof tables->tables[i].stage, "%s.stage_%s",
                 distributed ? FEED_SCHEMA : "pg_temp", tables->tables[i].name);
}

const struct feed_table *tables_find(const struct feed_tables *tables, const char *file)
{
    for (size_t i = 0; i < tables->count; i++)
        if (strcmp(tables->tables[i].file->name, file) == 0)
            return &tables->tables[i];
    return NULL;
}

bool tables_split_key(const struct feed_table *table, char *text, char **ret_cells)
{
    char *to = text;
    size_t count = 1;

    ret_cells[0] = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (*from == '\\' && from[1] != '\0') {
            *to++ = *++from == 'n' ? '\n' : *from;
        } else if (*from == '|' && count < table->group_count) {
            *to++ = '\0';
            ret_cells[count++] = to;
        } else if (*from == '|') {
            return false;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return count == table->group_count;
}
