/**
 * Judged rows of the duty ledger; all lists and boards are made from them.
 *
 * Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_LEDGER_ROWS_H
#define DOUDI_SERVICE_LEDGER_ROWS_H

#include "domain/area.h"
#include "service/frame/usecase.h"
#include "service/ledger/roster.h"

/** Selects rows. Texts are borrowed; "" or NULL means all. */
struct rows_filter {
    month_t month;
    const char *area; /**< code or prefix */
    const char *kind;
    bool rate_only; /**< without `kind`: only programmes of the 月探访率 */
    /** 工号, or a name without an officer; finds rows with the number or the name */
    const char *officer;
    bool lent; /**< … also the places where the caller stands in today (service/memory/lent.h) */
    bool standin; /**< … and, this month, rows of officers for whom that one stands in today */
    const char *type;
};

/** True if the filter wants this programme. */
bool rows_right_kind(const struct service *service, const struct rows_filter *filter,
                     const char *kind);

/** Loads what rows_right_duty() needs of the officers, if the filter names one; roster_free() it. */
enum result rows_load_roster(struct usecase *usecase, const struct rows_filter *filter,
                             struct roster *roster);
/** True if the filter wants the duty, apart from month and area. */
bool rows_right_duty(const struct service *service, const struct rows_filter *filter,
                     struct roster *roster, const Rec__Duty *duty);

/** A judged row, borrowed for the call. Returns as a scan callback (db/tables.h). */
typedef enum result (*rows_fn)(const Rec__Duty *duty, const struct duty_view *view, void *arg);

enum result rows_scan(struct usecase *usecase, const struct rows_filter *filter, const char *after,
                      rows_fn each, void *arg);

/** The case and person of a row. */
struct rows_subject {
    Rec__Case *record;
    Rec__Person *person;
    const struct form *form; /**< NULL if the programme's file is gone */
};
enum result rows_subject_load(struct usecase *usecase, const Rec__Duty *duty,
                              struct rows_subject *ret_subject);
void rows_subject_free(struct rows_subject *subject);

/** The officer's name if `officer` is a known 工号, else the text itself. New string. */
char *rows_officer_name(struct usecase *usecase, const char *officer);
/** The same in a record of the village or street `area`, which may have come from another home. */
char *rows_officer_name_at(struct usecase *usecase, const char *area, const char *officer);
/** The 类别 of a case in words. New string. */
char *rows_categories(const struct rows_subject *subject, day_t today);
/** Short name of a programme; its id if the file is gone. */
const char *rows_kind_name(const struct service *service, const char *kind);

/** The reason for a row's state in words: "已访：2026-10-05 电话 刘洋"; new string (rows_reason.c). */
enum result rows_reason(struct usecase *usecase, const Rec__Duty *duty,
                        const struct duty_view *view, char **ret_text);
/** Sets a row's column "excuse" to its granted excuse: "住院 2026-11-01 至 2026-11-30"; empty if there
 *  is none. */
void rows_excuse(struct sheet *sheet, size_t row, const Rec__Duty *duty);

/** If a change of divisions gave the division another code, says under which one the month's rows stand.
 *  Figures known today may differ from the reported ones: if a street of the area has closed the
 *  month, says so in the reply and in the sheet. */
enum result rows_say_known(struct usecase *usecase, month_t month, const char *area,
                           struct sheet *sheet);

/** The area of a query as a 12-digit code, by default the caller's own ("" = all). An unknown area
 *  is refused. */
/** Marks a list with rows of a programme that is never published (公示): sets the sheet's basis. */
void rows_mark_secret(const struct service *service, const char *kind, struct sheet *sheet);
enum result rows_query_area(struct service *service, const struct caller *caller, const char *text,
                            char code[AREA_TEXT], struct reply *reply);
/** RESULT_USAGE with words for a programme that there is not; NULL and "" are all. */
enum result rows_query_kind(const struct service *service, const char *kind, struct reply *reply);
/** Call for an empty answer about visits: RESULT_USAGE with words if the officer asked for does not exist.
 *  Otherwise it would look as if nobody were due. */
enum result rows_officer_known(struct usecase *usecase, const char *officer);
/** The month of a query, by default this month. */
enum result rows_query_month(struct service *service, const char *text, month_t *ret_month,
                             struct reply *reply);

#endif
