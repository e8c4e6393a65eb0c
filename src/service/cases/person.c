#include "service/cases/person.h"

#include "service/cases/case.h"

#include "base/idno.h"
#include "base/mem.h"
#include "base/pinyin.h"
#include "base/text.h"
#include "base/words.h"
#include "db/search.h"
#include "domain/area.h"
#include "service/cases/case_list.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/frame/stranger.h"
#include "service/ledger/rows.h"
#include "service/ledger/standin.h"
#include "service/memory/cache.h"
#include "service/memory/census.h"
#include "service/memory/lent.h"
#include "service/memory/state.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LIMIT_DEFAULT = 20,
    LIMIT_MAX = 200,
    EXAMINED_MAX = 2000, /**< persons looked at for one kind of key */
    EXAMINED_MORE = 16,
    WORDS_MAX = 8,
    VILLAGES_MAX = 64, /**< villages that one typed word may mean */
    RANKS = 8,         /**< kinds of keys, at most */
    RECENT_MAX = 20,
};

// ---- the typed text

/**
 * The kinds of search keys (db/search.h) for an input, the better match first: exact name,
 * beginning of a name, part of a name; tails of numbers before beginnings; the address last. All
 * hits of one kind come before the hits of the next.
 */
struct input_kind {
    bool (*matches)(const char *text);
    const char *keys;
};

static bool is_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    return digits > 0 &&
           (text[digits] == '\0' || (text[digits] == 'x' && text[digits + 1] == '\0'));
}

static bool is_letters(const char *text)
{
    return *text != '\0' && text[strspn(text, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

static bool is_any(const char *text)
{
    return *text != '\0';
}

static const struct input_kind kinds[] = {
    {is_number, "tqdp"},
    {is_letters, "iy"},
    {is_any, "ebna"},
};

// ---- hits

struct hit {
    size_t rank; /**< the place of its kind of key in `keys` */
    uint64_t person, case_id;
    bool active;
    bool inexact; /**< more letters follow those that were typed */
    char area[AREA_TEXT];
    size_t row; /**< row of the sheet */
};

struct find_job {
    char *text;                /**< cleaned */
    struct lent_places places; /**< where the caller finds people today */
    const char *village;       /**< one of them that was typed, as a prefix; else NULL */
    uint32_t limit;
    struct usecase *usecase;
    bool more;         /**< there are more persons than were read */
    size_t base, rank; /**< of the present reading of the words; rank of the present kind of key */
    const char *typed; /**< what is looked for at present */
    char *words[WORDS_MAX];
    size_t word_count;
    size_t but;             /**< with `besides`: the word that is looked for */
    const uint64_t *recent; /**< instead of a text */
    size_t recent_count;
    bool besides; /**< the other words must match the person, too */
    size_t count, capacity;
    struct hit *hits;
    const Rec__Person *person; /**< the person whose cases are read */
    size_t first;              /**< that person's first hit */
    day_t closed_on;           /**< the closing day, if that hit is an ended case */
    struct sheet *sheet;
};

static bool known_person(const struct find_job *job, uint64_t person)
{
    for (size_t i = 0; i < job->count; i++)
        if (job->hits[i].person == person)
            return true;
    return false;
}

static void write_hit(const struct find_job *job, const struct hit *hit, const Rec__Case *casefile)
{
    const struct usecase *usecase = job->usecase;
    const Rec__Person *person = job->person;
    char *masked = text_mask_id(person->id_no);

    sheet_set(job->sheet, hit->row, "name", person->name);
    sheet_set(job->sheet, hit->row, "id_no", masked);
    if (person->birth != 0)
        sheet_setf(job->sheet, hit->row, "age", "%d", date_age(person->birth, usecase->today));
    sheet_set(job->sheet, hit->row, "area_name",
              service_area_name(usecase->service, casefile->area));
    sheet_set(job->sheet, hit->row, "phone", person->phone);
    sheet_set(job->sheet, hit->row, "address", person->address);
    sheet_set(job->sheet, hit->row, "case_no", casefile->number);
    sheet_set(job->sheet, hit->row, "kind_name", rows_kind_name(usecase->service, casefile->kind));
    sheet_set(job->sheet, hit->row, "state", hit->active ? CASE_ACTIVE_LABEL : CASE_CLOSED_LABEL);
    sheet_set_number(job->sheet, hit->row, "case_id", casefile->id);
    sheet_set_number(job->sheet, hit->row, "person_id", person->id);
    free(masked);
}

/** Keeps every active case of the person in the caller's area, or else the case that ended last; a
 *  later case replaces the hit of an ended one. */
static enum result see_case(const Rec__Case *casefile, void *arg)
{
    struct find_job *job = arg;
    bool active = census_is_active(casefile);
    struct hit *last = job->count > job->first ? &job->hits[job->count - 1] : NULL;

    if (!standin_may(job->usecase, ACTION_FIND, casefile->area))
        return RESULT_OK;
    if (!active && last != NULL && (last->active || casefile->closed_on < job->closed_on))
        return RESULT_OK;
    if (last == NULL || last->active) {
        mem_grow((void **)&job->hits, job->count, &job->capacity, sizeof *job->hits);
        last = &job->hits[job->count++];
        last->row = sheet_add_row(job->sheet);
    }
    last->rank = job->rank;
    last->inexact = !pinyin_spells(job->person->name, job->typed, true);
    (void)snprintf(last->area, sizeof last->area, "%s", casefile->area);
    last->person = job->person->id;
    last->case_id = casefile->id;
    last->active = active;
    job->closed_on = casefile->closed_on;
    write_hit(job, last, casefile);
    return RESULT_OK;
}

/** The kind of a text that is in lower case. */
static const struct input_kind *kind_of(const char *text)
{
    const struct input_kind *kind = kinds;

    while (!kind->matches(text))
        kind++;
    return kind;
}

/** Keys of ID numbers have a capital X. New string. */
static char *key_of(char letter, const char *text)
{
    char *key = mem_printf("%c%s", letter, text);
    char *x = letter == 'd' || letter == 't' ? strchr(key, 'x') : NULL;

    if (x != NULL)
        *x = 'X';
    return key;
}

/** True if the person has the word in any of the ways in which people are found. */
static bool has_word(const Rec__Person *person, const char *word)
{
    bool has = false;

    for (const char *letter = kind_of(word)->keys; *letter != '\0' && !has; letter++) {
        char *key = key_of(*letter, word);
        has = search_matches(person, key);
        free(key);
    }
    return has;
}

static bool has_other_words(const struct find_job *job, const Rec__Person *person)
{
    for (size_t i = 0; job->besides && i < job->word_count; i++)
        if (i != job->but && !has_word(person, job->words[i]))
            return false;
    return true;
}

static enum result see_person(const Rec__Person *person, void *arg)
{
    struct find_job *job = arg;

    if (known_person(job, person->id) || !has_other_words(job, person))
        return RESULT_OK;
    if (job->count >= job->limit) {
        job->more = true;
        return (enum result)STORE_STOP;
    }
    job->person = person;
    job->first = job->count;
    return store_case_of_person(job->usecase->txn, person->id, see_case, job);
}

/** A hit for the case; takes it. */
static enum result hit_case(struct find_job *job, Rec__Case *casefile)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(job->usecase->txn, casefile->person, &person);

    if (result == 0) {
        job->person = person;
        job->first = job->count;
        result = see_case(casefile, job);
        rec__person__free_unpacked(person, NULL);
    }
    rec__case__free_unpacked(casefile, NULL);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

static enum result find_number(struct find_job *job)
{
    enum { NUMBER_MIN = 15 };
    Rec__Case *casefile = NULL;
    char *number = text_clean_code(job->text);
    enum result result = RESULT_NOTFOUND;

    if (strlen(number) >= NUMBER_MIN)
        result = store_case_by_number(job->usecase->txn, number, &casefile);
    free(number);
    if (result == 0)
        return hit_case(job, casefile);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

static enum result find_recent(struct find_job *job)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < job->recent_count && i < RECENT_MAX && result == 0; i++) {
        Rec__Case *casefile = NULL;
        result = store_case_get(job->usecase->txn, job->recent[i], &casefile);
        job->rank = i;
        if (result == 0)
            result = hit_case(job, casefile);
        else if (result == RESULT_NOTFOUND)
            result = RESULT_OK;
    }
    return result;
}

/** Looks for a key in each of the caller's places, or in the village that was typed. */
static enum result find_key(struct find_job *job, const char *key)
{
    const struct lent_places *places = &job->places;
    size_t count = job->village != NULL ? 1 : places->count;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < count && result == 0; i++) {
        const char *place = job->village != NULL ? job->village : places->prefixes[i];
        /* With enough hits, only find out whether there are more. */
        size_t most = job->count >= job->limit ? job->count + EXAMINED_MORE : EXAMINED_MAX;
        bool more = false;
        result = store_person_find(job->usecase->txn, place, key, most, see_person, job, &more);
        job->more = job->more || more;
    }
    return result;
}

/** Finds by a text in lower case. */
static enum result find_persons(struct find_job *job, const char *text)
{
    const char *keys = kind_of(text)->keys;
    enum result result = RESULT_OK;

    job->typed = text;
    for (size_t i = 0; keys[i] != '\0' && result == 0; i++) {
        if (job->count >= job->limit && job->more)
            break; /* later hits would not be listed */
        job->rank = job->base + i;
        char *key = key_of(keys[i], text);
        result = find_key(job, key);
        free(key);
    }
    job->base += RANKS;
    return result;
}

// ---- several words

static void split_words(struct find_job *job, char *lower)
{
    char *rest = lower;

    for (char *word; job->word_count < WORDS_MAX && (word = strsep(&rest, " ")) != NULL;)
        if (*word != '\0')
            job->words[job->word_count++] = word;
}

/** All words but one, without blanks; new string. */
static char *join_words(const struct find_job *job, size_t but)
{
    struct str text = {0};

    for (size_t i = 0; i < job->word_count; i++)
        if (i != but)
            str_add(&text, job->words[i]);
    return str_take(&text);
}

static bool is_in_places(const struct find_job *job, const char *area)
{
    for (size_t i = 0; i < job->places.count; i++)
        if (strncmp(area, job->places.prefixes[i], strlen(job->places.prefixes[i])) == 0)
            return true;
    return false;
}

/** True for a village of the caller whose name the word begins: 旌旗, jqsq, jingqi. */
static bool is_village(const struct find_job *job, const Rec__Area *area, const char *word)
{
    enum { STREET_DIGITS = 9 };

    return is_in_places(job, area->code) && cache_area_lives(area) &&
           strcmp(area->code + STREET_DIGITS, "000") != 0 &&
           (text_starts(area->name, word) || pinyin_spells(area->name, word, false));
}

/** One word is a village: finds the others there. */
static enum result find_in_villages(struct find_job *job, size_t word)
{
    const struct cache *cache = job->usecase->service->cache;
    char *text = join_words(job, word);
    size_t base = job->base;
    size_t villages = 0;
    enum result result = RESULT_OK;
    const Rec__Area *area;

    for (size_t i = 0;
         result == 0 && villages < VILLAGES_MAX && (area = cache_area_at(cache, i)) != NULL; i++) {
        if (!is_village(job, area, job->words[word]))
            continue;
        job->base = base; /* as near in each of them */
        char prefix[AREA_TEXT];
        area_prefix(area->code, prefix);
        job->village = prefix;
        result = find_persons(job, text);
        job->village = NULL;
        villages++;
    }
    job->base = base + RANKS;
    free(text);
    return result;
}

/** zhang shu fen is one name, zhang qi one in a village, 王 3单元 two things about a person; in that
 *  order. */
static enum result find_words(struct find_job *job)
{
    char *name = join_words(job, WORDS_MAX);
    enum result result = find_persons(job, name);

    for (size_t i = job->word_count; result == 0 && i-- > 0;)
        result = find_in_villages(job, i);
    job->besides = true;
    for (job->but = 0; result == 0 && job->but < job->word_count; job->but++)
        result = find_persons(job, job->words[job->but]);
    job->besides = false;
    job->typed = "";
    free(name);
    return result;
}

static enum result find_text(struct find_job *job)
{
    char *lower = mem_copy(job->text);
    enum result result = RESULT_OK;

    for (char *c = lower; *c != '\0'; c++)
        *c = (char)((unsigned char)*c < 0x80 ? tolower((unsigned char)*c) : *c);
    job->word_count = 0;
    split_words(job, lower);
    if (job->word_count == 1)
        result = find_persons(job, job->words[0]);
    else if (job->word_count > 1)
        result = find_words(job);
    free(lower);
    return result;
}

// ---- the answer

static int compare_hits(const void *a, const void *b)
{
    const struct hit *x = a;
    const struct hit *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->inexact != y->inexact)
        return x->inexact ? 1 : -1;
    if (x->active != y->active)
        return x->active ? -1 : 1;
    int village = strcmp(x->area, y->area); /* neighbours stand together */
    if (village != 0)
        return village;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return x->case_id < y->case_id ? -1 : x->case_id > y->case_id;
}

/** Puts the rows into the order of the hits and cuts them at the limit. */
static void arrange_rows(struct find_job *job)
{
    size_t count = job->count < job->limit ? job->count : job->limit;
    size_t *rows = mem_array(count, sizeof *rows);

    if (job->count > 1)
        qsort(job->hits, job->count, sizeof *job->hits, compare_hits);
    for (size_t i = 0; i < count; i++)
        rows[i] = job->hits[i].row;
    sheet_pick(job->sheet, rows, count);
    free(rows);
}

static enum result find_body(struct usecase *usecase, void *arg)
{
    struct find_job *job = arg;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_FIND);
    job->usecase = usecase;
    job->more = false;
    job->count = 0;
    job->base = job->rank = 0;
    job->typed = job->text;
    job->village = NULL;
    free(job->places.prefixes);
    job->places = lent_places(usecase->service, usecase->caller->officer, usecase->caller->area,
                              usecase->today);
    enum result result = *job->text == '\0' ? find_recent(job) : find_number(job);
    if (result == 0 && *job->text != '\0' && job->count == 0)
        result = find_text(job);
    if (result == 0)
        arrange_rows(job);
    if (result == 0 && job->more)
        reply_say(usecase->reply, RESULT_OK, "同样的太多，只列出一部分，请再多输入几个字。");
    return result;
}

static enum result run_find(struct service *service, const struct caller *caller,
                            struct find_job *job, struct sheet **ret_sheet, struct reply *reply)
{
    enum result result = usecase_read(service, caller, ACTION_FIND, NULL, find_body, job, reply);

    free(job->hits);
    free(job->places.prefixes);
    free(job->text);
    if (result == 0)
        *ret_sheet = job->sheet;
    else
        sheet_free(&job->sheet);
    return result;
}

enum result person_find(struct service *service, const struct caller *caller, const char *text,
                        uint32_t limit, struct sheet **ret_sheet, struct reply *reply)
{
    struct find_job job = {
        .text = text_clean_line(text == NULL ? "" : text),
        .limit = limit == 0 || limit > LIMIT_MAX ? LIMIT_DEFAULT : limit,
    };

    return run_find(service, caller, &job, ret_sheet, reply);
}

enum result person_recent(struct service *service, const struct caller *caller,
                          const uint64_t *cases, size_t count, struct sheet **ret_sheet,
                          struct reply *reply)
{
    struct find_job job = {
        .text = mem_copy(""), .limit = RECENT_MAX, .recent = cases, .recent_count = count};

    return run_find(service, caller, &job, ret_sheet, reply);
}
