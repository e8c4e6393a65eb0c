/*
 * Officers of every role at work at the same time, who ask for everything that the protocol has, of
 * records that there are, their own and others', under new, used and skipped numbers. No answer is
 * that the server failed, nobody is told of a person of another street, and the home verifies.
 * FUZZ_STEPS requests (DOUDI_TORTURE=long: a minute) from FUZZ_SEED on; FUZZ_SHOW=1 shows answers.
 */
#define _GNU_SOURCE 1
#include "tests/fuzz/answers.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutate.h"
#include "tests/fuzz/state_texts.h"
#include "tests/unit/anyrequest.h"

#include "base/date.h"
#include "base/random.h"
#include "db/table.h"
#include "service/memory/state.h"
#include "wire/convert.h"

#include <inttypes.h>
#include <locale.h>

enum { STEPS_SHORT = 10000, STEPS_LONG = 60000 };
enum { LEARN_EVERY = 100, VERIFY_EVERY = 1500, POOL = 400, TEXT = 64 };

// ---- who asks

struct player {
    const char *officer; /* of the fixture, "" = the system */
    const char *street;  /* beyond which nothing may be told, "" = everything */
    struct session session;
    bool here;
    uint64_t number;
    bool fresh;    /* nothing was asked under it before */
    bool works;    /* the last request writes */
    bool done;     /* … and has written */
    bool taken;    /* something else was written under its number */
    size_t length; /* of the last request */
    uint8_t *last;
    uint32_t result;
};

static struct player players[] = {{"v01", "211102002"},
                                  {"v01", "211102002"},
                                  {"s01", "211102002"},
                                  {"s01", "211102002"},
                                  {"c01", "211102002"},
                                  {"s02", "211102003"},
                                  {"c02", "211102003"},
                                  {"x01", ""},
                                  {"a01", ""},
                                  {"admin", ""},
                                  {"", ""}};
/* People of each street whom nobody of another one types; their names and telephones are secrets. */
static const struct {
    const char *street, *village, *name, *phone;
} SECRETS[] = {
    {"211102002", VILLAGE, "宋玉珍", "13904270001"},
    {"211102002", VILLAGE2, "阎志远", "13904270002"},
    {"211102003", OTHER_VILLAGE, "佟秀莲", "13904270003"},
    {"211102003", OTHER_VILLAGE, "鄂凤山", "13904270004"},
};

static struct fixture office;
static struct random dice;
static const struct player *asking;

static uint32_t roll(uint32_t sides)
{
    return random_below(&dice, sides);
}

// ---- what there is

struct pool {
    size_t count;
    char items[POOL][TEXT];
};

static struct pool id_nos, numbers, visits, records, sheets;
static struct {
    size_t count;
    uint64_t items[POOL];
} cases, persons, alarms, proposals;

#define ADD_NUMBER(pool, number)                                                                   \
    (pool).items[(pool).count < POOL ? (pool).count++ : roll(POOL)] = (number)

static char *place(struct pool *pool)
{
    return pool->items[pool->count < POOL ? pool->count++ : roll(POOL)];
}

static enum result learn(const void *record, void *arg)
{
    const ProtobufCMessage *message = record;

    (void)arg;
    if (message->descriptor == &rec__person__descriptor) {
        const Rec__Person *person = record;
        ADD_NUMBER(persons, person->id);
        snprintf(place(&id_nos), TEXT, "%s", person->id_no);
    } else if (message->descriptor == &rec__case__descriptor) {
        const Rec__Case *one = record;
        ADD_NUMBER(cases, one->id);
        snprintf(place(&numbers), TEXT, "%s", one->number);
        snprintf(place(&records), TEXT, "case:%" PRIu64, one->id);
    } else if (message->descriptor == &rec__visit__descriptor) {
        const Rec__Visit *visit = record;
        char date[DATE_TEXT];
        snprintf(place(&visits), TEXT, "%s:%u", date_format((day_t)visit->date, date), visit->seq);
    } else if (message->descriptor == &rec__alarm__descriptor) {
        ADD_NUMBER(alarms, ((const Rec__Alarm *)record)->id);
    } else if (message->descriptor == &rec__proposal__descriptor) {
        ADD_NUMBER(proposals, ((const Rec__Proposal *)record)->id);
    } else if (message->descriptor == &rec__sheet__descriptor) {
        snprintf(place(&sheets), TEXT, "%s", ((const Rec__Sheet *)record)->code);
    }
    return RESULT_OK;
}

static enum result learn_all(struct txn *txn, void *arg)
{
    static const struct table *const known[] = {&table_person, &table_case,     &table_visit,
                                                &table_alarm,  &table_proposal, &table_sheet};
    enum result result = RESULT_OK;

    id_nos.count = numbers.count = visits.count = records.count = sheets.count = 0;
    cases.count = persons.count = alarms.count = proposals.count = 0;
    for (size_t i = 0; i < COUNT(known) && result == 0; i++)
        result = scan_table(txn, known[i], &(struct range){0}, learn, arg);
    return result;
}

// ---- what is typed

static const char *of_pool(const struct pool *pool)
{
    return pool->count == 0 ? "" : pool->items[roll((uint32_t)pool->count)];
}

/** One of several texts between bars. */
static const char *one_of(const char *texts)
{
    static char chosen[512];
    uint32_t count = 1;

    for (const char *at = texts; *at != '\0'; at++)
        count += *at == '|';
    for (uint32_t i = roll(count); i > 0; i--)
        texts = strchr(texts, '|') + 1;
    snprintf(chosen, sizeof chosen, "%.*s", (int)strcspn(texts, "|"), texts);
    return chosen;
}

static const struct {
    const char *message, *field;
    const struct pool *pool;
} POOLS[] = {
    {"", "id_no", &id_nos},    {"", "number", &numbers},      {"", "visit", &visits},
    {"", "replaces", &visits}, {"Audit", "record", &records}, {"", "sheet", &sheets},
    {"", "case_no", &numbers}, {"", "kept", &id_nos},         {"", "gone", &id_nos},
};

static bool is(const char *wanted, const char *message)
{
    return *wanted == '\0' || strcmp(wanted, message) == 0;
}

static const char *text(const char *message, const char *field, void *arg)
{
    (void)arg;
    for (size_t i = 0; i < COUNT(POOLS); i++)
        if (strcmp(POOLS[i].field, field) == 0 && is(POOLS[i].message, message))
            return roll(3) == 0 ? NULL : of_pool(POOLS[i].pool);
    for (size_t i = 0; i < COUNT(TEXTS); i++)
        if (strcmp(TEXTS[i].field, field) == 0 && is(TEXTS[i].message, message))
            return one_of(TEXTS[i].texts);
    if (strstr(" Export Ingest Init OutboxNote PayrollExport Printed ", message) != NULL)
        return one_of("|/nonexistent/key.pem|sm4|file|done|7|county|csv|x");
    fuzz_expect(false, "say what %s.%s holds", message, field);
    return NULL;
}

static uint64_t number(const char *message, const char *field, void *arg)
{
    (void)message;
    (void)arg;
    if (strcmp(field, "case_id") == 0 && cases.count > 0)
        return roll(8) == 0 ? roll(500) : cases.items[roll((uint32_t)cases.count)];
    if (strcmp(field, "person") == 0 && persons.count > 0)
        return roll(4) == 0 ? 0 : persons.items[roll((uint32_t)persons.count)];
    if (strcmp(field, "alarm") == 0 && alarms.count > 0)
        return alarms.items[roll((uint32_t)alarms.count)];
    if (strcmp(field, "proposal") == 0 && proposals.count > 0)
        return roll(3) == 0 ? 0 : proposals.items[roll((uint32_t)proposals.count)];
    if (strcmp(field, "confirm") == 0)
        return roll(4) != 0;
    return roll(20) == 0 ? random_next(&dice) : roll(4);
}

static size_t rows(const char *message, const char *field, void *arg)
{
    (void)message;
    (void)field;
    (void)arg;
    return roll(6);
}

// ---- cases that can be saved

static const char *own_village(void)
{
    if (strcmp(asking->street, "211102003") == 0)
        return OTHER_VILLAGE;
    return roll(2) == 0 ? VILLAGE : VILLAGE2;
}

/** Something is wrong now and then, or changed. */
static void spoil(struct fields *values)
{
    static const char *const changes[][2] = {
        {"person.phone", "13900000009"},   {"tier", "高"},          {"tier", "x"},
        {"in_on", "2026-11-20"},           {"in_on", "2026-10-26"}, {"categories", "失能"},
        {"person.death", "2026-11-12"},    {"visitor", "s01"},      {"person.name", ""},
        {"person.address", "旌旗里 3 号"},
    };

    for (uint32_t i = roll(3); i > 0; i--) {
        size_t change = roll(COUNT(changes));
        fields_set(values, changes[change][0], changes[change][1]);
    }
    /* Whom somebody takes to another street is no secret there. */
    if (roll(6) == 0 && *asking->street != '\0')
        fields_set(values, "person.area", own_village());
}

static void new_elder(struct fields *values)
{
    char id_no[19];
    const char *number = roll(5) == 0 ? of_pool(&id_nos) : fixture_id_no(&office, id_no);
    struct elder elder = {.name = one_of("王大山|李小河|赵一民|刘三妹"),
                          .id_no = number,
                          .area = own_village(),
                          .since = "2026-10-08"};

    elder_values(&elder, values);
    spoil(values);
}

static void give_kind(char **kind)
{
    if (roll(10) == 0)
        return;
    if (*kind != protobuf_c_empty_string)
        free(*kind);
    *kind = mem_copy("tanfang");
}

/** Makes what is saved a case: a new one, or a known one as it is with a change. */
static void give_values(Wire__Request *request)
{
    struct fields values = {0}, before = {0};
    Wire__CaseSave *save = request->case_save;

    if (request->what_case == WIRE__REQUEST__WHAT_PROPOSAL_PUT) {
        new_elder(&values);
        give_kind(&request->proposal_put->kind);
        wire_values_free(request->proposal_put->n_values, request->proposal_put->values);
        wire_values_write(&values, &request->proposal_put->n_values,
                          &request->proposal_put->values);
        fields_free(&values);
        return;
    }
    give_kind(&save->kind);
    if (roll(5) != 0)
        save->proposal = 0;
    if (roll(2) == 0 || cases.count == 0) {
        save->case_id = 0;
        new_elder(&values);
    } else {
        save->case_id = cases.items[roll((uint32_t)cases.count)];
        struct case_view view = case_open(&office, &office.system, save->case_id, true);
        fields_copy(&before, &view.values);
        fields_copy(&values, &view.values);
        save->version = view.version;
        save->person_version = view.person_version;
        case_view_free(&view);
        spoil(&values);
    }
    wire_values_free(save->n_values, save->values);
    wire_values_free(save->n_before, save->before);
    wire_values_write(&values, &save->n_values, &save->values);
    wire_values_write(&before, &save->n_before, &save->before);
    fields_free(&values);
    fields_free(&before);
}

// ---- a step

static void sit_down(struct player *player)
{
    if (player->here)
        session_end(&player->session);
    answers_begin(&player->session, &office);
    player->here = answers_hello(&player->session, player->officer);
    player->number = 0;
    player->done = player->taken = false;
    free(player->last);
    player->last = NULL;
}

static bool is_tame(const Wire__Request *request)
{
    /* As the owner of the home one may be anybody. */
    return request->what_case != WIRE__REQUEST__WHAT_HELLO &&
           request->what_case != WIRE__REQUEST__WHAT_EXPORT &&
           request->what_case != WIRE__REQUEST__WHAT_VERIFY &&
           request->what_case != WIRE__REQUEST__WHAT_PASSWORD;
}

/* Writes that casework is made of, the usual ones more often. */
static const char *const WORK[] = {
    "case_save",  "case_save",     "case_save",     "proposal_put",    "visit_add",
    "visit_add",  "visit_add",     "visit_void",    "review_add",      "excuse_ask",
    "alarm_take", "excuse_decide", "excuse_revoke", "alarm_finish",    "month_close",
    "case_close", "case_reopen",   "month_reopen",  "proposal_return",
};

static bool is_work(const ProtobufCFieldDescriptor *kind)
{
    for (size_t i = 0; i < COUNT(WORK); i++)
        if (strcmp(kind->name, WORK[i]) == 0)
            return true;
    return false;
}

/** Every kind, and every other time some of the work. */
static const ProtobufCFieldDescriptor *any_kind(void)
{
    if (roll(2) == 0)
        return anyrequest_kind(roll((uint32_t)anyrequest_count()));
    return protobuf_c_message_descriptor_get_field_by_name(&wire__request__descriptor,
                                                           WORK[roll(COUNT(WORK))]);
}

/** The next request of a player; mostly under the next number. */
static void make_request(struct player *player)
{
    const struct filling filling = {text, number, rows, NULL};
    const ProtobufCFieldDescriptor *kind = NULL;
    Wire__Request *request = NULL;

    do {
        if (request != NULL)
            wire__request__free_unpacked(request, NULL);
        kind = any_kind();
        request = anyrequest_make(kind, &filling);
    } while (!is_tame(request));
    if (request->what_case == WIRE__REQUEST__WHAT_CASE_SAVE ||
        request->what_case == WIRE__REQUEST__WHAT_PROPOSAL_PUT)
        give_values(request);
    uint64_t before = player->number;
    player->number += roll(10) == 0 ? roll(3) : 1;
    player->fresh = player->number != before;
    player->taken = !player->fresh && (player->taken || player->done);
    player->works = is_work(kind);
    request->number = player->number;
    free(player->last);
    player->length = wire__request__get_packed_size(request);
    player->last = mem_new(player->length + 1);
    wire__request__pack(request, player->last);
    wire__request__free_unpacked(request, NULL);
}

/** What an answer says, for whoever looks for the reason. */
static void show_text(const char *text, void *arg)
{
    (void)arg;
    if (*text != '\0')
        fprintf(stderr, "%s ", text);
}

static void check_secrets(const struct player *player, const Wire__Response *answer)
{
    size_t length = wire__response__get_packed_size(answer);
    uint8_t *bytes = mem_new(length + 1);

    wire__response__pack(answer, bytes);
    for (size_t i = 0; i < COUNT(SECRETS); i++) {
        if (*player->street == '\0' || strcmp(player->street, SECRETS[i].street) == 0)
            continue;
        bool told = memmem(bytes, length, SECRETS[i].name, strlen(SECRETS[i].name)) != NULL ||
                    memmem(bytes, length, SECRETS[i].phone, strlen(SECRETS[i].phone)) != NULL;
        if (told)
            message_each_text(&answer->base, show_text, NULL);
        fuzz_expect(!told, "%s is told of %s", player->officer, SECRETS[i].name);
    }
    free(bytes);
}

/** Sends it, now and then once more: a write that was done is answered as it was. */
static void send_request(struct player *player, bool again)
{
    Wire__Response *answer = NULL;
    bool keep = answers_ask(&player->session, player->last, player->length, &answer);

    check_secrets(player, answer);
    if (again && player->fresh && player->result == 0)
        fuzz_expect(answer->result == 0 || answer->result == RESULT_LOGIN ||
                        answer->result == RESULT_DENIED || answer->result == RESULT_AGAIN,
                    "%s: sent again it is %s", player->officer,
                    result_name((enum result)answer->result));
    fuzz_expect(answer->result != 0 || !player->works || !player->taken,
                "%s: something is written under a number that was used", player->officer);
    player->result = answer->result;
    player->done = player->works && answer->result == 0;
    if (!keep || answer->result == RESULT_LOGIN)
        sit_down(player);
    wire__response__free_unpacked(answer, NULL);
}

static void step(void)
{
    struct player *player = &players[roll(COUNT(players))];

    asking = player;
    if (!player->here || roll(100) == 0)
        sit_down(player);
    if (!player->here)
        return;
    if (player->last != NULL && roll(20) == 0) {
        send_request(player, true);
        return;
    }
    make_request(player);
    send_request(player, false);
}

// ---- the office

static void stand_up(void)
{
    for (size_t i = 0; i < COUNT(players); i++) {
        if (players[i].here)
            session_end(&players[i].session);
        free(players[i].last);
        players[i].last = NULL;
        players[i].here = false;
    }
}

static void open_office(void)
{
    fixture_begin(&office, "2026-10", "2026-11-23");
    for (size_t i = 0; i < COUNT(SECRETS); i++) {
        struct elder elder = {
            .name = SECRETS[i].name, .area = SECRETS[i].village, .since = "2026-10-05"};
        uint64_t id = elder_add(&office, &elder);
        (void)case_change(&office, &office.system, id, "person.phone", SECRETS[i].phone);
        visit_ok(&office, id, "2026-11-05");
    }
}

/** Everybody goes home, and it is verified; some days later they come back. */
static void next_day(day_t *today)
{
    char date[DATE_TEXT];

    stand_up();
    answers_verify(&office);
    *today += (day_t)roll(9);
    fixture_today(&office, date_format(*today, date));
}

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);

    return value == NULL ? otherwise : strtoull(value, NULL, 10);
}

int main(void)
{
    const char *torture = getenv("DOUDI_TORTURE");
    bool is_long = torture != NULL && strcmp(torture, "long") == 0;
    uint64_t steps = setting("FUZZ_STEPS", is_long ? STEPS_LONG : STEPS_SHORT);
    day_t today;

    setlocale(LC_ALL, "C.UTF-8");
    dice.state = setting("FUZZ_SEED", 1);
    (void)date_parse("2026-11-23", &today);
    open_office();
    for (uint64_t i = 0; i < steps; i++) {
        if (i % LEARN_EVERY == 0)
            fuzz_expect(store_run(office.service->store, STORE_READ, learn_all, NULL) == 0,
                        "nothing can be read");
        if (i % VERIFY_EVERY == VERIFY_EVERY - 1)
            next_day(&today);
        step();
    }
    stand_up();
    answers_verify(&office);
    printf("state: %" PRIu64 " requests, %zu cases, %zu persons, %zu alarms, %zu proposals\n",
           steps, cases.count, persons.count, alarms.count, proposals.count);
    fixture_end(&office);
    return EXIT_SUCCESS;
}
