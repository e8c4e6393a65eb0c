/**
 * The form of the facts about a person (form/rules.h), made of the person's form and the programmes.
 *
 * Threads: one loads a catalogue.
 */
#ifndef DOUDI_FORM_RULES_FACTS_H
#define DOUDI_FORM_RULES_FACTS_H

#include "form/loader.h"
#include "form/raw_rules.h"

/** A programme that rules ask about, with the fields they use; it may not be there. */
void rules_facts_need(struct forms *forms, struct form_builder *facts, const struct raw_need *need);
/** Makes the form when all needs are known. */
enum result rules_facts_make(struct forms *forms, struct form_builder *facts);

#endif
