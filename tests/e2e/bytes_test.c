/**
 * What each screen costs a slow line: bytes to the terminal and requests to the server, step by step
 * through all of them. Both are exact, so they are held to budgets; the table that is printed is the
 * one of doc/performance.md. What curses then believes to be on the screen is there: a full redraw
 * changes nothing.
 */
#include "county.h"
#include "doubles.h"
#include "walks.h"
#include "world.h"

#include "base/mem.h"
#include "base/str.h"
#include "unit.h"

#include <locale.h>
#include <unistd.h>

#define TODAY "2026-11-23"

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
    [BACK] = {"back", 2100, 1}, /* Esc: what was behind is drawn again; the most urgent first, each
                                       row of the due list has its village */
    [SAME] = {"same", 8, 1},    /* asked again, and nothing has changed */
};

static char sheet_code[16];

static void take(struct screen *screen, const char *keys)
{
    if (strcmp(keys, WALK_SHEET) == 0)
        screen_type(screen, sheet_code);
    else if (keys[0] == '=' && keys[1] != '\0')
        screen_type(screen, keys + 1);
    else
        screen_press(screen, keys);
}

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
        take(screen, at->keys);
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

/** Something to find in the history: the list saved `count` times, as officers would. */
static void save_list(struct world *world, int count)
{
    struct screen *screen = world_screen(world, "1001", 24, 80);
    char *file = mem_printf("%s-list", world->home);

    for (int i = 0; i < count; i++) {
        screen_press(screen, "F2 F5 F2 2");
        for (int erased = 0; erased < 60; erased++)
            screen_press(screen, "Backspace");
        screen_type(screen, file);
        screen_press(screen, "Enter");
        screen_expect(screen, "已存为");
        screen_press(screen, "Esc Esc");
        unlink(file);
    }
    free(file);
    screen_free(&screen);
}

static void print_sheet(struct world *world)
{
    static const char name[] = "\"sheet_code\":\"";
    const char *at;

    world_expect(world, 0, "due --month 2026-11 --codes --json");
    at = strstr(world->output, name);
    assert_non_null(at);
    (void)snprintf(sheet_code, sizeof sheet_code, "%.9s", at + strlen(name));
}

static struct world *demo_world(void)
{
    struct world *world = world_new(TODAY);

    world_expect(world, 0, "demo --cases 300 --months 2 --seed 7 --area 211102002");
    save_list(world, 3);
    print_sheet(world);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-11");
    world_expect(world, 0, "--as 2001 payroll confirm --kind dibao --month 2026-11");
    return world;
}

#define HEADINGS                                                                                                                           \
    "户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,是否保障,所在村,复核类别,家庭月收入," \
    "起始月,"                                                                                                                           \
    "开户银行,银行账号,开户人\\n"
#define HOUSE(name, id, account)                                                                   \
    name "," id "," name "," id ",户主,是,旌旗社区,B,100,2026-11,盘锦银行," account ",赵德山\\n"

/** A confirmed roster of which one of two equal entries came back, and whose months are owed more today. */
static struct world *casework_world(void)
{
    static const char ledger[] =
        HEADINGS HOUSE("赵德山", "21110219700115001X", "6217000000000000016")
            HOUSE("赵德水", "211102196003040012", "6217000000000000016");
    struct world *world = world_new_home(TODAY, "2026-11");

    world_expect(world, 0, "status; printf '%s' >'%s.csv'", ledger, world->home);
    world_expect(world, 0, "--as 1001 import dibao '%s.csv'", world->home);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-11");
    world_expect(world, 0, "--as 2001 payroll confirm --kind dibao --month 2026-11");
    world_expect(world, 0,
                 "--as 1001 payroll export --kind dibao --month 2026-11 --bank csv -o '%s.txt'",
                 world->home);
    world_expect(world, 0,
                 "status; printf '户名,账号,金额,失败原因\n"
                 "赵德山,6217000000000000016,692.00,账号已销户\n' >'%s.csv'",
                 world->home);
    world_expect(world, 1, "--as 1001 payroll returns '%s.csv' --kind dibao --month 2026-11",
                 world->home);
    world_expect(world, 0,
                 "standard set 低保标准 --area 211102 --from 2026-11-01 --value 892 "
                 "--source 通知");
    world_expect(world, 0, "status; rm -f '%s.csv' '%s.txt'", world->home, world->home);
    return world;
}

static void casework_keeps_it_too(void **state)
{
    struct world *world = casework_world();
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
    struct world *world = demo_world();
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

/** Twenty cursor keys that come at once: one update, no request, and the twentieth row further. */
static void keys_held_down_cost_one_update(void **state)
{
    static const char burst[] = "jjjjjjjjjjjjjjjjjjjj";
    struct world *world = demo_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);
    unsigned long marks = 0;
    unsigned long requests = 0;
    char *after = NULL;
    char *again = NULL;

    (void)state;
    screen_press(screen, "F2");
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
        cmocka_unit_test(keys_held_down_cost_one_update),
        cmocka_unit_test(a_word_typed_at_once_is_asked_for_once),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
