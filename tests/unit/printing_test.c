#include "report/printing.h"

#include "tests/unit/unit.h"

#include <locale.h>

static void queues_are_read(void **state)
{
    struct printing_queues queues;

    (void)state;
    printing_read_queues("queue\tback\t0\t1\t0\tnone\t后勤\t二楼\n"
                         "nonsense\nqueue\tshort\t1\n"
                         "queue\tfront\t1\t1\t0\tmedia-low-warning\t前台 HP\t\n"
                         "queue\toff\t0\t1\t1\tpaused\t\t\n"
                         "queue\tshut\t0\t0\t0\tnone\t\t\n"
                         "queue\tempty\t0\t1\t0\tmedia-low-report,media-empty-error\t\t",
                         &queues);
    assert_int_equal(queues.count, 5);
    assert_string_equal(queues.items[0].name, "front");
    assert_string_equal(queues.items[0].info, "前台 HP");
    assert_string_equal(queues.items[0].trouble, "");
    assert_true(queues.items[0].is_default);
    assert_string_equal(queues.items[1].name, "back");
    assert_string_equal(queues.items[1].location, "二楼");
    assert_non_null(strstr(queues.items[2].trouble, "停用"));
    assert_non_null(strstr(queues.items[3].trouble, "不接收"));
    assert_non_null(strstr(queues.items[4].trouble, "缺纸"));
    printing_queues_free(&queues);
    printing_read_queues("", &queues);
    assert_int_equal(queues.count, 0);
    printing_queues_free(&queues);
}

/** Every state that CUPS may tell has its own words, and only a completed job is 打印完成. */
static void jobs_are_judged(void **state)
{
    static const struct {
        const char *line; /* after the time of its making */
        enum print_state state;
        const char *words;
    } cases[] = {
        {"3\tHP\t0\tnone\t", PRINT_SENT, "已送打印机 HP"},
        {"3\tHP\t1\tpaused\t", PRINT_STUCK, "停用了"},
        {"3\tHP\t1\tpaused\tno paper", PRINT_STUCK, "停用了（no paper），任务在排队"},
        {"3\tHP\t0\tmedia-empty-error\t", PRINT_STUCK, "缺纸"},
        {"4\tHP\t0\tnone\t", PRINT_HELD, "暂缓"},
        {"4\tHP\t0\tnone\t\tjob-hold-until-specified", PRINT_HELD, "暂缓"},
        {"4\tHP\t0\tnone\t\tcups-held-for-authentication", PRINT_HELD, "要账号和密码"},
        {"4\tHP\t0\tnone\tno file\tresources-are-not-ready", PRINT_STUCK, "（no file），过几分钟"},
        {"5\tHP\t0\tnone\t", PRINT_GOING, "正在打印"},
        {"5\tHP\t0\tcups-waiting-for-job-completed\t", PRINT_GOING, "正在打印"},
        {"5\tHP\t0\tmedia-low-warning,toner-low-report\t", PRINT_GOING, "正在打印"},
        {"5\tHP\t0\ttoner-low-warning,media-jam\t", PRINT_STUCK, "卡纸"},
        {"5\tHP\t0\tdoor-open-report\t", PRINT_STUCK, "机盖"},
        {"5\tHP\t0\tnone\tThe printer is not responding.", PRINT_STUCK, "连不上"},
        {"5\tHP\t1\tpaused\t", PRINT_STUCK, "停用了"},
        {"6\tHP\t1\tpaused\t", PRINT_STUCK, "停用了"},
        {"7\tHP\t0\tnone\t", PRINT_CANCELED, "取消了"},
        {"8\tHP\t0\tnone\tFilter failed", PRINT_FAILED, "（Filter failed）"},
        {"8\tHP\t0\tmedia-empty-error\t", PRINT_FAILED, "没有打出"},
        {"9\tHP\t0\tnone\t", PRINT_DONE, "打印完成"},
        {"9\tHP\t1\tmedia-low-warning\t\tprocessing-to-stop-point", PRINT_DONE, "打印完成"},
        {"9\tHP\t0\tpaused,other-errors\t\t", PRINT_DONE, "打印完成"},
        {"9\tHP\t0\tnone\tOut of paper\t", PRINT_REPORTED, "报告：Out of paper。请去看"},
        {"9\tHP\t0\tmedia-empty-error\t", PRINT_REPORTED, "报告：缺纸。请去看"},
        {"9\tHP\t0\tother-error,paused\t\t", PRINT_REPORTED, "报告：other-error,paused。"},
        {"9\tHP\t0\tnone\t\ta,job-completed-with-errors", PRINT_REPORTED, "出过错"},
        {"9\tHP\t0\tnone\t\tjob-completed-with-warnings,b", PRINT_REPORTED, "出过错"},
        {"0\tHP\t0\t\t", PRINT_LOST, "查不到"},
        {"17\tHP\t0\t\t", PRINT_LOST, "查不到"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct printing_job job = {0};
        char text[256];

        (void)snprintf(text, sizeof text,
                       "job\tHP-2\t5\t9\tHP\t0\tnone\t\njob\tHP-12\t1795889080\t%s", cases[i].line);
        print_message("%s\n", cases[i].line);
        assert_true(printing_read_job(text, "HP-12", &job));
        assert_int_equal(job.state, cases[i].state);
        assert_int_equal(job.created, 1795889080);
        assert_non_null(strstr(job.words, cases[i].words));
        assert_int_equal(strstr(job.words, "打印完成") != NULL, job.state == PRINT_DONE);
        printing_job_free(&job);
    }
}

static void what_is_no_job_is_none(void **state)
{
    struct printing_job job = {0};

    (void)state;
    assert_false(printing_read_job("", "HP-12", &job));
    assert_false(printing_read_job("job\tHP-12\t1\t9\tHP\t0\tnone\n", "HP-12", &job));
    assert_false(printing_read_job("job\tHP-12\t1\t9\tHP\t0\tnone\t\t\t\n", "HP-12", &job));
    assert_false(printing_read_job("job\tHP-121\t1\t9\tHP\t0\tnone\t\n", "HP-12", &job));
    assert_null(printing_read_sent("request id is HP-12\n"));
    char *id = printing_read_sent("note\njob\tHP-12\n");
    assert_string_equal(id, "HP-12");
    free(id);
    id = printing_queue_of("a-b-12");
    assert_string_equal(id, "a-b");
    free(id);
}

static void ids_go_both_ways(void **state)
{
    (void)state;
    for (int i = PRINT_UNTOLD; i <= PRINT_LOST; i++)
        assert_int_equal(prints_state_parse(prints_state_id((enum print_state)i)), i);
    for (int i = PRINT_TO_NOTHING; i <= PRINT_TO_FILE; i++)
        assert_int_equal(prints_to_parse(prints_to_id((enum print_to)i)), i);
    assert_int_equal(prints_state_parse("finished"), PRINT_UNTOLD);
    assert_int_equal(prints_to_parse("lp"), PRINT_TO_NOTHING);
    assert_true(prints_state_is_final(PRINT_DONE));
    assert_false(prints_state_is_final(PRINT_STUCK));
}

/** What was chosen comes back; what is no scope is left out. */
static void scopes_come_back(void **state)
{
    static const struct {
        const char *text, *kind, *all;
    } cases[] = {{"", "", ""},
                 {"kind=dibao;all=1;", "dibao", "1"},
                 {"kind=;all=0;", "", "0"},
                 {"all=1;kind=a=b;", "a=b", "1"},
                 {"kind=dibao", "", ""}, /* cut off */
                 {";;x;all=1;", "", "1"}};
    struct str scope = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fields fields = {0};
        prints_scope_read(cases[i].text, &fields);
        assert_string_equal(fields_get(&fields, "kind"), cases[i].kind);
        assert_string_equal(fields_get(&fields, "all"), cases[i].all);
        fields_free(&fields);
    }
    prints_scope_add(&scope, "kind", "dibao");
    prints_scope_add(&scope, "officer", "a;b");
    prints_scope_add(&scope, "all", "1");
    assert_string_equal(str_text(&scope), cases[1].text);
    str_free(&scope);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queues_are_read),        cmocka_unit_test(jobs_are_judged),
        cmocka_unit_test(what_is_no_job_is_none), cmocka_unit_test(ids_go_both_ways),
        cmocka_unit_test(scopes_come_back),
    };

    (void)setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
