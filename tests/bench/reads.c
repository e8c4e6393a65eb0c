/**
 * What officers look at: the board, a village's due list, the search as they type. Times are those
 * of one request through the socket, as the terminal waits for it.
 */
#include "visitors.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/sheet.h"
#include "base/text.h"
#include "base/words.h"
#include "domain/area.h"
#include "wire/convert.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* FIND_ROWS is what the screen asks for; a due list is asked for as the server pages it (150
 * rows) and as one screenful. */
enum { BOARDS = 40, LISTS = 200, SEARCHES = 60, SCREEN_ROWS = 20, FIND_ROWS = 100 };

/** A request that is measured, and how many rows were answered. */
struct question {
    struct client *client;
    const struct bench *bench;
    const struct visitors *people;
    struct series rows;
};

static enum result ask(struct question *question, Wire__Request *request, double *ret_ms)
{
    Wire__Response *response = NULL;
    int64_t begun = now_ns();
    enum result result = server_ask(question->client, request, &response);

    *ret_ms = seconds_since(begun) * 1000;
    if (result == 0 && response->sheet != NULL && response->sheet->n_columns > 0)
        series_add(&question->rows,
                   (double)(response->sheet->n_cells / response->sheet->n_columns));
    client_response_free(&response);
    return result;
}

static char *this_month(const struct bench *bench, char text[MONTH_TEXT])
{
    month_format(month_of(bench->today), text);
    return text;
}

// ---- one of each

static enum result ask_board_by(struct question *question, const char *area, const char *level,
                                double *ret_ms)
{
    Wire__Board board = WIRE__BOARD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    char month[MONTH_TEXT];

    board.month = this_month(question->bench, month);
    board.area = (char *)(uintptr_t)area;
    board.by = (char *)(uintptr_t)level;
    request.what_case = WIRE__REQUEST__WHAT_BOARD;
    request.board = &board;
    return ask(question, &request, ret_ms);
}

/** As it is opened first: by the next level below the home's own. */
static enum result ask_board(struct question *question, size_t nth, double *ret_ms)
{
    const char *home = client_welcome(question->client)->home_area;

    (void)nth;
    return ask_board_by(question, "", area_level(home) < AREA_COUNTY ? "county" : "street", ret_ms);
}

static enum result ask_board_streets(struct question *question, size_t nth, double *ret_ms)
{
    (void)nth;
    return ask_board_by(question, "", "street", ret_ms);
}

/** What a street's officer opens: the villages of the street, another one each time. */
static enum result ask_board_street(struct question *question, size_t nth, double *ret_ms)
{
    const struct visitors *people = question->people;
    char street[10];

    snprintf(street, sizeof street, "%.9s", people->items[nth * 7919 % people->count].area);
    return ask_board_by(question, street, "village", ret_ms);
}

static enum result ask_due_rows(struct question *question, size_t nth, uint32_t rows,
                                double *ret_ms)
{
    const struct visitors *people = question->people;
    Wire__Due due = WIRE__DUE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    char month[MONTH_TEXT];
    char area[AREA_TEXT];

    memcpy(area, people->items[nth * 7919 % people->count].area, sizeof area);
    due.month = this_month(question->bench, month);
    due.area = area;
    due.open = true;
    due.limit = rows;
    request.what_case = WIRE__REQUEST__WHAT_DUE;
    request.due = &due;
    return ask(question, &request, ret_ms);
}

static enum result ask_due(struct question *question, size_t nth, double *ret_ms)
{
    return ask_due_rows(question, nth, 0, ret_ms);
}

static enum result ask_due_screen(struct question *question, size_t nth, double *ret_ms)
{
    return ask_due_rows(question, nth, SCREEN_ROWS, ret_ms);
}

static enum result ask_find(struct question *question, const char *text, double *ret_ms)
{
    Wire__Find find = WIRE__FIND__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    char *copy = mem_copy(text);
    enum result result;

    find.text = copy;
    find.limit = FIND_ROWS;
    request.what_case = WIRE__REQUEST__WHAT_FIND;
    request.find = &find;
    result = ask(question, &request, ret_ms);
    free(copy);
    return result;
}

/** The texts somebody types, key by key: pinyin initials, names, ID numbers and their ends. */
static enum result type_keys(struct question *question, size_t nth, struct series *took)
{
    static const char *const WORDS[] = {"zxm",    "wgl",  "lxy",  "ouyang", "zhangm",
                                        "王桂兰", "李雪", "刘洋", "赵"};
    const struct visitors *people = question->people;
    const char *id_no = people->items[nth * 7919 % people->count].id_no;
    const char *text = nth % 3 == 0   ? id_no
                       : nth % 3 == 1 ? id_no + 14
                                      : WORDS[nth / 3 % COUNT(WORDS)];
    size_t length = 0;
    enum result result = RESULT_OK;

    while (text[length] != '\0' && result == 0) {
        uint32_t code;
        char typed[64];
        double ms;

        length += (size_t)text_decode(text + length, &code);
        snprintf(typed, sizeof typed, "%.*s", (int)length, text);
        result = ask_find(question, typed, &ms);
        series_add(took, ms);
    }
    return result;
}

// ---- series

typedef enum result (*ask_fn)(struct question *question, size_t nth, double *ret_ms);

/** Medians and 99th percentiles of runs of requests. */
static enum result measure(struct question *question, ask_fn one, size_t count,
                           struct series *middle, struct series *slow)
{
    enum result result = RESULT_OK;
    double ms;

    for (size_t i = 0; i < count / 4 + 1 && result == 0; i++)
        result = one(question, i, &ms);
    for (unsigned run = 0; run < question->bench->runs && result == 0; run++) {
        struct series took = {0};
        for (size_t i = 0; i < count && result == 0; i++) {
            result = one(question, run * count + i, &ms);
            series_add(&took, ms);
        }
        series_add(middle, series_median(&took));
        series_add(slow, series_quantile(&took, 0.99));
        series_free(&took);
    }
    return result;
}

static void print(struct question *question, const char *name, const struct series *figure,
                  const char *other, const struct series *beside)
{
    struct str line = {0};

    line_begin(&line, question->bench, name, "ms");
    line_series(&line, figure);
    line_add(&line, other, series_median(beside));
    line_add(&line, "rows", series_median(&question->rows));
    line_end(&line);
    series_free(&question->rows);
}

static enum result measure_and_print(struct question *question, const char *name, ask_fn one,
                                     size_t count)
{
    struct series middle = {0};
    struct series slow = {0};
    enum result result = measure(question, one, count, &middle, &slow);

    if (result == 0)
        print(question, name, &middle, "p99", &slow);
    series_free(&middle);
    series_free(&slow);
    return result;
}

/** Here the 99th percentile is the figure: a key that is slow is felt. */
static enum result measure_find(struct question *question)
{
    struct series middle = {0};
    struct series slow = {0};
    enum result result = RESULT_OK;

    for (unsigned run = 0; run <= question->bench->runs && result == 0; run++) {
        struct series took = {0};
        for (size_t i = 0; i < SEARCHES && result == 0; i++)
            result = type_keys(question, run * SEARCHES + i, &took);
        if (run > 0) {
            series_add(&middle, series_median(&took));
            series_add(&slow, series_quantile(&took, 0.99));
        }
        series_free(&took);
    }
    if (result == 0)
        print(question, "find-key-p99", &slow, "p50", &middle);
    series_free(&middle);
    series_free(&slow);
    return result;
}

/** Duties in the month, all kinds: what the board stands for. */
static enum result print_duties(const struct question *question)
{
    Wire__Board board = WIRE__BOARD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    char month[MONTH_TEXT];
    char by[] = "kind";
    struct sheet *sheet;
    struct str line = {0};
    double owed = 0;
    enum result result;

    board.month = this_month(question->bench, month);
    board.by = by;
    request.what_case = WIRE__REQUEST__WHAT_BOARD;
    request.board = &board;
    result = server_ask(question->client, &request, &response);
    if (result != 0)
        return result;
    sheet = wire_sheet_read(response->sheet);
    for (size_t row = 0; row < sheet->row_count; row++)
        owed += strtod(sheet_get(sheet, row, "owed"), NULL) +
                strtod(sheet_get(sheet, row, "excused"), NULL) +
                strtod(sheet_get(sheet, row, "not_counted"), NULL);
    line_begin(&line, question->bench, "duties", "duties");
    line_add(&line, "runs", 1);
    line_add(&line, "median", owed);
    line_end(&line);
    sheet_free(&sheet);
    client_response_free(&response);
    return RESULT_OK;
}

enum result bench_reads(const struct bench *bench)
{
    struct visitors people = {0};
    struct question question = {.bench = bench, .people = &people};
    enum result result = visitors_load(bench, &people);

    if (result == 0)
        result = server_open(bench, NULL, &question.client);
    if (result == 0)
        result = print_duties(&question);
    if (result == 0)
        result = measure_and_print(&question, "board", ask_board, BOARDS);
    if (result == 0)
        result = measure_and_print(&question, "board-streets", ask_board_streets, BOARDS);
    if (result == 0)
        result = measure_and_print(&question, "board-street", ask_board_street, BOARDS);
    if (result == 0)
        result = measure_and_print(&question, "due-first-page", ask_due, LISTS);
    if (result == 0) /* the same villages */
        result = measure_and_print(&question, "due-page-again", ask_due, LISTS);
    if (result == 0)
        result = measure_and_print(&question, "due-screenful", ask_due_screen, LISTS);
    if (result == 0)
        result = measure_find(&question);
    if (result == 0)
        line_memory(bench, "memory-after-search");
    client_close(&question.client);
    series_free(&question.rows);
    visitors_free(&people);
    server_end(bench, SIGTERM);
    return result;
}
