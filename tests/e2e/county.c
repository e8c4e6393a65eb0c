#include "county.h"

#include "base/mem.h"
#include "unit.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Runs a command of the shell on a file or folder. */
static void shell(const char *command, const char *path)
{
    char *whole = mem_printf("set -e; f='%s'; %s", path, command);

    if (system(whole) != 0)
        fail_msg("%s", whole);
    free(whole);
}

void county_make_lie(const char *bundle)
{
    static const char command[] =
        "d=$(mktemp -d); tar --zstd -xf \"$f\" -C \"$d\"; names=$(tar --zstd -tf \"$f\"); cd "
        "\"$d\"; "
        "sum() { sha256sum \"$1\" | cut -c1-64; }; "
        "was=$(sum duties.csv); sed -i '0,/,pending,/s//,reached,/' duties.csv; "
        "sed -i \"s/$was/$(sum duties.csv)/\" manifest.json; "
        "sed -i \"s/^[0-9a-f]\\{64\\}/$(sum manifest.json)/\" manifest.sha256; "
        "tar --zstd -cf \"$f\" $names; rm -r \"$d\"";

    shell(command, bundle);
}

/** An elder whom both streets have. */
static void import_twin(struct world *world, const char *street)
{
    char *path = mem_printf("%s-twin.csv", world->home);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    fprintf(
        file,
        "区划代码,姓名,身份证号,类别,风险等级,探访人,紧急联系人,紧急联系人电话,纳入日期,联系电话,"
        "住址\n%.9s001,王桂兰,21110219440302002X,独居,高,刘洋,王强,13900000001,2025-01-02,"
        "13900000002,1号楼\n",
        street);
    assert_int_equal(fclose(file), 0);
    world_expect(world, 0, "import tanfang '%s'", path);
    remove(path);
    free(path);
}

/** Exports `bundles` times from a new street; keeps the last bundle, whose path it returns. */
static char *street_bundle(const char *street, const char *today, int bundles)
{
    struct world *world = world_new(today);
    char *out = mem_printf("%s-out", world->home);
    char *pattern = mem_printf("%s/*%s.tar.zst", out, bundles > 1 ? "-2" : "");
    char *divisions = world_divisions();
    glob_t found = {0};

    world_expect(world, 0, "init --area %.9s --divisions '%s' --first-month 2026-10", street,
                 divisions);
    free(divisions);
    world_expect(world, 0, "demo --cases 40 --months 2 --seed 1 --area %.9s", street);
    if (strcmp(street, COUNTY_WAITER) != 0)
        import_twin(world, street);
    for (int i = 0; i < bundles; i++)
        world_expect(world, 0, "export --out '%s'", out);
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    char *path = mem_copy(found.gl_pathv[0]);
    globfree(&found);
    free(pattern);
    free(out);
    world_free(&world);
    return path;
}

struct world *county_new(void)
{
    char *bundles[] = {
        street_bundle(COUNTY_LIAR, "2026-11-23", 1),
        street_bundle(COUNTY_TWIN, "2026-11-25", 1),
        street_bundle(COUNTY_WAITER, "2026-11-25", 2),
    };
    struct world *world = world_new(COUNTY_TODAY);
    char *divisions = world_divisions();

    county_make_lie(bundles[0]);
    world_expect(world, 0,
                 "init --area 211103 --level county --divisions '%s' --first-month 2026-10",
                 divisions);
    world_expect(world, 0, "officer add 3001 --name 孙丽 --role county --area 211103");
    for (size_t i = 0; i < COUNT(bundles); i++) {
        world_expect(world, i < 2 ? 0 : 1, "ingest '%s'", bundles[i]);
        shell("rm -r \"${f%/*}\"", bundles[i]);
        free(bundles[i]);
    }
    free(divisions);
    return world;
}
