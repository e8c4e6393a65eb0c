/*
 * Loading programme files: the real ones load, wrong ones are refused with file, line and words
 * (tests/data/forms-bad/README.md).
 */
#include "unit.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "form/form.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define BAD_FORMS TESTS_DATA "/forms-bad"

// ---- a folder of its own for each case: links to the real files and one bad one

static void link_folder(const char *from, const char *to)
{
    DIR *folder = opendir(from);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (strstr(entry->d_name, ".yaml") == NULL)
            continue;
        char *old = paths_join(from, entry->d_name);
        char *new = paths_join(to, entry->d_name);
        assert_int_equal(symlink(old, new), 0);
        free(old);
        free(new);
    }
    (void)closedir(folder);
}

static char *make_folder(void)
{
    char *root = unit_folder("forms");
    char *real = paths_data("forms");
    char *real_blocks = paths_join(real, "blocks");
    char *blocks = paths_join(root, "blocks");
    assert_int_equal(mkdir(blocks, 0700), 0);
    link_folder(real, root);
    link_folder(real_blocks, blocks);
    free(real);
    free(real_blocks);
    free(blocks);
    return root;
}

static void remove_folder(char *root)
{
    char *command = mem_printf("rm -rf '%s'", root);
    assert_int_equal(system(command), 0);
    free(command);
    free(root);
}

/* Loads the folder; returns the refusal. */
static char *refusal_of(const char *root)
{
    struct forms *forms = NULL;
    char *error = NULL;
    if (forms_load(root, &forms, &error) == 0) {
        forms_free(&forms);
        return mem_copy("accepted");
    }
    assert_null(forms);
    return error;
}

static bool check_bad_file(const char *name, const char *line, const char *words)
{
    char *root = make_folder();
    char *from = paths_join(BAD_FORMS, name);
    char *to = paths_join(root, text_starts(name, "codes-") ? "codes.yaml" : "zzz.yaml");
    (void)unlink(to);
    assert_int_equal(symlink(from, to), 0);
    char *error = refusal_of(root);
    char *place = mem_printf("%s:%s：", to, line);
    bool right = text_starts(error, place) && strstr(error, words) != NULL;
    if (!right)
        print_error("%s: expected line %s and \"%s\", got: %s\n", name, line, words, error);
    free(place);
    free(error);
    free(from);
    free(to);
    remove_folder(root);
    return right;
}

/* The cell of "| a | b | c |" at `at`, trimmed; moves on. */
static char *next_cell(char **at)
{
    char *start = *at + 1;
    char *end = strchr(start, '|');
    if (end == NULL)
        return NULL;
    *end = '\0';
    char *cell = text_clean(start);
    *end = '|';
    *at = end;
    return cell;
}

static void refuses_bad_files(void **state)
{
    (void)state;
    FILE *readme = fopen(BAD_FORMS "/README.md", "r");
    char row[512];
    size_t count = 0;
    size_t wrong = 0;
    assert_non_null(readme);
    while (fgets(row, sizeof row, readme) != NULL) {
        if (row[0] != '|' || strstr(row, ".yaml") == NULL)
            continue;
        char *at = row;
        char *name = next_cell(&at);
        char *line = next_cell(&at);
        char *words = next_cell(&at);
        assert_non_null(words);
        wrong += !check_bad_file(name, line, words);
        free(name);
        free(line);
        free(words);
        count++;
    }
    (void)fclose(readme);
    assert_int_equal(wrong, 0);
    size_t files = 0;
    DIR *folder = opendir(BAD_FORMS);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        files += strstr(entry->d_name, ".yaml") != NULL;
    (void)closedir(folder);
    assert_int_equal(count, files);
}

static void refuses_huge_file(void **state)
{
    (void)state;
    char *root = make_folder();
    char *path = paths_join(root, "huge.yaml");
    FILE *file = fopen(path, "w");
    for (int i = 0; i < 1024 * 1024 / 16; i++)
        (void)fputs("# fifteen bytes\n", file);
    (void)fclose(file);
    char *error = refusal_of(root);
    assert_non_null(strstr(error, "huge.yaml:1：文件太大"));
    free(error);
    free(path);
    remove_folder(root);
}

static void refuses_deep_file(void **state)
{
    (void)state;
    char *root = make_folder();
    char *path = paths_join(root, "deep.yaml");
    FILE *file = fopen(path, "w");
    (void)fputs("kind: ", file);
    for (int i = 0; i < 100000; i++)
        (void)fputc('[', file);
    (void)fclose(file);
    char *error = refusal_of(root);
    assert_non_null(strstr(error, "deep.yaml:1："));
    free(error);
    free(path);
    remove_folder(root);
}

/* Two blocks that use each other: the longer loop. */
static void refuses_long_loop(void **state)
{
    (void)state;
    static const char *const files[][2] = {
        {"one.yaml", "kind: one\nsubject: block\nuse: [two]\n"},
        {"two.yaml", "kind: two\nsubject: block\nuse: [three]\n"},
        {"three.yaml", "kind: three\nsubject: block\nuse: [one]\n"},
    };
    char *root = make_folder();
    for (size_t i = 0; i < COUNT(files); i++) {
        char *path = paths_join(root, files[i][0]);
        FILE *file = fopen(path, "w");
        (void)fputs(files[i][1], file);
        (void)fclose(file);
        free(path);
    }
    char *error = refusal_of(root);
    assert_non_null(strstr(error, ".yaml:3：引用成了环"));
    free(error);
    remove_folder(root);
}

static void refuses_folders_that_lack_something(void **state)
{
    (void)state;
    char *error = refusal_of("/nonexistent");
    assert_non_null(strstr(error, "/nonexistent/codes.yaml:1：打不开"));
    free(error);
    char *root = make_folder();
    char *person = paths_join(root, "person.yaml");
    assert_int_equal(unlink(person), 0);
    error = refusal_of(root);
    assert_non_null(strstr(error, "person"));
    free(error);
    free(person);
    remove_folder(root);
}

/* The example of HACKING.md is what it says: complete. */
static void loads_the_example_of_the_manual(void **state)
{
    (void)state;
    char *root = make_folder();
    char *path = paths_join(root, "qunuan.yaml");
    FILE *manual = fopen(TESTS_DATA "/../../HACKING.md", "r");
    FILE *file = fopen(path, "w");
    char line[512];
    bool inside = false;
    assert_true(manual != NULL && file != NULL);
    while (fgets(line, sizeof line, manual) != NULL)
        if (strncmp(line, "```", 3) == 0)
            inside = strcmp(line, "```yaml\n") == 0;
        else if (inside)
            (void)fputs(line, file);
    (void)fclose(manual);
    (void)fclose(file);
    struct forms *forms = NULL;
    char *error = NULL;
    if (forms_load(root, &forms, &error) != 0)
        fail_msg("%s", error);
    assert_string_equal(forms_get(forms, "qunuan")->title, "取暖补贴");
    forms_free(&forms);
    free(path);
    remove_folder(root);
}

static void loads_the_real_files(void **state)
{
    (void)state;
    static const char *const kinds[] = {"tanfang",  "dibao",   "tekun",  "ertong",
                                        "liangbu",  "gaoling", "linshi", "bianyuan",
                                        "gangxing", "kunjing", "liushou"};
    char *directory = paths_data("forms");
    struct forms *forms = NULL;
    char *error = NULL;
    if (forms_load(directory, &forms, &error) != 0)
        fail_msg("%s", error);
    for (size_t i = 0; i < COUNT(kinds); i++)
        assert_string_equal(forms_programme(forms, i)->kind, kinds[i]);
    assert_null(forms_programme(forms, COUNT(kinds)));
    assert_null(forms_programme(forms, COUNT(kinds) + 7));
    assert_null(forms_get(forms, "nobody"));
    assert_int_equal(forms_get(forms, "visit_elder")->subject, FORM_VISIT);
    forms_free(&forms);
    assert_null(forms);
    forms_free(&forms);
    free(directory);
}

/** What was decided before the office had the program can be entered in every programme with steps. */
static void decided_cases_can_be_entered(void **state)
{
    char *directory = paths_data("forms");
    struct forms *forms = NULL;
    const struct form *form;
    char *error = NULL;
    size_t count = 0;

    (void)state;
    if (forms_load(directory, &forms, &error) != 0)
        fail_msg("%s", error);
    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++) {
        const struct life_steps *life = &form->steps.life;
        if (life->count == 0)
            continue;
        count++;
        if (*life->items[life->count - 1].number == '\0' ||
            *life->items[life->count - 1].done == '\0')
            fail_msg("%s: the last step has no number or day of its document", form->kind);
    }
    assert_true(count > 3);
    forms_free(&forms);
    free(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads_the_real_files),
        cmocka_unit_test(decided_cases_can_be_entered),
        cmocka_unit_test(loads_the_example_of_the_manual),
        cmocka_unit_test(refuses_bad_files),
        cmocka_unit_test(refuses_huge_file),
        cmocka_unit_test(refuses_deep_file),
        cmocka_unit_test(refuses_long_loop),
        cmocka_unit_test(refuses_folders_that_lack_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
