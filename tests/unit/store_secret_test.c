/*
 * Encrypted homes: which key files are taken, what no file of such a home shows, and another key.
 */
#include "store_fixture.h"

#include "db/format.h"

#include <dirent.h>
#include <sys/stat.h>

/* Invented. */
#define PERSON_NAME "欧阳秀英"
#define PERSON_ID "211102194908150049"
#define KEY "correct-horse-battery-staple-0001"
#define OTHER "correct-horse-battery-staple-0002"

enum { PEOPLE = 3000 };

// ---- key files

static void a_key_file_is_its_owners_alone(void **state)
{
    static const struct {
        mode_t mode;
        enum secret_problem problem;
    } modes[] = {
        {0600, SECRET_FINE},    {0400, SECRET_FINE},    {0440, SECRET_EXPOSED},
        {0420, SECRET_EXPOSED}, {0404, SECRET_EXPOSED}, {0644, SECRET_EXPOSED},
        {0602, SECRET_EXPOSED}, {0401, SECRET_EXPOSED},
    };
    struct home home = home_make();
    char *path = write_file(home.root, "key", KEY "\n");
    (void)state;
    unsetenv("CREDENTIALS_DIRECTORY");
    for (size_t i = 0; i < COUNT(modes); i++) {
        assert_int_equal(chmod(path, modes[i].mode), 0);
        assert_int_equal(secret_check(path), modes[i].problem);
    }
    /* systemd's access list shows as group bits, in its own folder only. */
    setenv("CREDENTIALS_DIRECTORY", home.root, 1);
    assert_int_equal(chmod(path, 0440), 0);
    assert_int_equal(secret_check(path), SECRET_FINE);
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(secret_check(path), SECRET_EXPOSED);
    setenv("CREDENTIALS_DIRECTORY", "/nonexistent", 1);
    assert_int_equal(chmod(path, 0440), 0);
    assert_int_equal(secret_check(path), SECRET_EXPOSED);
    unsetenv("CREDENTIALS_DIRECTORY");
    if (geteuid() == 0) {
        assert_int_equal(chmod(path, 0400), 0);
        assert_int_equal(chown(path, 65534, 0), 0);
        assert_int_equal(secret_check(path), SECRET_EXPOSED);
    }
    free(path);
    home_remove(&home);
}

static void a_key_is_long_enough(void **state)
{
    static const struct {
        const char *text;
        enum secret_problem problem;
    } texts[] = {
        {"", SECRET_SHORT},
        {"\n" KEY "\n", SECRET_SHORT},
        {"0123456789012345678901234567890\n", SECRET_SHORT},
        {"01234567890123456789012345678901", SECRET_FINE},
        {"01234567890123456789012345678901\r\nrest\n", SECRET_FINE},
    };
    struct home home = home_make();
    char *folder = paths_join(home.root, "folder");
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        char *path = write_file(home.root, "key", texts[i].text);
        assert_int_equal(secret_check(path), texts[i].problem);
        free(path);
    }
    char *line = mem_new(5000);
    memset(line, 'k', 4999);
    char *path = write_file(home.root, "key", line);
    assert_int_equal(secret_check(path), SECRET_SHORT);
    assert_int_equal(secret_check("/nonexistent"), SECRET_MISSING);
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(secret_check(folder), SECRET_UNREADABLE);
    free(folder);
    free(path);
    free(line);
    home_remove(&home);
}

// ---- homes

static enum result put_people(struct txn *txn, void *arg)
{
    (void)arg;
    for (uint64_t i = 1; i <= PEOPLE; i++) {
        char number[32];
        snprintf(number, sizeof number, "%s-%ju", PERSON_ID, (uintmax_t)i);
        Rec__Person person = make_person(i, PERSON_NAME, i == 1 ? PERSON_ID : number);
        person.address = "胜利街道旌旗社区1号楼";
        assert_ok(store_person_put(txn, &person));
    }
    return RESULT_OK;
}

struct scene {
    struct home home;
    char *key, *other, *backup, *archive;
};

/* A home with people in it, a backup and an archive. */
static struct scene scene_make(bool encrypted)
{
    struct scene scene = {.home = home_make()};
    struct home *home = &scene.home;
    int lock;
    scene.key = write_file(home->root, "key", KEY "\nthe rest is not used\n");
    scene.other = write_file(home->root, "other", OTHER "\n");
    scene.backup = paths_join(home->root, "backup");
    scene.archive = paths_join(home->root, "archive");
    assert_ok(store_lock_home(home->path, true, &lock));
    close(lock);
    struct store_options options = {
        .create = true, .key_file = encrypted ? scene.key : NULL, .archive = scene.archive};
    assert_ok(store_open(home->path, &options, &home->store));
    run_ok(home->store, STORE_WRITE, put_people, NULL);
    assert_ok(store_checkpoint(home->store, true));
    assert_ok(store_backup(home->store, scene.backup));
    return scene;
}

static void scene_end(struct scene *scene)
{
    free(scene->key);
    free(scene->other);
    free(scene->backup);
    free(scene->archive);
    home_remove(&scene->home);
}

/* How many files of a directory hold these bytes; its log files are counted apart. */
static void count_files(const char *directory, const char *bytes, int *ret_data, int *ret_logs)
{
    DIR *list = opendir(directory);
    struct dirent *entry;
    assert_non_null(list);
    *ret_data = *ret_logs = 0;
    while ((entry = readdir(list)) != NULL) {
        char *path = paths_join(directory, entry->d_name);
        struct stat status;
        assert_int_equal(stat(path, &status), 0);
        if (S_ISREG(status.st_mode)) {
            char *content = mem_new((size_t)status.st_size + 1);
            FILE *file = fopen(path, "re");
            assert_non_null(file);
            assert_int_equal(fread(content, 1, (size_t)status.st_size, file), status.st_size);
            fclose(file);
            bool holds = memmem(content, (size_t)status.st_size, bytes, strlen(bytes)) != NULL;
            *(strncmp(entry->d_name, "log.", 4) == 0 ? ret_logs : ret_data) += holds;
            free(content);
        }
        free(path);
    }
    closedir(list);
}

/* Database, backup and archive: names and numbers can be read (or not) in data and log files. */
static void check_files(const struct scene *scene, const char *lineage, bool readable)
{
    char *places[] = {paths_join(scene->home.path, "db"), mem_copy(scene->backup),
                      paths_join(scene->archive, lineage)};
    static const char *const texts[] = {PERSON_NAME, PERSON_ID, KEY, OTHER};
    for (size_t i = 0; i < COUNT(places); i++) {
        for (size_t t = 0; t < COUNT(texts); t++) {
            int data, logs;
            bool person = t < 2;
            count_files(places[i], texts[t], &data, &logs);
            assert_int_equal(data > 0, readable && person && i < 2);
            assert_int_equal(logs > 0, readable && person);
        }
        free(places[i]);
    }
}

static void check_scene(bool encrypted)
{
    struct scene scene = scene_make(encrypted);
    char *database = paths_join(scene.home.path, "db");
    struct format format;
    assert_ok(format_read(database, &format));
    assert_int_equal(store_encrypted(scene.home.store), encrypted);
    store_close(&scene.home.store);
    check_files(&scene, format.lineage, !encrypted);
    free(database);
    scene_end(&scene);
}

static void no_file_shows_a_name(void **state)
{
    (void)state;
    check_scene(true);
}

/* Otherwise the test above would see nothing either. */
static void without_a_key_every_file_shows_names(void **state)
{
    (void)state;
    check_scene(false);
}

static void an_encrypted_home_needs_its_key(void **state)
{
    struct scene scene = scene_make(true);
    char *restored = paths_join(scene.home.root, "restored");
    struct store_options options = {0};
    struct store_restore ask = {.backup = scene.backup, .home = restored, .key_file = scene.other};
    struct restore_finding finding;
    struct store *store;
    unsigned findings = 0;
    (void)state;
    store_close(&scene.home.store);
    assert_result(store_open(scene.home.path, &options, &store), RESULT_DENIED);
    options.key_file = scene.other;
    assert_result(store_open(scene.home.path, &options, &store), RESULT_DENIED);
    options.key_file = "/nonexistent";
    assert_result(store_open(scene.home.path, &options, &store), RESULT_NOINPUT);
    assert_result(store_restore(&ask, &finding), RESULT_DENIED);
    ask.key_file = NULL;
    assert_result(store_restore(&ask, &finding), RESULT_DENIED);
    ask.key_file = scene.key;
    assert_ok(store_restore(&ask, &finding));
    assert_ok(store_verify(restored, scene.key, show_finding, &findings));
    assert_result(store_verify(restored, NULL, show_finding, &findings), RESULT_DENIED);
    options.key_file = scene.key;
    assert_ok(store_open(restored, &options, &store));
    store_close(&store);
    free(restored);
    scene_end(&scene);
}

static enum result count_person(const Rec__Person *person, void *arg)
{
    assert_string_equal(person->name, PERSON_NAME);
    ++*(unsigned *)arg;
    return RESULT_OK;
}

static enum result count_people(struct txn *txn, void *arg)
{
    Rec__Person *person;
    *(unsigned *)arg = 0;
    assert_ok(store_person_by_id_no(txn, PERSON_ID, &person));
    rec__person__free_unpacked(person, NULL);
    return store_person_scan(txn, 0, count_person, arg);
}

/* Everything is there under the new key, the old one opens nothing, and numbers go on. */
static void check_rekeyed(struct scene *scene, const char *old, const char *new)
{
    char *beside = paths_join(scene->home.root, "beside");
    struct store_options options = {.key_file = new, .archive = scene->archive};
    unsigned people = 0, findings = 0;
    uint64_t before, after;
    assert_int_equal(mkdir(beside, 0700), 0);
    assert_ok(store_next(scene->home.store, "person", &before));
    store_close(&scene->home.store);
    assert_ok(store_rekey(scene->home.path, old, beside, new));
    assert_ok(store_exchange(scene->home.path, beside));
    assert_result(store_verify(scene->home.path, old, show_finding, &findings), RESULT_DENIED);
    assert_ok(store_verify(scene->home.path, new, show_finding, &findings));
    /* The old database is whole until somebody removes it. */
    assert_ok(store_verify(beside, old, show_finding, &findings));
    remove_tree(beside);
    assert_ok(store_open(scene->home.path, &options, &scene->home.store));
    run_ok(scene->home.store, STORE_READ, count_people, &people);
    assert_int_equal(people, PEOPLE);
    assert_ok(store_next(scene->home.store, "person", &after));
    assert_true(after > before);
    free(beside);
}

static void another_key(void **state)
{
    struct scene scene = scene_make(true);
    (void)state;
    check_rekeyed(&scene, scene.key, scene.other);
    scene_end(&scene);
}

/* A home that was made without one gets its first key; from then on no file shows a name. */
static void a_first_key(void **state)
{
    struct scene scene = scene_make(false);
    char *database = paths_join(scene.home.path, "db");
    struct format before, after;
    (void)state;
    assert_ok(format_read(database, &before));
    check_rekeyed(&scene, NULL, scene.key);
    assert_ok(format_read(database, &after));
    assert_string_not_equal(before.lineage, after.lineage);
    remove_tree(scene.backup);
    assert_ok(store_backup(scene.home.store, scene.backup));
    store_close(&scene.home.store);
    check_files(&scene, after.lineage, false);
    free(database);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_file_is_its_owners_alone),
        cmocka_unit_test(a_key_is_long_enough),
        cmocka_unit_test(no_file_shows_a_name),
        cmocka_unit_test(without_a_key_every_file_shows_names),
        cmocka_unit_test(an_encrypted_home_needs_its_key),
        cmocka_unit_test(another_key),
        cmocka_unit_test(a_first_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
