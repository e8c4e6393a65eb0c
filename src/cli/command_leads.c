/**
 * Commands about what is ahead and whom the rules found: reviews, leads.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "cli/output.h"

#include <stdlib.h>

enum result command_reviews(struct cli *cli)
{
    Wire__Upcoming upcoming = WIRE__UPCOMING__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "到期事项", .layout = "upcoming", .what = "upcoming"};
    struct sheet *sheet = NULL;

    upcoming.area = cli_text(cli, "area");
    upcoming.until = cli_text(cli, "until");
    upcoming.full = !output_is_paper(cli); /* no ID numbers there */
    request.what_case = WIRE__REQUEST__WHAT_UPCOMING;
    request.upcoming = &upcoming;
    enum result result = cli_call_pages(cli, &request, &upcoming.after, &sheet);
    if (result == 0)
        result = output_sheet(cli, sheet, COLUMNS_UPCOMING.contract, &page);
    sheet_free(&sheet);
    return result;
}

static enum result print_counts(struct cli *cli)
{
    Wire__LeadCounts counts = WIRE__LEAD_COUNTS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "线索统计", .naming = "村(社区)"};

    counts.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_LEAD_COUNTS;
    request.lead_counts = &counts;
    return output_request(cli, &request, COLUMNS_LEAD_COUNTS.contract, &page);
}

enum result command_leads(struct cli *cli)
{
    Wire__Leads leads = WIRE__LEADS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "线索", .layout = "leads", .what = "leads"};
    struct sheet *sheet = NULL;

    if (cli_option(cli, "counts") != NULL)
        return print_counts(cli);
    leads.area = cli_text(cli, "area");
    leads.rule = cli_text(cli, "rule");
    leads.all = cli_option(cli, "all") != NULL;
    leads.full = !output_is_paper(cli); /* no ID numbers there */
    request.what_case = WIRE__REQUEST__WHAT_LEADS;
    request.leads = &leads;
    enum result result = cli_call_pages(cli, &request, &leads.after, &sheet);
    if (result == 0)
        result = output_sheet(cli, sheet, COLUMNS_LEADS.contract, &page);
    sheet_free(&sheet);
    return result;
}
