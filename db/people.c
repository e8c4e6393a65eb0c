#include "db/people.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/words.h"
#include "db/key.h"
#include "db/word.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    GRAM_BITS = 2048, /* about as many as different pairs in a village's addresses */
    STREET_DIGITS = 9,
    MARKED_STREET = 256, /* streets this large get negative look-up marks */
    MARKED_ROWS = 512,   /* with more rows in a block, too few bits of its marks stay empty */
    MARKS_BYTES = WORD_MARKS / CHAR_BIT,
    MARKS_WORDS = WORD_MARKS / 64,
    DEAD_LEAST = 64, /* this many removed rows, at least, before a clean-up */
};

/* A second or later word of a row. */
struct extra {
    uint64_t word;
    uint32_t row;
};

/* The first word of each row, and the later ones. */
struct column {
    uint64_t *words;
    size_t extra_count, extra_capacity;
    struct extra *extras;
};

/* A village of a street. */
struct village {
    char area[AREA_TEXT];
    uint64_t grams[GRAM_BITS / 64]; /* pairs of characters in its addresses */
};

/* A street's people: a row for each person and village, unordered, so that a column's words lie
 * side by side. A county has thousands of villages; fetching each from its own place in memory
 * would take longer than comparing its words. */
struct street {
    char area[AREA_TEXT]; /* STREET_DIGITS long */
    size_t count, capacity;
    size_t expected; /* announced rows, while all people are read */
    uint64_t *marks; /* MARKS_WORDS for each MARKED_ROWS; NULL in a small street */
    uint64_t *ids;   /* 0 = removed */
    struct column columns[WORD_COLUMNS];
    uint32_t *places; /* each row's village in `villages` */
    uint32_t *starts; /* each row's address in `addresses` */
    struct str addresses;
    size_t dead;
    uint64_t highest; /* id so far */
    size_t village_count, village_capacity;
    struct village *villages;
};

/* Sorted items that begin with their area. */
struct list {
    size_t count, capacity;
    void **items;
};

struct people {
    struct list streets;
};

// ---- lists by area

static const char *list_area(const struct list *list, size_t at)
{
    return list->items[at];
}

/* The first item whose area is not less than `area`. */
static size_t list_place(const struct list *list, const char *area)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(list_area(list, middle), area) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void *list_find(const struct list *list, const char *area)
{
    size_t place = list_place(list, area);
    return place < list->count && strcmp(list_area(list, place), area) == 0 ? list->items[place]
                                                                            : NULL;
}

/* Adds a zeroed item of `size` bytes that begins with `area`. */
static void *list_add(struct list *list, const char *area, size_t size)
{
    size_t place = list_place(list, area);
    char *item = mem_array(1, size);
    memcpy(item, area, strnlen(area, AREA_TEXT - 1));
    mem_grow((void **)&list->items, list->count, &list->capacity, sizeof *list->items);
    memmove(list->items + place + 1, list->items + place,
            (list->count - place) * sizeof *list->items);
    list->count++;
    return list->items[place] = item;
}

// ---- addresses: sets of character pairs

static size_t gram_bit(uint32_t first, uint32_t second)
{
    uint64_t mixed = ((uint64_t)first << 32 | second) * 0x9e3779b97f4a7c15;
    return mixed >> 53; /* 11 bits */
}

/* True if all characters and pairs of the text are among the grams; adds them if `add`. */
static bool grams_hold(uint64_t *grams, const char *text, bool add)
{
    uint32_t code, before = 0;
    bool all = true;
    int bytes;
    for (; (bytes = text_decode(text, &code)) > 0; text += bytes, before = code) {
        size_t bits[] = {gram_bit(0, code),
                         before != 0 ? gram_bit(before, code) : gram_bit(0, code)};
        for (size_t i = 0; i < 2; i++) {
            uint64_t bit = 1ULL << bits[i] % 64;
            all = all && (grams[bits[i] / 64] & bit) != 0;
            if (add)
                grams[bits[i] / 64] |= bit;
        }
    }
    return all;
}

// ---- streets

static void street_free(struct street *street)
{
    for (size_t c = 0; c < WORD_COLUMNS; c++) {
        free(street->columns[c].words);
        free(street->columns[c].extras);
    }
    str_free(&street->addresses);
    free(street->marks);
    free(street->villages);
    free(street->places);
    free(street->starts);
    free(street->ids);
    free(street);
}

static void street_grow(struct street *street)
{
    size_t capacity = street->capacity + street->capacity / 2 + 8;
    if (street->count < street->capacity)
        return;
    if (street->expected > street->count)
        capacity = street->expected;
    street->ids = mem_resize(street->ids, capacity, sizeof *street->ids);
    street->places = mem_resize(street->places, capacity, sizeof *street->places);
    street->starts = mem_resize(street->starts, capacity, sizeof *street->starts);
    for (size_t c = 0; c < WORD_COLUMNS; c++)
        street->columns[c].words = mem_resize(street->columns[c].words, capacity, sizeof(uint64_t));
    street->capacity = capacity;
}

/* The index of a village, `village_count` if it is not there. */
static uint32_t find_village(const struct street *street, const char *area)
{
    uint32_t place = 0;
    while (place < street->village_count && strcmp(street->villages[place].area, area) != 0)
        place++;
    return place;
}

static uint32_t add_village(struct street *street, const char *area)
{
    mem_grow((void **)&street->villages, street->village_count, &street->village_capacity,
             sizeof *street->villages);
    struct village *village = &street->villages[street->village_count];
    *village = (struct village){0};
    memcpy(village->area, area, strnlen(area, AREA_TEXT - 1));
    return (uint32_t)street->village_count++;
}

static void add_extra(struct column *column, uint64_t word, uint32_t row)
{
    mem_grow((void **)&column->extras, column->extra_count, &column->extra_capacity,
             sizeof *column->extras);
    column->extras[column->extra_count++] = (struct extra){word, row};
}

/* The marks of a row's block. */
static uint64_t *marks_of(const struct street *street, size_t row)
{
    return street->marks + row / MARKED_ROWS * MARKS_WORDS;
}

/* A row while it is filled. */
struct filling {
    struct street *street;
    bool begun[WORD_COLUMNS];
};

static void fill_word(enum word_column at, uint64_t word, void *arg)
{
    struct filling *filling = arg;
    struct street *street = filling->street;
    struct column *column = &street->columns[at];
    if (filling->begun[at])
        add_extra(column, word, (uint32_t)street->count);
    else
        column->words[street->count] = word;
    filling->begun[at] = true;
    if (street->marks != NULL)
        word_set_marks(at, word, marks_of(street, street->count));
}

static void set_marks(const struct street *street)
{
    for (enum word_column c = 0; c < WORD_COLUMNS; c++) {
        const struct column *column = &street->columns[c];
        for (size_t row = 0; row < street->count; row++)
            word_set_marks(c, column->words[row], marks_of(street, row));
        for (size_t i = 0; i < column->extra_count; i++)
            word_set_marks(c, column->extras[i].word, marks_of(street, column->extras[i].row));
    }
}

/* Makes space for the next row's marks, once the street is large enough for marks. */
static void street_mark(struct street *street)
{
    size_t blocks = street->count / MARKED_ROWS;
    bool begins = street->marks == NULL;
    if (begins ? street->count < MARKED_STREET : street->count % MARKED_ROWS != 0)
        return;
    street->marks = mem_resize(street->marks, blocks + 1, MARKS_BYTES);
    memset(street->marks + (begins ? 0 : blocks * MARKS_WORDS), 0,
           (begins ? blocks + 1 : 1) * MARKS_BYTES);
    if (begins)
        set_marks(street);
}

static void street_add(struct street *street, uint32_t place, const Rec__Person *person)
{
    struct filling filling = {.street = street};
    street_grow(street);
    street_mark(street);
    word_each(person, fill_word, &filling);
    street->places[street->count] = place;
    street->starts[street->count] = (uint32_t)street->addresses.length;
    str_add_bytes(&street->addresses, person->address, strlen(person->address) + 1);
    (void)grams_hold(street->villages[place].grams, person->address, true);
    if (person->id > street->highest)
        street->highest = person->id;
    street->ids[street->count++] = person->id;
}

// ---- removed rows

static void column_keep(struct column *column, const uint64_t *ids, const uint32_t *rows,
                        size_t count)
{
    size_t kept = 0;
    for (size_t row = 0; row < count; row++)
        if (ids[row] != 0)
            column->words[rows[row]] = column->words[row];
    for (size_t i = 0; i < column->extra_count; i++)
        if (ids[column->extras[i].row] != 0)
            column->extras[kept++] =
                (struct extra){column->extras[i].word, rows[column->extras[i].row]};
    column->extra_count = kept;
}

/* Moves the rows together, over the removed ones. */
static void street_tidy(struct street *street)
{
    uint32_t *rows = mem_array(street->count, sizeof *rows); /* each row's new number */
    struct str addresses = {0};
    uint32_t kept = 0;
    for (size_t row = 0; row < street->count; row++) {
        const char *address = str_text(&street->addresses) + street->starts[row];
        rows[row] = kept;
        if (street->ids[row] == 0)
            continue;
        street->places[kept] = street->places[row];
        street->starts[kept++] = (uint32_t)addresses.length;
        str_add_bytes(&addresses, address, strlen(address) + 1);
    }
    for (size_t c = 0; c < WORD_COLUMNS; c++)
        column_keep(&street->columns[c], street->ids, rows, street->count);
    for (size_t row = 0; row < street->count; row++)
        if (street->ids[row] != 0)
            street->ids[rows[row]] = street->ids[row];
    str_free(&street->addresses);
    street->addresses = addresses;
    street->count = kept;
    street->dead = 0;
    free(street->marks);
    street->marks = NULL;
    street_mark(street);
    free(rows);
}

static void street_remove(struct street *street, uint32_t place, uint64_t person)
{
    /* A newly registered person has the highest id: skip the search. */
    size_t row = person <= street->highest ? street->count : 0;
    while (row > 0 && (street->ids[row - 1] != person || street->places[row - 1] != place))
        row--;
    if (row == 0)
        return;
    street->ids[row - 1] = 0; /* a person stands once in a village */
    street->dead++;
    if (street->dead >= DEAD_LEAST && street->dead > street->count / 2)
        street_tidy(street);
}

// ---- all streets

struct people *people_new(void)
{
    return mem_new(sizeof(struct people));
}

void people_free(struct people **people)
{
    if (*people == NULL)
        return;
    for (size_t i = 0; i < (*people)->streets.count; i++)
        street_free((*people)->streets.items[i]);
    free((*people)->streets.items);
    free(*people);
    *people = NULL;
}

static struct street *find_street(const struct people *people, const char *area,
                                  char name[AREA_TEXT])
{
    snprintf(name, AREA_TEXT, "%.*s", STREET_DIGITS, area);
    return list_find(&people->streets, name);
}

static struct street *have_street(struct people *people, const char *area)
{
    char name[AREA_TEXT];
    struct street *street = find_street(people, area, name);
    return street != NULL ? street : list_add(&people->streets, name, sizeof *street);
}

void people_expect(struct people *people, const char *area)
{
    have_street(people, area)->expected++;
}

void people_put(struct people *people, const char *area, const Rec__Person *person)
{
    struct street *street = have_street(people, area);
    uint32_t place = find_village(street, area);
    if (place == street->village_count)
        place = add_village(street, area);
    else
        street_remove(street, place, person->id);
    street_add(street, place, person);
}

void people_remove(struct people *people, const char *area, uint64_t person)
{
    char name[AREA_TEXT];
    struct street *street = find_street(people, area, name);
    if (street != NULL)
        street_remove(street, find_village(street, area), person);
}

// ---- searching

struct search {
    const char *area;
    bool part;           /* only some of a street's villages are searched */
    const char *address; /* NULL = compare words */
    size_t probe_count;
    struct word_probe probes[WORD_PROBES];
    uint64_t *ids;
    size_t count, most;
    bool more;
};

static bool village_lies_in(const struct village *village, const struct search *search)
{
    return !search->part || text_starts(village->area, search->area);
}

/* False if `ids` is full. */
static bool add_found(struct search *search, const struct street *street, size_t row)
{
    uint64_t id = street->ids[row];
    if (id == 0 || (search->count > 0 && search->ids[search->count - 1] == id) ||
        !village_lies_in(&street->villages[street->places[row]], search))
        return true;
    search->more = search->count == search->most;
    if (!search->more)
        search->ids[search->count++] = id;
    return !search->more;
}

/* False if no row of the block can fit. */
static bool marks_hold(const uint64_t *marks, const struct word_probe *probe)
{
    return probe->mark == WORD_NO_MARK || (marks[probe->mark / 64] & 1ULL << probe->mark % 64) != 0;
}

/* Not inlined: inside the walk over the streets the compiler keeps its loop out of registers. */
static __attribute__((noinline)) bool search_rows(const struct street *street,
                                                  const struct word_probe *probe, size_t from,
                                                  size_t to, struct search *search)
{
    const uint64_t *words = street->columns[probe->column].words;
    for (size_t row = from; row < to; row++)
        if ((words[row] & probe->mask) == probe->want && !add_found(search, street, row))
            return false;
    return true;
}

static bool search_words(const struct street *street, const struct word_probe *probe,
                         struct search *search)
{
    const struct column *column = &street->columns[probe->column];
    bool held = false;
    for (size_t from = 0; from < street->count; from += MARKED_ROWS) {
        size_t to = from + MARKED_ROWS < street->count ? from + MARKED_ROWS : street->count;
        if (street->marks != NULL && !marks_hold(marks_of(street, from), probe))
            continue;
        held = true;
        if (!search_rows(street, probe, from, to, search))
            return false;
    }
    for (size_t i = 0; held && !probe->first && i < column->extra_count; i++)
        if ((column->extras[i].word & probe->mask) == probe->want &&
            !add_found(search, street, column->extras[i].row))
            return false;
    return true;
}

/* Which villages' addresses may contain the text; NULL if none. */
static bool *hold_address(const struct street *street, const struct search *search)
{
    bool *holds = NULL;
    for (size_t i = 0; i < street->village_count; i++) {
        struct village *village = &street->villages[i];
        if (!village_lies_in(village, search) ||
            !grams_hold(village->grams, search->address, false))
            continue;
        if (holds == NULL)
            holds = mem_array(street->village_count, sizeof *holds);
        holds[i] = true;
    }
    return holds;
}

static bool search_addresses(const struct street *street, struct search *search)
{
    const char *addresses = str_text(&street->addresses);
    bool *holds = hold_address(street, search);
    bool room = true;
    for (size_t row = 0; holds != NULL && row < street->count && room; row++)
        if (holds[street->places[row]] &&
            strstr(addresses + street->starts[row], search->address) != NULL)
            room = add_found(search, street, row);
    free(holds);
    return room;
}

/* False if `ids` is full. */
static bool search_street(const struct street *street, struct search *search)
{
    if (search->address != NULL)
        return search_addresses(street, search);
    for (size_t i = 0; i < search->probe_count; i++)
        if (!search_words(street, &search->probes[i], search))
            return false;
    return true;
}

/* Streets are scattered in memory: prefetch the marks of the next ones. */
static void fetch_ahead(const struct list *streets, size_t at, const struct search *search)
{
    enum { STREET_AHEAD = 8, MARKS_AHEAD = 4 };
    if (at + STREET_AHEAD < streets->count)
        __builtin_prefetch(streets->items[at + STREET_AHEAD]);
    if (at + MARKS_AHEAD >= streets->count)
        return;
    const struct street *street = streets->items[at + MARKS_AHEAD];
    for (size_t i = 0; i < search->probe_count && street->marks != NULL; i++)
        if (search->probes[i].mark != WORD_NO_MARK)
            __builtin_prefetch(&street->marks[search->probes[i].mark / 64]);
}

size_t people_find(const struct people *people, const char *area, const char *key, uint64_t *ids,
                   size_t most, bool *ret_more)
{
    char name[AREA_TEXT];
    struct search search = {
        .area = area, .part = strlen(area) > STREET_DIGITS, .ids = ids, .most = most};
    const struct list *streets = &people->streets;
    search.probe_count = word_probes(key, search.probes);
    if (*key == 'a' && key[1] != '\0')
        search.address = key + 1;
    snprintf(name, sizeof name, "%.*s", STREET_DIGITS, area);
    for (size_t i = list_place(streets, name);
         i < streets->count && text_starts(list_area(streets, i), name); i++) {
        fetch_ahead(streets, i, &search);
        if (!search_street(streets->items[i], &search))
            break;
    }
    *ret_more = search.more;
    return search.count;
}

static size_t street_size(const struct street *street)
{
    size_t bytes = sizeof *street + street->addresses.capacity;
    bytes += street->village_capacity * sizeof *street->villages;
    if (street->marks != NULL)
        bytes += (street->count / MARKED_ROWS + 1) * MARKS_BYTES;
    bytes += street->capacity * (sizeof *street->ids + sizeof *street->places +
                                 sizeof *street->starts + WORD_COLUMNS * sizeof(uint64_t));
    for (size_t c = 0; c < WORD_COLUMNS; c++)
        bytes += street->columns[c].extra_capacity * sizeof(struct extra);
    return bytes;
}

size_t people_size(const struct people *people)
{
    size_t bytes = people->streets.capacity * sizeof(void *);
    for (size_t i = 0; i < people->streets.count; i++)
        bytes += street_size(people->streets.items[i]);
    return bytes;
}
