#include "db/search.h"

#include "base/pinyin.h"
#include "base/text.h"

#include <string.h>

enum {
    ADDRESS_STARTS = 12, /* an address is found from each of these first characters */
    NAME_STARTS = 64,
};

struct sink {
    const char *wanted;
    bool found;
};

static void sink_add(struct sink *sink, char kind, const char *text)
{
    if (*sink->wanted == kind && *text != '\0' && text_starts(text, sink->wanted + 1))
        sink->found = true;
}

/* Adds the text from each of the first `starts` characters to the end. */
static void sink_add_suffixes(struct sink *sink, char kind, const char *text, int starts)
{
    uint32_t code;
    int bytes;
    for (int i = 0; i < starts && (bytes = text_decode(text, &code)) > 0; i++, text += bytes)
        sink_add(sink, kind, text);
}

static void sink_add_pinyin(struct sink *sink, char kind, struct pinyin_keys keys)
{
    for (size_t i = 0; i < keys.count; i++)
        sink_add(sink, kind, keys.keys[i]);
    pinyin_keys_free(&keys);
}

static void sink_add_tail(struct sink *sink, char kind, const char *text, size_t length)
{
    size_t whole = strlen(text);
    if (whole > length)
        sink_add(sink, kind, text + whole - length);
}

static void sink_add_person(struct sink *sink, const Rec__Person *person)
{
    sink_add_suffixes(sink, 'n', person->name, NAME_STARTS);
    sink_add(sink, 'b', person->name);
    sink->found =
        sink->found || (*sink->wanted == 'e' && strcmp(sink->wanted + 1, person->name) == 0);
    if (*sink->wanted == 'i')
        sink_add_pinyin(sink, 'i', pinyin_initials(person->name));
    if (*sink->wanted == 'y')
        sink_add_pinyin(sink, 'y', pinyin_full(person->name));
    sink_add(sink, 'd', person->id_no);
    sink_add_tail(sink, 't', person->id_no, 4);
    sink_add_tail(sink, 't', person->id_no, 6);
    sink_add(sink, 'p', person->phone);
    sink_add_tail(sink, 'p', person->phone, 4);
    sink_add_tail(sink, 'q', person->phone, 4);
    sink_add_suffixes(sink, 'a', person->address, ADDRESS_STARTS);
}

bool search_matches(const Rec__Person *person, const char *key)
{
    struct sink sink = {.wanted = key};
    sink_add_person(&sink, person);
    return sink.found;
}
