#include "cli/paper.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "base/prints.h"
#include "base/text.h"
#include "base/words.h"
#include "report/companion.h"
#include "report/text.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    MINUTES = 16, /**< YYYY-MM-DD HH:MM */
    WIDTH_MIN = 40,
    WIDTH_MAX = 400
};

// ---- documents

struct sheet *paper_areas(struct cli *cli)
{
    Wire__Areas areas = WIRE__AREAS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    areas.all = true;
    request.what_case = WIRE__REQUEST__WHAT_AREAS;
    request.areas = &areas;
    return cli_call_sheet(cli, &request, &sheet) == 0 ? sheet : NULL;
}

/** The name of the division that a prefix names, NULL if there is none. Borrowed from the sheet. */
static const char *name_of_area(const struct sheet *areas, const char *prefix)
{
    size_t length = strlen(prefix);

    for (size_t row = 0; areas != NULL && row < areas->row_count; row++) {
        const char *code = sheet_get(areas, row, "code");
        if (strncmp(code, prefix, length) == 0 &&
            strspn(code + length, "0") == AREA_TEXT - 1 - length)
            return sheet_get(areas, row, "name");
    }
    return NULL;
}

static const char *name_street(const char *street, void *arg)
{
    const char *name = name_of_area(arg, street);

    return name == NULL ? "" : name;
}

void paper_name_streets(struct document *document, struct sheet *areas)
{
    document_name_streets(document, name_street, areas);
}

static void add_area(struct cli *cli, const char *area, const struct sheet *areas,
                     struct document *document)
{
    const Wire__Welcome *welcome = client_welcome(cli->client);
    const Wire__Account *account = welcome->account;
    const char *asked = area != NULL && area[0] != '\0' ? area : cli_text(cli, "area");
    bool own = account != NULL && account->area[0] != '\0';
    const char *known = name_of_area(areas, asked);

    fields_set(&document->facts, "area",
               asked[0] != '\0' ? asked
               : own            ? account->area
                                : welcome->home_area);
    fields_set(&document->facts, "area_name",
               asked[0] == '\0' ? (own ? account->area_name : welcome->home_area_name)
               : known != NULL  ? known
                                : asked);
}

static void add_printed(struct cli *cli, struct document *document)
{
    const Wire__Welcome *welcome = client_welcome(cli->client);
    const Wire__Account *account = welcome->account;
    char now[STAMP_TEXT];

    (void)date_format_stamp((int64_t)time(NULL), now);
    now[MINUTES] = '\0';
    fields_set(&document->facts, "printed_at", welcome->test_date ? welcome->today : now);
    fields_set(&document->facts, "printed_by", account != NULL ? account->name : "");
}

struct document *paper_document(struct cli *cli, const struct sheet *areas, const char *layout,
                                const char *title, const char *area, struct sheet **rows)
{
    struct document *document = document_new(layout, title);

    add_area(cli, area, areas, document);
    add_printed(cli, document);
    fields_set(&document->facts, "month", cli_text(cli, "month"));
    fields_set(&document->facts, "officer", cli_text(cli, "officer"));
    fields_set(&document->facts, "basis", sheet_basis(*rows));
    document_add_table(document, "rows", rows);
    return document;
}

char *paper_month(const char *text)
{
    month_t month = 0;

    return month_parse(text, &month) != 0
               ? mem_copy(text)
               : mem_printf("%d年%d月", month_year(month), month_number(month));
}

// ---- what is made of them

enum result paper_make(struct cli *cli, const struct document *document, const char *format,
                       struct str *bytes)
{
    char *message = NULL;

    if (cli_option(cli, "output") == NULL && isatty(STDOUT_FILENO) == 1) {
        cli_say("%s 不能显示在终端上，请加 -o 文件.%s", format, format);
        return RESULT_USAGE;
    }
    enum result result = companion_make(document, format, bytes, &message);
    if (message != NULL)
        cli_say("%s", message);
    if (result == RESULT_CANTCREATE)
        cli_say("没有它也可以用 --format text 打印，或用 --excel 存成表格软件能打开的 CSV");
    free(message);
    return result;
}

enum result paper_text(struct cli *cli, const struct document *document, bool pages,
                       struct str *bytes)
{
    const char *option = cli_option(cli, "width");
    int64_t width = TEXT_WIDTH_WIDE;

    if (option != NULL && text_to_int(option, WIDTH_MIN, WIDTH_MAX, &width) != 0) {
        cli_say("--width 应是 %d 到 %d 之间的列数，一般是 80 或 132", WIDTH_MIN, WIDTH_MAX);
        return RESULT_USAGE;
    }
    text_document(document, (int)width, pages ? TEXT_HEIGHT : 0, bytes);
    return RESULT_OK;
}

/** The options that say what part of a list was printed. */
static char *scope_of(struct cli *cli)
{
    static const char *const names[] = {"kind", "officer", "by", "version"};
    struct str scope = {0};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        prints_scope_add(&scope, names[i], cli_text(cli, names[i]));
    prints_scope_add(&scope, "all", cli_option(cli, "all") != NULL ? "1" : "0");
    prints_scope_add(&scope, "state", cli_option(cli, "all") != NULL ? "" : CASE_ACTIVE);
    prints_scope_add(&scope, "reported", cli_option(cli, "as-reported") != NULL ? "1" : "0");
    return str_take(&scope);
}

enum result paper_log(struct cli *cli, const char *what, const struct document *document)
{
    Wire__Printed printed = WIRE__PRINTED__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    printed.what = (char *)(uintptr_t)what;
    printed.month = (char *)(uintptr_t)fields_get(&document->facts, "month");
    printed.area = (char *)(uintptr_t)fields_get(&document->facts, "area");
    char *path = paths_absolute(cli_text(cli, "output"));
    printed.title = document->title;
    printed.to = (char *)(uintptr_t)prints_to_id(PRINT_TO_FILE);
    printed.place = cli_option(cli, "output") != NULL ? path : (char *)(uintptr_t) "标准输出";
    printed.scope = scope_of(cli);
    printed.rows = (uint32_t)document_table(document, "rows")->row_count;
    request.what_case = WIRE__REQUEST__WHAT_PRINTED;
    request.printed = &printed;
    enum result result = cli_call(cli, &request, &response);
    client_response_free(&response);
    free(printed.scope);
    free(path);
    return result;
}
