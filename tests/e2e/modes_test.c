/**
 * Every screen of walks.h on every kind of terminal and in every way of drawing: nothing is cut or
 * shown as another character, the title and the place in the list are there, a mark is never only a
 * colour, a screen reader finds the cursor on the line that is read.
 */
#include "county.h"
#include "doubles.h"
#include "walkhome.h"
#include "walks.h"
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ROWS = 24, COLUMNS = 80, SLOW = 0, USUAL = 1, SLOW_PERCENT = 86 /* of the usual bytes */ };

/* What must hold in a way of drawing, besides what holds in all. */
enum {
    LINEAR = 1 << 0, /* no frames, the cursor on the line that is read */
    ASCII = 1 << 1,  /* no sign of frames, bars and arrows outside ASCII */
    WIDE = 1 << 2    /* a large terminal, whose width is used */
};

static const struct mode {
    const char *name, *way; /* of display.conf */
    const char *term, *locale, *encoding;
    unsigned is;
    int rows, columns; /* 0 = ROWS, COLUMNS */
} MODES[] = {
    [SLOW] = {"slow", "slow", NULL, NULL, NULL, 0},
    [USUAL] = {"usual", "plain", NULL, NULL, NULL, 0},
    {"linear", "linear", NULL, NULL, NULL, LINEAR | ASCII},
    {"contrast", "contrast", NULL, NULL, NULL, 0},
    {"vt220", "plain", "vt220", NULL, NULL, ASCII},
    {"linux", "plain", "linux", NULL, NULL, 0},
    {"screen", "plain", "screen", NULL, NULL, 0},
    {"putty", "plain", "putty", NULL, NULL, 0},
    {"wide", "plain", NULL, NULL, NULL, WIDE, 43, 132},
    {"huge", "plain", NULL, NULL, NULL, WIDE, 50, 200},
    /* xterm's way of repeating a character, which curses takes there, is not the emulator's */
    {"gb18030", "plain", "screen", "zh_CN.gb18030", "GB18030", ASCII},
};

/* One way of drawing on its way through the screens. */
struct tour {
    const struct mode *mode;
    struct screen *screen;
    int rows, columns;
    const char *name, *keys; /* of the step */
    size_t faults;
    size_t bytes;
    size_t places; /* steps on which the title has the place in the list */
};

static void fault(struct tour *tour, const char *what, const char *text)
{
    print_message("%s: %s (%s): %s “%s”\n", tour->mode->name, tour->name, tour->keys, what, text);
    tour->faults++;
}

/** What will be printed, and the screens that the manual has drawn, are shown as they are. */
static bool is_shown_as_is(const struct tour *tour)
{
    return screen_find(tour->screen, "打印预览") >= 0 || screen_find(tour->screen, "用户手册") >= 0;
}

/** Signs that stand for a character that could not be shown, and those an ASCII terminal has not. */
static void expect_signs(struct tour *tour, const char *row)
{
    static const char *const wrong[] = {"〓", "\xef\xbf\xbd"};
    static const char *const frames[] = {"│", "─", "┌", "└", "█", "▏", "▎", "▍", "▌", "▋",
                                         "▊", "▉", "▸", "▁", "▂", "▃", "▄", "▅", "▆", "▇"};

    for (size_t i = 0; i < COUNT(wrong); i++)
        if (strstr(row, wrong[i]) != NULL)
            fault(tour, "a character that is not shown", row);
    for (size_t i = 0; (tour->mode->is & ASCII) != 0 && i < COUNT(frames); i++)
        if (strstr(row, frames[i]) != NULL)
            fault(tour, "a sign this terminal lacks", row);
    if ((tour->mode->is & LINEAR) != 0 && !is_shown_as_is(tour) &&
        (strstr(row, "---") != NULL || strstr(row, "###") != NULL))
        fault(tour, "a frame", row);
    if ((tour->mode->is & LINEAR) != 0 && !is_shown_as_is(tour) && strstr(row, "…") != NULL)
        fault(tour, "a line that is not whole", row);
}

static bool is_blank(const struct screen_cell *cell)
{
    return cell->text[0] == '\0' || strcmp(cell->text, " ") == 0;
}

/** A row with something in reverse must have a sign for those who do not see it: the arrow before it,
 *  the cursor on it, or a character in its reversed cells. */
static bool has_sign(const struct tour *tour, int row)
{
    const char *text = screen_row(tour->screen, row);
    int line = 0;
    int place = 0;
    bool sign = strstr(text, "▸") != NULL || text[0] == '>';

    screen_cursor(tour->screen, &line, &place);
    sign = sign || line == row;
    for (int column = 0; column < tour->columns && !sign; column++) {
        struct screen_cell cell = screen_cell(tour->screen, row, column);
        sign = cell.reverse && !is_blank(&cell);
    }
    return sign;
}

/** The second half of a wide character has what stood there before. */
static bool is_reverse(const struct tour *tour, int row, int column)
{
    struct screen_cell cell = screen_cell(tour->screen, row, column);

    return cell.width > 0 && cell.reverse;
}

static void expect_marked(struct tour *tour, int row)
{
    bool reverse = false;

    for (int column = 0; column < tour->columns; column++)
        reverse = reverse || is_reverse(tour, row, column);
    if (strstr(screen_row(tour->screen, row), "│") != NULL) /* a window hides what the row says */
        return;
    if (reverse && !has_sign(tour, row))
        fault(tour, "marked by reverse alone", screen_row(tour->screen, row));
}

static void expect_read(struct tour *tour)
{
    int row = 0;
    int column = 0;

    screen_cursor(tour->screen, &row, &column);
    if (screen_row(tour->screen, row)[0] == '\0' && /* what is typed stands under the question */
        (row == 0 || screen_row(tour->screen, row - 1)[0] == '\0'))
        fault(tour, "the cursor is on an empty line", "");
    if (row == 0)
        fault(tour, "the cursor is on the title", screen_row(tour->screen, row));
}

/** Blank columns at the right edge of a row. */
static int room_behind(struct tour *tour, int row)
{
    int room = 0;

    while (room < tour->columns) {
        struct screen_cell cell = screen_cell(tour->screen, row, tour->columns - 1 - room);
        if (cell.width == 0 || !is_blank(&cell))
            break;
        room++;
    }
    return room;
}

/** Nothing of a list is cut while there are blank columns beside it. */
static void expect_used(struct tour *tour)
{
    enum { SPARE = 4 /* the longest row of another page may need them */ };
    int spare = tour->columns;
    int at = -1;

    for (int row = 1; row < tour->rows - 2; row++) {
        int room = room_behind(tour, row);
        spare = room < spare ? room : spare;
        if (strstr(screen_row(tour->screen, row), "…") != NULL)
            at = row;
    }
    if (at >= 0 && spare > SPARE && !is_shown_as_is(tour))
        fault(tour, "cut beside blank columns", screen_row(tour->screen, at));
}

static bool is_at(const struct tour *tour, int row, int column, const char *sign)
{
    struct screen_cell cell = screen_cell(tour->screen, row, column);

    return strcmp(cell.text, sign) == 0;
}

/** True for the title of a form or of a question and for its keys, which nothing marks where they are
 *  cut; what stands above other keys is wrapped. */
static bool is_edge(const struct tour *tour, int row, int left)
{
    int last = row;

    while (is_at(tour, last + 1, left, "│"))
        last++;
    return strstr(screen_row(tour->screen, last), "确定") != NULL &&
           (last == row || !is_at(tour, row - 1, left, "│"));
}

/** A window that could be wider cuts nothing. */
static void expect_window(struct tour *tour, int row, int left, int right)
{
    enum { SLIVER = 8 /* no strip of fewer columns is left beside a window */ };
    bool cut = false;

    if (right - left + 1 + SLIVER >= tour->columns)
        return;
    for (int column = left + 1; column < right; column++)
        cut = cut || is_at(tour, row, column, "…");
    struct screen_cell last = screen_cell(tour->screen, row, right - 2);
    if (cut || (is_edge(tour, row, left) && (last.width == 0 || !is_blank(&last))))
        fault(tour, "cut in a window that could be wider", screen_row(tour->screen, row));
}

static void expect_windows(struct tour *tour)
{
    for (int row = 1; row < tour->rows - 1; row++) {
        int left = -1;
        for (int column = 0; column < tour->columns; column++) {
            if (!is_at(tour, row, column, "│"))
                continue;
            if (left >= 0)
                expect_window(tour, row, left, column);
            left = left < 0 ? column : -1;
        }
    }
}

/** "3/153" behind the title. */
static bool has_place(const char *title)
{
    for (const char *at = strchr(title, '/'); at != NULL; at = strchr(at + 1, '/'))
        if (at > title && isdigit((unsigned char)at[-1]) && isdigit((unsigned char)at[1]))
            return true;
    return false;
}

static void look(struct tour *tour)
{
    screen_expect_whole(tour->screen);
    if (screen_row(tour->screen, 0)[0] == '\0')
        fault(tour, "no title", "");
    tour->places += has_place(screen_row(tour->screen, 0)) ? 1 : 0;
    for (int row = 0; row < tour->rows; row++) {
        expect_signs(tour, screen_row(tour->screen, row));
        expect_marked(tour, row);
    }
    if ((tour->mode->is & LINEAR) != 0)
        expect_read(tour);
    if ((tour->mode->is & WIDE) != 0) {
        expect_used(tour);
        if (!is_shown_as_is(tour))
            expect_windows(tour);
    }
}

static bool has_locale(void)
{
    char *path = world_gb18030();
    bool has = path != NULL;

    free(path);
    return has;
}

static void walk(struct tour *tour, const struct world *world, const struct walker *officer)
{
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", officer->id, NULL};
    char *path = tour->mode->locale != NULL ? world_gb18030() : NULL;
    const char *environment[] = {path, NULL};
    struct screen_options options = {.rows = tour->rows,
                                     .columns = tour->columns,
                                     .term = tour->mode->term,
                                     .locale = tour->mode->locale,
                                     .encoding = tour->mode->encoding,
                                     .environment = environment,
                                     .arguments = arguments};

    tour->screen = screen_start(&options);
    tour->name = "首页";
    tour->keys = "";
    look(tour);
    for (size_t i = 0; i < officer->count; i++) {
        const struct walk *at = &officer->walk[i];
        tour->name = at->screen != NULL ? at->screen : tour->name;
        tour->keys = at->keys;
        walkhome_take(tour->screen, at->keys);
        if (at->seen != NULL && screen_find(tour->screen, at->seen) < 0)
            fault(tour, "not there", at->seen);
        look(tour);
    }
    tour->bytes += screen_bytes(tour->screen);
    screen_free(&tour->screen);
    free(path);
}

/** The way of drawing, in the account's settings. */
static void choose(const char *settings, const char *way)
{
    char *folder = mem_printf("%s/doudi", settings);
    char *path = mem_printf("%s/display.conf", folder);
    FILE *file = NULL;

    (void)mkdir(settings, 0700);
    (void)mkdir(folder, 0700);
    file = fopen(path, "w");
    assert_non_null(file);
    (void)fprintf(file, "%s\n", way);
    assert_int_equal(fclose(file), 0);
    free(path);
    free(folder);
}

/** The ways agree about the place in the list, but for the slow line, which is spared it and much
 *  more: what is counted is the whole walk. */
static void compare(const struct tour *tours)
{
    assert_true(tours[USUAL].places > 0);
    assert_int_equal(tours[SLOW].places, 0);
    for (size_t m = 0; m < COUNT(MODES); m++)
        if (m != SLOW && tours[m].mode != NULL)
            assert_int_equal(tours[m].places, tours[USUAL].places);
    assert_true(tours[SLOW].bytes * 100 <= tours[USUAL].bytes * SLOW_PERCENT);
}

/** Homes that the walk changes are made anew for each way, and only for those that draw otherwise. */
struct place {
    struct world *(*make)(void);
    const struct walker *walkers;
    size_t count;
    bool anew;
};

static size_t walk_all(const struct place *place)
{
    struct tour tours[COUNT(MODES)] = {0};
    struct world *world = place->make();
    char *settings = mem_printf("%s-settings", world->home);
    size_t faults = 0;

    setenv("XDG_CONFIG_HOME", settings, 1);
    for (size_t m = 0; m < COUNT(MODES); m++) {
        if (place->anew && (MODES[m].is & (LINEAR | ASCII | WIDE)) == 0)
            continue;
        if (MODES[m].locale != NULL && !has_locale()) {
            print_message("%s could not be built here\n", MODES[m].locale);
            continue;
        }
        tours[m].mode = &MODES[m];
        tours[m].rows = MODES[m].rows > 0 ? MODES[m].rows : ROWS;
        tours[m].columns = MODES[m].columns > 0 ? MODES[m].columns : COLUMNS;
        choose(settings, MODES[m].way);
        for (size_t i = 0; i < place->count; i++)
            walk(&tours[m], world, &place->walkers[i]);
        print_message("%s: %zu bytes, %zu faults\n", MODES[m].name, tours[m].bytes,
                      tours[m].faults);
        faults += tours[m].faults;
        if (place->anew) {
            world_free(&world);
            world = place->make();
        }
    }
    if (!place->anew)
        compare(tours);
    unsetenv("XDG_CONFIG_HOME");
    free(settings);
    world_free(&world);
    return faults;
}

static void every_screen_in_every_way(void **state)
{
    (void)state;
    assert_int_equal(walk_all(&(struct place){walkhome_demo, WALKERS, WALKER_COUNT, false}), 0);
}

static void a_collecting_county_in_every_way(void **state)
{
    (void)state;
    assert_int_equal(walk_all(&(struct place){county_new, &WALK_COLLECTOR, 1, false}), 0);
}

static void doubles_in_every_way(void **state)
{
    (void)state;
    assert_int_equal(walk_all(&(struct place){doubles_world, &WALK_DOUBLES, 1, true}), 0);
}

static void casework_in_every_way(void **state)
{
    (void)state;
    assert_int_equal(
        walk_all(&(struct place){walkhome_casework, WALK_CASEWORK, WALK_CASEWORK_COUNT, true}), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_in_every_way),
        cmocka_unit_test(a_collecting_county_in_every_way),
        cmocka_unit_test(doubles_in_every_way),
        cmocka_unit_test(casework_in_every_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
