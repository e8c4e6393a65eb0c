#include "crowd.h"

#include "base/mem.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STALL_MS = 60000, POLL_US = 2000, CASES_PER_PAGE = 500 };

// ---- a client

static void note_error(struct crowd_log *log, enum result result, const Wire__Response *response)
{
    snprintf(log->words, sizeof log->words, "%s", client_words(result, response));
    atomic_fetch_add(&log->refused, 1);
}

static void note_time(struct crowd_log *log, int64_t begun)
{
    unsigned took = (unsigned)(rig_now_ms() - begun);
    unsigned longest = atomic_load(&log->longest);

    if (took > CROWD_PATIENCE_MS)
        atomic_fetch_add(&log->slow, 1);
    while (took > longest && !atomic_compare_exchange_weak(&log->longest, &longest, took))
        continue;
}

/** Some person of the street, some day of the two open months, the number as note. */
static enum result record(struct rig *rig, struct client *client, size_t street, unsigned number,
                          Wire__Response **ret_response)
{
    static char *const MODES[] = {"上门", "电话", "视频", "远程"};
    Wire__VisitAdd add = WIRE__VISIT_ADD__INIT;
    Wire__Value value = WIRE__VALUE__INIT;
    Wire__Value *values[] = {&value};
    Wire__Request request = WIRE__REQUEST__INIT;
    size_t person = random_below(&rig->random, RIG_PEOPLE / RIG_STREETS) * RIG_STREETS + street;
    day_t day = date_make(2026, 10, 1) + (day_t)random_below(&rig->random, 53);
    char id_no[19];
    char date[DATE_TEXT];
    char note[16];

    rig_id_no(person, id_no);
    date_format(day, date);
    snprintf(note, sizeof note, "n%u", number);
    value.name = (char[]){"note"};
    value.value = note;
    add.id_no = id_no;
    add.date = date;
    add.mode = MODES[random_below(&rig->random, COUNT(MODES))];
    add.result = (char[]){"成功"};
    add.n_values = COUNT(values);
    add.values = values;
    add.confirm = true;
    request.what_case = WIRE__REQUEST__WHAT_VISIT_ADD;
    request.visit_add = &add;
    return client_call(client, &request, ret_response);
}

static enum result record_one(struct crowd *crowd, struct client *client, size_t street)
{
    struct crowd_log *log = crowd->log;
    unsigned number = atomic_fetch_add(&log->next, 1);
    Wire__Response *response = NULL;
    int64_t begun = rig_now_ms();
    enum result result;

    if (number >= CROWD_VISITS)
        return RESULT_FULL;
    atomic_store(&log->state[number], CROWD_SENT);
    result = record(crowd->rig, client, street, number, &response);
    if (result == 0) {
        atomic_store(&log->traced[number], rig_traced(crowd->rig));
        atomic_store(&log->state[number], CROWD_ACKNOWLEDGED);
        atomic_fetch_add(&log->done, 1);
    } else {
        note_error(log, result, response);
    }
    note_time(log, begun);
    client_response_free(&response);
    return result;
}

char *crowd_record(struct crowd *crowd, enum result *ret_result)
{
    struct client *client = NULL;
    char *message = NULL;

    *ret_result = rig_try_open(crowd->rig, rig_officer(0, 1), &client, &message);
    if (*ret_result != 0)
        return message;
    *ret_result = record_one(crowd, client, 0);
    client_close(&client);
    return mem_copy(*ret_result != 0 ? crowd->log->words : "");
}

struct place {
    struct crowd *crowd;
    size_t number;
};

static int usecase(struct rig *rig, void *arg)
{
    const struct place *place = arg;
    struct crowd *crowd = place->crowd;
    size_t street = place->number % RIG_STREETS;
    struct client *client = NULL;

    while (!atomic_load(&crowd->log->stop)) {
        char *message = NULL;

        if (client == NULL && rig_try_open(rig, rig_officer(street, 1), &client, &message) != 0) {
            snprintf(crowd->log->words, sizeof crowd->log->words, "%s", message);
            atomic_fetch_add(&crowd->log->refused, 1);
        }
        free(message);
        if (client != NULL && !atomic_load(&crowd->log->pause))
            record_one(crowd, client, street);
        rig_pause(random_below(&rig->random, crowd->think_us + 1));
    }
    client_close(&client);
    return 0;
}

// ---- the crowd

static void send_to_work(struct crowd *crowd, size_t number)
{
    struct place place = {.crowd = crowd, .number = number};

    crowd->clients[number] = rig_fork(crowd->rig, usecase, &place);
}

void crowd_start(struct crowd *crowd)
{
    atomic_store(&crowd->log->stop, false);
    for (size_t i = 0; i < crowd->count; i++)
        send_to_work(crowd, i);
}

struct crowd *crowd_new(struct rig *rig, size_t clients, unsigned think_us)
{
    struct crowd *crowd = mem_new(sizeof *crowd);
    void *shared =
        mmap(NULL, sizeof *crowd->log, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    assert_true(shared != MAP_FAILED);
    assert_true(clients <= CROWD_MOST);
    *crowd = (struct crowd){.rig = rig, .log = shared, .count = clients, .think_us = think_us};
    return crowd;
}

void crowd_kill_client(struct crowd *crowd)
{
    size_t victim = random_below(&crowd->rig->random, (uint32_t)crowd->count);

    assert_int_equal(kill(crowd->clients[victim], SIGKILL), 0);
    assert_int_equal(rig_wait(crowd->clients[victim]), -SIGKILL);
    crowd->killed++;
    send_to_work(crowd, victim);
}

void crowd_await(struct crowd *crowd, unsigned visits)
{
    struct crowd_log *log = crowd->log;
    unsigned goal = atomic_load(&log->done) + visits;
    int64_t deadline = rig_now_ms() + STALL_MS;

    while (atomic_load(&log->done) < goal) {
        if (rig_now_ms() > deadline)
            fail_msg("nobody gets on; the last error: %s", log->words);
        rig_pause(POLL_US);
    }
}

void crowd_verify(struct crowd *crowd, int round)
{
    atomic_store(&crowd->log->pause, round % 10 != 0);
    rig_verify(crowd->rig);
    atomic_store(&crowd->log->pause, false);
}

void crowd_stop(struct crowd *crowd)
{
    atomic_store(&crowd->log->stop, true);
    for (size_t i = 0; i < crowd->count; i++) {
        if (crowd->clients[i] != 0)
            assert_int_equal(rig_wait(crowd->clients[i]), 0);
        crowd->clients[i] = 0;
    }
}

static void kill_all(struct crowd *crowd)
{
    for (size_t i = 0; i < crowd->count; i++) {
        if (crowd->clients[i] != 0) {
            kill(crowd->clients[i], SIGKILL);
            rig_wait(crowd->clients[i]);
            crowd->killed++;
        }
        crowd->clients[i] = 0;
    }
}

void crowd_crash(struct crowd *crowd)
{
    kill_all(crowd);
    close(rig_seize(crowd->rig));
}

void crowd_free(struct crowd **crowd)
{
    struct crowd *old = *crowd;

    if (old == NULL)
        return;
    kill_all(old);
    munmap(old->log, sizeof *old->log);
    free(old);
    *crowd = NULL;
}

// ---- comparing

uint8_t *crowd_mark(const struct crowd *crowd, unsigned *ret_acknowledged)
{
    uint8_t *mark = mem_new(CROWD_VISITS);
    unsigned next = atomic_load(&crowd->log->next);

    *ret_acknowledged = 0;
    for (unsigned i = 0; i < next && i < CROWD_VISITS; i++) {
        mark[i] = atomic_load(&crowd->log->state[i]);
        *ret_acknowledged += mark[i] == CROWD_ACKNOWLEDGED;
    }
    return mark;
}

/** Counts the numbers in the notes of one person's visits. */
static void count_visits(struct client *client, uint64_t case_id, uint8_t *found)
{
    Wire__Visits visits = WIRE__VISITS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response;
    struct sheet *sheet;

    visits.case_id = case_id;
    request.what_case = WIRE__REQUEST__WHAT_VISITS;
    request.visits = &visits;
    response = rig_ask(client, &request);
    sheet = wire_sheet_read(response->sheet);
    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *note = sheet_get(sheet, row, "note");
        unsigned long number = note[0] == 'n' ? strtoul(note + 1, NULL, 10) : CROWD_VISITS;

        assert_true(number < CROWD_VISITS);
        found[number]++;
    }
    sheet_free(&sheet);
    client_response_free(&response);
}

static void count_all(struct rig *rig, uint8_t *found)
{
    struct client *client = rig_open(rig, NULL);
    char *after = mem_copy("");
    size_t people = 0;

    do {
        Wire__Cases cases = WIRE__CASES__INIT;
        Wire__Request request = WIRE__REQUEST__INIT;
        Wire__Response *response;
        struct sheet *sheet;

        cases.after = after;
        cases.limit = CASES_PER_PAGE;
        request.what_case = WIRE__REQUEST__WHAT_CASES;
        request.cases = &cases;
        response = rig_ask(client, &request);
        sheet = wire_sheet_read(response->sheet);
        for (size_t row = 0; row < sheet->row_count; row++)
            count_visits(client, strtoull(sheet_get(sheet, row, "case_id"), NULL, 10), found);
        people += sheet->row_count;
        mem_replace(&after, sheet->next != NULL ? sheet->next : "");
        sheet_free(&sheet);
        client_response_free(&response);
    } while (*after != '\0');
    assert_true(people >= RIG_PEOPLE);
    free(after);
    client_close(&client);
}

void crowd_check(const struct crowd *crowd, struct rig *rig, const uint8_t *mark)
{
    uint8_t *found = mem_new(CROWD_VISITS);
    unsigned acknowledged = 0;
    uint8_t *now = mark == NULL ? crowd_mark(crowd, &acknowledged) : NULL;
    const uint8_t *wanted = mark != NULL ? mark : now;
    unsigned lost = 0;
    unsigned twice = 0;

    count_all(rig, found);
    for (unsigned i = 0; i < CROWD_VISITS; i++) {
        lost += wanted[i] == CROWD_ACKNOWLEDGED && found[i] == 0;
        twice += found[i] > 1;
        assert_false(found[i] > 0 && atomic_load(&crowd->log->state[i]) == CROWD_UNUSED);
    }
    if (lost > 0 || twice > 0)
        fail_msg("%u acknowledged visits lost, %u recorded twice", lost, twice);
    free(now);
    free(found);
}

// ---- scenes

int scene_begin(void **state)
{
    *state = mem_new(sizeof(struct scene));
    return 0;
}

int scene_end(void **state)
{
    struct scene *scene = *state;

    crowd_free(&scene->crowd);
    rig_free(&scene->rig);
    free(scene);
    return 0;
}

struct rig *scene_make(void **state)
{
    struct scene *scene = *state;

    scene->rig = rig_new_empty(NULL);
    return scene->rig;
}

struct rig *scene_rig(void **state)
{
    struct rig *rig = scene_make(state);

    rig_fill(rig);
    return rig;
}

struct crowd *scene_crowd(void **state, size_t clients, unsigned think_us)
{
    struct scene *scene = *state;

    scene->crowd = crowd_new(scene->rig, clients, think_us);
    return scene->crowd;
}
