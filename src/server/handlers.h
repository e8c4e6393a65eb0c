/**
 * The table of requests: a row for every request of doudi.proto (a test compares them).
 */
#ifndef DOUDI_SERVER_HANDLERS_H
#define DOUDI_SERVER_HANDLERS_H

#include "server/dispatch.h"

extern const struct handler_table HANDLERS;

enum result handle_hello(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply);
enum result handle_login(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply);
enum result handle_password(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply);
enum result handle_logout(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply);
enum result handle_init(struct session *session, const Wire__Request *request,
                        Wire__Response *response, struct reply *reply);
enum result handle_demo(struct session *session, const Wire__Request *request,
                        Wire__Response *response, struct reply *reply);
enum result handle_status(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply);
enum result handle_verify(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply);
enum result handle_backup(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply);
enum result handle_export(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply);
enum result handle_home(struct session *session, const Wire__Request *request,
                        Wire__Response *response, struct reply *reply);
enum result handle_due(struct session *session, const Wire__Request *request,
                       Wire__Response *response, struct reply *reply);
enum result handle_board(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply);
enum result handle_why(struct session *session, const Wire__Request *request,
                       Wire__Response *response, struct reply *reply);
enum result handle_months(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply);
enum result handle_month_close(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply);
enum result handle_month_reopen(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply);
enum result handle_statement(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply);
enum result handle_excuse_ask(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply);
enum result handle_excuse_decide(struct session *session, const Wire__Request *request,
                                 Wire__Response *response, struct reply *reply);
enum result handle_trend(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply);
enum result handle_visit_add(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply);
enum result handle_visit_get(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply);
enum result handle_visits(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply);
enum result handle_review_add(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply);
enum result handle_find(struct session *session, const Wire__Request *request,
                        Wire__Response *response, struct reply *reply);
enum result handle_cases(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply);
enum result handle_case_get(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply);
enum result handle_person_get(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply);
enum result handle_case_save(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply);
enum result handle_case_close(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply);
enum result handle_case_log(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply);
enum result handle_import_open(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply);
enum result handle_import_rows(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply);
enum result handle_import_end(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply);
enum result handle_import_undo(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply);
enum result handle_printed(struct session *session, const Wire__Request *request,
                           Wire__Response *response, struct reply *reply);
enum result handle_draft_put(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply);
enum result handle_draft_get(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply);
enum result handle_draft_drop(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply);
enum result handle_areas(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply);
enum result handle_officer_list(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply);
enum result handle_officer_add(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply);
enum result handle_officer_set(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply);
enum result handle_standard_list(struct session *session, const Wire__Request *request,
                                 Wire__Response *response, struct reply *reply);
enum result handle_standard_set(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply);
enum result handle_audit(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply);

#endif
