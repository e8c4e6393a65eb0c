/**
 * The status command: lines for people, JSON and metrics for monitoring.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/measure.h"
#include "cli/output.h"
#include "cli/watch.h"

static enum result confirm_clock(struct cli *cli)
{
    Wire__ClockConfirm confirm = WIRE__CLOCK_CONFIRM__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    confirm.date = cli_text(cli, "confirm-clock");
    request.what_case = WIRE__REQUEST__WHAT_CLOCK_CONFIRM;
    request.clock_confirm = &confirm;
    return cli_call_words(cli, &request);
}

/** What is known without a server. */
static struct sheet *measure_nothing(void)
{
    struct sheet *measures = column_sheet(&COLUMNS_MEASURES);

    measure_put(measures, MEASURE_UP, NULL, "0");
    return measures;
}

static enum result ask_measures(struct cli *cli, struct sheet **ret_measures)
{
    Wire__Monitor monitor = WIRE__MONITOR__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_MONITOR;
    request.monitor = &monitor;
    return cli_call_sheet(cli, &request, ret_measures);
}

/** Only JSON tells of alarms by its exit status: metrics have them as values, and whatever collects
 *  them must not take an alarm for a failure to read. */
static enum result watch(struct cli *cli)
{
    bool metrics = cli_option(cli, "metrics") != NULL;
    struct sheet *measures = NULL;
    struct str text = {0};
    enum result result = cli->client != NULL ? ask_measures(cli, &measures) : RESULT_NOSERVER;

    if (result == RESULT_NOSERVER)
        measures = measure_nothing();
    else if (result != 0)
        return result;
    (metrics ? watch_metrics : watch_json)(measures, &text);
    enum result written = output_bytes(cli, &text);
    if (written != 0)
        result = written;
    else if (result == 0 && !metrics && watch_is_alarmed(measures))
        result = RESULT_PARTIAL;
    str_free(&text);
    sheet_free(&measures);
    return result;
}

bool command_watches(const struct cli *cli)
{
    return cli_option(cli, "metrics") != NULL || output_is_json(cli);
}

enum result command_status(struct cli *cli)
{
    Wire__Status status = WIRE__STATUS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "运行状况", .naming = "项目"};
    struct sheet *sheet = NULL;
    enum result result = RESULT_OK;

    if (cli_option(cli, "confirm-clock") != NULL)
        return confirm_clock(cli);
    if (command_watches(cli))
        return watch(cli);
    request.what_case = WIRE__REQUEST__WHAT_STATUS;
    request.status = &status;
    result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0)
        result = output_sheet(cli, sheet, sheet->column_count, &page);
    sheet_free(&sheet);
    return result;
}
