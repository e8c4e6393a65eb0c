/**
 * What each screen costs a slow line: bytes to the terminal and requests to the server, step by step
 * through all of them. Both are exact, so they are held to budgets; the table that is printed is the
 * one of doc/performance.md. What curses then believes to be on the screen is there: a full redraw
 * changes nothing.
 */
#include "county.h"
#include "doubles.h"
#include "walkhome.h"
#include "walks.h"
#include "world.h"

#include "base/mem.h"
#include "base/str.h"
#include "unit.h"

#include <locale.h>

/* What one step may cost. The budgets of the design: 70 bytes for a cursor key, 1.4 k for a page,
 * 2.0 k for a screen's first paint, 80 × 24. */
static const struct {
    const char *name;
    size_t bytes;
    unsigned long requests;
} BUDGETS[STEPS] = {
    [OPEN] = {"open", 2000, 1}, /* another screen */
    [FIRST] =
        {"first", 2000,
         2}, /* the session's first with a division or of its programme: names and form come too */
    [CURSOR] = {"cursor", 70, 0},   /* a row up or down, a field, a tab's row */
    [PAGE] = {"page", 1400, 0},     /* the next page of the same screen */
    [TYPE] = {"type", 70, 0},       /* a Chinese character into a field */
    [LOOKUP] = {"lookup", 260, 1},  /* out of the field for a name or a number: is it known? */
    [SEARCH] = {"search", 2000, 1}, /* the same where the list follows what is typed */
    [WINDOW] = {"window", 2000, 1}, /* a dialog in front of the screen */
    [PRINT] = {"print", 2000, 2},   /* a preview for which more is asked than the list */
    [BACK] = {"back", 2100, 1},     /* Esc: what was behind is drawn again */
    [SAME] = {"same", 8, 1},        /* asked again, and nothing has changed */
};

/** Prints the line; true if it is within the budget. */
static bool judge(const char *name, enum step step, const char *keys, size_t bytes,
                  unsigned long requests)
{
    bool fits = bytes <= BUDGETS[step].bytes && requests <= BUDGETS[step].requests;

    print_message("bytes %-7s %5zu %2lu  %s %s%s\n", BUDGETS[step].name, bytes, requests, name,
                  keys, fits ? "" : "  over the budget");
    return fits;
}

static char *picture(struct screen *screen)
{
    struct str text = {0};

    for (int row = 0; row < 24; row++)
        str_printf(&text, "%s\n", screen_row(screen, row));
    return str_take(&text);
}

static void expect_redrawn(struct screen *screen)
{
    char *before = picture(screen);
    char *after = NULL;

    screen_press(screen, "^L");
    after = picture(screen);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static size_t walk_through(const struct world *world, const char *term,
                           const struct walker *officer)
{
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", officer->id, NULL};
    struct screen_options options = {.term = term, .arguments = arguments};
    struct screen *screen = screen_start(&options);
    const char *name = "首页";
    size_t over = 0;

    print_message("bytes # %s %s %s\n", term, officer->id, officer->title);
    /* Hello is not the screen's request. */
    over += !judge(name, OPEN, "doudi", screen_bytes(screen), screen_requests(screen) - 1);
    for (size_t i = 0; i < officer->count; i++) {
        const struct walk *at = &officer->walk[i];
        unsigned long asked = screen_requests(screen);

        name = at->screen != NULL ? at->screen : name;
        screen_bytes(screen);
        walkhome_take(screen, at->keys);
        if (at->step != GO)
            over += !judge(name, at->step, at->keys, screen_bytes(screen),
                           screen_requests(screen) - asked);
        if (at->seen != NULL)
            screen_expect(screen, at->seen);
        screen_expect_whole(screen);
        expect_redrawn(screen);
    }
    screen_free(&screen);
    return over;
}

static void casework_keeps_it_too(void **state)
{
    struct world *world = walkhome_casework();
    size_t over = 0;

    (void)state;
    for (size_t i = 0; i < WALK_CASEWORK_COUNT; i++)
        over += walk_through(world, "xterm-256color", &WALK_CASEWORK[i]);
    world_free(&world);
    assert_int_equal(over, 0);
}

static void every_screen_keeps_its_budget(void **state)
{
    static const char *const terms[] = {"vt220", "screen", "linux", "putty"};
    struct world *world = walkhome_demo();
    size_t over = 0;

    (void)state;
    for (size_t i = 0; i < WALKER_COUNT; i++)
        over += walk_through(world, "xterm-256color", &WALKERS[i]);
    for (size_t i = 0; i < COUNT(terms); i++)
        over += walk_through(world, terms[i], &WALKERS[WALK_CHIEF]);
    world_free(&world);
    assert_int_equal(over, 0);
}

static void a_collecting_county_keeps_it_too(void **state)
{
    struct world *world = county_new();
    size_t over = walk_through(world, "xterm-256color", &WALK_COLLECTOR);

    (void)state;
    world_free(&world);
    assert_int_equal(over, 0);
}

static void doubles_keep_it_too(void **state)
{
    struct world *world = doubles_world();
    size_t over = walk_through(world, "xterm-256color", &WALK_DOUBLES);

    (void)state;
    world_free(&world);
    assert_int_equal(over, 0);
}

/** The row's name is red, its number is not: the cursor changes numbers alone, and sends no colour. */
static void expect_late(struct screen *screen, int row)
{
    enum { NUMBER = 3, NAME = 5, RED = 100 };
    struct screen_cell number = screen_cell(screen, row, NUMBER);
    struct screen_cell name = screen_cell(screen, row, NAME);

    assert_string_not_equal(number.text, " ");
    assert_string_not_equal(name.text, " ");
    assert_true(name.front[0] >= RED && name.front[1] < RED && name.front[2] < RED);
    assert_memory_equal(number.front, screen_cell(screen, 1, 1).front, sizeof number.front);
    assert_non_null(strstr(screen_row(screen, row), "逾期")); /* for those who see no colour */
}

/** Late rows have their colour, and a cursor key costs what it did without it. */
static void late_rows_cost_a_key_nothing(void **state)
{
    enum { FIRST_ROW = 4, NINTH = 12 /* the place gets a digit */, LAST_ROW = 20, MOST_BYTES = 33 };
    struct world *world = walkhome_demo();
    struct screen *screen = world_screen(world, "1001", 24, 80);
    size_t most = 0;

    (void)state;
    screen_press(screen, "d");
    for (int row = FIRST_ROW; row < LAST_ROW; row++) {
        expect_late(screen, row);
        screen_bytes(screen);
        screen_press(screen, "Down");
        size_t bytes = screen_bytes(screen);
        most = row != NINTH && bytes > most ? bytes : most;
    }
    print_message("bytes # late rows: at most %zu for a cursor key\n", most);
    assert_true(most > 0 && most <= MOST_BYTES);
    screen_free(&screen);
    world_free(&world);
}

/** Twenty cursor keys that come at once: one update, no request, and the twentieth row further. */
static void keys_held_down_cost_one_update(void **state)
{
    static const char burst[] = "jjjjjjjjjjjjjjjjjjjj";
    struct world *world = walkhome_demo();
    struct screen *screen = world_screen(world, "1001", 24, 80);
    unsigned long marks = 0;
    unsigned long requests = 0;
    char *after = NULL;
    char *again = NULL;

    (void)state;
    screen_press(screen, "d");
    marks = screen_marks(screen);
    requests = screen_requests(screen);
    screen_send(screen, burst, sizeof burst - 1);
    screen_expect_events(screen, sizeof burst - 1);
    after = picture(screen);
    print_message("bytes # burst: %lu updates, %lu requests\n", screen_marks(screen) - marks,
                  screen_requests(screen) - requests);
    assert_true(screen_marks(screen) - marks <= 2);
    assert_int_equal(screen_requests(screen), requests);
    screen_press(screen, "Home");
    for (size_t i = 0; i + 1 < sizeof burst; i++)
        screen_press(screen, "j");
    again = picture(screen);
    assert_string_equal(after, again);
    free(after);
    free(again);
    screen_free(&screen);
    world_free(&world);
}

/** A word from an input method is searched for as a whole; what follows it finds its answer. */
static void a_word_typed_at_once_is_asked_for_once(void **state)
{
    static const char word[] = "wgl\r";
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);
    unsigned long requests = 0;

    (void)state;
    screen_press(screen, "F3");
    requests = screen_requests(screen);
    screen_send(screen, word, sizeof word - 1);
    screen_expect_events(screen, sizeof word - 1);
    screen_expect(screen, "王桂兰");
    screen_expect(screen, "基本"); /* Enter opened what was found */
    /* The search, and the case. The keys come together nearly always. */
    assert_true(screen_requests(screen) - requests <= 3);
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_keeps_its_budget),
        cmocka_unit_test(a_collecting_county_keeps_it_too),
        cmocka_unit_test(doubles_keep_it_too),
        cmocka_unit_test(casework_keeps_it_too),
        cmocka_unit_test(late_rows_cost_a_key_nothing),
        cmocka_unit_test(keys_held_down_cost_one_update),
        cmocka_unit_test(a_word_typed_at_once_is_asked_for_once),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
