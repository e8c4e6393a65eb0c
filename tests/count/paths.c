/**
 * The hot paths, run one after the other for tests/count/count.sh, which counts their instructions:
 *
 *     paths HOME MONTH DATE
 *
 * HOME was filled by `doudi demo`, whose chief officer 2001 asks here. Each path is run a few times
 * unseen, so that memory and caches are as they are in a server at work, then RUNS times between two
 * requests to callgrind, which writes a file named after the path. Without callgrind it just runs.
 */
#include "base/paths.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/words.h"
#include "db/store.h"
#include "server/handlers.h"
#include "service/cases/case.h"
#include "service/cases/person.h"
#include "service/keeping/status.h"
#include "service/ledger/visit.h"
#include "service/lists/board.h"
#include "service/lists/due.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <valgrind/callgrind.h>

enum { WARM = 5, RUNS = 40, PAGE = 50 };

struct paths {
    struct service *service;
    struct caller caller;
    struct reply reply;
    const char *month, *date;
    struct sheet *due; /* a row for each visit */
    struct session session;
};

static enum result ask_due(struct paths *paths, uint32_t limit, struct sheet **ret_sheet)
{
    struct due_query query = {
        .month = paths->month,
        .area = paths->caller.area,
        .officer = "",
        .kind = "",
        .type = DUTY_TYPE_VISIT,
        .limit = limit,
    };

    struct due_place *next = NULL;
    enum result result =
        due_list(paths->service, &paths->caller, &query, ret_sheet, &next, &paths->reply);

    free(next);
    return result;
}

// ---- the paths: each does its work once; `run` counts from 0

/** As a terminal does from its due list: with the figures, and what changed of the list. */
static enum result record_visit(struct paths *paths, size_t run)
{
    struct visit_change change = {.area = paths->caller.area};
    struct visit_input input = {
        .change = &change,
        .case_id = strtoull(sheet_get(paths->due, run, "case_id"), NULL, 10),
        .id_no = "",
        .date = paths->date,
        .mode = "上门",
        .result = "成功",
        .by = "张敏",
        .confirm = true,
        .replaces = "",
        .batch = "",
    };

    paths->caller.number++;
    month_parse(paths->month, &change.month);
    enum result result = visit_add(paths->service, &paths->caller, &input, &paths->reply);
    visit_change_free(&change);
    return result;
}

static enum result due_page(struct paths *paths, size_t run)
{
    struct sheet *sheet = NULL;
    enum result result = ask_due(paths, PAGE, &sheet);

    (void)run;
    sheet_free(&sheet);
    return result;
}

static enum result board(struct paths *paths, size_t run)
{
    struct board_query query = {
        .month = paths->month, .area = paths->caller.area, .by = "village", .kind = ""};
    struct sheet *sheet = NULL;
    enum result result = board_list(paths->service, &paths->caller, &query, &sheet, &paths->reply);

    (void)run;
    sheet_free(&sheet);
    return result;
}

static enum result search_key(struct paths *paths, size_t run)
{
    static const char *const typed[] = {"w", "wg", "王", "0023", "13", "zhang", "李", "lx"};
    struct sheet *sheet = NULL;
    enum result result =
        person_find(paths->service, &paths->caller, typed[run % (sizeof typed / sizeof typed[0])],
                    0, &sheet, &paths->reply);

    sheet_free(&sheet);
    return result;
}

/** What monitoring asks every minute. */
static enum result status(struct paths *paths, size_t run)
{
    struct caller system = {.role = ROLE_SYSTEM, .officer = "system"};
    struct sheet *sheet = NULL;
    enum result result = status_list(paths->service, &system, &sheet, &paths->reply);

    (void)run;
    sheet_free(&sheet);
    return result;
}

/** From the bytes of a request to the bytes of its answer: the board again, so that the difference
 *  to the use case is what protocol and dispatch cost. */
static enum result request(struct paths *paths, size_t run)
{
    Wire__Board ask = WIRE__BOARD__INIT;
    Wire__Request frame = WIRE__REQUEST__INIT;
    uint8_t bytes[256];
    uint8_t *answer = NULL;
    size_t length = 0;
    bool going = false;

    (void)run;
    ask.month = (char *)(uintptr_t)paths->month;
    ask.area = paths->caller.area;
    ask.by = (char *)(uintptr_t) "village";
    frame.number = ++paths->caller.number;
    frame.what_case = WIRE__REQUEST__WHAT_BOARD;
    frame.board = &ask;
    going = dispatch_frame(&paths->session, &HANDLERS, bytes, wire__request__pack(&frame, bytes),
                           &answer, &length);
    free(answer);
    return going && length > 100 ? RESULT_OK : RESULT_PROTOCOL;
}

static const struct path {
    const char *name;
    enum result (*run)(struct paths *paths, size_t run);
} PATHS[] = {
    {"record_visit", record_visit}, {"due_page", due_page}, {"board", board},
    {"search_key", search_key},     {"status", status},     {"request", request},
};

static enum result count(struct paths *paths, const struct path *path)
{
    enum result result = RESULT_OK;

    for (size_t run = 0; run < WARM + RUNS && result == 0; run++) {
        if (run == WARM)
            CALLGRIND_ZERO_STATS;
        result = path->run(paths, run);
        reply_free(&paths->reply);
    }
    CALLGRIND_DUMP_STATS_AT(path->name);
    return result;
}

static enum result open_home(struct paths *paths, const char *home)
{
    char *forms = paths_data("forms");
    struct service_options options = {.home = home, .forms = forms, .today = paths->date};
    char *message = NULL;
    int lock = -1;
    enum result result = store_lock_home(home, false, &lock);

    if (result == 0)
        result = service_open(&options, &paths->service, &message);
    if (result != 0)
        fprintf(stderr, "%s: %s\n", home, message != NULL ? message : result_words(result));
    free(message);
    free(forms);
    return result;
}

int main(int argc, char **argv)
{
    struct paths paths = {
        .caller = {.session = {1}, .role = ROLE_CHIEF, .officer = "2001", .area = "211102002000"},
    };
    enum result result = RESULT_USAGE;

    if (argc != 4) {
        fprintf(stderr, "usage: paths HOME MONTH DATE\n");
        return EXIT_FAILURE;
    }
    paths.month = argv[2];
    paths.date = argv[3];
    if (open_home(&paths, argv[1]) != 0)
        return EXIT_FAILURE;
    session_start(&paths.session, paths.service, argv[1], -1);
    paths.session.greeted = true;
    paths.session.caller = paths.caller;
    result = ask_due(&paths, WARM + RUNS, &paths.due);
    if (result == 0 && paths.due->row_count < WARM + RUNS)
        result = RESULT_NOTFOUND;
    printf("runs %d\n", RUNS);
    for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0] && result == 0; i++) {
        result = count(&paths, &PATHS[i]);
        printf("path %s\n", PATHS[i].name);
    }
    if (result != 0)
        fprintf(stderr, "the path failed: %s\n", result_name(result));
    sheet_free(&paths.due);
    session_end(&paths.session);
    service_close(&paths.service);
    return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
