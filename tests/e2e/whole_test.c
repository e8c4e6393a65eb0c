/**
 * Nothing is cut on a terminal of 80 × 24, whatever the figures: on every screen of the walks (walks.h) only
 * a table's cell may end in "…", and then the row's own window has it whole.
 */
#include "county.h"
#include "doubles.h"
#include "walkhome.h"
#include "walks.h"
#include "world.h"

#include "base/mem.h"
#include "base/text.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 24, COLUMNS = 80 };

/* On its way through the screens. */
struct tour {
    struct screen *screen;
    const char *officer, *name, *keys; /* of the step */
    bool large;                        /* figures are large, names are others */
    size_t looked, cells;              /* screens, and rows that were opened */
    size_t faults;
};

static void fault(struct tour *tour, const char *what, const char *text)
{
    print_message("%s %s (%s): %s “%s”\n", tour->officer, tour->name, tour->keys, what, text);
    tour->faults++;
}

/** Pages are shown as they will be printed, and move to the side; the manual has drawn screens. */
static bool is_page(const struct tour *tour)
{
    return screen_find(tour->screen, "打印预览") >= 0 || screen_find(tour->screen, "用户手册") >= 0;
}

/** What stands between the frames of a window; new string, NULL if the row has none. */
static char *inside(const char *row)
{
    const char *left = strstr(row, "│");
    const char *right = left == NULL ? NULL : strstr(left + 1, "│");

    return right == NULL ? NULL : mem_copy_bytes(left, (size_t)(right - left));
}

/** True for a row of a table: the marker or a blank, its number, its mark; then its cells. What stands
 *  above and below tables begins in the second column. */
static bool is_table_row(const char *text)
{
    static const char marker[] = "▸";

    if (*text == '\0')
        return false;
    const char *at = text_starts(text, marker) ? text + strlen(marker) : text + 1;
    size_t digits = strspn(at + strspn(at, " "), "0123456789");

    if (*at == ' ' && digits == 0)
        return true;
    at += strspn(at, " ") + digits;
    return digits > 0 && (*at == ' ' || *at == '*');
}

/** The row of headings: the first below captions, which has neither marker nor number. */
static bool is_heading(struct tour *tour, int row)
{
    for (int above = 1; above < row; above++)
        if (is_table_row(screen_row(tour->screen, above)))
            return false;
    return true;
}

/** True if a figure ends in "…": what is left is another figure. */
static bool has_cut_figure(const char *text)
{
    for (const char *at = strstr(text, "…"); at != NULL; at = strstr(at + 1, "…")) {
        const char *from = at;
        while (from > text && strchr("0123456789.", from[-1]) != NULL)
            from--;
        if (from < at && from > text && from[-1] == ' ')
            return true;
    }
    return false;
}

static void look_at_row(struct tour *tour, int row, bool window)
{
    char *text =
        window ? inside(screen_row(tour->screen, row)) : mem_copy(screen_row(tour->screen, row));
    bool cell = !window && text != NULL && is_table_row(text) && !is_heading(tour, row);

    if (text != NULL && strstr(text, "…") != NULL && !cell)
        fault(tour, "cut", text);
    if (text != NULL && has_cut_figure(text))
        fault(tour, "a figure is cut", text);
    free(text);
}

/** Opens the cursor's row, of which a cell is cut: the whole row is there. */
static void open_row(struct tour *tour)
{
    tour->cells++;
    screen_press(tour->screen, "i");
    if (screen_find(tour->screen, "Esc 关闭") < 0 && screen_find(tour->screen, "翻看") < 0) {
        fault(tour, "cannot be seen whole", screen_row(tour->screen, 0));
        screen_print(tour->screen);
    }
    for (int row = 0; row < ROWS; row++)
        look_at_row(tour, row, true);
    screen_press(tour->screen, "Esc");
}

static void look(struct tour *tour)
{
    bool window = screen_find(tour->screen, "┌") >= 0;
    int cursor = screen_find(tour->screen, "▸");

    if (is_page(tour))
        return;
    tour->looked++;
    for (int row = 0; row < ROWS; row++)
        look_at_row(tour, row, window);
    if (!window && cursor >= 0 && strstr(screen_row(tour->screen, cursor), "…") != NULL &&
        screen_find(tour->screen, "筛选 /") < 0)
        open_row(tour);
}

static size_t walk(const struct world *world, const struct walker *officer, bool large)
{
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", officer->id, NULL};
    struct tour tour = {.officer = officer->title, .name = "首页", .keys = "", .large = large};

    tour.screen = screen_start(&(struct screen_options){.arguments = arguments});
    look(&tour);
    for (size_t i = 0; i < officer->count; i++) {
        const struct walk *at = &officer->walk[i];
        tour.name = at->screen != NULL ? at->screen : tour.name;
        tour.keys = at->keys;
        walkhome_take(tour.screen, at->keys);
        if (at->seen != NULL && !large)
            screen_expect(tour.screen, at->seen);
        look(&tour);
    }
    print_message("%s: %zu screens, %zu rows opened, %zu faults\n", officer->title, tour.looked,
                  tour.cells, tour.faults);
    assert_true(tour.looked > 0);
    screen_free(&tour.screen);
    return tour.faults;
}

static size_t walk_all(struct world *(*make)(void), const struct walker *walkers, size_t count,
                       bool large)
{
    struct world *world = make();
    size_t faults = 0;

    for (size_t i = 0; i < count; i++)
        faults += walk(world, &walkers[i], large);
    world_free(&world);
    return faults;
}

static void every_screen_is_whole(void **state)
{
    (void)state;
    assert_int_equal(walk_all(walkhome_demo, WALKERS, WALKER_COUNT, false), 0);
}

static void it_is_with_figures_of_five_digits(void **state)
{
    (void)state;
    assert_int_equal(walk_all(walkhome_large, WALKERS, WALKER_COUNT, true), 0);
}

static void so_are_casework_doubles_and_a_collecting_county(void **state)
{
    (void)state;
    assert_int_equal(walk_all(walkhome_casework, WALK_CASEWORK, WALK_CASEWORK_COUNT, false) +
                         walk_all(doubles_world, &WALK_DOUBLES, 1, false) +
                         walk_all(county_new, &WALK_COLLECTOR, 1, false),
                     0);
}

#define LONG_ADDRESS                                                                                                                             \
    "胜利街道旌旗社区新工小区北侧平房原纺织厂家属院三号楼西侧第二排从东数第五个门洞二单元七零三室" \
    "鑫"

/** Texts longer than a line: in the pane, in the case's head, in a form's field that is not typed into. */
static void long_texts_are_whole(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    world_import(
        world, "tanfang",
        "区划代码,姓名,身份证号,类别,风险等级,探访人,纳入日期,联系电话,住址\n"
        "211102002005,阿卜杜热西提·买买提依明江,211102195001010042,空巢,高,刘洋,2026-01-05,"
        "13900000099," LONG_ADDRESS "\n");
    world_expect(
        world, 0,
        "--as 3001 visit add --id 211102195001010042 --date 2026-11-20 --mode 上门 "
        "--result 成功 --by 刘洋 --note '老人说上个月摔了一跤，膝盖还疼，已经约了社区医生周五"
        "上门看；药够吃半个月，女儿下周回来，煤气报警器没电，当场换了电池罢'");
    screen = world_screen(world, "3001", ROWS, COLUMNS);
    screen_press(screen, "d a Tab");
    screen_go_to(screen, "阿卜杜热", 0);
    screen_expect(screen, "鑫");
    screen_expect(screen, "罢");
    screen_expect_whole(screen);
    screen_press(screen, "F7");
    screen_expect(screen, "（F4 全显）");
    screen_free(&screen);
    screen = world_screen(world, "1001", ROWS, COLUMNS);
    screen_press(screen, "F3");
    screen_type(screen, "阿卜杜热");
    screen_press(screen, "Enter F2");
    screen_go_to(screen, "住址", 0);
    screen_press(screen, "Up");
    screen_expect(screen, "鑫");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_texts_are_whole),
        cmocka_unit_test(every_screen_is_whole),
        cmocka_unit_test(it_is_with_figures_of_five_digits),
        cmocka_unit_test(so_are_casework_doubles_and_a_collecting_county),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
