/*
 * The disk fills up, becomes read-only, fails, or loses the end of the log. Whoever writes is told
 * in plain words, whoever reads goes on where that is possible, nothing acknowledged is lost, and
 * work continues when the disk does.
 */
#include "crowd.h"

#include "base/ids.h"
#include "base/mem.h"
#include "base/paths.h"
#include "service/officers/officer.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CLIENTS = 6, THINK_US = 5000, BLOCK = 1 << 16, PAGE = 4096 };
/* What only says who came or looked needs this much (db/store.h, STORE_EVENT). */
enum { RESERVE_OF_EVENTS = 8 << 20 };

// ---- what officers can do meanwhile

/** A page of cases is read by somebody who is logged in already. */
static enum result try_reading(struct client *reader)
{
    Wire__Cases cases = WIRE__CASES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result;

    cases.limit = 10;
    request.what_case = WIRE__REQUEST__WHAT_CASES;
    request.cases = &cases;
    result = client_call(reader, &request, &response);
    if (result != 0)
        print_message("no reading: %s\n", client_words(result, response));
    client_response_free(&response);
    return result;
}

/** The first password, and the one that the first login makes of it. */
#define FIRST_PASSWORD "Einmal-2026-Pan"
#define PASSWORD "Shengli-2026-Lu"
#define NEWCOMER "7001"

/** A client nobody is logged in on. */
static struct client *open_anonymous(struct rig *rig)
{
    struct client_options options = {.home = rig->home, .patience = 20};
    struct client *client = NULL;
    char *message = NULL;

    if (client_open(&options, &client, &message) != 0)
        fail_msg("no connection: %s", message);
    return client;
}

static enum result log_in(struct client *client, char *password)
{
    Wire__Login login = WIRE__LOGIN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result;

    login.officer = (char[]){NEWCOMER};
    login.password = password;
    request.what_case = WIRE__REQUEST__WHAT_LOGIN;
    request.login = &login;
    result = client_call(client, &request, &response);
    if (result != 0)
        print_message("no login: %s\n", client_words(result, response));
    client_response_free(&response);
    return result;
}

/** An officer with a password of their own. */
static void add_newcomer(struct rig *rig)
{
    struct client *system = rig_open(rig, NULL), *client = open_anonymous(rig);
    Wire__OfficerAdd add = WIRE__OFFICER_ADD__INIT;
    Wire__Password password = WIRE__PASSWORD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response;

    add.id = (char[]){NEWCOMER};
    add.name = (char[]){"刘洋"};
    add.role = (char[]){"county"};
    add.area = (char[]){RIG_COUNTY};
    add.password = (char[]){FIRST_PASSWORD};
    request.what_case = WIRE__REQUEST__WHAT_OFFICER_ADD;
    request.officer_add = &add;
    response = rig_ask(system, &request);
    client_response_free(&response);
    assert_result(log_in(client, (char[]){FIRST_PASSWORD}), RESULT_OK);
    password.old = (char[]){FIRST_PASSWORD};
    password.new_ = (char[]){PASSWORD};
    request = (Wire__Request)WIRE__REQUEST__INIT;
    request.what_case = WIRE__REQUEST__WHAT_PASSWORD;
    request.password = &password;
    response = rig_ask(client, &request);
    client_response_free(&response);
    client_close(&client);
    client_close(&system);
}

/** Somebody comes in by password and finds a person. */
static void log_in_and_search(struct rig *rig)
{
    struct client *client = open_anonymous(rig);
    Wire__Find find = WIRE__FIND__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response;

    assert_result(log_in(client, (char[]){PASSWORD}), RESULT_OK);
    find.text = (char[]){"王桂"};
    find.limit = 5;
    request.what_case = WIRE__REQUEST__WHAT_FIND;
    request.find = &find;
    response = rig_ask(client, &request);
    assert_int_equal(response->what_case, WIRE__RESPONSE__WHAT_SHEET);
    assert_true(response->sheet->n_cells > 0);
    client_response_free(&response);
    client_close(&client);
}

/** What an officer reads who records a visit now; "": it is done. */
static void expect_words(struct crowd *crowd, const char *wanted)
{
    enum result result;
    char *words = crowd_record(crowd, &result);

    if ((*wanted == '\0') != (result == 0) || strstr(words, wanted) == NULL)
        fail_msg("an officer should read “%s”, not “%s”", wanted, words);
    free(words);
}

/** Everybody can work again and finds everything. */
static void recovered(struct crowd *crowd, struct rig *rig)
{
    expect_words(crowd, "");
    crowd_start(crowd);
    crowd_await(crowd, 50);
    crowd_stop(crowd);
    crowd_check(crowd, rig, NULL);
    if (rig_is_long())
        rig_verify(rig);
}

/** How often the log of the servers says this. */
static int count_in_log(const struct rig *rig, const char *words)
{
    char *path = paths_join(rig->home, "log/doudid.log");
    FILE *file = fopen(path, "re");
    char line[1000];
    int count = 0;

    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        count += strstr(line, words) != NULL;
    if (file != NULL)
        fclose(file);
    free(path);
    return count;
}

/** The end of a test. */
static void tell(const char *name, const struct crowd *crowd, struct rig *rig)
{
    rig_verify(rig);
    print_message("torture: %s: visits sent %u acknowledged %u refused %u, servers killed %u, "
                  "databases that stopped %d (%d while serving), last words: %s\n",
                  name, atomic_load(&crowd->log->next), atomic_load(&crowd->log->done),
                  atomic_load(&crowd->log->refused), rig->kills,
                  count_in_log(rig, "database: stopped"),
                  count_in_log(rig, "the database has stopped"), crowd->log->words);
}

// ---- a small disk

/** The rig's folder becomes a file system of its own; false where that is not allowed. */
static bool make_disk(struct rig *rig)
{
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        return false;
    return mount("small", rig->root, "tmpfs", 0, "size=160m,mode=700") == 0;
}

static void drop_disk(struct rig *rig)
{
    rig_kill_server(rig, SIGKILL);
    umount2(rig->root, MNT_DETACH);
}

/** Fills the disk but for `leave` bytes. */
static void fill_disk(struct rig *rig, off_t leave)
{
    static const char block[BLOCK] = {1};
    char *path = rig_path(rig, "ballast");
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct stat status;

    assert_true(file >= 0);
    while (write(file, block, sizeof block) > 0)
        continue;
    assert_int_equal(fstat(file, &status), 0);
    assert_int_equal(ftruncate(file, status.st_size > leave ? status.st_size - leave : 0), 0);
    close(file);
    free(path);
}

static void empty_disk(struct rig *rig)
{
    char *path = rig_path(rig, "ballast");

    assert_int_equal(unlink(path), 0);
    free(path);
}

/** Nothing can be written any more; whoever is in can read, and come in while the reserve lasts. */
static void fill_and_look(struct rig *rig, struct crowd *crowd, off_t leave)
{
    struct client *reader = rig_open(rig, NULL);

    crowd_start(crowd);
    crowd_await(crowd, 50);
    fill_disk(rig, leave);
    rig_pause(500000);
    crowd_stop(crowd);
    expect_words(crowd, "磁盘已满");
    assert_result(try_reading(reader), RESULT_OK);
    client_close(&reader);
    if (leave > 0)
        crowd_check(crowd, rig, NULL);
    if (leave > RESERVE_OF_EVENTS)
        log_in_and_search(rig);
}

/** Full, under people who write; killed and started while it is full; empty again. */
static void full_disk(void **state)
{
    static const off_t LEAVES[] = {12 << 20, 0, 1 << 20};
    struct rig *rig = scene_make(state);
    struct crowd *crowd;

    if (!make_disk(rig))
        skip();
    rig_fill(rig);
    add_newcomer(rig);
    crowd = scene_crowd(state, CLIENTS, THINK_US);
    for (int i = 0; i < rig_times(2, 12); i++) {
        off_t leave = LEAVES[(size_t)i % COUNT(LEAVES)];

        fill_and_look(rig, crowd, leave);
        rig_kill_server(rig, SIGKILL);
        expect_words(crowd, "磁盘已满");
        empty_disk(rig);
        recovered(crowd, rig);
    }
    tell("full disk", crowd, rig);
    drop_disk(rig);
}

static void read_only_disk(void **state)
{
    struct rig *rig = scene_make(state);
    struct crowd *crowd;

    if (!make_disk(rig))
        skip();
    rig_fill(rig);
    crowd = scene_crowd(state, CLIENTS, THINK_US);
    crowd_start(crowd);
    crowd_await(crowd, 50);
    crowd_crash(crowd);
    assert_int_equal(mount(NULL, rig->root, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
    expect_words(crowd, "只读");
    assert_int_equal(mount(NULL, rig->root, NULL, MS_REMOUNT, NULL), 0);
    recovered(crowd, rig);
    tell("read-only disk", crowd, rig);
    drop_disk(rig);
}

// ---- faults under a running server

struct failing {
    const char *name;
    const char *part;
    int calls;
    int error;
    const char *words; /**< for whoever writes; NULL: writing goes on */
};

static const struct failing FAILING[] = {
    {"log is not written", "/db/log.", FAULT_WRITES, EIO, "磁盘"},
    {"log is not synced", "/db/log.", FAULT_SYNCS, EIO, "磁盘"},
    {"log finds no space", "/db/log.", FAULT_WRITES, ENOSPC, "磁盘已满"},
    {"log is read-only", "/db/log.", FAULT_WRITES, EROFS, "磁盘"},
    {"tables are not written", ".db", FAULT_WRITES, EIO, NULL},
    {"tables are not synced", ".db", FAULT_SYNCS, EIO, NULL},
    {"everything fails", "/db/", FAULT_WRITES | FAULT_SYNCS, EIO, "磁盘"},
};

static void fail_once(struct rig *rig, struct crowd *crowd, const struct failing *failing)
{
    struct client *reader = rig_open(rig, NULL);
    enum result reading;

    crowd_start(crowd);
    crowd_await(crowd, 20);
    *crowd->log->words = '\0'; /* those of the case before say nothing of this one */
    rig_arm(rig, FAULT_FAIL, failing->calls, failing->part, random_below(&rig->random, 50),
            failing->error);
    /* What is written by a checkpoint alone fails at the end. */
    for (int i = 0; i < 100 && failing->words != NULL && *crowd->log->words == '\0'; i++)
        rig_pause(100000);
    rig_pause(300000);
    crowd_stop(crowd);
    if (failing->words != NULL && strstr(crowd->log->words, failing->words) == NULL)
        fail_msg("%s: officers read: %s", failing->name, crowd->log->words);
    atomic_store(&rig->fault->left, 0);
    expect_words(crowd, failing->words != NULL ? failing->words : "");
    reading = try_reading(reader);
    client_close(&reader);
    if (failing->words == NULL)
        assert_result(reading, RESULT_OK);
    /* The end makes a last checkpoint. */
    rig_kill_server(rig, SIGTERM);
    print_message("torture: %s: struck %d times, reading meanwhile %s, an officer read: %s\n",
                  failing->name, atomic_load(&rig->fault->struck), result_name(reading),
                  crowd->log->words);
    assert_true(atomic_load(&rig->fault->struck) > 0);
    rig_disarm(rig);
    recovered(crowd, rig);
}

static void failing_disk(void **state)
{
    struct rig *rig = scene_rig(state);
    struct crowd *crowd = scene_crowd(state, CLIENTS, THINK_US);

    rig_inject(rig);
    for (int i = 0; i < rig_times(1, 8); i++)
        for (size_t f = 0; f < COUNT(FAILING); f++)
            fail_once(rig, crowd, &FAILING[f]);
    tell("failing disk", crowd, rig);
}

// ---- the end of the log

static char *last_log(struct rig *rig)
{
    char *path = paths_join(rig->home, "db");
    DIR *directory = opendir(path);
    struct dirent *entry;
    char *last = mem_copy("");

    assert_non_null(directory);
    while ((entry = readdir(directory)) != NULL)
        if (strncmp(entry->d_name, "log.", 4) == 0 && strcmp(entry->d_name, last) > 0)
            mem_replace(&last, entry->d_name);
    closedir(directory);
    char *whole = paths_join(path, last);
    free(last);
    free(path);
    return whole;
}

/** What a disk may leave behind the last page that reached it. */
static void add_garbage(struct rig *rig)
{
    char *path = last_log(rig);
    int file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    uint8_t garbage[8192];
    size_t length = 1 + random_below(&rig->random, sizeof garbage);

    assert_true(file >= 0);
    for (size_t i = 0; i < length; i++)
        garbage[i] = (uint8_t)random_next(&rig->random);
    if (random_below(&rig->random, 3) == 0)
        memset(garbage, 0, length);
    assert_int_equal(write(file, garbage, length), length);
    close(file);
    free(path);
}

/** The server dies with half a page of the log written; sometimes rubbish stands behind it. */
static void torn_log(void **state)
{
    struct rig *rig = scene_rig(state);
    struct crowd *crowd = scene_crowd(state, CLIENTS, THINK_US);
    int times = rig_times(4, 150);
    int torn = 0;

    rig_inject(rig);
    for (int i = 0; i < times; i++) {
        crowd_start(crowd);
        crowd_await(crowd, 10);
        rig_arm(rig, FAULT_TEAR, FAULT_WRITES, "/db/log.", random_below(&rig->random, 100), 0);
        while (atomic_load(&rig->fault->struck) == 0)
            rig_pause(500);
        crowd_crash(crowd);
        torn += rig_disarm(rig);
        rig->kills++;
        close(rig_seize(rig));
        if (i % 2 == 0)
            add_garbage(rig);
        if (rig_is_long())
            rig_verify(rig);
    }
    recovered(crowd, rig);
    print_message("torture: torn log: %d times\n", torn);
    tell("torn log", crowd, rig);
}

// ---- a damaged page

/** Exchanges a page in the middle of a table's file. */
static void exchange_page(struct rig *rig, const char *name, uint8_t page[PAGE])
{
    char *path = paths_join(rig->home, name);
    int file = open(path, O_RDWR | O_CLOEXEC);
    uint8_t old[PAGE];
    struct stat status;
    off_t at;

    assert_true(file >= 0);
    assert_int_equal(fstat(file, &status), 0);
    at = status.st_size / PAGE / 2 * PAGE;
    assert_int_equal(pread(file, old, PAGE, at), PAGE);
    assert_int_equal(pwrite(file, page, PAGE, at), PAGE);
    memcpy(page, old, PAGE);
    close(file);
    free(path);
}

/** Reads everybody's visits: how many can be read and how many are said to be damaged. */
static void read_around(struct rig *rig, int *ret_read, int *ret_damaged)
{
    struct client *client = rig_open(rig, NULL);

    *ret_read = *ret_damaged = 0;
    for (uint64_t id = 1; id <= RIG_PEOPLE; id++) {
        Wire__Visits visits = WIRE__VISITS__INIT;
        Wire__Request request = WIRE__REQUEST__INIT;
        Wire__Response *response = NULL;
        enum result result;

        visits.person = ids_make(ids_origin(RIG_COUNTY "000000"), id);
        request.what_case = WIRE__REQUEST__WHAT_VISITS;
        request.visits = &visits;
        result = client_call(client, &request, &response);
        *ret_read += result == 0;
        *ret_damaged += result == RESULT_CORRUPT;
        if (result != 0)
            assert_non_null(strstr(client_words(result, response), "已损坏"));
        client_response_free(&response);
    }
    client_close(&client);
}

/** Recovery begins at the checkpoint before the last, and would mend a page that was written since. */
static void settle(struct rig *rig)
{
    for (int i = 0; i < 2; i++) {
        struct client *client = rig_open(rig, NULL);

        client_close(&client);
        rig_kill_server(rig, SIGTERM);
    }
}

/** Damage is told to whoever meets it, and does not keep the others from working. */
static void damaged_page(void **state)
{
    static const char *const kinds[] = {"zeros", "another"};
    struct rig *rig = scene_rig(state);
    struct crowd *crowd = scene_crowd(state, CLIENTS, 0);
    int read;
    int damaged;

    crowd_start(crowd);
    crowd_await(crowd, 1000);
    crowd_stop(crowd);
    rig_kill_server(rig, SIGTERM);
    settle(rig);
    for (size_t kind = 0; kind < COUNT(kinds); kind++) {
        uint8_t page[PAGE] = {(uint8_t)kind};

        exchange_page(rig, "db/visit.db", page);
        read_around(rig, &read, &damaged);
        assert_true(read > 0);
        assert_true(damaged > 0);
        rig_kill_server(rig, SIGTERM);
        exchange_page(rig, "db/visit.db", page);
        print_message("torture: damaged page: %s: %d read, %d damaged\n", kinds[kind], read,
                      damaged);
    }
    recovered(crowd, rig);
    tell("damaged page", crowd, rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(failing_disk), SCENE_TEST(torn_log),       SCENE_TEST(damaged_page),
        SCENE_TEST(full_disk),    SCENE_TEST(read_only_disk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
