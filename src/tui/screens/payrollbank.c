#include "tui/screens/payrollbank.h"

#include "base/mem.h"
#include "base/outfile.h"
#include "exchange/returns.h"
#include "form/bank.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/ownfiles.h"
#include "tui/app/programmes.h"
#include "tui/kit/term.h"
#include "tui/screens/askpath.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *chosen(struct app *app, const char *column)
{
    return table_text(list_screen_table(app->top), column);
}

/** False, and said, if the bank has nothing to do with the chosen roster yet. */
static bool is_confirmed(struct app *app)
{
    if (chosen(app, "checker")[0] == '\0') {
        app_warn(app, "这份花名册还没有确认，请先由另一人按 F6 确认");
        return false;
    }
    return true;
}

// ---- the bank's file

/** Before the server is asked, since it counts each writing. */
static bool may_write(struct app *app, const char *path, size_t count)
{
    bool free_name = true;

    for (size_t i = 0; i < count && free_name; i++) {
        char *name = outfile_numbered(path, i + 1, count);
        char *file = term_encode(name);
        free_name = ownfiles_allow(app, name);
        if (free_name && access(file, F_OK) == 0) {
            app_warn(app, "已有同名文件 %s，请换个文件名", name);
            free_name = false;
        }
        free(file);
        free(name);
    }
    return free_name;
}

static bool write_one(struct app *app, const char *path, const ProtobufCBinaryData *bytes)
{
    struct str text = {0};
    char *file = term_encode(path);
    int error = 0;

    str_add_bytes(&text, bytes->data, bytes->len);
    enum result result = ownfiles_write(file, &text, &error);
    if (result == RESULT_EXISTS)
        app_warn(app, "已有同名文件 %s，没有写；请换个文件名再出盘", path);
    else if (result != 0)
        app_warn(app, "不能写入 %s：%s；请再出盘一次", path, result_reason(error));
    str_free(&text);
    free(file);
    return result == 0;
}

static void write_files(struct app *app, const Wire__Response *response, const char *path)
{
    const Wire__BankFiles *files = response->bank_files;
    bool fine = true;

    for (size_t i = 0; i < files->n_files && fine; i++) {
        char *name = outfile_numbered(path, i + 1, files->n_files);
        fine = write_one(app, name, &files->files[i]);
        free(name);
    }
    if (fine) {
        char *whole = ownfiles_whole(path);
        char *text = mem_printf("%s\n已存为 %s", response->message, whole);
        ask_show(app, "银行文件", text);
        free(text);
        free(whole);
    }
}

/** Payments that the format cannot carry, each with its reason. */
static void show_problems(struct app *app, const Wire__Response *response)
{
    struct str text = {0};

    for (size_t i = 0; response != NULL && i < response->n_problems; i++)
        str_printf(&text, "%s：%s\n", response->problems[i]->value, response->problems[i]->text);
    if (text.length > 0)
        ask_show(app, "写不进这个格式的", str_text(&text));
    str_free(&text);
}

static void file_named(struct app *app, void *arg, const char *path)
{
    const struct bank_format *format = arg;
    Wire__PayrollExport wanted = WIRE__PAYROLL_EXPORT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    size_t payments = strtoul(chosen(app, "payable"), NULL, 10);

    if (!may_write(app, path, payments > 0 ? bank_file_count(format, payments) : 1))
        return;
    wanted.kind = (char *)chosen(app, "kind");
    wanted.month = (char *)chosen(app, "month");
    wanted.area = (char *)chosen(app, "area");
    wanted.format = (char *)(uintptr_t)format->id;
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_EXPORT;
    request.payroll_export = &wanted;
    if (app_call(app, &request, &response) != 0) {
        show_problems(app, response);
    } else if (response->what_case == WIRE__RESPONSE__WHAT_BANK_FILES) {
        app_changed(app);
        write_files(app, response, path);
    }
    client_response_free(&response);
}

static void format_chosen(struct app *app, void *arg, const char *id)
{
    const struct bank_format *format = forms_bank_find(app->forms, id);
    char *path = mem_printf("%s%s-%s.%s", chosen(app, "area_name"), chosen(app, "kind_name"),
                            chosen(app, "month"), format->file);

    (void)arg;
    ask_text(app, "银行文件存为", path, file_named, (void *)(uintptr_t)format);
    free(path);
}

void payrollbank_file(struct app *app)
{
    enum { MOST = 32 };
    const char *labels[MOST];
    const char *ids[MOST];
    const struct bank_format *format;
    bool again = strcmp(chosen(app, "state"), "已出盘") == 0;
    size_t count = 0;

    if (!is_confirmed(app) || programmes_at(app, 0) == NULL)
        return;
    for (size_t i = 0; (format = forms_bank(app->forms, i)) != NULL && count < MOST; i++) {
        labels[count] = format->title;
        ids[count++] = format->id;
    }
    if (count == 0) {
        app_warn(app, "还没有银行格式，请系统管理员在 forms/banks 里加");
        return;
    }
    ask_choice(app,
               &(struct ask_choice){.title = again ? "已出过盘，请勿重复发放；银行要哪种格式"
                                                   : "银行要哪种格式",
                                    .labels = labels,
                                    .values = ids,
                                    .count = count,
                                    .numbers = true},
               format_chosen, NULL);
}

// ---- what came back

/** The rows that were not taken, and why. */
static void show_refusals(struct app *app, const struct sheet *refusals)
{
    struct str text = {0};

    for (size_t row = 0; row < refusals->row_count; row++)
        str_printf(&text, "第 %s 行 %s：%s\n", sheet_get(refusals, row, "line"),
                   sheet_get(refusals, row, "name"), sheet_get(refusals, row, "reason"));
    ask_show(app, "没有登记的行，请核对后再读一次", str_text(&text));
    str_free(&text);
}

static void say_taken(struct app *app, const Wire__Response *response, size_t count)
{
    struct sheet *refusals =
        response->what_case == WIRE__RESPONSE__WHAT_SHEET ? wire_sheet_read(response->sheet) : NULL;
    size_t refused = refusals != NULL ? refusals->row_count : 0;

    app_say(app, "银行退回文件 %zu 行，登记 %zu 行，没有登记 %zu 行；退回的下月补发", count,
            count - refused, refused);
    if (refused > 0)
        show_refusals(app, refusals);
    sheet_free(&refusals);
}

static void send_returns(struct app *app, struct sheet **rows)
{
    Wire__PayrollReturns returns = WIRE__PAYROLL_RETURNS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    size_t count = (*rows)->row_count;

    returns.kind = (char *)chosen(app, "kind");
    returns.month = (char *)chosen(app, "month");
    returns.area = (char *)chosen(app, "area");
    returns.rows = wire_sheet_take(rows);
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_RETURNS;
    request.payroll_returns = &returns;
    enum result result = app_call(app, &request, &response);
    wire_sheet_free(&returns.rows);
    if (result == 0 || result == RESULT_PARTIAL) {
        app_changed(app);
        say_taken(app, response, count);
    }
    client_response_free(&response);
}

static void returns_chosen(struct app *app, void *arg, const char *path)
{
    struct sheet *rows = NULL;
    char *message = NULL;

    (void)arg;
    if (returns_read(path, &rows, &message) == 0)
        send_returns(app, &rows);
    else
        app_warn(app, "%s", message);
    free(message);
    sheet_free(&rows);
}

void payrollbank_returns(struct app *app)
{
    if (is_confirmed(app))
        ask_path(app, "银行退回的文件（CSV、XLSX）", "", returns_chosen, NULL);
}
