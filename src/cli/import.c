#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "exchange/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_PER_REQUEST = 500 };

/** An import in progress: rows gather here and go to the server by the hundred. */
struct upload {
    struct cli *cli;
    const char *kind;
    const char *file;
    bool dry_run;
    char *batch; /**< NULL until the heading was accepted */
    Wire__ImportRow *rows;
    Wire__ImportRow **pointers;
    size_t row_count;
    struct sheet *refusals;
    uint64_t read, accepted, refused, households, households_accepted;
};

static char **copy_cells(const char *const *cells, size_t count)
{
    char **copies = mem_array(count, sizeof(*copies));

    for (size_t i = 0; i < count; i++)
        copies[i] = mem_copy(cells[i]);
    return copies;
}

static void drop_rows(struct upload *upload)
{
    for (size_t i = 0; i < upload->row_count; i++) {
        for (size_t c = 0; c < upload->rows[i].n_cells; c++)
            free(upload->rows[i].cells[c]);
        free(upload->rows[i].cells);
    }
    upload->row_count = 0;
}

static enum result open_upload(struct upload *upload, const char *const *headers, size_t count)
{
    Wire__ImportOpen open = WIRE__IMPORT_OPEN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    const char *name = strrchr(upload->file, '/');
    enum result result = RESULT_OK;

    open.kind = (char *)(uintptr_t)upload->kind;
    open.file = (char *)(uintptr_t)(name != NULL ? name + 1 : upload->file);
    open.n_headers = count;
    open.headers = (char **)(uintptr_t)headers;
    open.dry_run = upload->dry_run;
    request.what_case = WIRE__REQUEST__WHAT_IMPORT_OPEN;
    request.import_open = &open;
    result = cli_call(upload->cli, &request, &response);
    if (result == RESULT_OK && response->what_case == WIRE__RESPONSE__WHAT_IMPORT_OPENED)
        upload->batch = mem_copy(response->import_opened->batch);
    client_response_free(&response);
    return result;
}

/** Adds the server's answer to what is known so far. */
static void take_answer(struct upload *upload, const Wire__ImportDone *done)
{
    struct sheet *refusals = NULL;

    upload->accepted += done->accepted;
    upload->refused += done->refused;
    upload->households += done->households;
    upload->households_accepted += done->households_accepted;
    if (done->refusals != NULL) {
        refusals = wire_sheet_read(done->refusals);
        sheet_append(upload->refusals, &refusals);
    }
}

static enum result send_request(struct upload *upload, Wire__Request *request)
{
    Wire__Response *response = NULL;
    enum result result = cli_call(upload->cli, request, &response);

    if (response != NULL && response->what_case == WIRE__RESPONSE__WHAT_IMPORT)
        take_answer(upload, response->import);
    client_response_free(&response);
    return result == RESULT_PARTIAL ? RESULT_OK : result;
}

static enum result send_rows(struct upload *upload)
{
    Wire__ImportRows rows = WIRE__IMPORT_ROWS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    enum result result = RESULT_OK;

    rows.batch = upload->batch;
    rows.n_rows = upload->row_count;
    rows.rows = upload->pointers;
    request.what_case = WIRE__REQUEST__WHAT_IMPORT_ROWS;
    request.import_rows = &rows;
    result = send_request(upload, &request);
    drop_rows(upload);
    return result;
}

static enum result take_row(uint32_t line, const char *const *cells, size_t count, void *arg)
{
    struct upload *upload = arg;
    Wire__ImportRow *row = NULL;

    if (upload->batch == NULL)
        return open_upload(upload, cells, count);
    row = &upload->rows[upload->row_count];
    wire__import_row__init(row);
    row->line = line;
    row->n_cells = count;
    row->cells = copy_cells(cells, count);
    upload->pointers[upload->row_count++] = row;
    upload->read++;
    return upload->row_count == ROWS_PER_REQUEST ? send_rows(upload) : RESULT_OK;
}

static enum result end_upload(struct upload *upload)
{
    Wire__ImportEnd end = WIRE__IMPORT_END__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    enum result result = RESULT_OK;

    if (upload->batch == NULL) {
        cli_say("文件 %s 没有表头", upload->file);
        return RESULT_INVALID;
    }
    if (upload->row_count > 0)
        result = send_rows(upload);
    if (result != 0)
        return result;
    end.batch = upload->batch;
    request.what_case = WIRE__REQUEST__WHAT_IMPORT_END;
    request.import_end = &end;
    return send_request(upload, &request);
}

/** The refused rows, in the encoding of the file they came from. */
static enum result write_refusals(const struct upload *upload, const struct csv_style *style)
{
    char *path = mem_printf("%s.refused.csv", upload->file);
    struct str text = {0};
    struct str bytes = {0};
    enum result result = RESULT_OK;

    csv_add_sheet(&text, upload->refusals, upload->refusals->column_count, true, style);
    result = csv_encode(&text, style, &bytes);
    if (result == RESULT_OK)
        result = outfile_write(path, &bytes);
    if (result != 0)
        cli_say("写不了 %s：%s", path, result_words(result));
    else
        cli_say("有 %llu 行没有导入，原因见 %s", (unsigned long long)upload->refused, path);
    str_free(&text);
    str_free(&bytes);
    free(path);
    return result;
}

static void print_totals(const struct upload *upload)
{
    if (upload->households > 0) {
        cli_print("households %llu accepted %llu refused %llu",
                  (unsigned long long)upload->households,
                  (unsigned long long)upload->households_accepted,
                  (unsigned long long)(upload->households - upload->households_accepted));
    }
    if (!upload->dry_run && upload->accepted > 0)
        cli_print("batch %s", upload->batch);
    cli_print("rows %llu accepted %llu refused %llu", (unsigned long long)upload->read,
              (unsigned long long)upload->accepted, (unsigned long long)upload->refused);
}

static enum result run_upload(struct upload *upload, enum csv_encoding encoding)
{
    struct csv_style style = {0};
    char *message = NULL;
    enum result result = csv_read(upload->file, encoding, take_row, upload, &style, &message);

    if (message != NULL)
        cli_say("%s", message);
    free(message);
    if (result == RESULT_OK) {
        result = end_upload(upload);
    } else if (upload->accepted > 0) {
        cli_say("此前已导入 %llu 行，可用 doudi import --undo %s 撤销",
                (unsigned long long)upload->accepted, upload->batch);
    }
    if (result == RESULT_OK && upload->refusals->row_count > 0)
        result = write_refusals(upload, &style);
    if (result == RESULT_OK) {
        print_totals(upload);
        result = upload->refused > 0 ? RESULT_PARTIAL : RESULT_OK;
    }
    return result;
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
    if (result == RESULT_OK)
        cli_print("%s", response->message);
    client_response_free(&response);
    return result;
}

enum result command_import(struct cli *cli)
{
    enum csv_encoding encoding = CSV_AUTO;
    struct upload upload = {.cli = cli, .dry_run = cli_option(cli, "dry-run") != NULL};
    enum result result = RESULT_OK;

    if (cli_option(cli, "undo") != NULL && cli->argument_count == 0)
        return undo_batch(cli, cli_text(cli, "undo"));
    if (cli->argument_count != 2 || cli_option(cli, "undo") != NULL) {
        cli_usage(cli->command);
        return RESULT_USAGE;
    }
    if (cli_option(cli, "encoding") != NULL &&
        csv_encoding_parse(cli_text(cli, "encoding"), &encoding) != 0) {
        cli_say("不认识的编码：%s，可用 auto、utf-8、gb18030", cli_text(cli, "encoding"));
        return RESULT_USAGE;
    }
    upload.kind = cli->arguments[0];
    upload.file = cli->arguments[1];
    upload.refusals = column_sheet(&COLUMNS_REFUSALS);
    upload.rows = mem_array(ROWS_PER_REQUEST, sizeof(*upload.rows));
    upload.pointers = mem_array(ROWS_PER_REQUEST, sizeof(*upload.pointers));
    result = run_upload(&upload, encoding);
    drop_rows(&upload);
    free(upload.rows);
    free(upload.pointers);
    free(upload.batch);
    sheet_free(&upload.refusals);
    return result;
}
