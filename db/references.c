#include "db/references.h"

#define MOVES(message, field, to)                                                                  \
    {                                                                                              \
        message, field, REFERENCE_##to, REFERENCE_MOVES                                            \
    }
#define STAYS(message, field, to)                                                                  \
    {                                                                                              \
        message, field, REFERENCE_##to, REFERENCE_STAYS                                            \
    }
#define OTHER(message, field)                                                                      \
    {                                                                                              \
        message, field, REFERENCE_NONE, REFERENCE_STAYS                                            \
    }

static const struct reference TABLE[] = {
    OTHER("Home", "clock_steps"),
    OTHER("Home", "bundle_number"),
    MOVES("Person", "id", PERSON),
    OTHER("Bundle", "number"),
    OTHER("Bundle", "rows"),
    OTHER("Bundle", "differences"),
    STAYS("BundleDifference", "case_no", NUMBER), /* what the sender was told */
    MOVES("Member", "person", PERSON),
    STAYS("Case", "id", CASE), /* a household that went into another one stays readable, ended */
    STAYS("Case", "number", NUMBER),
    MOVES("Case", "person", PERSON),
    MOVES("Case", "deceased", PERSON),
    MOVES("Credit", "seq", VISIT),
    STAYS("Duty", "case_id",
          CASE), /* a row is never deleted: that of the case that went is not counted */
    MOVES("Duty", "person", PERSON),
    MOVES("Visit", "person", PERSON),
    MOVES("Visit", "seq", VISIT),
    STAYS("Visit", "credited", CASE), /* the duties' counterpart */
    MOVES("Visit", "replaces", VISIT),
    OTHER("Visit", "alarm"),
    OTHER("Alarm", "id"),
    MOVES("Alarm", "person", PERSON),
    MOVES("Alarm", "case_id", CASE),
    MOVES("Alarm", "visit_seq", VISIT),
    STAYS("AreaMoved", "cases", CASE),
    STAYS("AreaMoved", "persons", PERSON),
    OTHER("AreaMoved", "alarms"),
    OTHER("AreaMoved", "proposals"),
    OTHER("AreaChange", "id"),
    OTHER("AreaChange", "cases"),
    OTHER("AreaChange", "persons"),
    OTHER("AreaChange", "officers"),
    OTHER("AreaChange", "duties"),
    OTHER("AreaChange", "statements"),
    OTHER("Figures", "owed"),
    OTHER("Figures", "reached"),
    OTHER("Figures", "fulfilled"),
    OTHER("Figures", "missed"),
    OTHER("Figures", "excused"),
    OTHER("Figures", "not_counted"),
    OTHER("Figures", "attempted"),
    OTHER("Figures", "late"),
    STAYS("StatementRow", "case_no", NUMBER),
    STAYS("StatementRow", "case_id", CASE),
    STAYS("PayrollLine", "case_id", CASE), /* the hash of a confirmed roster covers them */
    STAYS("PayrollLine", "case_no", NUMBER),
    STAYS("PayrollLine", "person", PERSON),
    OTHER("PayrollLine", "persons"),
    STAYS("SpotcheckRow", "case_id", CASE), /* who was drawn can be computed again from these */
    STAYS("SpotcheckRow", "case_no", NUMBER),
    STAYS("SpotcheckRow", "person", PERSON),
    MOVES("Lead", "person", PERSON),
    MOVES("Lead", "case_id", CASE),
    STAYS("LeadStep", "case_no", NUMBER), /* by which it was done */
    OTHER("LeadStep", "case_kind"),
    OTHER("LeadStep", "case_by"),
    OTHER("LeadStep", "saved"),
    OTHER("MergedVisit", "was"),
    OTHER("MergedVisit", "is"),
    STAYS("MergedCase", "case_id", CASE), /* a merge says what it did */
    OTHER("Merge", "id"),
    STAYS("Merge", "kept", PERSON),
    STAYS("Merge", "gone", PERSON),
    OTHER("Merge", "alarms"),
    STAYS("Merge", "own_cases", CASE),
    STAYS("Merge", "kept_case", CASE),
    STAYS("Merge", "gone_case", CASE),
    STAYS("MergedDuty", "case_id", CASE),
    OTHER("Event", "seq"),
    STAYS("Event", "record", RECORD),
    OTHER("Event", "number"),
    OTHER("Event", "written"),
    OTHER("Proposal", "id"),
    STAYS("Proposal", "case_id", CASE), /* the case it became */
    STAYS("Draft", "record", RECORD),   /* its officer is told that the case has changed */
    OTHER("Sheet", "number"),
    MOVES("Sheet", "case_id", CASE),
    MOVES("Sheet", "person", PERSON),
    STAYS("Sheet", "case_no", NUMBER),
    MOVES("Sheet", "visit_seq", VISIT),
    OTHER("Round", "id"),
    OTHER("Leave", "id"),
    OTHER("Handover", "id"),
    STAYS("HandoverCase", "case_id", CASE), /* it says what it did */
};

const struct reference *references_all(size_t *ret_count)
{
    *ret_count = sizeof TABLE / sizeof TABLE[0];
    return TABLE;
}
