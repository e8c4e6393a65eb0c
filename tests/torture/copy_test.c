/*
 * Backups, exports and the archive of log files: made while many people write, and with the server
 * killed in the middle. Nothing half stands under a final name, what was acknowledged before is in,
 * and the archive has no gap.
 */
#include "crowd.h"
#include "window.h"

#include "base/mem.h"
#include "base/paths.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MANY = 30, FEW = 4, THINK_US = 10000, ORPHAN_MS = 5000 };
enum { VALUES = 25, VALUE_BYTES = 10000, DRAFTS = 76, ARCHIVING_MS = 3000 };

// ---- requests

static int backup(struct rig *rig, void *arg)
{
    Wire__Backup ask = WIRE__BACKUP__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct client *client = rig_open(rig, NULL);
    enum result result;

    (void)arg;
    ask.directory = rig_path(rig, "backup");
    request.what_case = WIRE__REQUEST__WHAT_BACKUP;
    request.backup = &ask;
    result = client_call(client, &request, &response);
    if (result != 0)
        print_error("backup: %s\n", client_words(result, response));
    client_response_free(&response);
    client_close(&client);
    free(ask.directory);
    return (int)result;
}

static int export(struct rig *rig, void *arg)
{
    Wire__Export ask = WIRE__EXPORT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct client *client = rig_open(rig, NULL);
    enum result result;

    (void)arg;
    ask.directory = rig_path(rig, "out");
    request.what_case = WIRE__REQUEST__WHAT_EXPORT;
    request.export = &ask;
    result = client_call(client, &request, &response);
    if (result != 0)
        print_error("export: %s\n", client_words(result, response));
    client_response_free(&response);
    client_close(&client);
    free(ask.directory);
    return (int)result;
}

// ---- backups

/** Makes a new home out of the backup and, if asked for, of the log files since; that verifies it. */
static struct rig *restore(struct rig *rig, bool to_the_end)
{
    char *root = rig_path(rig, "restored");
    struct rig *restored = rig_new_empty(root);
    char *program = paths_program("doudid");
    char *from = rig_path(rig, "backup");
    char *log = rig_path(rig, "restore.log");
    char *logs = to_the_end ? mem_printf("--logs '%s'", rig->home) : mem_copy("");
    char *command = mem_printf("mkdir '%s' && '%s' --restore '%s' --home '%s' %s >'%s' 2>&1", root,
                               program, from, restored->home, logs, log);

    rig_remove(root);
    if (system(command) != 0)
        fail_msg("restore failed: see %s", log);
    free(command);
    free(logs);
    free(log);
    free(from);
    free(program);
    free(root);
    return restored;
}

static void remove_backup(struct rig *rig)
{
    char *path = rig_path(rig, "backup");

    rig_remove(path);
    free(path);
}

static void while_thirty_write(void **state)
{
    struct rig *rig = scene_rig(state);
    struct crowd *crowd = scene_crowd(state, MANY, THINK_US);
    unsigned restored_visits = 0;
    int times = rig_times(1, 30);

    crowd_start(crowd);
    for (int i = 0; i < times; i++) {
        struct rig *restored;
        uint8_t *mark;
        unsigned before;

        crowd_await(crowd, 200);
        mark = crowd_mark(crowd, &before);
        assert_int_equal(backup(rig, NULL), 0);
        restored = restore(rig, false);
        crowd_check(crowd, restored, mark);
        rig_verify(restored);
        restored_visits += before;
        free(mark);
        rig_free(&restored);
        remove_backup(rig);
    }
    crowd_stop(crowd);
    crowd_check(crowd, rig, NULL);
    rig_verify(rig);
    print_message(
        "torture: backup while %d write: %d restored, %u visits found, %u acknowledged in "
        "all, slower than 2 s: %u, slowest %u ms\n",
        MANY, times, restored_visits, atomic_load(&crowd->log->done),
        atomic_load(&crowd->log->slow), atomic_load(&crowd->log->longest));
    assert_int_equal(atomic_load(&crowd->log->refused), 0);
}

/** What stands under the final name of an interrupted backup is a whole one. */
static void in_backup(void **state)
{
    struct rig *rig = scene_rig(state);
    struct crowd *crowd = scene_crowd(state, FEW, THINK_US);
    struct window window = {.name = "backup", .usecase = backup, .part = "/backup", .writes = 300};
    int times = rig_times(2, 60);
    char *final = rig_path(rig, "backup");

    rig_inject(rig);
    crowd_start(crowd);
    while (window_open(&window, times, times / 2)) {
        struct rig *restored;
        uint8_t *mark;
        unsigned before;

        crowd_await(crowd, 20);
        if (window_kill_at_write(rig, &window))
            assert_false(rig_exists(final));
        remove_backup(rig);
        mark = crowd_mark(crowd, &before);
        assert_int_equal(backup(rig, NULL), 0);
        restored = restore(rig, false);
        crowd_check(crowd, restored, mark);
        free(mark);
        rig_free(&restored);
        remove_backup(rig);
    }
    crowd_stop(crowd);
    crowd_check(crowd, rig, NULL);
    rig_verify(rig);
    window_tell(&window, rig, times / 2);
    free(final);
}

// ---- the archive

/** A draft, as large as one may be, that is put away again and again: more than a log file. */
static void fill_a_log(struct rig *rig)
{
    struct client *client = rig_open(rig, rig_officer(0, 1));
    Wire__DraftPut draft = WIRE__DRAFT_PUT__INIT;
    Wire__Value values[VALUES];
    Wire__Value *pointers[VALUES];
    char names[VALUES][8];
    char *text = mem_new(VALUE_BYTES + 1);
    Wire__Request request = WIRE__REQUEST__INIT;

    draft.form = (char[]){"tanfang"};
    draft.n_values = VALUES;
    draft.values = pointers;
    for (int i = 0; i < VALUES; i++) {
        (void)snprintf(names[i], sizeof names[i], "n%d", i);
        wire__value__init(&values[i]);
        values[i].name = names[i];
        values[i].value = text;
        pointers[i] = &values[i];
    }
    request.what_case = WIRE__REQUEST__WHAT_DRAFT_PUT;
    request.draft_put = &draft;
    for (int i = 0; i < DRAFTS; i++) {
        Wire__Response *response;

        memset(text, 'a' + i % 26, VALUE_BYTES);
        response = rig_ask(client, &request);
        client_response_free(&response);
    }
    free(text);
    client_close(&client);
}

static int start(struct rig *rig, void *arg)
{
    struct client *client = rig_open(rig, NULL);

    (void)arg;
    client_close(&client);
    return 0;
}

static void await_strike(const struct rig *rig)
{
    int64_t deadline = rig_now_ms() + ARCHIVING_MS;

    while (atomic_load(&rig->fault->struck) == 0 && rig_now_ms() < deadline)
        rig_pause(500);
}

/** Dies while it archives: at its end, or at the first run of the timer after its start. */
static void kill_in_archiving(struct rig *rig, struct window *window)
{
    enum fault_action action = window->attempts % 2 == 0 ? FAULT_KILL : FAULT_TEAR;
    bool at_end = window->attempts / 2 % 2 == 0;
    /* Early ones more often: log files leave the database between the first two. */
    uint32_t most = random_below(&rig->random, window->writes) + 1;

    if (!at_end)
        rig_kill_server(rig, SIGKILL);
    rig_arm(rig, action, FAULT_WRITES | FAULT_SYNCS, window->part, random_below(&rig->random, most),
            0);
    if (at_end) {
        rig_kill_server(rig, SIGTERM);
    } else {
        pid_t child = rig_fork(rig, start, NULL);

        await_strike(rig);
        kill(child, SIGKILL);
        rig_wait(child);
    }
    window->attempts++;
    if (rig_disarm(rig)) {
        window->hits++;
        rig->kills++;
    }
}

/** The first backup and what the dead server left are everything that was acknowledged. */
static void in_archiving(void **state)
{
    struct rig *rig = scene_rig(state);
    struct crowd *crowd = scene_crowd(state, FEW, THINK_US);
    struct window window = {.name = "archiving", .part = "/archive/", .writes = 24};
    int times = rig_times(4, 60);

    rig_inject(rig);
    assert_int_equal(backup(rig, NULL), 0);
    while (window_open(&window, times, times / 2)) {
        struct rig *restored;
        int lock;

        crowd_start(crowd);
        crowd_await(crowd, 20);
        fill_a_log(rig);
        crowd_stop(crowd);
        kill_in_archiving(rig, &window);
        lock = rig_seize(rig);
        restored = restore(rig, true);
        crowd_check(crowd, restored, NULL);
        rig_free(&restored);
        close(lock);
    }
    rig_verify(rig);
    window_tell(&window, rig, times / 2);
}

// ---- exports

/** Calls `each` for the names in a directory that may be missing. */
static void each_name(const char *path, void (*each)(const char *path, const char *name, void *arg),
                      void *arg)
{
    DIR *directory = opendir(path);
    struct dirent *entry;

    while (directory != NULL && (entry = readdir(directory)) != NULL)
        if (entry->d_name[0] != '.')
            each(path, entry->d_name, arg);
    if (directory != NULL)
        closedir(directory);
}

/** Reads an archive to its end. */
static void check_bundle(const char *path)
{
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    int members = 0;
    int result;

    archive_read_support_filter_zstd(archive);
    archive_read_support_format_tar(archive);
    assert_int_equal(archive_read_open_filename(archive, path, 1 << 16), ARCHIVE_OK);
    while ((result = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
        assert_int_equal(archive_read_data_skip(archive), ARCHIVE_OK);
        members++;
    }
    assert_int_equal(result, ARCHIVE_EOF);
    assert_true(members >= 20);
    archive_read_free(archive);
}

struct outcome {
    int bundles, parts;
};

static void see_output(const char *path, const char *name, void *arg)
{
    struct outcome *outcome = arg;
    size_t length = strlen(name);

    if (length > 5 && strcmp(name + length - 5, ".part") == 0) {
        outcome->parts++;
    } else {
        char *whole = paths_join(path, name);

        check_bundle(whole);
        outcome->bundles++;
        free(whole);
    }
}

static struct outcome look_at_output(struct rig *rig)
{
    struct outcome outcome = {0};
    char *out = rig_path(rig, "out");

    each_name(out, see_output, &outcome);
    free(out);
    return outcome;
}

static void count_child(const char *path, const char *name, void *arg)
{
    char *file = mem_printf("%s/%s/cmdline", path, name);
    char line[4096] = "";
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd >= 0 ? read(fd, line, sizeof line - 1) : 0;

    for (ssize_t i = 0; i + 1 < length; i++)
        if (line[i] == '\0')
            line[i] = ' ';
    *(int *)arg += strstr(line, " --extract ") != NULL && strstr(line, "doudi-torture") != NULL;
    if (fd >= 0)
        close(fd);
    free(file);
}

/** The child of a server that was killed must not go on beside the next one's. */
static void await_children(void)
{
    int64_t deadline = rig_now_ms() + ORPHAN_MS;
    int count;

    do {
        count = 0;
        each_name("/proc", count_child, &count);
        if (count > 0)
            rig_pause(10000);
    } while (count > 0 && rig_now_ms() < deadline);
    assert_int_equal(count, 0);
}

static void count_name(const char *path, const char *name, void *arg)
{
    (void)path;
    (void)name;
    ++*(int *)arg;
}

/** The export's scratch is there. */
static bool export_begun(struct rig *rig)
{
    char *scratch = paths_join(rig->home, "tmp");
    int count = 0;

    each_name(scratch, count_name, &count);
    free(scratch);
    return count > 0;
}

static void see_home(const char *path, const char *name, void *arg)
{
    (void)path;
    (void)arg;
    if (strcmp(name, "db") != 0 && strcmp(name, "log") != 0 && strcmp(name, "doudi.sock") != 0 &&
        strcmp(name, "tmp") != 0 && strcmp(name, "backup") != 0 && strcmp(name, "archive") != 0 &&
        strcmp(name, "outbox") != 0)
        fail_msg("left in the home: %s", name);
}

static void kill_in_export(struct rig *rig, struct window *window, int times)
{
    char *out = rig_path(rig, "out");

    while (window_open(window, times, times / 2)) {
        struct outcome before, outcome;

        window_kill_held(rig, window);
        await_children();
        before = look_at_output(rig);
        assert_int_equal(export(rig, NULL), 0);
        outcome = look_at_output(rig);
        /* Of the killed one all or nothing is there; the next never takes its place. */
        assert_int_equal(outcome.bundles, before.bundles + 1);
        assert_int_equal(outcome.parts, 0);
        assert_false(export_begun(rig));
        each_name(rig->home, see_home, NULL);
        rig_remove(out);
    }
    window_tell(window, rig, times / 2);
    free(out);
}

/** While the copy is made and restored, and while the bundle is written. */
static void in_export(void **state)
{
    struct rig *rig = scene_rig(state);
    struct window copying = {
        .name = "export, copying", .usecase = export, .part = "/home/tmp/", .writes = 300};
    struct window writing = {
        .name = "export, writing", .usecase = export, .part = "/out/", .writes = 4};

    rig_inject(rig);
    kill_in_export(rig, &copying, rig_times(2, 40));
    kill_in_export(rig, &writing, rig_times(2, 40));
    rig_verify(rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(while_thirty_write),
        SCENE_TEST(in_backup),
        SCENE_TEST(in_archiving),
        SCENE_TEST(in_export),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
