/**
 * 不予告知书: what an applicant is told of a refusal, and who has been told.
 *
 * The rule that a refusal rests on and what the applicant may do stand in the programme's file
 * (`steps.notice`); what it does not say is left blank for a pen. Threads: any.
 */
#ifndef DOUDI_SERVICE_CASES_NOTICE_H
#define DOUDI_SERVICE_CASES_NOTICE_H

#include "db/tables.h"
#include "form/form.h"
#include "service/service.h"

/** COLUMNS_NOTICE: the parts of the notice of a refused application, the first its title. */
enum result notice_make(struct service *service, const struct caller *caller, uint64_t id,
                        struct sheet **ret_sheet, struct reply *reply);
/** COLUMNS_REFUSED: the refused applications of an area ("" = the caller's); those whose notice was
 *  not given yet first, then the latest refusal first. */
enum result notice_list(struct service *service, const struct caller *caller, const char *area,
                        struct sheet **ret_sheet, struct reply *reply);
/** What a refusal is called: 不予受理, 不予确认; words for a programme that the office has no more. */
const char *notice_words(const struct form *form, const Rec__Proposal *proposal);
/** The applicant got the notice on the day `date`; "" takes that back. */
enum result notice_give(struct service *service, const struct caller *caller, uint64_t id,
                        const char *date, struct reply *reply);

#endif
