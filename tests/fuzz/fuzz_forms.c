/* Programme files: one hostile file in a folder of good ones. */
#include "tests/fuzz/fuzz.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "form/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Enough for a programme of a person; all of them would make a load ten times slower. */
static const char *const GOOD[] = {
    "person.yaml",         "codes.yaml",        "amounts.yaml",        "visit_elder.yaml",
    "blocks/contact.yaml", "blocks/visit.yaml", "blocks/referral.yaml"};

static char *folder;

void forms_begin(void)
{
    const char *base = getenv("TMPDIR");
    char *real = paths_data("forms");
    char *blocks;

    folder = mem_printf("%s/doudi-fuzz-XXXXXX", base != NULL ? base : "/tmp");
    fuzz_expect(mkdtemp(folder) != NULL, "no folder");
    blocks = paths_join(folder, "blocks");
    fuzz_expect(mkdir(blocks, 0700) == 0, "no folder");
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        char *from = paths_join(real, GOOD[i]);
        char *to = paths_join(folder, GOOD[i]);
        fuzz_expect(symlink(from, to) == 0, "no link");
        free(from);
        free(to);
    }
    free(blocks);
    free(real);
}

static void put_file(const char *path, const uint8_t *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");

    fuzz_expect(file != NULL && fwrite(bytes, 1, length, file) == length, "cannot write %s", path);
    fclose(file);
}

void forms_end(void)
{
    char *command = mem_printf("rm -rf '%s'", folder);

    fuzz_expect(system(command) == 0, "%s", command);
    free(command);
    free(folder);
    folder = NULL;
}

/** Uses what was loaded: a case of every programme in it, as it would be filled in. */
static void use_form(const struct form *form)
{
    const struct type_context context = {.today = 46349};
    struct fields values = {0};
    struct problems problems = {0};

    fields_set(&values, "person.name", "王桂兰");
    fields_set(&values, "person.id_no", "211122194512156810");
    form_fill(form, &values, context.today);
    for (size_t i = 0; i < form->field_count; i++)
        if (form->fields[i].column_count == 0 && *fields_get(&values, form->fields[i].id) == '\0')
            fields_set(&values, form->fields[i].id, "1");
    (void)form_check(form, &context, &values, &problems);
    form_wanted(form, &values, context.today, &problems);
    (void)form_owes_visits(form, &values, context.today);
    for (const char *const *column = form->columns; column != NULL && *column != NULL; column++)
        free(form_text(form, &values, *column, context.today));
    problems_free(&problems);
    fields_free(&values);
}

static void load(void)
{
    struct forms *forms = NULL;
    char *error = NULL;
    const struct form *form;

    if (forms_load(folder, &forms, &error) != 0) {
        fuzz_expect(forms == NULL && error != NULL && text_valid(error), "no words");
        free(error);
        return;
    }
    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++)
        use_form(form);
    forms_free(&forms);
}

void forms_run(const uint8_t *bytes, size_t length)
{
    char *path = paths_join(folder, "zzz.yaml");

    put_file(path, bytes, length);
    load();
    free(path);
}

/** The same in place of a file that is read by its name. */
static void run_as(const char *name, const uint8_t *bytes, size_t length)
{
    char *path = paths_join(folder, name);

    if (unlink(path) == 0)
        put_file(path, bytes, length);
    load();
    free(path);
}

void codes_run(const uint8_t *bytes, size_t length)
{
    run_as("codes.yaml", bytes, length);
}

void amounts_run(const uint8_t *bytes, size_t length)
{
    run_as("amounts.yaml", bytes, length);
}
