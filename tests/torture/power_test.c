/*
 * The power fails: of what was written since the last syncs the disk has some, in any order. A home
 * opens again after any moment, holds every visit that was acknowledged before it, and is sound; an
 * earlier backup with the log files reaches as far.
 */
#include "crowd.h"
#include "powercut.h"

#include "base/mem.h"
#include "base/paths.h"
#include "db/restore.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CLIENTS = 8, THINK_US = 2000 };

/** A visit's number is in its note, "n17". */
static enum result count_note(const Rec__Visit *visit, void *arg)
{
    uint8_t *found = arg;

    for (size_t i = 0; i < visit->n_fields; i++) {
        const char *note = visit->fields[i]->value;
        unsigned long number = note[0] == 'n' ? strtoul(note + 1, NULL, 10) : CROWD_VISITS;

        if (strcmp(visit->fields[i]->name, "note") == 0 && number < CROWD_VISITS)
            found[number]++;
    }
    return RESULT_OK;
}

static enum result count_notes(struct txn *txn, void *arg)
{
    memset(arg, 0, CROWD_VISITS);
    return store_visit_scan_all(txn, count_note, arg);
}

/** Recovers the home and compares it with what was acknowledged by then. */
static void check_visits(const struct crowd_log *log, const char *home, uint64_t traced)
{
    char *archive = paths_join(home, "archive");
    uint8_t *found = mem_new(CROWD_VISITS);
    struct store *store = NULL;

    assert_result(store_open(home, &(struct store_options){.archive = archive}, &store), RESULT_OK);
    assert_result(store_run(store, STORE_READ, count_notes, found), RESULT_OK);
    store_close(&store);
    for (unsigned i = 0; i < CROWD_VISITS && i < log->next; i++) {
        bool known = log->state[i] == CROWD_ACKNOWLEDGED && log->traced[i] <= traced;

        if (found[i] > 1 || (known && found[i] == 0))
            fail_msg("visit %u is there %u times", i, found[i]);
    }
    free(found);
    free(archive);
}

/** The backup, and the log files as the power cut left them; nobody has recovered the home yet. */
static void check_rolled_forward(struct rig *rig, const struct crowd_log *log, const char *home,
                                 uint64_t traced)
{
    char *backup = rig_path(rig, "backup");
    char *restored = rig_path(rig, "restored");
    const struct store_restore ask = {.backup = backup, .home = restored, .logs = home};
    struct restore_finding finding;

    assert_result(store_restore(&ask, &finding), RESULT_OK);
    check_visits(log, restored, traced);
    rig_remove(restored);
    free(restored);
    free(backup);
}

/** Pages, indexes, figures, chains of events: as the command has it, without a server. */
static void check_whole(const char *home)
{
    char *command =
        mem_printf("'%s/doudid' --verify --home '%s' >&2", getenv("DOUDI_BINDIR"), home);

    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): the test's own words */
    free(command);
}

static void end_server(struct rig *rig)
{
    assert_true(rig_kill_server(rig, SIGTERM));
    close(rig_seize(rig));
}

static void make_backup(struct rig *rig)
{
    Wire__Backup backup = WIRE__BACKUP__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct client *client = rig_open(rig, NULL);
    char *folder = rig_path(rig, "backup");
    Wire__Response *response;

    backup.directory = folder;
    request.what_case = WIRE__REQUEST__WHAT_BACKUP;
    request.backup = &backup;
    response = rig_ask(client, &request);
    client_response_free(&response);
    client_close(&client);
    free(folder);
}

/** When there was a backup, as rig_traced() counts. */
static uint64_t usecase(struct rig *rig, struct crowd *crowd)
{
    unsigned visits = (unsigned)rig_times(80, 6000);
    uint64_t backup;

    crowd_start(crowd);
    crowd_await(crowd, visits);
    make_backup(rig);
    backup = rig_traced(rig);
    crowd_await(crowd, visits);
    end_server(rig);
    crowd_await(crowd, visits);
    crowd_stop(crowd);
    end_server(rig);
    return backup;
}

static void power_cuts(void **state)
{
    struct rig *rig = scene_rig(state);
    struct crowd *crowd = scene_crowd(state, CLIENTS, rig_is_long() ? 0 : THINK_US);
    char *home = rig_path(rig, "after");
    struct powercut *cut;
    uint64_t backup;
    int times = rig_times(20, 400);

    rig_inject(rig);
    close(rig_seize(rig));
    cut = powercut_new(rig);
    backup = usecase(rig, crowd);
    powercut_end(cut);
    for (int i = 0; i < times; i++) {
        uint64_t traced = powercut_make(cut, &rig->random, home);

        if (i % 5 == 0 && traced >= backup)
            check_rolled_forward(rig, crowd->log, home, traced);
        check_visits(crowd->log, home, traced);
        if (i % 5 == 0)
            check_whole(home);
        rig_remove(home);
    }
    printf("torture: power: %d cuts, %u visits acknowledged\n", times, crowd->log->done);
    powercut_free(&cut);
    free(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {SCENE_TEST(power_cuts)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
