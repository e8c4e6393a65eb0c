/**
 * `officer import`: adds the officers of a list, each with a one-time password.
 *
 * All rows are checked first, then the good ones are added one by one, each in its own transaction.
 * A password exists only in the answer to its request, so each goes to the file at once; the file is
 * never written over, because it may hold passwords that nobody has yet.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "cli/output.h"
#include "exchange/staff.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** An import in progress. */
struct hiring {
    struct cli *cli;
    struct staff *staff;
    bool *good; /**< beside the rows: may be added */
    bool slips; /**< the passwords as slips of paper instead of CSV */
    int fd;     /**< of the passwords, -1 = not open */
    char *path; /**< … and their file */
    uint64_t accepted, known;
};

// ---- the passwords

/** Opens a new file; "-" is stdout, and a device or pipe is taken as it is. */
static enum result open_passwords(struct hiring *hiring)
{
    struct stat status;

    if (strcmp(hiring->path, "-") == 0) {
        hiring->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
        return hiring->fd >= 0 ? RESULT_OK : RESULT_IO;
    }
    hiring->fd = open(hiring->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (hiring->fd < 0 && errno == EEXIST && stat(hiring->path, &status) == 0 &&
        !S_ISREG(status.st_mode))
        hiring->fd = open(hiring->path, O_WRONLY | O_CLOEXEC);
    if (hiring->fd >= 0)
        return RESULT_OK;
    if (errno == EEXIST)
        cli_say("%s 已经有了，里面可能有还没发下去的密码；请移走它，或用 --passwords 写到别处",
                hiring->path);
    else
        cli_say("写不了文件 %s：%s；请换个文件名或文件夹", hiring->path, strerror(errno));
    return RESULT_CANTCREATE;
}

static enum result write_text(struct hiring *hiring, const struct str *text)
{
    const struct csv_style *style = filetable_style(hiring->staff->table);
    struct str bytes = {0};
    enum result result = csv_encode(text, style, &bytes);
    size_t done = 0;

    while (result == 0 && done < bytes.length) {
        ssize_t written = write(hiring->fd, bytes.text + done, bytes.length - done);
        if (written < 0 && errno != EINTR)
            result = result_of_write(errno, RESULT_IO);
        done += written > 0 ? (size_t)written : 0;
    }
    if (result == 0 && fdatasync(hiring->fd) != 0 && errno != EINVAL && errno != EROFS)
        result = result_of_write(errno, RESULT_IO); /* a pipe or terminal has no disk: EINVAL */
    str_free(&bytes);
    return result;
}

static void add_slip(struct str *text, const struct staff_row *row, const char *password)
{
    str_printf(text,
               "工号        %s\n姓名        %s\n角色        %s\n区划        %s\n"
               "一次性密码  %s\n第一次登录要改成自己的密码。改好后请销毁本条。\n"
               "- - - - - - - - - - - - - - - - - - - - - - - - - - - -\n",
               row->id, row->name, row->role_label, row->area_name != NULL ? row->area_name : "",
               password);
}

static enum result write_password(struct hiring *hiring, const struct staff_row *row,
                                  const char *password)
{
    const struct csv_style *style = filetable_style(hiring->staff->table);
    const char *const cells[] = {row->id, row->name, row->role_label,
                                 row->area_name != NULL ? row->area_name : "", password};
    struct str text = {0};

    if (hiring->slips)
        add_slip(&text, row, password);
    else
        csv_add_row(&text, cells, sizeof cells / sizeof cells[0], style->crlf);
    enum result result = write_text(hiring, &text);
    if (text.length > 0)
        explicit_bzero(text.text, text.length);
    str_free(&text);
    return result;
}

static enum result write_heading(struct hiring *hiring)
{
    static const char *const ids[] = {"工号", "姓名", "角色", "区划", "一次性密码"};
    enum { COLUMNS = sizeof ids / sizeof ids[0] };
    struct sheet *sheet = sheet_new_ids(ids, COLUMNS);
    struct str text = {0};

    if (!hiring->slips)
        csv_add_sheet(&text, sheet, COLUMNS, true, filetable_style(hiring->staff->table));
    enum result result = write_text(hiring, &text);
    str_free(&text);
    sheet_free(&sheet);
    return result;
}

// ---- the rows

/** True if the server has judged the row, not failed. */
static bool is_judged(enum result result)
{
    return result == RESULT_INVALID || result == RESULT_EXISTS;
}

/** Notes why the server refuses a row, with its first problem. */
static void refuse_row(struct hiring *hiring, const struct staff_row *row, enum result result,
                       const Wire__Response *response)
{
    const Wire__Problem *problem = response->n_problems > 0 ? response->problems[0] : NULL;

    staff_refuse(hiring->staff, row->number, problem != NULL ? problem->field : "",
                 problem != NULL ? problem->value : "", row->name,
                 problem != NULL ? problem->text : client_words(result, response));
}

/** Asks the server to add an officer, or whether it could. */
static enum result ask_server(struct hiring *hiring, const struct staff_row *row, bool check_only,
                              Wire__Response **ret_response)
{
    Wire__OfficerAdd add = WIRE__OFFICER_ADD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    add.id = row->id;
    add.name = row->name;
    add.role = (char *)(uintptr_t)row->role;
    add.area = (char *)(uintptr_t)row->area;
    add.phone = row->phone;
    add.check_only = check_only;
    request.what_case = WIRE__REQUEST__WHAT_OFFICER_ADD;
    request.officer_add = &add;
    return client_call(hiring->cli->client, &request, ret_response);
}

static enum result check_rows(struct hiring *hiring)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < hiring->staff->count && result == 0; i++) {
        const struct staff_row *row = &hiring->staff->rows[i];
        Wire__Response *response = NULL;

        hiring->known += row->known;
        if (row->known)
            continue;
        result = ask_server(hiring, row, true, &response);
        hiring->good[i] = result == 0;
        if (is_judged(result)) {
            refuse_row(hiring, row, result, response);
            result = RESULT_OK;
        } else if (result != 0) {
            cli_say("%s", client_words(result, response));
        }
        client_response_free(&response);
    }
    return result;
}

/** A password that did not arrive, or could not be written, can only be replaced. */
static enum result take_password(struct hiring *hiring, const struct staff_row *row,
                                 const Wire__Response *response)
{
    bool there = response->what_case == WIRE__RESPONSE__WHAT_OFFICER &&
                 response->officer->password[0] != '\0';
    enum result result =
        there ? write_password(hiring, row, response->officer->password) : RESULT_OK;

    if (result != 0)
        cli_say("写不了文件 %s：%s；请换个文件名或文件夹", hiring->path, result_words(result));
    if (!there || result != 0)
        cli_say("%s 已新增，但一次性密码没有写出来，请再执行 doudi officer passwd %s", row->id,
                row->id);
    return result;
}

static enum result add_rows(struct hiring *hiring)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < hiring->staff->count && result == 0; i++) {
        const struct staff_row *row = &hiring->staff->rows[i];
        Wire__Response *response = NULL;

        if (!hiring->good[i])
            continue;
        result = ask_server(hiring, row, false, &response);
        if (is_judged(result)) {
            refuse_row(hiring, row, result, response);
            result = RESULT_OK;
        } else if (result != 0) {
            cli_say("%s", client_words(result, response));
            cli_say("此前已新增 %" PRIu64 " 人；排除原因后照原文件再做一次，已有的不会重做",
                    hiring->accepted);
        } else {
            hiring->accepted++;
            result = take_password(hiring, row, response);
        }
        client_response_free(&response);
    }
    return result;
}

static size_t count_good(const struct hiring *hiring)
{
    size_t count = 0;

    for (size_t i = 0; i < hiring->staff->count; i++)
        count += hiring->good[i];
    return count;
}

static enum result add_good(struct hiring *hiring)
{
    enum result result = open_passwords(hiring);

    if (result != 0)
        return result;
    result = write_heading(hiring);
    if (result != 0)
        cli_say("写不了文件 %s：%s；请换个文件名或文件夹", hiring->path, result_words(result));
    else
        result = add_rows(hiring);
    close(hiring->fd);
    if (hiring->accepted > 0 && strcmp(hiring->path, "-") != 0)
        cli_say("一次性密码在 %s，只有本账号能读，发完请删掉", hiring->path);
    return result;
}

// ---- the whole

static enum result write_refusals(const struct hiring *hiring, const char *path)
{
    struct staff *staff = hiring->staff;
    char *message = NULL;

    staff_sort(staff);
    enum result result = filetable_write_beside(staff->table, path, "refused", staff->refusals,
                                                COLUMNS_REFUSALS.contract, &message);
    if (result != 0)
        cli_say("%s", message);
    else if (staff->refusals->row_count > 0)
        cli_say("有 %zu 行没有导入，原因见 %s.refused.csv，改好再导入", staff->refusals->row_count,
                path);
    free(message);
    return result;
}

static enum result hire(struct hiring *hiring, const char *path, bool dry_run)
{
    struct staff *staff = hiring->staff;
    enum result result = check_rows(hiring);

    if (result == 0 && dry_run)
        hiring->accepted = count_good(hiring);
    else if (result == 0 && count_good(hiring) > 0)
        result = add_good(hiring);
    enum result written = write_refusals(hiring, path);
    if (result != 0 || written != 0)
        return result != 0 ? result : written;
    if (hiring->known > 0)
        cli_say("有 %" PRIu64 " 人已在册，没有改动", hiring->known);
    if (staff->ignored.length > 0)
        cli_print("ignored columns: %s", str_text(&staff->ignored));
    cli_print("rows %" PRIu64 " accepted %" PRIu64 " refused %zu", staff->read,
              hiring->accepted + hiring->known, staff->refusals->row_count);
    return staff->refusals->row_count > 0 ? RESULT_PARTIAL : RESULT_OK;
}

/** Gets the divisions and the officers that are there. */
static enum result read_office(struct cli *cli, struct sheet **ret_areas,
                               struct sheet **ret_officers)
{
    Wire__Areas areas = WIRE__AREAS__INIT;
    Wire__OfficerList list = WIRE__OFFICER_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    areas.all = true;
    request.what_case = WIRE__REQUEST__WHAT_AREAS;
    request.areas = &areas;
    enum result result = cli_call_sheet(cli, &request, ret_areas);
    if (result != 0)
        return result;
    request.what_case = WIRE__REQUEST__WHAT_OFFICER_LIST;
    request.officer_list = &list;
    return cli_call_sheet(cli, &request, ret_officers);
}

enum result command_officer_import(struct cli *cli)
{
    const char *path = cli->arguments[1];
    const char *format = cli_text(cli, "format");
    struct hiring hiring = {.cli = cli, .fd = -1, .slips = strcmp(format, "text") == 0};
    struct sheet *areas = NULL, *officers = NULL;
    char *message = NULL;

    if (output_is_json(cli) || (*format != '\0' && strcmp(format, "csv") != 0 && !hiring.slips)) {
        cli_say("一次性密码只能写成 csv 或 text（一人一条，裁开发）");
        return RESULT_USAGE;
    }
    enum result result = read_office(cli, &areas, &officers);
    if (result == 0)
        result = staff_read(path, areas, officers, &hiring.staff, &message);
    if (message != NULL)
        cli_say("%s", message);
    if (result == 0) {
        cli_say_lines(filetable_notes(hiring.staff->table));
        hiring.good = mem_array(hiring.staff->count, sizeof *hiring.good);
        hiring.path = cli_option(cli, "passwords") != NULL
                          ? mem_copy(cli_text(cli, "passwords"))
                          : mem_printf("%s.passwords.%s", path, hiring.slips ? "txt" : "csv");
        result = hire(&hiring, path, cli_option(cli, "dry-run") != NULL);
    }
    free(message);
    free(hiring.good);
    free(hiring.path);
    staff_free(&hiring.staff);
    sheet_free(&areas);
    sheet_free(&officers);
    return result;
}
