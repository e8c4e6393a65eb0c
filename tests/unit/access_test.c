#include "unit.h"

#include "service/access.h"

/** Who may do what, written down by hand: one letter per role, in the order of the enum. */
static const struct {
    enum action action;
    const char *id;
    /* none village street chief county admin auditor system */
    const char *may;
} MATRIX[] = {
    {ACTION_LOGIN, "login", "YYYYYYYY"},
    {ACTION_LOGOUT, "logout", "-YYYYYYY"},
    {ACTION_PASSWORD, "password", "-YYYYYY-"},
    {ACTION_HOME, "home", "-YYYY--Y"},
    {ACTION_DUE, "due", "-YYYY--Y"},
    {ACTION_SHEET_MAKE, "sheet.make", "-YYYY--Y"},
    {ACTION_SHEET_READ, "sheet.read", "-YYYY--Y"},
    {ACTION_BOARD, "board", "-YYYY--Y"},
    {ACTION_WHY, "why", "-YYYY--Y"},
    {ACTION_SUSPICIOUS, "suspicious", "--YYY--Y"},
    {ACTION_DUPLICATES, "duplicates", "--YYY--Y"},
    {ACTION_MERGE_ASK, "merge.ask", "--YYY--Y"},
    {ACTION_MERGE_DECIDE, "merge.decide", "---YY--Y"},
    {ACTION_UPCOMING, "reviews", "-YYYY--Y"},
    {ACTION_LEAD_LIST, "lead.list", "-YYYY--Y"},
    {ACTION_LEAD_ACT, "lead.act", "-YYY---Y"},
    {ACTION_LEAD_DISMISS, "lead.dismiss", "--YY---Y"},
    {ACTION_STATEMENT, "statement", "---YY-YY"},
    {ACTION_MONTH_OPEN, "month.open", "-------Y"},
    {ACTION_MONTH_CLOSE, "month.close", "---Y---Y"},
    {ACTION_MONTH_REOPEN, "month.reopen", "---Y---Y"},
    {ACTION_EXCUSE_ASK, "excuse.ask", "-YYY---Y"},
    {ACTION_EXCUSE_DECIDE, "excuse.decide", "---Y---Y"},
    {ACTION_VISIT_ADD, "visit.add", "-YYY---Y"},
    {ACTION_VISIT_VOID, "visit.void", "-YYY---Y"},
    {ACTION_REVIEW_ADD, "review.add", "--YY---Y"},
    {ACTION_ALARM_LIST, "alarm.list", "-YYYY--Y"},
    {ACTION_ALARM_TAKE, "alarm.take", "-YYY---Y"},
    {ACTION_ALARM_DONE, "alarm.done", "-YYY---Y"},
    {ACTION_ALARM_SWEEP, "alarm.sweep", "-------Y"},
    {ACTION_FIND, "find", "-YYYY--Y"},
    {ACTION_CASE_LIST, "case.list", "-YYYY--Y"},
    {ACTION_CASE_OPEN, "case.open", "-YYYY--Y"},
    {ACTION_CASE_SAVE, "case.save", "--YY---Y"},
    {ACTION_CASE_DRAFT, "case.draft", "-YYY---Y"},
    {ACTION_CASE_CLOSE, "case.close", "--YY---Y"},
    {ACTION_CASE_REOPEN, "case.reopen", "--YY---Y"},
    {ACTION_CASE_LOG, "case.log", "--YYY--Y"},
    {ACTION_STEP_LIST, "step.list", "-YYYY--Y"},
    {ACTION_STEP_DO, "step.do", "--YYY--Y"},
    {ACTION_IMPORT, "import", "--YY---Y"},
    {ACTION_PRINT, "print", "-YYYY--Y"},
    {ACTION_HISTORY, "history", "-YYYY--Y"},
    {ACTION_DRAFT, "draft", "-YYY---Y"},
    {ACTION_AREAS, "areas", "-YYYYYYY"},
    {ACTION_AREA_CHANGE, "area.change", "----YY-Y"},
    {ACTION_OFFICER_LIST, "officer.list", "-YYYYY-Y"},
    {ACTION_OFFICER_EDIT, "officer.edit", "-----Y-Y"},
    {ACTION_STANDARD_LIST, "standard.list", "--YYYYYY"},
    {ACTION_STANDARD_SET, "standard.set", "-----Y-Y"},
    {ACTION_STANDARD_CONFIRM, "standard.confirm", "---YYY-Y"},
    {ACTION_STANDARD_TRY, "standard.try", "---YYY-Y"},
    {ACTION_BENEFIT, "benefit", "-YYYY--Y"},
    {ACTION_AUDIT, "audit", "------YY"},
    {ACTION_STATUS, "status", "-----YYY"},
    {ACTION_WORKDAY, "workday", "-YYYYYYY"},
    {ACTION_MONITOR, "monitor", "YYYYYYYY"},
    {ACTION_EXPORT, "export", "----YY-Y"},
    {ACTION_BACKUP, "backup", "-----Y-Y"},
    {ACTION_VERIFY, "verify", "-----Y-Y"},
    {ACTION_CLOCK, "clock", "-----Y-Y"},
    {ACTION_INIT, "init", "-------Y"},
    {ACTION_DEMO, "demo", "-------Y"},
    {ACTION_INGEST, "ingest", "----YY-Y"},
    {ACTION_OVERLAP, "overlaps", "----Y--Y"},
    {ACTION_SENDERS, "senders", "----YYYY"},
    {ACTION_SENDER_RESET, "sender.reset", "----Y--Y"},
    {ACTION_PAYROLL_LIST, "payroll.list", "--YYY--Y"},
    {ACTION_PAYROLL_MAKE, "payroll.make", "--YY---Y"},
    {ACTION_PAYROLL_CONFIRM, "payroll.confirm", "---YY--Y"},
    {ACTION_PAYROLL_EXPORT, "payroll.export", "--YYY--Y"},
    {ACTION_PAYROLL_RETURNS, "payroll.returns", "--YY---Y"},
    {ACTION_ROUND_LIST, "round.list", "-YYYY--Y"},
    {ACTION_ROUND_MAKE, "round.make", "--YYY--Y"},
    {ACTION_LEAVE_LIST, "leave.list", "-YYYY--Y"},
    {ACTION_LEAVE_ENTER, "leave.enter", "-YYY---Y"},
    {ACTION_TAKEOVER, "takeover", "--YY---Y"},
    {ACTION_SPOTCHECK_LIST, "spotcheck.list", "--YYY--Y"},
    {ACTION_SPOTCHECK_DRAW, "spotcheck.draw", "---YY--Y"},
    {ACTION_SPOTCHECK_ENTER, "spotcheck.enter", "--YYY--Y"},
    {ACTION_FIGURE_LIST, "figure.list", "--YYY--Y"},
    {ACTION_FIGURE_ENTER, "figure.enter", "---YY--Y"},
};

static void every_cell_is_as_written(void **state)
{
    (void)state;
    assert_int_equal(COUNT(MATRIX), ACTION_COUNT_);
    for (size_t i = 0; i < COUNT(MATRIX); i++) {
        assert_int_equal(strlen(MATRIX[i].may), ROLE_COUNT_);
        for (int role = ROLE_NONE; role < ROLE_COUNT_; role++) {
            bool may = access_allowed((enum role)role, "211102002000", MATRIX[i].action, NULL);
            if (may != (MATRIX[i].may[role] == 'Y'))
                fail_msg("%s: %s", MATRIX[i].id, access_role_name((enum role)role));
        }
    }
}

static void every_action_has_an_id_and_a_label(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(MATRIX); i++) {
        const struct access_action *action = access_find(MATRIX[i].action);
        assert_string_equal(action->id, MATRIX[i].id);
        assert_ptr_equal(access_find_id(MATRIX[i].id), action);
        assert_true(*action->label != '\0');
        for (size_t j = 0; j < i; j++) /* the audit is asked by either */
            assert_string_not_equal(action->label, access_find(MATRIX[j].action)->label);
    }
    assert_null(access_find(ACTION_COUNT_));
    assert_null(access_find_id("visit.undo"));
}

static void a_right_ends_at_the_border(void **state)
{
    static const struct {
        enum role role;
        const char *home, *area;
        bool allowed;
    } cases[] = {
        {ROLE_VILLAGE, "211102002001", "211102002001", true},
        {ROLE_VILLAGE, "211102002001", "211102002002", false},
        {ROLE_VILLAGE, "211102002001", "211102002000", false}, /* the street around it */
        {ROLE_STREET, "211102002000", "211102002001", true},
        {ROLE_STREET, "211102002000", "211102002", true},
        {ROLE_STREET, "211102002000", "211102003001", false},
        {ROLE_STREET, "211102002000", "211102", false},
        {ROLE_CHIEF, "211102002000", "2111", false},
        {ROLE_COUNTY, "211102000000", "211102003001", true},
        {ROLE_COUNTY, "211102000000", "211103001001", false},
        {ROLE_STREET, "211102002000", "", true},       /* asked without an area */
        {ROLE_STREET, "", "211102002001", false},      /* an officer without an area has none */
        {ROLE_STREET, "211102002000", "2111x", false}, /* no area at all */
        {ROLE_SYSTEM, "", "211102002001", true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool allowed = access_allowed(cases[i].role, cases[i].home, ACTION_BOARD, cases[i].area);
        if (allowed != cases[i].allowed)
            fail_msg("%s of %s in %s", access_role_name(cases[i].role), cases[i].home,
                     cases[i].area);
    }
    assert_true(access_allowed(ROLE_ADMIN, "", ACTION_OFFICER_EDIT, "211103001001"));
    assert_false(access_allowed(ROLE_COUNT_, "", ACTION_LOGIN, NULL));
    assert_false(access_allowed(ROLE_SYSTEM, "", ACTION_COUNT_, NULL));
}

static void roles_have_names(void **state)
{
    (void)state;
    for (int role = ROLE_VILLAGE; role < ROLE_COUNT_; role++) {
        assert_int_equal(access_role_parse(access_role_name((enum role)role)), role);
        assert_true(*access_role_label((enum role)role) != '\0');
    }
    assert_int_equal(access_role_parse(""), ROLE_NONE);
    assert_int_equal(access_role_parse("boss"), ROLE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_as_written),
        cmocka_unit_test(every_action_has_an_id_and_a_label),
        cmocka_unit_test(a_right_ends_at_the_border),
        cmocka_unit_test(roles_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
