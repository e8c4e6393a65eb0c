/*
 * The way back: from a value as the database shows it to the bundle's cell.
 */
#include "feed/cell.h"

#include "base/month.h"
#include "bundle/pairs.h"

#include <json-c/json.h>
#include <string.h>

static void add_same(struct str *text, const char *shown)
{
    str_add(text, shown);
}

static void add_flag(struct str *text, const char *shown)
{
    str_add(text, strcmp(shown, "t") == 0 ? "1" : strcmp(shown, "f") == 0 ? "0" : shown);
}

/** Without the day, which is the first. */
static void add_month(struct str *text, const char *shown)
{
    size_t length = strlen(shown);

    str_add_bytes(text, shown, length < MONTH_TEXT - 1 ? length : MONTH_TEXT - 1);
}

static void add_hex(struct str *text, const char *shown)
{
    str_add(text, strncmp(shown, "\\x", 2) == 0 ? shown + 2 : shown);
}

/** {a,b,c} as "a b c". */
static void add_list(struct str *text, const char *shown)
{
    for (; *shown != '\0'; shown++)
        if (*shown == ',')
            str_add_char(text, ' ');
        else if (*shown != '{' && *shown != '}')
            str_add_char(text, *shown);
}

// ---- pairs and changes

/** What the text holds, NULL unless it is of this type; the caller's. */
static json_object *parse(const char *shown, enum json_type type)
{
    json_object *object = json_tokener_parse(shown);

    if (object != NULL && !json_object_is_type(object, type)) {
        json_object_put(object);
        object = NULL;
    }
    return object;
}

static const char *text_of(json_object *value)
{
    const char *text = value != NULL ? json_object_get_string(value) : NULL;

    return text != NULL ? text : "";
}

static void add_pairs(struct str *text, const char *shown)
{
    json_object *object = *shown != '\0' ? parse(shown, json_type_object) : NULL;
    const char *between = "";

    if (object != NULL) {
        json_object_object_foreach(object, name, value)
        {
            str_add(text, between);
            pairs_add_escaped(text, name);
            str_add_char(text, '=');
            pairs_add_escaped(text, text_of(value));
            between = "|";
        }
    } else {
        str_add(text, shown);
    }
    json_object_put(object);
}

static void add_change(struct str *text, json_object *change)
{
    pairs_add_escaped(text, text_of(json_object_object_get(change, "name")));
    str_add_char(text, '=');
    pairs_add_arrows_escaped(text, text_of(json_object_object_get(change, "old")));
    str_add(text, PAIRS_ARROW);
    pairs_add_arrows_escaped(text, text_of(json_object_object_get(change, "new")));
}

static void add_changes(struct str *text, const char *shown)
{
    json_object *list = *shown != '\0' ? parse(shown, json_type_array) : NULL;

    if (list == NULL)
        str_add(text, shown);
    for (size_t i = 0; list != NULL && i < json_object_array_length(list); i++) {
        str_add(text, i > 0 ? "|" : "");
        add_change(text, json_object_array_get_idx(list, i));
    }
    json_object_put(list);
}

void cell_add_back(struct str *text, enum dictionary_type type, const char *shown)
{
    static void (*const types[])(struct str *, const char *) = {
        [DICTIONARY_TEXT] = add_same,       [DICTIONARY_NUMBER] = add_same,
        [DICTIONARY_DECIMAL] = add_same,    [DICTIONARY_FLAG] = add_flag,
        [DICTIONARY_DATE] = add_same,       [DICTIONARY_DATES] = add_list,
        [DICTIONARY_MONTH] = add_month,     [DICTIONARY_MOMENT] = add_same,
        [DICTIONARY_ID] = add_same,         [DICTIONARY_IDS] = add_list,
        [DICTIONARY_AREA] = add_same,       [DICTIONARY_HEX] = add_hex,
        [DICTIONARY_CODE] = add_same,       [DICTIONARY_PAIRS] = add_pairs,
        [DICTIONARY_CHANGES] = add_changes,
    };

    types[type](text, shown);
}
