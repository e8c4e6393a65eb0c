#include "doubles.h"

/* 李晓红 was heard as 李小红, and both of her cases have a household of two. */
static const char LEDGER[] =
    "户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,是否保障,所在村,复核类别,家庭月收入,"
    "起始月,现住址\\n"
    "李晓红,211102196503050022,李晓红,211102196503050022,户主,是,旌旗社区,B,100,2026-10,1号楼\\n"
    "李晓红,211102196503050022,曹立,211102199001010032,子,是,旌旗社区,B,100,2026-10,1号楼\\n"
    "李小红,211102196503050049,李小红,211102196503050049,户主,是,旌旗社区,B,300,2026-11,1号楼\\n"
    "李小红,211102196503050049,曹力,211102199001010059,子,是,旌旗社区,B,300,2026-11,1号楼\\n";

struct world *doubles_world(void)
{
    struct world *world = world_new_home("2026-11-23", "2026-10");

    world_expect(world, 0, "status; printf '%s' >'%s.csv'", LEDGER, world->home);
    world_expect(world, 0, "--as 1001 import dibao '%s.csv'", world->home);
    world_expect_output(world, "households 2 accepted 2 refused 0");
    world_expect(world, 0, "status; rm -f '%s.csv'", world->home);
    return world;
}
