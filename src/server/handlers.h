/**
 * The table of requests: a row for every request of doudi.proto (a test compares them).
 */
#ifndef DOUDI_SERVER_HANDLERS_H
#define DOUDI_SERVER_HANDLERS_H

#include "server/dispatch.h"

extern const struct handler_table HANDLERS;

/* Each as `handle` in struct handler (server/dispatch.h). */
typedef enum result handle_fn(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply);

handle_fn handle_hello;
handle_fn handle_login;
handle_fn handle_password;
handle_fn handle_logout;
handle_fn handle_today;
handle_fn handle_yield;
handle_fn handle_init;
handle_fn handle_demo;
handle_fn handle_status;
handle_fn handle_monitor;
handle_fn handle_verify;
handle_fn handle_clock_confirm;
handle_fn handle_backup;
handle_fn handle_export;
handle_fn handle_outbox;
handle_fn handle_outbox_note;
handle_fn handle_receipts;
handle_fn handle_home;
handle_fn handle_due;
handle_fn handle_sheet_make;
handle_fn handle_sheet_read;
handle_fn handle_board;
handle_fn handle_why;
handle_fn handle_months;
handle_fn handle_month_close;
handle_fn handle_month_reopen;
handle_fn handle_statement;
handle_fn handle_excuse_ask;
handle_fn handle_excuse_decide;
handle_fn handle_excuse_revoke;
handle_fn handle_suspicious;
handle_fn handle_duplicates;
handle_fn handle_merge_ask, handle_merge_decide, handle_merge_sides, handle_merges;
handle_fn handle_trend;
/** The board's figures that a screen shows above its list: one request brings both. */
void handle_figures(struct session *session, const Wire__Request *request,
                    Wire__Response *response);
handle_fn handle_visit_add;
handle_fn handle_visit_get;
handle_fn handle_visit_void;
handle_fn handle_visits;
handle_fn handle_review_add;
handle_fn handle_upcoming;
handle_fn handle_leads;
handle_fn handle_lead_act;
handle_fn handle_lead_counts;
handle_fn handle_alarm_get;
handle_fn handle_alarm_take;
handle_fn handle_alarm_finish;
handle_fn handle_alarm_list;
handle_fn handle_find;
handle_fn handle_cases;
handle_fn handle_case_get;
handle_fn handle_person_get;
handle_fn handle_case_save;
handle_fn handle_case_close;
handle_fn handle_case_log;
handle_fn handle_import_fields;
handle_fn handle_import_open;
handle_fn handle_import_rows;
handle_fn handle_import_end;
handle_fn handle_import_undo;
handle_fn handle_printed;
handle_fn handle_draft_put;
handle_fn handle_draft_get;
handle_fn handle_draft_drop;
handle_fn handle_areas;
handle_fn handle_area_change;
handle_fn handle_area_undo;
handle_fn handle_area_changes;
handle_fn handle_area_import;
handle_fn handle_officer_list;
handle_fn handle_officer_add;
handle_fn handle_officer_set;
handle_fn handle_standard_list;
handle_fn handle_standard_names;
handle_fn handle_workday;
handle_fn handle_standard_set, handle_standard_decide;
handle_fn handle_audit;
handle_fn handle_ingest;
handle_fn handle_overlaps;
handle_fn handle_senders, handle_sender_reset;
handle_fn handle_spotcheck_draw, handle_spotcheck_list, handle_spotcheck_show,
    handle_spotcheck_enter, handle_indicator_list, handle_indicator_names, handle_indicator_enter,
    handle_dibao_form;
handle_fn handle_payroll_make, handle_payroll_list, handle_payroll_show, handle_payroll_check;
handle_fn handle_payroll_confirm, handle_payroll_export, handle_payroll_returns;
handle_fn handle_overpaid, handle_payroll_raises, handle_payroll_decide;
handle_fn handle_payroll_identify, handle_payroll_settle;
handle_fn handle_case_reopen;
handle_fn handle_step_list;
handle_fn handle_step_do;
handle_fn handle_step_log;
handle_fn handle_step_refused, handle_step_noticed, handle_step_public;
handle_fn handle_step_notice;
handle_fn handle_proposal_put;
handle_fn handle_proposal_list;
handle_fn handle_proposal_get;
handle_fn handle_proposal_return;
handle_fn handle_proposal_withdraw;
handle_fn handle_officer_edit;
handle_fn handle_history;
handle_fn handle_benefit;
handle_fn handle_standard_try;

#endif
