#include "feed/sql.h"

#include "bundle/codes.h"

#include <string.h>

void sql_add_literal(struct str *sql, const char *text)
{
    str_add_char(sql, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            str_add_char(sql, '\'');
        str_add_char(sql, *text);
    }
    str_add_char(sql, '\'');
}

static const char *name_at(const struct feed_table *table, size_t index)
{
    return index < table->column_count ? table->file->columns[index] : "nth";
}

static size_t count_columns(const struct feed_table *table)
{
    return table->column_count + (table->numbered ? 1 : 0);
}

static bool is_key(const struct feed_table *table, size_t index)
{
    return index >= table->column_count || table->columns[index].key;
}

/** The columns, keys alone or all, each after `before`; `between` separates them. */
static void add_columns(struct str *sql, const struct feed_table *table, bool keys,
                        const char *before, const char *between)
{
    bool first = true;

    for (size_t i = 0; i < count_columns(table); i++) {
        if (keys && !is_key(table, i))
            continue;
        str_printf(sql, "%s%s\"%s\"", first ? "" : between, before, name_at(table, i));
        first = false;
    }
}

// ---- the schema

static void add_definition(struct str *sql, const struct feed_table *table, size_t index)
{
    const struct feed_column *column = &table->columns[index];
    enum dictionary_type type = column->words->type;
    const char *name = name_at(table, index);

    str_printf(sql, "\"%s\" %s%s", name, tables_sql_type(type),
               column->required ? " NOT NULL" : "");
    if (type == DICTIONARY_MONTH)
        str_printf(sql, " CHECK (extract(day FROM \"%s\") = 1)", name);
}

static void add_comment(struct str *sql, const struct feed_table *table, size_t index)
{
    const struct dictionary_column *words = table->columns[index].words;
    struct str text = {0};

    str_add(&text, words->zh);
    if (words->type == DICTIONARY_MONTH)
        str_add(&text, "：记作该月1日");
    if (words->type == DICTIONARY_MOMENT)
        str_add(&text, "（北京时间）");
    if (words->type == DICTIONARY_CODE)
        str_printf(&text, "；取值见 codes 表 list 为 %s 的", words->more);
    if (!table->columns[index].required)
        str_printf(&text, "；空：%s",
                   words->empty != DICTIONARY_NEVER ? codes_empty_words(words->empty)
                                                    : "旧版本没有写");
    str_printf(sql, "COMMENT ON COLUMN " FEED_SCHEMA ".\"%s\".\"%s\" IS ", table->name,
               name_at(table, index));
    sql_add_literal(sql, str_text(&text));
    str_add(sql, ";\n");
    str_free(&text);
}

static void add_comments(struct str *sql, const struct feed_table *table)
{
    str_printf(sql, "COMMENT ON TABLE " FEED_SCHEMA ".\"%s\" IS ", table->name);
    sql_add_literal(sql, table->file->zh);
    str_printf(
        sql, ";\nCOMMENT ON COLUMN " FEED_SCHEMA ".\"%s\".origin IS '由哪个单位报送：区划代码';\n",
        table->name);
    for (size_t i = 0; i < table->column_count; i++)
        add_comment(sql, table, i);
    if (table->numbered)
        str_printf(sql,
                   "COMMENT ON COLUMN " FEED_SCHEMA
                   ".\"%s\".nth IS '键相同的行里的第几行，从 1 起';\n",
                   table->name);
}

void sql_add_create(struct str *sql, const struct feed_table *table)
{
    str_printf(sql, "CREATE TABLE " FEED_SCHEMA ".\"%s\" (\n    origin text NOT NULL,\n",
               table->name);
    for (size_t i = 0; i < table->column_count; i++) {
        str_add(sql, "    ");
        add_definition(sql, table, i);
        str_add(sql, ",\n");
    }
    if (table->numbered)
        str_add(sql, "    nth integer NOT NULL,\n");
    str_add(sql, "    PRIMARY KEY (origin, ");
    add_columns(sql, table, true, "", ", ");
    str_add(sql, ")\n);\n");
    if (table->index != NULL)
        str_printf(sql, "CREATE INDEX ON " FEED_SCHEMA ".\"%s\" (%s);\n", table->name,
                   table->index);
    add_comments(sql, table);
}

void sql_add_create_stage(struct str *sql, const struct feed_table *table)
{
    str_printf(sql, "CREATE UNLOGGED TABLE %s (LIKE " FEED_SCHEMA ".\"%s\", PRIMARY KEY (origin, ",
               table->stage, table->name);
    add_columns(sql, table, true, "", ", ");
    str_printf(sql, "));\nCOMMENT ON TABLE %s IS '收包时用的中间表，平时是空的';\n", table->stage);
}

void sql_add_column(struct str *sql, const struct feed_table *table, size_t index, bool staged)
{
    const char *type = tables_sql_type(table->columns[index].words->type);
    const char *name = name_at(table, index);

    str_printf(sql, "ALTER TABLE " FEED_SCHEMA ".\"%s\" ADD COLUMN \"%s\" %s;\n", table->name, name,
               type);
    if (staged)
        str_printf(sql, "ALTER TABLE %s ADD COLUMN \"%s\" %s;\n", table->stage, name, type);
    add_comment(sql, table, index);
}

// ---- the stage

void sql_add_stage(struct str *sql, const struct feed_table *table, bool lasting,
                   const char *origin)
{
    if (lasting) {
        str_printf(sql, "DELETE FROM %s WHERE origin = ", table->stage);
        sql_add_literal(sql, origin);
    } else {
        str_printf(sql, "CREATE TEMP TABLE stage_%s (LIKE " FEED_SCHEMA ".\"%s\") ON COMMIT DROP",
                   table->name, table->name);
    }
}

void sql_add_copy(struct str *sql, const struct feed_table *table)
{
    str_printf(sql, "COPY %s (origin, ", table->stage);
    add_columns(sql, table, false, "", ", ");
    str_add(sql, ") FROM STDIN");
}

void sql_add_stage_index(struct str *sql, const struct feed_table *table)
{
    str_printf(sql, "CREATE UNIQUE INDEX ON %s (", table->stage);
    add_columns(sql, table, true, "", ", ");
    str_printf(sql, "); ANALYZE %s", table->stage);
}

// ---- differences

/** "s.a = t.a AND s.b = t.b" of the keys. */
static void add_match(struct str *sql, const struct feed_table *table)
{
    str_add(sql, "t.origin = $1 AND s.origin = $1");
    for (size_t i = 0; i < count_columns(table); i++)
        if (is_key(table, i))
            str_printf(sql, " AND t.\"%s\" = s.\"%s\"", name_at(table, i), name_at(table, i));
}

void sql_add_insert_all(struct str *sql, const struct feed_table *table)
{
    str_printf(sql, "INSERT INTO " FEED_SCHEMA ".\"%s\" (origin, ", table->name);
    add_columns(sql, table, false, "", ", ");
    str_add(sql, ") SELECT s.origin, ");
    add_columns(sql, table, false, "s.", ", ");
    str_printf(sql, " FROM %s s WHERE s.origin = $1", table->stage);
}

void sql_add_insert(struct str *sql, const struct feed_table *table)
{
    sql_add_insert_all(sql, table);
    str_printf(sql, " AND NOT EXISTS (SELECT 1 FROM " FEED_SCHEMA ".\"%s\" t WHERE ", table->name);
    add_match(sql, table);
    str_add(sql, ")");
}

void sql_add_update(struct str *sql, const struct feed_table *table)
{
    struct str old = {0};
    struct str new = {0};

    str_printf(sql, "UPDATE " FEED_SCHEMA ".\"%s\" t SET ", table->name);
    for (size_t i = 0; i < table->column_count; i++) {
        const char *name = name_at(table, i);
        if (is_key(table, i))
            continue;
        str_printf(sql, "%s\"%s\" = s.\"%s\"", old.length > 0 ? ", " : "", name, name);
        str_printf(&old, "%st.\"%s\"", old.length > 0 ? ", " : "", name);
        str_printf(&new, "%ss.\"%s\"", new.length > 0 ? ", " : "", name);
    }
    str_printf(sql, " FROM %s s WHERE ", table->stage);
    add_match(sql, table);
    str_printf(sql, " AND (%s) IS DISTINCT FROM (%s)", str_text(&old), str_text(&new));
    str_free(&old);
    str_free(&new);
}

void sql_add_delete(struct str *sql, const struct feed_table *table)
{
    str_printf(sql,
               "DELETE FROM " FEED_SCHEMA ".\"%s\" t WHERE t.origin = $1 AND NOT EXISTS "
               "(SELECT 1 FROM %s s WHERE ",
               table->name, table->stage);
    add_match(sql, table);
    str_add(sql, ")");
}

/** The row is of a group of the stage. */
static void add_staged(struct str *sql, const struct feed_table *table, const char *origin)
{
    str_printf(sql, " AND EXISTS (SELECT 1 FROM %s s WHERE s.origin = %s", table->stage, origin);
    for (size_t i = 0; i < table->group_count; i++)
        str_printf(sql, " AND t.\"%s\" = s.\"%s\"", name_at(table, i), name_at(table, i));
    str_add(sql, ")");
}

void sql_add_delete_in_groups(struct str *sql, const struct feed_table *table)
{
    sql_add_delete(sql, table);
    add_staged(sql, table, "$1");
}

/** The columns of a heading, a comma between. */
static void add_heading(struct str *sql, const struct feed_table *table,
                        const struct feed_heading *heading)
{
    for (size_t i = 0; i < heading->count; i++)
        str_printf(sql, "%st.\"%s\"", i > 0 ? ", " : "", name_at(table, heading->columns[i]));
}

void sql_add_delete_group(struct str *sql, const struct feed_table *table,
                          const struct feed_heading *heading)
{
    str_printf(sql, "DELETE FROM " FEED_SCHEMA ".\"%s\" t WHERE t.origin = $1", table->name);
    for (size_t i = 0; i < table->group_count; i++)
        str_printf(sql, " AND t.\"%s\" = $%zu::%s", name_at(table, i), i + 2,
                   tables_sql_type(table->columns[i].words->type));
    str_add(sql, " RETURNING ");
    add_heading(sql, table, heading);
}

void sql_add_cursor(struct str *sql, const struct feed_table *table,
                    const struct feed_heading *heading, const char *origin, bool staged)
{
    struct str quoted = {0};

    sql_add_literal(&quoted, origin);
    str_add(sql, "DECLARE kept NO SCROLL CURSOR FOR SELECT ");
    add_heading(sql, table, heading);
    str_printf(sql, " FROM " FEED_SCHEMA ".\"%s\" t WHERE t.origin = %s", table->name,
               str_text(&quoted));
    if (staged)
        add_staged(sql, table, str_text(&quoted));
    str_free(&quoted);
}
