#include "db/people.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "db/key.h"
#include "db/word.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    AREA_TEXT = KEY_AREA + 1,
    GRAM_BITS = 2048, /* about as many as a village's addresses have different pairs */
    MARKED_LEAST =
        64, /* people in a village from which on it is worth while to know who is not there */
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
    uint64_t *marks; /* a bit for each mark of a word; NULL in a small village */
    uint64_t *ids;   /* 0: nobody any more */
    struct column columns[WORD_COLUMNS];
    size_t capacity, dead;
    uint32_t *places; /* where each one's address begins in `addresses` */
    struct str addresses;
    uint64_t grams[GRAM_BITS / 64]; /* pairs of characters that occur in them */
};

struct people {
    size_t count, capacity;
    struct village **villages; /* by area */
};

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

static struct village *village_new(const char *area)
{
    struct village *village = mem_new(sizeof *village);
    memcpy(village->area, area, strnlen(area, AREA_TEXT - 1));
    return village;
}

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

/* The row being filled. */
struct filling {
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
        word_set_marks(at, word, village->marks);
}

/* Marks everybody's words, once there are enough of them. */
static void village_mark(struct village *village)
{
    if (village->marks != NULL || village->count < MARKED_LEAST)
        return;
    village->marks = mem_new(WORD_MARKS / CHAR_BIT);
    for (enum word_column c = 0; c < WORD_COLUMNS; c++) {
        const struct column *column = &village->columns[c];
        for (size_t row = 0; row < village->count; row++)
            word_set_marks(c, column->words[row], village->marks);
        for (size_t i = 0; i < column->extra_count; i++)
            word_set_marks(c, column->extras[i].word, village->marks);
    }
}

static void village_add(struct village *village, const Rec__Person *person)
{
    struct filling filling = {.village = village};
    village_grow(village);
    word_each(person, fill_word, &filling);
    village->places[village->count] = (uint32_t)village->addresses.length;
    str_add_bytes(&village->addresses, person->address, strlen(person->address) + 1);
    (void)grams_hold(village->grams, person->address, true);
    village->ids[village->count++] = person->id;
    village_mark(village);
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

struct people *people_new(void)
{
    return mem_new(sizeof(struct people));
}

void people_free(struct people **people)
{
    if (*people == NULL)
        return;
    for (size_t i = 0; i < (*people)->count; i++)
        village_free((*people)->villages[i]);
    free((*people)->villages);
    free(*people);
    *people = NULL;
}

/* The first village at or behind an area. */
static size_t find_place(const struct people *people, const char *area)
{
    size_t low = 0, high = people->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(people->villages[middle]->area, area) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct village *find_village(const struct people *people, const char *area)
{
    size_t place = find_place(people, area);
    if (place == people->count || strcmp(people->villages[place]->area, area) != 0)
        return NULL;
    return people->villages[place];
}

static struct village *add_village(struct people *people, const char *area)
{
    size_t place = find_place(people, area);
    mem_grow((void **)&people->villages, people->count, &people->capacity,
             sizeof(struct village *));
    memmove(people->villages + place + 1, people->villages + place,
            (people->count - place) * sizeof(struct village *));
    people->count++;
    return people->villages[place] = village_new(area);
}

void people_put(struct people *people, const char *area, const Rec__Person *person)
{
    struct village *village = find_village(people, area);
    if (village != NULL)
        village_remove(village, person->id);
    else
        village = add_village(people, area);
    village_add(village, person);
}

void people_remove(struct people *people, const char *area, uint64_t person)
{
    struct village *village = find_village(people, area);
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

/* A function of its own: within the walk over the villages its loops lose their registers. */
static __attribute__((noinline)) bool
search_words(const struct village *village, const struct word_probe *probe, struct search *search)
{
    const struct column *column = &village->columns[probe->column];
    if (village->marks != NULL && probe->mark != WORD_NO_MARK &&
        (village->marks[probe->mark / 64] & 1ULL << probe->mark % 64) == 0)
        return true;
    for (size_t row = 0; row < village->count; row++)
        if ((column->words[row] & probe->mask) == probe->want &&
            !add_found(search, village->ids[row]))
            return false;
    for (size_t i = 0; i < column->extra_count; i++)
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
static void fetch_ahead(const struct people *people, size_t at, const struct search *search)
{
    enum { VILLAGE_AHEAD = 16, WORDS_AHEAD = 8 };
    if (at + VILLAGE_AHEAD < people->count)
        __builtin_prefetch(people->villages[at + VILLAGE_AHEAD]);
    if (at + WORDS_AHEAD >= people->count)
        return;
    const struct village *village = people->villages[at + WORDS_AHEAD];
    for (size_t i = 0; i < search->probe_count; i++) {
        const struct word_probe *probe = &search->probes[i];
        if (village->marks != NULL && probe->mark != WORD_NO_MARK)
            __builtin_prefetch(&village->marks[probe->mark / 64]);
        else
            __builtin_prefetch(village->columns[probe->column].words);
    }
}

size_t people_find(const struct people *people, const char *area, const char *key, uint64_t *ids,
                   size_t most, bool *ret_more)
{
    struct search search = {.ids = ids, .most = most};
    search.probe_count = word_probes(key, search.probes);
    if (*key == 'a' && key[1] != '\0')
        search.address = key + 1;
    for (size_t i = find_place(people, area);
         i < people->count && text_starts(people->villages[i]->area, area); i++) {
        fetch_ahead(people, i, &search);
        if (!search_village(people->villages[i], &search))
            break;
    }
    *ret_more = search.more;
    return search.count;
}

size_t people_size(const struct people *people)
{
    size_t bytes = people->capacity * sizeof(struct village *);
    for (size_t i = 0; i < people->count; i++) {
        const struct village *village = people->villages[i];
        bytes += sizeof *village + village->addresses.capacity;
        bytes += village->marks != NULL ? WORD_MARKS / CHAR_BIT : 0;
        bytes += village->capacity *
                 (sizeof *village->ids + sizeof *village->places + WORD_COLUMNS * sizeof(uint64_t));
        for (size_t c = 0; c < WORD_COLUMNS; c++)
            bytes += village->columns[c].extra_capacity * sizeof(struct extra);
    }
    return bytes;
}
