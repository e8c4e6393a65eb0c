#include "walkhome.h"

#include "walks.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TODAY "2026-11-23"

static char sheet_code[16];

void walkhome_take(struct screen *screen, const char *keys)
{
    if (strcmp(keys, WALK_SHEET) == 0)
        screen_type(screen, sheet_code);
    else if (keys[0] == '=' && keys[1] != '\0')
        screen_type(screen, keys + 1);
    else
        screen_press(screen, keys);
}

/** Something to find in the history: the list saved `count` times, as officers would. */
static void save_list(struct world *world, int count)
{
    struct screen *screen = world_screen(world, "1001", 24, 80);
    char *file = mem_printf("%s-list", world->home);

    for (int i = 0; i < count; i++) {
        screen_press(screen, "d F5 F2 2");
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

static struct world *demo_of(int cases)
{
    struct world *world = world_new(TODAY);

    world_expect(world, 0, "demo --cases %d --months 2 --seed 7 --area 211102002", cases);
    save_list(world, 3);
    print_sheet(world);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-11");
    world_expect(world, 0, "--as 2001 payroll confirm --kind dibao --month 2026-11");
    return world;
}

struct world *walkhome_demo(void)
{
    return demo_of(300);
}

struct world *walkhome_large(void)
{
    return demo_of(20000);
}

#define HEADINGS                                                                                                                           \
    "户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,是否保障,所在村,复核类别,家庭月收入," \
    "起始月,"                                                                                                                           \
    "开户银行,银行账号,开户人\\n"
#define HOUSE(name, id, account)                                                                   \
    name "," id "," name "," id ",户主,是,旌旗社区,B,100,2026-11,盘锦银行," account ",赵德山\\n"

/** A confirmed roster of which one of two equal entries came back, and whose months are owed more today. */
struct world *walkhome_casework(void)
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
