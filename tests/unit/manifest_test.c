/* What a manifest must be to be read (bundle/manifest.h). */
#include "bundle/manifest.h"

#include "unit.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD "{\"format\":1,\"area\":\"211102002000\",\"date\":\"2026-11-23\",\"previous\":\"\","
#define FILE_OF(name, hash) "{\"name\":\"" name "\",\"rows\":3,\"sha256\":\"" hash "\"}"

#define FILE_WITH(state)                                                                           \
    "{\"name\":\"a.csv\",\"rows\":3,\"sha256\":\"" HASH "\",\"state\":" state "}"
#define DELTA(format, base)                                                                        \
    "{\"format\":" format ",\"area\":\"\",\"date\":\"2026-02-28\",\"previous\":\"" HASH            \
    "\",\"number\":3,\"kind\":\"delta\",\"base\":" base ",\"files\":[]}"

static void what_is_no_manifest_is_refused(void **state)
{
    static const struct {
        const char *text;
        const char *words; /* NULL: it is one */
    } cases[] = {
        {HEAD "\"files\":[]}\n", NULL},
        {HEAD "\"files\":[" FILE_OF("cases.csv", HASH) "]}", NULL},
        {"", "不是"},
        {"[1]", "不是"},
        {"{", "不是"},
        {HEAD "\"files\":[]} x", "末尾"},
        {"{\"format\":4}", "更新的版本"},
        {"{\"format\":0}", "更新的版本"},
        {"{\"format\":2,\"area\":\"\",\"date\":\"2026-02-28\",\"previous\":\"\"}", "编号"},
        {"{\"format\":2,\"area\":\"\",\"date\":\"2026-02-28\",\"previous\":\"\",\"number\":0}",
         "编号"},
        {"{\"format\":2,\"area\":\"\",\"date\":\"2026-02-28\",\"previous\":\"\",\"number\":3,"
         "\"files\":[]}",
         NULL},
        {DELTA("3", "2"), NULL},
        {DELTA("2", "2"), "编号"},
        {DELTA("3", "3"), "编号"},
        {DELTA("3", "1"), "编号"},
        {DELTA("3", "\"2\""), "编号"},
        {HEAD "\"kind\":\"full\",\"files\":[]}", NULL},
        {HEAD "\"kind\":\"part\",\"files\":[]}", "编号"},
        {HEAD "\"files\":[" FILE_WITH("{\"rows\":3,\"sum\":\"" HASH "\"}") "]}", NULL},
        {HEAD "\"files\":[" FILE_WITH("{\"rows\":3}") "]}", "第 1 个"},
        {HEAD "\"files\":[" FILE_WITH("{\"rows\":-3,\"sum\":\"" HASH "\"}") "]}", "第 1 个"},
        {HEAD "\"files\":[" FILE_WITH("3") "]}", "第 1 个"},
        {"{\"format\":1,\"area\":\"2111\",\"date\":\"2026-11-23\",\"previous\":\"\"}", "区划"},
        {"{\"format\":1,\"area\":\"\",\"date\":\"2026-02-29\",\"previous\":\"\"}", "日期"},
        {"{\"format\":1,\"area\":\"\",\"date\":\"2026-02-28\",\"previous\":\"ff\"}", "上一包"},
        {HEAD "\"files\":{}}", "文件表"},
        {HEAD "\"files\":[" FILE_OF("../cases.csv", HASH) "]}", "第 1 个"},
        {HEAD "\"files\":[" FILE_OF("/etc/passwd", HASH) "]}", "第 1 个"},
        {HEAD "\"files\":[" FILE_OF("manifest.json", HASH) "]}", "第 1 个"},
        {HEAD "\"files\":[" FILE_OF("cases.csv", "12") "]}", "第 1 个"},
        {HEAD "\"files\":[" FILE_OF("a.csv", HASH) "," FILE_OF("a.csv", HASH) "]}", "第 2 个"},
        {HEAD "\"files\":[{\"name\":\"a.csv\",\"rows\":-1,\"sha256\":\"" HASH "\"}]}", "第 1 个"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct manifest *manifest = NULL;
        char *message = NULL;
        enum result result =
            manifest_parse(cases[i].text, strlen(cases[i].text), &manifest, &message);

        bool newer = cases[i].words != NULL && strcmp(cases[i].words, "更新的版本") == 0;
        if (result != (cases[i].words == NULL ? RESULT_OK
                       : newer                ? RESULT_FORMAT
                                              : RESULT_INVALID) ||
            (cases[i].words != NULL && strstr(message, cases[i].words) == NULL))
            fail_msg("%s: %s", cases[i].text, message);
        manifest_free(&manifest);
        free(message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_manifest_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
