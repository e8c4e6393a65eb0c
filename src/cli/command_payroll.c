/**
 * The payroll command: rosters from being made to what the bank sent back.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "cli/output.h"
#include "cli/paper.h"
#include "exchange/returns.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// ---- making, confirming

static enum result run_make(struct cli *cli)
{
    Wire__PayrollMake make = WIRE__PAYROLL_MAKE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    make.kind = cli_text(cli, "kind");
    make.month = cli_text(cli, "month");
    make.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_MAKE;
    request.payroll_make = &make;
    return cli_call_words(cli, &request);
}

static enum result run_confirm(struct cli *cli)
{
    Wire__PayrollConfirm confirm = WIRE__PAYROLL_CONFIRM__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    confirm.kind = cli_text(cli, "kind");
    confirm.month = cli_text(cli, "month");
    confirm.area = cli_text(cli, "area");
    confirm.version = (uint32_t)strtoul(cli_text(cli, "version"), NULL, 10);
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_CONFIRM;
    request.payroll_confirm = &confirm;
    return cli_call_words(cli, &request);
}

// ---- lists

typedef enum result add_fn(struct cli *cli, struct document *document, const void *arg);

/** What is signed is the sum: the print says it, and which version it is of. */
static enum result add_roster(struct cli *cli, struct document *document, const void *arg)
{
    Wire__PayrollList list = WIRE__PAYROLL_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *rosters = NULL;

    (void)arg;
    list.kind = cli_text(cli, "kind");
    list.month = cli_text(cli, "month");
    list.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_LIST;
    request.payroll_list = &list;
    enum result result = cli_call_sheet(cli, &request, &rosters);
    if (result == 0)
        document_add_roster(document, rosters, cli_text(cli, "version"));
    sheet_free(&rosters);
    return result;
}

/** Asks for a list, and prints its contract's columns; `add` adds to what is printed. */
static enum result print_list(struct cli *cli, Wire__Request *request, const char *title,
                              const char *layout, const struct column_list *list, add_fn *add)
{
    char *month = paper_month(cli_text(cli, "month"));
    struct output_page page = {.layout = layout, .what = layout, .add_more = add};
    struct sheet *sheet = NULL;
    enum result result = cli_call_sheet(cli, request, &sheet);

    if (result == 0) {
        const char *basis = sheet_basis(sheet);
        char *whole = mem_printf("%s%s%s%s%s", month, *month != '\0' ? " " : "", title,
                                 *basis != '\0' ? " " : "", basis);
        page.title = whole;
        result = output_sheet(cli, sheet, list->contract, &page);
        free(whole);
    }
    sheet_free(&sheet);
    free(month);
    return result;
}

/** One roster if a month is named, else which there are. */
static enum result run_list(struct cli *cli)
{
    Wire__PayrollList list = WIRE__PAYROLL_LIST__INIT;
    Wire__PayrollShow show = WIRE__PAYROLL_SHOW__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    if (cli_option(cli, "month") == NULL || cli_option(cli, "kind") == NULL) {
        list.kind = cli_text(cli, "kind");
        list.month = cli_text(cli, "month");
        list.area = cli_text(cli, "area");
        request.what_case = WIRE__REQUEST__WHAT_PAYROLL_LIST;
        request.payroll_list = &list;
        return print_list(cli, &request, "各份花名册", NULL, &COLUMNS_PAYROLLS, NULL);
    }
    show.kind = cli_text(cli, "kind");
    show.month = cli_text(cli, "month");
    show.area = cli_text(cli, "area");
    show.version = (uint32_t)strtoul(cli_text(cli, "version"), NULL, 10);
    show.full = true; /* the bank and whoever signs need the numbers */
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_SHOW;
    request.payroll_show = &show;
    return print_list(cli, &request, "发放花名册", "payroll", &COLUMNS_PAYROLL, add_roster);
}

static enum result run_check(struct cli *cli)
{
    Wire__PayrollCheck check = WIRE__PAYROLL_CHECK__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    check.kind = cli_text(cli, "kind");
    check.month = cli_text(cli, "month");
    check.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_CHECK;
    request.payroll_check = &check;
    return print_list(cli, &request, "发放核对", "payroll_check", &COLUMNS_PAYROLL_CHECK, NULL);
}

static enum result run_overpaid(struct cli *cli)
{
    Wire__Overpaid overpaid = WIRE__OVERPAID__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    overpaid.kind = cli_text(cli, "kind");
    overpaid.area = cli_text(cli, "area");
    overpaid.full = true;
    request.what_case = WIRE__REQUEST__WHAT_OVERPAID;
    request.overpaid = &overpaid;
    return print_list(cli, &request, "多发清单", "overpaid", &COLUMNS_OVERPAID, NULL);
}

static enum result run_raises(struct cli *cli)
{
    Wire__PayrollRaises raises = WIRE__PAYROLL_RAISES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    raises.kind = cli_text(cli, "kind");
    raises.area = cli_text(cli, "area");
    raises.all = cli_option(cli, "all") != NULL;
    raises.full = true;
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_RAISES;
    request.payroll_raises = &raises;
    return print_list(cli, &request, "补差清单", "raises", &COLUMNS_RAISES, NULL);
}

static enum result run_decide(struct cli *cli)
{
    Wire__PayrollDecide decide = WIRE__PAYROLL_DECIDE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    decide.case_no = cli_text(cli, "case");
    decide.month = cli_text(cli, "month");
    decide.keep = cli_option(cli, "keep") != NULL;
    decide.why = cli_text(cli, "reason");
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_DECIDE;
    request.payroll_decide = &decide;
    return cli_call_words(cli, &request);
}

static enum result run_settle(struct cli *cli)
{
    Wire__PayrollSettle settle = WIRE__PAYROLL_SETTLE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    settle.case_no = cli_text(cli, "case");
    settle.month = cli_text(cli, "month");
    settle.refuse = cli_option(cli, "refuse") != NULL;
    settle.why = cli_text(cli, "reason");
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_SETTLE;
    request.payroll_settle = &settle;
    return cli_call_words(cli, &request);
}

// ---- the bank's files

static enum result write_file(const char *path, const ProtobufCBinaryData *file)
{
    struct str bytes = {0};

    str_add_bytes(&bytes, file->data, file->len);
    enum result result = path == NULL ? output_stdout(&bytes) : outfile_write(path, &bytes);
    if (result != 0 && path != NULL)
        cli_say("写不了 %s：%s；请换个文件名或文件夹", path, result_words(result));
    str_free(&bytes);
    return result;
}

static enum result write_files(struct cli *cli, const Wire__BankFiles *files)
{
    const char *path = cli_option(cli, "output");
    enum result result = RESULT_OK;

    if (path == NULL && files->n_files > 1) {
        cli_say("共 %zu 个文件，请用 -o 写明文件名", files->n_files);
        return RESULT_USAGE;
    }
    for (size_t i = 0; i < files->n_files && result == 0; i++) {
        char *name = path != NULL ? outfile_numbered(path, i + 1, files->n_files) : NULL;
        result = write_file(name, &files->files[i]);
        free(name);
    }
    return result;
}

static enum result run_export(struct cli *cli)
{
    Wire__PayrollExport wanted = WIRE__PAYROLL_EXPORT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    wanted.kind = cli_text(cli, "kind");
    wanted.month = cli_text(cli, "month");
    wanted.area = cli_text(cli, "area");
    wanted.format = cli_text(cli, "bank");
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_EXPORT;
    request.payroll_export = &wanted;
    enum result result = cli_call(cli, &request, &response);
    if (result != 0)
        return result;
    result = response->what_case == WIRE__RESPONSE__WHAT_BANK_FILES
                 ? write_files(cli, response->bank_files)
                 : RESULT_PROTOCOL;
    if (result == 0 && ferror(stdout) == 0)
        cli_say("%s", response->message);
    client_response_free(&response);
    return result;
}

// ---- what came back

static void say_refusals(const struct sheet *refusals)
{
    for (size_t i = 0; i < refusals->row_count; i++)
        cli_say("第 %s 行 %s：%s", sheet_get(refusals, i, "line"), sheet_get(refusals, i, "name"),
                sheet_get(refusals, i, "reason"));
}

static enum result send_returns(struct cli *cli, struct sheet **rows)
{
    Wire__PayrollReturns returns = WIRE__PAYROLL_RETURNS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    returns.kind = cli_text(cli, "kind");
    returns.month = cli_text(cli, "month");
    returns.area = cli_text(cli, "area");
    returns.rows = wire_sheet_take(rows);
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_RETURNS;
    request.payroll_returns = &returns;
    enum result result = cli_call(cli, &request, &response);
    wire_sheet_free(&returns.rows);
    if (response == NULL)
        return result;
    if (response->what_case == WIRE__RESPONSE__WHAT_SHEET) {
        struct sheet *refusals = wire_sheet_read(response->sheet);
        say_refusals(refusals);
        sheet_free(&refusals);
    }
    cli_print("%s", response->message);
    result = (enum result)response->result;
    client_response_free(&response);
    return result;
}

static enum result run_returns(struct cli *cli)
{
    struct sheet *rows = NULL;
    char *message = NULL;

    if (cli->argument_count < 2) {
        cli_say("请写明银行退回的文件：payroll returns FILE");
        return RESULT_USAGE;
    }
    enum result result = returns_read(cli->arguments[1], &rows, &message);
    if (result != 0)
        cli_say("%s", message);
    else
        result = send_returns(cli, &rows);
    free(message);
    sheet_free(&rows);
    return result;
}

static enum result run_identify(struct cli *cli)
{
    Wire__PayrollIdentify identify = WIRE__PAYROLL_IDENTIFY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    identify.kind = cli_text(cli, "kind");
    identify.month = cli_text(cli, "month");
    identify.area = cli_text(cli, "area");
    identify.reference = cli_text(cli, "reference");
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_IDENTIFY;
    request.payroll_identify = &identify;
    return cli_call_words(cli, &request);
}

// ---- the command

/** Most options that a word needs. */
enum { NEEDS_MOST = 3 };

static const struct {
    const char *word;
    enum result (*run)(struct cli *cli);
    const char *needs[NEEDS_MOST + 1];
} WORDS[] = {
    {"make", run_make, {"kind", "month"}},
    {"list", run_list, {NULL}},
    {"check", run_check, {"kind", "month"}},
    {"confirm", run_confirm, {"kind", "month"}},
    {"export", run_export, {"kind", "month", "bank"}},
    {"returns", run_returns, {"kind", "month"}},
    {"overpaid", run_overpaid, {NULL}},
    {"raises", run_raises, {NULL}},
    {"decide", run_decide, {"case", "month", "reason"}},
    {"settle", run_settle, {"case", "month"}},
    {"identify", run_identify, {"kind", "month", "reference"}},
};

/** Whether all options are there; says which are not. */
static bool has_needs(const struct cli *cli, const char *const *needs)
{
    struct str lacking = {0};

    for (size_t i = 0; needs[i] != NULL; i++)
        if (*cli_text(cli, needs[i]) == '\0')
            str_printf(&lacking, "%s--%s", lacking.length > 0 ? "、" : "", needs[i]);
    bool complete = lacking.length == 0;
    if (!complete)
        cli_say("还缺 %s；各项的意思见 doudi payroll --help", str_text(&lacking));
    str_free(&lacking);
    return complete;
}

enum result command_payroll(struct cli *cli)
{
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(WORDS[i].word, cli->arguments[0]) == 0)
            return has_needs(cli, WORDS[i].needs) ? WORDS[i].run(cli) : RESULT_USAGE;
    cli_usage(cli->command);
    return RESULT_USAGE;
}
