#include "doubles.h"

#include "unit.h"

#include "base/mem.h"

#include <string.h>

#define HEADING                                                                                                                            \
    "户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,是否保障,所在村,复核类别,家庭月收入," \
    "起始月,现住址,开户银行,银行账号,开户人\\n"
/* 李晓红 was heard as 李小红, and both of her cases have a household of two. */
#define FIRST                                                                                                  \
    "李晓红,211102196503050022,李晓红,211102196503050022,户主,是,旌旗社区,B,100,2026-10,1号楼," \
    "盘锦银行,6217000000000000016,李晓红\\n"                                                            \
    "李晓红,211102196503050022,曹立,211102199001010032,子,是,旌旗社区,B,100,2026-10,1号楼,,,\\n"
#define SECOND                                                                                                 \
    "李小红,211102196503050049,李小红,211102196503050049,户主,是,旌旗社区,B,300,2026-11,1号楼," \
    "盘锦银行,6217000000000000024,李小红\\n"                                                            \
    "李小红,211102196503050049,曹力,211102199001010059,子,是,旌旗社区,B,300,2026-11,1号楼,,,\\n"

static void import_ledger(struct world *world, const char *ledger, const char *said)
{
    world_expect(world, 0, "status; printf '%s' >'%s.csv'", ledger, world->home);
    world_expect(world, 0, "--as 1001 import dibao '%s.csv'", world->home);
    world_expect_output(world, said);
}

struct world *doubles_world(void)
{
    struct world *world = world_new_home("2026-11-23", "2026-10");

    import_ledger(world, HEADING FIRST SECOND, "households 2 accepted 2 refused 0");
    world_expect(world, 0, "status; rm -f '%s.csv'", world->home);
    return world;
}

struct world *doubles_world_of_two(char **ret_batch)
{
    struct world *world = world_new_home("2026-11-23", "2026-10");
    const char *batch = NULL;

    import_ledger(world, HEADING FIRST, "households 1 accepted 1 refused 0");
    batch = strstr(world->output, "batch ");
    assert_non_null(batch);
    batch += strlen("batch ");
    *ret_batch = mem_copy_bytes(batch, strcspn(batch, "\n"));
    import_ledger(world, HEADING SECOND, "households 1 accepted 1 refused 0");
    world_expect(world, 0, "status; rm -f '%s.csv'", world->home);
    return world;
}
