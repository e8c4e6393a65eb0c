/**
 * The functions behind the command table, one per row (cli/commands.c).
 *
 * Each has printed its messages when it returns its result.
 */
#ifndef DOUDI_CLI_COMMANDS_H
#define DOUDI_CLI_COMMANDS_H

#include "cli/cli.h"

enum result command_init(struct cli *cli);
enum result command_demo(struct cli *cli);
enum result command_tour(struct cli *cli);
enum result command_area(struct cli *cli);
enum result command_officer(struct cli *cli);
/** `officer import FILE`. */
enum result command_officer_import(struct cli *cli);
enum result command_import(struct cli *cli);
enum result command_visit(struct cli *cli);
enum result command_due(struct cli *cli);
enum result command_sheet(struct cli *cli);
enum result command_compliance(struct cli *cli);
enum result command_why(struct cli *cli);
enum result command_payroll(struct cli *cli);
enum result command_draw(struct cli *cli);
enum result command_indicators(struct cli *cli);
enum result command_suspicious(struct cli *cli);
enum result command_benefit(struct cli *cli);
enum result command_standard(struct cli *cli);
enum result command_reviews(struct cli *cli);
enum result command_leads(struct cli *cli);
enum result command_roster(struct cli *cli);
enum result command_visits(struct cli *cli);
enum result command_excuses(struct cli *cli);
enum result command_statement(struct cli *cli);
enum result command_close_month(struct cli *cli);
enum result command_reopen_month(struct cli *cli);
enum result command_export(struct cli *cli);
enum result command_ingest(struct cli *cli);
enum result command_senders(struct cli *cli);
enum result command_overlaps(struct cli *cli);
enum result command_duplicates(struct cli *cli);
enum result command_merge(struct cli *cli);
enum result command_feed(struct cli *cli);
enum result command_backup(struct cli *cli);
enum result command_send(struct cli *cli);
enum result command_receipts(struct cli *cli);
enum result command_restore(struct cli *cli);
enum result command_rekey(struct cli *cli);
enum result command_verify(struct cli *cli);
enum result command_audit(struct cli *cli);
enum result command_status(struct cli *cli);
/** True if the status is for monitoring (CLI_WATCH). */
bool command_watches(const struct cli *cli);
enum result command_steps(struct cli *cli);
enum result command_notice(struct cli *cli);
enum result command_refused(struct cli *cli);
enum result command_publicity(struct cli *cli);
enum result command_workday(struct cli *cli);
enum result command_server(struct cli *cli);

#endif
