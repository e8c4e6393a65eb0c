/**
 * The commands notice, refused and publicity: what applicants and villages are told of applications.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/paper.h"

#include <string.h>

/** "SQ00012", or the number alone. */
static bool read_number(const char *text, uint64_t *ret_id)
{
    int64_t number = 0;

    if (strncmp(text, "SQ", 2) == 0)
        text += 2;
    if (text_to_int(text, 1, INT64_MAX, &number) != 0) {
        cli_say("申请编号像 SQ00012，见 refused");
        return false;
    }
    *ret_id = (uint64_t)number;
    return true;
}

static enum result print_notice(struct cli *cli, uint64_t id)
{
    Wire__StepNotice notice = WIRE__STEP_NOTICE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.layout = "notice", .what = "notice"};
    struct sheet *sheet = NULL;

    notice.proposal = id;
    request.what_case = WIRE__REQUEST__WHAT_STEP_NOTICE;
    request.step_notice = &notice;
    enum result result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0) {
        page.title = sheet_get(sheet, 0, "text");
        result = output_sheet(cli, sheet, COLUMNS_NOTICE.contract, &page);
    }
    sheet_free(&sheet);
    return result;
}

static enum result enter_given(struct cli *cli, uint64_t id)
{
    Wire__StepNoticed noticed = WIRE__STEP_NOTICED__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    noticed.proposal = id;
    noticed.date = cli_text(cli, "given");
    request.what_case = WIRE__REQUEST__WHAT_STEP_NOTICED;
    request.step_noticed = &noticed;
    return cli_call_words(cli, &request);
}

enum result command_notice(struct cli *cli)
{
    uint64_t id = 0;

    if (!read_number(cli->arguments[0], &id))
        return RESULT_USAGE;
    return cli_option(cli, "given") != NULL ? enter_given(cli, id) : print_notice(cli, id);
}

enum result command_refused(struct cli *cli)
{
    Wire__StepRefused refused = WIRE__STEP_REFUSED__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {
        .title = "不予名单", .naming = "申请人", .layout = "refused", .what = "refused"};

    refused.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_STEP_REFUSED;
    request.step_refused = &refused;
    return output_request(cli, &request, COLUMNS_REFUSED.contract, &page);
}

enum result command_publicity(struct cli *cli)
{
    Wire__StepPublic what = WIRE__STEP_PUBLIC__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "公示名单",
                               .layout = "publicity",
                               .what = "publicity",
                               .add_more = output_add_kind};

    what.kind = cli_text(cli, "kind");
    what.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_STEP_PUBLIC;
    request.step_public = &what;
    return output_request(cli, &request, COLUMNS_PUBLICITY.count - 1, &page);
}
