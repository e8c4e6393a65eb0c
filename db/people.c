#include "db/people.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "db/key.h"
#include "db/word.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    AREA_TEXT = KEY_AREA + 1,
    GRAM_BITS = 2048, /* about as many as a village's addresses have different pairs */
    STREET_DIGITS = 9,
    MARKED_STREET = 256, /* people from which on it is worth while to know who is not there */
    MARKED_VILLAGE = 512,
    MARKED_ROWS = 512, /* with more together, few bits of their marks would be left empty */
    MARKS_BYTES = WORD_MARKS / CHAR_BIT,
    MARKS_WORDS = WORD_MARKS / 64,
    DEAD_LEAST = 64, /* rows that nobody stands in any more before they are cleared away */
};

/* A further word of a row. */
struct extra {
    uint64_t word;
    uint32_t row;
};

/* One word for each row, and the further ones. */
struct column {
    uint64_t *words;
    size_t extra_count, extra_capacity;
    struct extra *extras;
};

/* The people of a village: a row each. What a search looks at first stands first, in one line of the
 * processor's cache. */
struct village {
    char area[AREA_TEXT];
    size_t count;
    uint64_t *marks; /* MARKS_WORDS for each MARKED_ROWS; NULL in a small village */
    uint64_t *ids;   /* 0: nobody any more */
    struct column columns[WORD_COLUMNS];
    size_t capacity, dead;
    uint32_t *places; /* where each one's address begins in `addresses` */
    struct str addresses;
    uint64_t grams[GRAM_BITS / 64]; /* pairs of characters that occur in them */
};

/* Things that begin with their area, in its order. */
struct list {
    size_t count, capacity;
    void **items;
};

struct street {
    char area[AREA_TEXT]; /* STREET_DIGITS of it */
    uint64_t *marks;      /* MARKS_WORDS, of all its people and some that have gone; NULL if few */
    size_t people;        /* rows there ever were */
    struct list villages;
};

struct people {
    struct list streets;
};

// ---- lists by area

static const char *list_area(const struct list *list, size_t at)
{
    return list->items[at];
}

/* The first item at or behind an area. */
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

/* A zeroed item of `size` bytes that begins with `area`. */
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

// ---- addresses: which pairs of characters occur

static size_t gram_bit(uint32_t first, uint32_t second)
{
    uint64_t mixed = ((uint64_t)first << 32 | second) * 0x9e3779b97f4a7c15;
    return mixed >> 53; /* 11 bits */
}

/* True if every character and every pair of the text is among the grams; adds them if `add`. */
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

// ---- villages

static void village_free(struct village *village)
{
    for (size_t c = 0; c < WORD_COLUMNS; c++) {
        free(village->columns[c].words);
        free(village->columns[c].extras);
    }
    str_free(&village->addresses);
    free(village->marks);
    free(village->places);
    free(village->ids);
    free(village);
}

static void village_grow(struct village *village)
{
    size_t capacity = village->capacity + village->capacity / 2 + 8;
    if (village->count < village->capacity)
        return;
    village->ids = mem_resize(village->ids, capacity, sizeof *village->ids);
    village->places = mem_resize(village->places, capacity, sizeof *village->places);
    for (size_t c = 0; c < WORD_COLUMNS; c++)
        village->columns[c].words =
            mem_resize(village->columns[c].words, capacity, sizeof(uint64_t));
    village->capacity = capacity;
}

static void add_extra(struct column *column, uint64_t word, uint32_t row)
{
    mem_grow((void **)&column->extras, column->extra_count, &column->extra_capacity,
             sizeof *column->extras);
    column->extras[column->extra_count++] = (struct extra){word, row};
}

/* The marks of a row's words. */
static uint64_t *marks_of(const struct village *village, size_t row)
{
    return village->marks + row / MARKED_ROWS * MARKS_WORDS;
}

/* The row being filled. */
struct filling {
    struct street *street;
    struct village *village;
    bool begun[WORD_COLUMNS];
};

static void fill_word(enum word_column at, uint64_t word, void *arg)
{
    struct filling *filling = arg;
    struct village *village = filling->village;
    struct column *column = &village->columns[at];
    if (filling->begun[at])
        add_extra(column, word, (uint32_t)village->count);
    else
        column->words[village->count] = word;
    filling->begun[at] = true;
    if (village->marks != NULL)
        word_set_marks(at, word, marks_of(village, village->count));
    if (filling->street->marks != NULL)
        word_set_marks(at, word, filling->street->marks);
}

/* Sets the marks of all of a village's rows, in `all` or, if that is NULL, in the village's own. */
static void set_marks(const struct village *village, uint64_t *all)
{
    for (enum word_column c = 0; c < WORD_COLUMNS; c++) {
        const struct column *column = &village->columns[c];
        for (size_t row = 0; row < village->count; row++)
            word_set_marks(c, column->words[row], all != NULL ? all : marks_of(village, row));
        for (size_t i = 0; i < column->extra_count; i++)
            word_set_marks(c, column->extras[i].word,
                           all != NULL ? all : marks_of(village, column->extras[i].row));
    }
}

/* Has room for the marks of one more row, once there are enough of them. */
static void village_mark(struct village *village)
{
    size_t blocks = village->count / MARKED_ROWS;
    if (village->count < MARKED_VILLAGE ||
        (village->marks != NULL && village->count % MARKED_ROWS != 0))
        return;
    bool begins = village->marks == NULL;
    village->marks = mem_resize(village->marks, blocks + 1, MARKS_BYTES);
    memset(village->marks + (begins ? 0 : blocks * MARKS_WORDS), 0,
           (begins ? blocks + 1 : 1) * MARKS_BYTES);
    if (begins)
        set_marks(village, NULL);
}

static void street_mark(struct street *street)
{
    if (street->marks != NULL || street->people < MARKED_STREET)
        return;
    street->marks = mem_array(1, MARKS_BYTES);
    for (size_t i = 0; i < street->villages.count; i++)
        set_marks(street->villages.items[i], street->marks);
}

static void village_add(struct street *street, struct village *village, const Rec__Person *person)
{
    struct filling filling = {.street = street, .village = village};
    village_grow(village);
    village_mark(village);
    word_each(person, fill_word, &filling);
    village->places[village->count] = (uint32_t)village->addresses.length;
    str_add_bytes(&village->addresses, person->address, strlen(person->address) + 1);
    (void)grams_hold(village->grams, person->address, true);
    village->ids[village->count++] = person->id;
    street->people++;
    street_mark(street);
}

// ---- rows that have gone

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

/* Closes up over the rows of nobody. */
static void village_tidy(struct village *village)
{
    uint32_t *rows = mem_array(village->count, sizeof *rows); /* where each row goes */
    struct str addresses = {0};
    uint32_t kept = 0;
    for (size_t row = 0; row < village->count; row++) {
        const char *address = str_text(&village->addresses) + village->places[row];
        rows[row] = kept;
        if (village->ids[row] == 0)
            continue;
        village->places[kept++] = (uint32_t)addresses.length;
        str_add_bytes(&addresses, address, strlen(address) + 1);
    }
    for (size_t c = 0; c < WORD_COLUMNS; c++)
        column_keep(&village->columns[c], village->ids, rows, village->count);
    for (size_t row = 0; row < village->count; row++)
        village->ids[rows[row]] = village->ids[row] != 0 ? village->ids[row] : 0;
    str_free(&village->addresses);
    village->addresses = addresses;
    village->count = kept;
    village->dead = 0;
    free(village->marks);
    village->marks = NULL;
    village_mark(village);
    free(rows);
}

static void village_remove(struct village *village, uint64_t person)
{
    for (size_t row = 0; row < village->count; row++) {
        if (village->ids[row] != person)
            continue;
        village->ids[row] = 0;
        village->dead++;
        break; /* nobody stands twice in a village */
    }
    if (village->dead >= DEAD_LEAST && village->dead > village->count / 2)
        village_tidy(village);
}

// ---- all villages

static void street_free(struct street *street)
{
    for (size_t i = 0; i < street->villages.count; i++)
        village_free(street->villages.items[i]);
    free(street->villages.items);
    free(street->marks);
    free(street);
}

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

void people_put(struct people *people, const char *area, const Rec__Person *person)
{
    char name[AREA_TEXT];
    struct street *street = find_street(people, area, name);
    if (street == NULL)
        street = list_add(&people->streets, name, sizeof *street);
    struct village *village = list_find(&street->villages, area);
    if (village != NULL)
        village_remove(village, person->id);
    else
        village = list_add(&street->villages, area, sizeof *village);
    village_add(street, village, person);
}

void people_remove(struct people *people, const char *area, uint64_t person)
{
    char name[AREA_TEXT];
    const struct street *street = find_street(people, area, name);
    struct village *village = street != NULL ? list_find(&street->villages, area) : NULL;
    if (village != NULL)
        village_remove(village, person);
}

// ---- searching

struct search {
    const char *address; /* NULL: words are compared */
    size_t probe_count;
    struct word_probe probes[WORD_PROBES];
    uint64_t *ids;
    size_t count, most;
    bool more;
};

/* False if there is no more room. */
static bool add_found(struct search *search, uint64_t id)
{
    if (id == 0 || (search->count > 0 && search->ids[search->count - 1] == id))
        return true;
    search->more = search->count == search->most;
    if (!search->more)
        search->ids[search->count++] = id;
    return !search->more;
}

/* False if certainly nobody among those marked fits. */
static bool marks_hold(const uint64_t *marks, const struct word_probe *probe)
{
    return marks == NULL || probe->mark == WORD_NO_MARK ||
           (marks[probe->mark / 64] & 1ULL << probe->mark % 64) != 0;
}

/* A function of its own: within the walk over the villages its loops lose their registers. */
static __attribute__((noinline)) bool search_rows(const struct village *village,
                                                  const struct word_probe *probe, size_t from,
                                                  size_t to, struct search *search)
{
    const uint64_t *words = village->columns[probe->column].words;
    for (size_t row = from; row < to; row++)
        if ((words[row] & probe->mask) == probe->want && !add_found(search, village->ids[row]))
            return false;
    return true;
}

static bool search_words(const struct village *village, const struct word_probe *probe,
                         struct search *search)
{
    const struct column *column = &village->columns[probe->column];
    bool held = false;
    for (size_t from = 0; from < village->count; from += MARKED_ROWS) {
        size_t to = from + MARKED_ROWS < village->count ? from + MARKED_ROWS : village->count;
        if (village->marks != NULL && !marks_hold(marks_of(village, from), probe))
            continue;
        held = true;
        if (!search_rows(village, probe, from, to, search))
            return false;
    }
    for (size_t i = 0; held && i < column->extra_count; i++)
        if ((column->extras[i].word & probe->mask) == probe->want &&
            !add_found(search, village->ids[column->extras[i].row]))
            return false;
    return true;
}

static bool search_addresses(struct village *village, struct search *search)
{
    const char *addresses = str_text(&village->addresses);
    if (!grams_hold(village->grams, search->address, false))
        return true;
    for (size_t row = 0; row < village->count; row++)
        if (strstr(addresses + village->places[row], search->address) != NULL &&
            !add_found(search, village->ids[row]))
            return false;
    return true;
}

static bool search_village(struct village *village, struct search *search)
{
    if (search->address != NULL)
        return search_addresses(village, search);
    for (size_t i = 0; i < search->probe_count; i++)
        if (!search_words(village, &search->probes[i], search))
            return false;
    return true;
}

/* Villages lie anywhere in memory, and most are only glanced at: a county is searched as fast as they
 * come from memory. So those to come are asked for in time, first the village, then its words. */
static void fetch_ahead(const struct list *villages, size_t at, const struct search *search)
{
    enum { VILLAGE_AHEAD = 16, WORDS_AHEAD = 8 };
    if (at + VILLAGE_AHEAD < villages->count)
        __builtin_prefetch(villages->items[at + VILLAGE_AHEAD]);
    if (at + WORDS_AHEAD >= villages->count)
        return;
    const struct village *village = villages->items[at + WORDS_AHEAD];
    for (size_t i = 0; i < search->probe_count; i++) {
        const struct word_probe *probe = &search->probes[i];
        if (village->marks != NULL && probe->mark != WORD_NO_MARK)
            __builtin_prefetch(&village->marks[probe->mark / 64]);
        else
            __builtin_prefetch(village->columns[probe->column].words);
    }
}

/* False if there is no more room. */
static bool search_street(const struct street *street, const char *area, const struct search *whole,
                          struct search *search)
{
    search->probe_count = 0;
    for (size_t i = 0; i < whole->probe_count; i++)
        if (marks_hold(street->marks, &whole->probes[i]))
            search->probes[search->probe_count++] = whole->probes[i];
    if (search->probe_count == 0 && search->address == NULL)
        return true;
    const struct list *villages = &street->villages;
    for (size_t i = list_place(villages, area);
         i < villages->count && text_starts(list_area(villages, i), area); i++) {
        fetch_ahead(villages, i, search);
        if (!search_village(villages->items[i], search))
            return false;
    }
    return true;
}

size_t people_find(const struct people *people, const char *area, const char *key, uint64_t *ids,
                   size_t most, bool *ret_more)
{
    char name[AREA_TEXT];
    struct search whole = {.ids = ids, .most = most};
    whole.probe_count = word_probes(key, whole.probes);
    if (*key == 'a' && key[1] != '\0')
        whole.address = key + 1;
    struct search search = whole;
    snprintf(name, sizeof name, "%.*s", STREET_DIGITS, area);
    for (size_t i = list_place(&people->streets, name);
         i < people->streets.count && text_starts(list_area(&people->streets, i), name); i++)
        if (!search_street(people->streets.items[i], area, &whole, &search))
            break;
    *ret_more = search.more;
    return search.count;
}

static size_t village_size(const struct village *village)
{
    size_t bytes = sizeof *village + village->addresses.capacity;
    if (village->marks != NULL)
        bytes += (village->count / MARKED_ROWS + 1) * MARKS_BYTES;
    bytes += village->capacity *
             (sizeof *village->ids + sizeof *village->places + WORD_COLUMNS * sizeof(uint64_t));
    for (size_t c = 0; c < WORD_COLUMNS; c++)
        bytes += village->columns[c].extra_capacity * sizeof(struct extra);
    return bytes;
}

size_t people_size(const struct people *people)
{
    size_t bytes = people->streets.capacity * sizeof(void *);
    for (size_t i = 0; i < people->streets.count; i++) {
        const struct street *street = people->streets.items[i];
        bytes += sizeof *street + (street->marks != NULL ? MARKS_BYTES : 0);
        bytes += street->villages.capacity * sizeof(void *);
        for (size_t k = 0; k < street->villages.count; k++)
            bytes += village_size(street->villages.items[k]);
    }
    return bytes;
}
