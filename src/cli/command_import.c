/**
 * The import command: uploads a table file and prints what the server made of it.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "exchange/upload.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** How many lines of a list are shown; the file has all of them. */
enum { SHOWN = 5 };

static enum result call(Wire__Request *request, Wire__Response **ret_response, void *arg)
{
    const struct cli *cli = arg;

    return client_call(cli->client, request, ret_response);
}

// ---- the line

static enum result take_map(const struct cli *cli, struct upload *upload)
{
    const char *value;

    for (size_t i = 0; (value = cli_option_nth(cli, "map", i)) != NULL; i++) {
        const char *sign = strrchr(value, '=');
        if (sign == NULL || sign == value || sign[1] == '\0') {
            cli_say("--map 请写成 列名=项目，如 --map 手机=联系电话");
            return RESULT_USAGE;
        }
        char *heading = mem_copy_bytes(value, (size_t)(sign - value));
        fields_set(&upload->map, heading, sign + 1);
        free(heading);
    }
    for (size_t i = 0; (value = cli_option_nth(cli, "skip", i)) != NULL; i++)
        fields_set(&upload->skip, value, value);
    return RESULT_OK;
}

static enum result take_options(struct cli *cli, struct upload *upload)
{
    const char *encoding = cli_option(cli, "encoding");

    upload->kind = cli->arguments[0];
    upload->path = cli->arguments[1];
    upload->sheet = cli_text(cli, "sheet");
    upload->save_map = cli_text(cli, "save-map");
    if (encoding != NULL && csv_encoding_parse(encoding, &upload->encoding) != 0) {
        cli_say("不认识的编码：%s，可用 auto、utf-8、gb18030、utf-16", encoding);
        return RESULT_USAGE;
    }
    return take_map(cli, upload);
}

// ---- what is said

/** Prints each remark once: how many rows have it, and the first of them by name. */
static void say_remarks(const struct sheet *remarks, const char *path)
{
    bool *said = mem_array(remarks->row_count, sizeof *said);

    for (size_t i = 0; i < remarks->row_count; i++) {
        const char *text = sheet_get(remarks, i, "remark");
        struct str rows = {0};
        size_t count = 0;
        for (size_t k = i; k < remarks->row_count && !said[i]; k++) {
            if (strcmp(sheet_get(remarks, k, "remark"), text) != 0)
                continue;
            said[k] = k != i;
            if (count++ < SHOWN)
                str_printf(&rows, "%s第%s行%s", count > 1 ? "、" : "",
                           sheet_get(remarks, k, "line"), sheet_get(remarks, k, "name"));
        }
        if (count > 0)
            cli_say("提示：%s（%zu 行：%s%s）", text, count, str_text(&rows),
                    count > SHOWN ? "…" : "");
        str_free(&rows);
    }
    free(said);
    if (remarks->row_count > 0)
        cli_say("提示共 %zu 条，见 %s.remarks.csv", remarks->row_count, path);
}

static void say_differences(const struct sheet *differences, const char *path)
{
    for (size_t i = 0; i < differences->row_count && i < SHOWN; i++)
        cli_say("第%s行 %s 的%s与已登记的不同：已登记 %s，台账 %s；没有改动",
                sheet_get(differences, i, "line"), sheet_get(differences, i, "name"),
                sheet_get(differences, i, "label"), sheet_get(differences, i, "known"),
                sheet_get(differences, i, "value"));
    if (differences->row_count > 0)
        cli_say("与已登记的不同共 %zu 项，见 "
                "%s.differences.csv；要改的请在屏幕上改，或从“导入”里逐项决定",
                differences->row_count, path);
}

static void print_totals(const struct upload *upload, bool dry_run)
{
    char *ignored = upload_ignored(upload);

    if (*ignored != '\0')
        cli_print("ignored columns: %s", ignored);
    free(ignored);
    if (upload->households > 0)
        cli_print("households %" PRIu64 " accepted %" PRIu64 " refused %" PRIu64,
                  upload->households, upload->households_accepted,
                  upload->households - upload->households_accepted);
    if (!dry_run && upload->accepted > 0)
        cli_print("batch %s", upload->batch);
    cli_print("rows %" PRIu64 " accepted %" PRIu64 " refused %" PRIu64, upload->read,
              upload->accepted, upload->refused);
}

// ---- running it

static void say_failure(const struct upload *upload)
{
    if (upload->message != NULL)
        cli_say("%s", upload->message);
    if (upload->accepted > 0)
        cli_say("此前已导入 %" PRIu64 " 行，可用 doudi import --undo %s 撤销", upload->accepted,
                upload->batch);
}

static enum result run_upload(struct upload *upload, bool dry_run)
{
    enum result result = upload_read(upload);

    if (result == 0)
        result = upload_run(upload, dry_run);
    cli_say_lines(str_text(&upload->notes));
    if (upload->table != NULL && filetable_sheet_count(upload->table) > 1 && *upload->sheet == '\0')
        cli_say("要读别的工作表请用 --sheet，如 --sheet %d",
                filetable_sheet_read(upload->table) == 1 ? 1 : 2);
    if (result != 0) {
        say_failure(upload);
        return result;
    }
    result = upload_write(upload);
    if (result != 0) {
        cli_say("%s", upload->message);
        return result;
    }
    say_differences(upload->differences, upload->path);
    say_remarks(upload->remarks, upload->path);
    if (upload->refusals->row_count > 0)
        cli_say("有 %" PRIu64 " 行没有导入，原因见 %s.refused.csv，改好再导入", upload->refused,
                upload->path);
    print_totals(upload, dry_run);
    return upload->refused > 0 ? RESULT_PARTIAL : RESULT_OK;
}

static void say_left(const Wire__Response *response)
{
    if (response->what_case != WIRE__RESPONSE__WHAT_SHEET)
        return;
    struct sheet *left = wire_sheet_read(response->sheet);
    for (size_t i = 0; i < left->row_count; i++)
        cli_say("%s 的%s：%s", sheet_get(left, i, "name"), sheet_get(left, i, "label"),
                sheet_get(left, i, "remark"));
    sheet_free(&left);
}

static enum result undo_batch(struct cli *cli, char *batch)
{
    Wire__ImportUndo undo = WIRE__IMPORT_UNDO__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result = RESULT_OK;

    undo.batch = batch;
    request.what_case = WIRE__REQUEST__WHAT_IMPORT_UNDO;
    request.import_undo = &undo;
    result = cli_call(cli, &request, &response);
    if (result == 0) {
        say_left(response);
        cli_print("%s", response->message);
    }
    client_response_free(&response);
    return result;
}

enum result command_import(struct cli *cli)
{
    struct upload upload = {.call = call, .arg = cli};
    enum result result = RESULT_OK;

    if (cli_option(cli, "undo") != NULL && cli->argument_count == 0)
        return undo_batch(cli, cli_text(cli, "undo"));
    if (cli->argument_count != 2 || cli_option(cli, "undo") != NULL) {
        cli_usage(cli->command);
        return RESULT_USAGE;
    }
    result = take_options(cli, &upload);
    if (result == 0)
        result = run_upload(&upload, cli_option(cli, "dry-run") != NULL);
    upload_free(&upload);
    return result;
}
