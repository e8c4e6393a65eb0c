/*
 * The files of an office over those that came with the program: which of them is taken, what they
 * may bring, and that nothing of them is passed over in silence.
 */
#include "unit.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "form/amounts.h"
#include "form/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** A programme with a code table of its own; `codes`: the table's id. */
#define PROGRAMME(kind, codes)                                                                     \
    "kind: " kind "\ntitle: 高龄津贴\nbrief: 高龄\ncode: QN\nsubject: person\n"              \
    "codes:\n  - id: " codes "\n    items: [{label: 八十, code: 1}, {label: 九十}]\n"          \
    "fields:\n  - {id: band, label: 档次, type: choice, codes: " codes ", required: true}\n"       \
    "  - {id: from_m, label: 起领月, type: month, required: true}\n"                            \
    "exits: [死亡]\nlist: [name, band]\nroles: {area: person.area, since: from_m}\n"
#define AMOUNT(yuan)                                                                               \
    "amounts:\n  - {name: 低保标准, area: 2111, from: 2026-07-01, yuan: " yuan ", source: 公告}\n"

struct scene {
    char *office, *shipped;
    struct forms *forms;
    char *error;
};

static int begin(void **state)
{
    struct scene *scene = mem_new(sizeof *scene);

    scene->office = unit_folder("office");
    scene->shipped = paths_data("forms");
    *state = scene;
    return 0;
}

static int end(void **state)
{
    struct scene *scene = *state;
    char *command = mem_printf("rm -rf '%s'", scene->office);

    assert_int_equal(system(command), 0);
    free(command);
    forms_free(&scene->forms);
    free(scene->error);
    free(scene->shipped);
    free(scene->office);
    free(scene);
    return 0;
}

static void put(const struct scene *scene, const char *name, const char *text)
{
    char *path = paths_join(scene->office, name);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    free(path);
}

static enum result load(struct scene *scene)
{
    struct forms_folders folders = {.shipped = scene->shipped, .office = scene->office};

    return forms_load_over(&folders, &scene->forms, &scene->error);
}

static void assert_refused(struct scene *scene, const char *words)
{
    assert_result(load(scene), RESULT_INVALID);
    if (!text_starts(scene->error, scene->office) || strstr(scene->error, words) == NULL)
        fail_msg("%s", scene->error);
}

static void without_files_nothing_changes(void **state)
{
    struct scene *scene = *state;

    assert_result(load(scene), RESULT_OK);
    assert_null(forms_office(scene->forms));
    assert_non_null(forms_get(scene->forms, "tanfang"));
}

static void a_missing_folder_is_none(void **state)
{
    struct scene *scene = *state;

    assert_int_equal(rmdir(scene->office), 0);
    assert_result(load(scene), RESULT_OK);
    assert_null(forms_office(scene->forms));
}

static void a_file_of_the_same_name_replaces(void **state)
{
    struct scene *scene = *state;

    put(scene, "amounts.yaml", AMOUNT("801.50"));
    assert_result(load(scene), RESULT_OK);
    assert_int_equal(forms_amount(scene->forms, 0)->fen, 80150);
    assert_null(forms_amount(scene->forms, 1));
    char *place = forms_amount_place(scene->forms, 0);
    assert_true(text_starts(place, scene->office));
    free(place);
    assert_non_null(forms_get(scene->forms, "tanfang"));
}

static void a_block_of_the_same_name_replaces(void **state)
{
    struct scene *scene = *state;
    char *folder = paths_join(scene->office, "blocks");
    char *command = mem_printf("cp '%s/blocks/contact.yaml' '%s' && chmod u+w '%s/contact.yaml' && "
                               "printf '  - {id: local_tel, label: 网格电话, type: phone}\\n' "
                               ">>'%s/contact.yaml'",
                               scene->shipped, folder, folder, folder);

    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(system(command), 0);
    assert_result(load(scene), RESULT_OK);
    assert_non_null(form_field(forms_get(scene->forms, "tanfang"), "local_tel"));
    free(command);
    free(folder);
}

static void a_new_file_adds_and_brings_its_codes(void **state)
{
    struct scene *scene = *state;
    const struct form *form = NULL;

    put(scene, "qunuan.yaml", PROGRAMME("qunuan", "gl_band"));
    assert_result(load(scene), RESULT_OK);
    form = forms_get(scene->forms, "qunuan");
    assert_non_null(form);
    assert_string_equal(form_field(form, "band")->codes->labels[1], "九十");
}

static void the_office_files_are_told(void **state)
{
    struct scene *scene = *state;
    char *told = mem_printf("%s：amounts.yaml、qunuan.yaml（新增）", scene->office);

    put(scene, "qunuan.yaml", PROGRAMME("qunuan", "gl_band"));
    put(scene, "amounts.yaml", AMOUNT("801"));
    put(scene, "qunuan.yaml.bak", "kind: [");
    put(scene, ".hidden.yaml", "kind: [");
    assert_result(load(scene), RESULT_OK);
    assert_string_equal(forms_office(scene->forms), told);
    free(told);
}

/** A rule that refuses without a next step is no fault of the file: the office is told of it. */
static void rules_without_a_next_step_are_told(void **state)
{
    struct scene *scene = *state;
    char *told = mem_printf(
        "%s：qunuan.yaml（新增）；没有说接着怎么办，请补上：qunuan.yaml:16、qunuan.yaml:19",
        scene->office);

    put(scene, "qunuan.yaml",
        PROGRAMME(
            "qunuan",
            "gl_band") "checks:\n  - {when: age < 60, field: person.birth, say: 不能领取}\n"
                       "  - {when: age < 50, field: person.birth, say: 不能领取，请核对出生日期}\n"
                       "excludes:\n  - {kind: tekun, say: 请先办理特困退出, back: 该人已领}\n");
    assert_result(load(scene), RESULT_OK);
    assert_string_equal(forms_office(scene->forms), told);
    free(told);
}

/** As if an office had taken over all files. */
static void the_shipped_rules_say_the_next_step(void **state)
{
    struct scene *scene = *state;
    struct forms_folders folders = {.shipped = scene->shipped, .office = scene->shipped};

    assert_result(forms_load_over(&folders, &scene->forms, &scene->error), RESULT_OK);
    assert_non_null(strstr(forms_office(scene->forms), "dibao.yaml"));
    assert_null(strstr(forms_office(scene->forms), "没有说接着怎么办"));
}

static void faults_are_told_with_the_office_file(void **state)
{
    struct scene *scene = *state;

    put(scene, "amounts.yaml", AMOUNT("-1"));
    assert_refused(scene, "amounts.yaml:2：金额 -1 应大于 0");
}

static void a_kind_that_is_taken_says_how_to_replace(void **state)
{
    struct scene *scene = *state;

    put(scene, "zz.yaml", PROGRAMME("dibao", "gl_band"));
    assert_refused(scene, "要替换那个文件，请用同样的文件名");
}

static void a_code_table_that_is_taken_is_refused(void **state)
{
    struct scene *scene = *state;

    put(scene, "qunuan.yaml", PROGRAMME("qunuan", "elder_tier"));
    assert_refused(scene, "qunuan.yaml:7：代码表 elder_tier 有两份");
}

static void an_empty_file_leaves_a_programme_out(void **state)
{
    struct scene *scene = *state;
    char *told = mem_printf("%s：dibao.yaml（停用）", scene->office);

    put(scene, "dibao.yaml", "");
    assert_result(load(scene), RESULT_OK);
    assert_null(forms_programme_find(scene->forms, "dibao"));
    assert_string_equal(forms_left_out(scene->forms, 0)->kind, "dibao");
    assert_null(forms_left_out(scene->forms, 1));
    for (size_t i = 0; forms_programme(scene->forms, i) != NULL; i++)
        assert_string_not_equal(forms_programme(scene->forms, i)->kind, "dibao");
    /* What refers to it is still right: exclusions, other(), rules of leads. */
    assert_non_null(forms_get(scene->forms, "dibao"));
    assert_non_null(forms_programme_find(scene->forms, "tekun"));
    assert_string_equal(forms_office(scene->forms), told);
    free(told);
}

static void only_a_shipped_programme_can_be_left_out(void **state)
{
    struct scene *scene = *state;

    put(scene, "person.yaml", "");
    assert_result(load(scene), RESULT_INVALID);
    assert_non_null(strstr(scene->error, "只有业务能用空文件停用"));
    free(scene->error);
    scene->error = NULL;
    put(scene, "person.yaml", "kind: [");
    put(scene, "own.yaml", "");
    assert_result(load(scene), RESULT_INVALID);
}

/* Or the terminals, which run as others, would work without it. */
static void what_leads_nowhere_is_refused(void **state)
{
    struct scene *scene = *state;
    char *path = paths_join(scene->office, "amounts.yaml");

    assert_int_equal(symlink("/nonexistent/amounts.yaml", path), 0);
    free(path);
    assert_result(load(scene), RESULT_NOINPUT);
    assert_non_null(strstr(scene->error, "amounts.yaml:1：打不开"));
}

static void a_folder_that_is_none_is_refused(void **state)
{
    struct scene *scene = *state;

    put(scene, "blocks", "a file\n");
    assert_result(load(scene), RESULT_NOINPUT);
    assert_non_null(strstr(scene->error, "打不开表单文件夹"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_files_nothing_changes, begin, end),
        cmocka_unit_test_setup_teardown(a_missing_folder_is_none, begin, end),
        cmocka_unit_test_setup_teardown(a_file_of_the_same_name_replaces, begin, end),
        cmocka_unit_test_setup_teardown(a_block_of_the_same_name_replaces, begin, end),
        cmocka_unit_test_setup_teardown(a_new_file_adds_and_brings_its_codes, begin, end),
        cmocka_unit_test_setup_teardown(the_office_files_are_told, begin, end),
        cmocka_unit_test_setup_teardown(rules_without_a_next_step_are_told, begin, end),
        cmocka_unit_test_setup_teardown(the_shipped_rules_say_the_next_step, begin, end),
        cmocka_unit_test_setup_teardown(faults_are_told_with_the_office_file, begin, end),
        cmocka_unit_test_setup_teardown(a_kind_that_is_taken_says_how_to_replace, begin, end),
        cmocka_unit_test_setup_teardown(an_empty_file_leaves_a_programme_out, begin, end),
        cmocka_unit_test_setup_teardown(only_a_shipped_programme_can_be_left_out, begin, end),
        cmocka_unit_test_setup_teardown(a_code_table_that_is_taken_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(what_leads_nowhere_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_folder_that_is_none_is_refused, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
