/**
 * The facts about a person that the rules of leads look at (form/rules.h).
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LISTS_LEAD_FACTS_H
#define DOUDI_SERVICE_LISTS_LEAD_FACTS_H

#include "service/frame/record.h"

struct lead_facts {
    struct fields values;
    struct record_cases cases; /**< on the books, by the programmes' rank */
};

/** RESULT_NOTFOUND if the person is gone. */
enum result lead_facts_read(struct usecase *usecase, uint64_t person, struct lead_facts *ret_facts);
void lead_facts_free(struct lead_facts *facts);
/** The case that a lead of this rule names: of the rule's programme, else the first. */
const Rec__Case *lead_facts_case(const struct lead_facts *facts, const char *kind);

#endif
