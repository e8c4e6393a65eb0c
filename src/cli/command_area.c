/**
 * The area command: divisions and their changes.
 */
#include "cli/commands.h"

#include "base/text.h"
#include "cli/output.h"
#include "exchange/filetable.h"

#include <stdlib.h>
#include <string.h>

/** The words of the line behind the verb. */
enum { FIRST = 1, SECOND };

static enum result print_sheet(struct cli *cli, Wire__Request *request, const char *title)
{
    struct output_page page = {.title = title, .naming = "名称"};
    struct sheet *sheet = NULL;
    enum result result = cli_call_sheet(cli, request, &sheet);

    if (result == 0)
        result = output_sheet(cli, sheet, sheet->column_count, &page);
    sheet_free(&sheet);
    return result;
}

static enum result list_areas(struct cli *cli)
{
    Wire__Areas areas = WIRE__AREAS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    if (cli->argument_count > FIRST)
        areas.parent = cli->arguments[FIRST];
    areas.all = true;
    areas.gone = cli_option(cli, "gone") != NULL;
    request.what_case = WIRE__REQUEST__WHAT_AREAS;
    request.areas = &areas;
    return print_sheet(cli, &request, "区划");
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

/** The headings under which tables of divisions are published. */
static const struct heading {
    const char *text, *column;
} HEADINGS[] = {
    {"code", "code"},         {"代码", "code"},           {"区划代码", "code"},
    {"行政区划代码", "code"}, {"统计用区划代码", "code"}, {"name", "name"},
    {"名称", "name"},         {"区划名称", "name"},       {"单位名称", "name"},
    {"行政区划名称", "name"},
};

static const char *find_column(const char *heading)
{
    for (size_t i = 0; i < sizeof HEADINGS / sizeof HEADINGS[0]; i++)
        if (strcmp(HEADINGS[i].text, heading) == 0)
            return HEADINGS[i].column;
    return NULL;
}

static bool is_known(const char *group, const char *heading, void *arg)
{
    (void)group;
    (void)arg;
    return find_column(heading) != NULL;
}

/** The place of a column in the file; the count of columns if it has none. */
static size_t place_of(const struct filetable *table, const char *column)
{
    size_t count = filetable_column_count(table);
    size_t i = 0;

    for (; i < count; i++) {
        const char *found = find_column(filetable_column(table, i)->heading);
        if (found != NULL && strcmp(found, column) == 0)
            break;
    }
    return i;
}

/** Takes the rows that may be the home's: a national table has hundreds of thousands. The server
 *  decides. */
static struct sheet *take_rows(struct filetable *table, const char *home)
{
    static const char *const columns[] = {"code", "name"};
    size_t places[] = {place_of(table, "code"), place_of(table, "name")};
    struct sheet *sheet = sheet_new_ids(columns, sizeof columns / sizeof columns[0]);
    size_t prefix = strlen(home);

    while (prefix > 0 && home[prefix - 1] == '0')
        prefix--;
    for (size_t i = 0; i < filetable_row_count(table); i++) {
        struct filetable_row row = filetable_row(table, i);
        const char *cells[] = {"", ""};
        for (size_t k = 0; k < sizeof columns / sizeof columns[0]; k++)
            if (places[k] < row.count)
                cells[k] = row.cells[places[k]];
        bool is_code = *cells[0] >= '0' && *cells[0] <= '9';
        if (!is_code || strncmp(cells[0], home, prefix) == 0)
            sheet_add_cells(sheet, cells);
    }
    return sheet;
}

static enum result read_table(struct cli *cli, const char *path, struct sheet **ret_sheet)
{
    struct filetable_options options = {.encoding = CSV_AUTO, .sheet = "", .known = is_known};
    struct filetable *table = NULL;
    char *message = NULL;
    enum result result = filetable_read(path, &options, &table, &message);

    if (result == 0 && (place_of(table, "code") == filetable_column_count(table) ||
                        place_of(table, "name") == filetable_column_count(table))) {
        cli_say("%s 里没有区划代码或名称这一列（列名如 区划代码、名称，或 code、name）", path);
        result = RESULT_INVALID;
    } else if (result != 0) {
        cli_say("%s", message != NULL ? message : result_words(result));
    } else {
        *ret_sheet = take_rows(table, client_welcome(cli->client)->home_area);
    }
    filetable_free(&table);
    free(message);
    return result;
}

static enum result import_table(struct cli *cli)
{
    Wire__AreaImport import = WIRE__AREA_IMPORT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    import.confirm = cli_option(cli, "confirm") != NULL;
    import.from = cli_text(cli, "from");
    if (import.confirm && *import.from == '\0') {
        cli_say("请用 --from 写明从哪一天起，如 --from 2026-12-01");
        return RESULT_USAGE;
    }
    enum result result = read_table(cli, cli->arguments[FIRST], &sheet);
    if (result != 0)
        return result;
    import.divisions = wire_sheet_take(&sheet);
    request.what_case = WIRE__REQUEST__WHAT_AREA_IMPORT;
    request.area_import = &import;
    result = print_sheet(cli, &request, "区划表的差异");
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
    {"import", 2, 2, "doudi area import 文件 [--confirm --from DATE]", import_table},
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
