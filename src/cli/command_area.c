/**
 * The area command: divisions and their changes.
 */
#include "cli/commands.h"

#include "base/arealevel.h"
#include "base/text.h"
#include "cli/output.h"
#include "exchange/divisions.h"

#include <stdlib.h>
#include <string.h>

/** The words of the line behind the verb. */
enum { FIRST = 1, SECOND };

static enum result print_sheet(struct cli *cli, Wire__Request *request, const char *title)
{
    return output_answer(cli, request, &(struct output_page){.title = title, .naming = "名称"});
}

/** People read 镇街 where programs read "street". */
static void label_levels(struct sheet *areas)
{
    for (size_t row = 0; row < areas->row_count; row++)
        sheet_set(areas, row, "level", arealevel_label(sheet_get(areas, row, "level")));
}

static enum result list_areas(struct cli *cli)
{
    const struct output_page page = {.title = "区划", .naming = "名称"};
    Wire__Areas areas = WIRE__AREAS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    if (cli->argument_count > FIRST)
        areas.parent = cli->arguments[FIRST];
    areas.all = true;
    areas.gone = cli_option(cli, "gone") != NULL;
    request.what_case = WIRE__REQUEST__WHAT_AREAS;
    request.areas = &areas;
    enum result result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0 && output_is_for_people(cli))
        label_levels(sheet);
    if (result == 0)
        result = output_sheet(cli, sheet, sheet->column_count, &page);
    sheet_free(&sheet);
    return result;
}

static enum result list_changes(struct cli *cli)
{
    Wire__AreaChanges changes = WIRE__AREA_CHANGES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_AREA_CHANGES;
    request.area_changes = &changes;
    return print_sheet(cli, &request, "区划调整");
}

static enum result undo_change(struct cli *cli)
{
    Wire__AreaUndo undo = WIRE__AREA_UNDO__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    int64_t number = 0;

    if (text_to_int(cli->arguments[FIRST], 1, INT64_MAX, &number) != 0) {
        cli_say("区划调整的编号不对，doudi area changes 可查");
        return RESULT_USAGE;
    }
    undo.change = (uint64_t)number;
    undo.dry_run = cli_option(cli, "dry-run") != NULL;
    request.what_case = WIRE__REQUEST__WHAT_AREA_UNDO;
    request.area_undo = &undo;
    return cli_call_words(cli, &request);
}

// ---- a published table

static enum result import_table(struct cli *cli)
{
    Wire__AreaImport import = WIRE__AREA_IMPORT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;
    char *message = NULL;

    import.confirm = cli_option(cli, "confirm") != NULL;
    import.dry_run = cli_option(cli, "dry-run") != NULL;
    import.from = cli_text(cli, "from");
    if ((import.confirm || import.dry_run) && *import.from == '\0') {
        cli_say("请用 --from 写明从哪一天起，如 --from 2026-12-01");
        return RESULT_USAGE;
    }
    enum result result = divisions_read(cli->arguments[FIRST],
                                        client_welcome(cli->client)->home_area, &sheet, &message);
    if (result != 0) {
        cli_say("%s", message);
        free(message);
        return result;
    }
    import.divisions = wire_sheet_take(&sheet);
    request.what_case = WIRE__REQUEST__WHAT_AREA_IMPORT;
    request.area_import = &import;
    result = print_sheet(cli, &request, "区划表的差异");
    if (result == 0 && !import.confirm)
        cli_say("核对后加 --confirm --from 日期 办理；--dry-run --from 日期 试算");
    wire_sheet_free(&import.divisions);
    return result;
}

/** A change of one step. The third word is a code or a name, as the verb wants it. */
static enum result change_area(struct cli *cli)
{
    Wire__AreaStep step = WIRE__AREA_STEP__INIT;
    Wire__AreaStep *steps[] = {&step};
    Wire__AreaChange change = WIRE__AREA_CHANGE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    const char *verb = cli->arguments[0];
    bool named = strcmp(verb, "add") == 0 || strcmp(verb, "rename") == 0;

    if (cli_option(cli, "from") == NULL) {
        cli_say("请用 --from 写明从哪一天起，如 --from 2026-12-01");
        return RESULT_USAGE;
    }
    step.what = cli->arguments[0];
    step.code = cli->arguments[FIRST];
    step.name = cli_text(cli, "name");
    if (cli->argument_count > SECOND)
        *(named ? &step.name : &step.into) = cli->arguments[SECOND];
    change.from = cli_text(cli, "from");
    change.dry_run = cli_option(cli, "dry-run") != NULL;
    change.steps = steps;
    change.n_steps = 1;
    request.what_case = WIRE__REQUEST__WHAT_AREA_CHANGE;
    request.area_change = &change;
    return print_sheet(cli, &request, "区划调整");
}

static const struct verb {
    const char *name;
    size_t least, most; /**< words of the line, the verb included */
    const char *wants;
    enum result (*run)(struct cli *cli);
} VERBS[] = {
    {"list", 1, 2, "doudi area list [区划代码]", list_areas},
    {"import", 2, 2, "doudi area import 文件 [--dry-run|--confirm --from DATE]", import_table},
    {"changes", 1, 1, "doudi area changes", list_changes},
    {"undo", 2, 2, "doudi area undo 编号", undo_change},
    {"add", 3, 3, "doudi area add 区划代码 名称 --from DATE", change_area},
    {"rename", 3, 3, "doudi area rename 区划代码 新名称 --from DATE", change_area},
    {"move", 3, 3, "doudi area move 区划代码 新代码 --from DATE", change_area},
    {"merge", 3, 3, "doudi area merge 区划代码 并入哪个代码 --from DATE", change_area},
    {"close", 2, 2, "doudi area close 区划代码 --from DATE", change_area},
};

enum result command_area(struct cli *cli)
{
    for (size_t i = 0; i < sizeof VERBS / sizeof VERBS[0]; i++) {
        const struct verb *verb = &VERBS[i];
        if (strcmp(cli->arguments[0], verb->name) != 0)
            continue;
        if (cli->argument_count >= verb->least && cli->argument_count <= verb->most)
            return verb->run(cli);
        cli_say("应写成：%s", verb->wants);
        return RESULT_USAGE;
    }
    cli_usage(cli->command);
    return RESULT_USAGE;
}
