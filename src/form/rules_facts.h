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
/** The title of a programme that the expression asks about and that is not there, "" = none. */
const char *rules_facts_lack(const struct forms *forms, const struct raw_rules *file,
                             const struct expr *when);
/** Reads "dibao.0.m_cov = 是" of an example: a fact as an officer would type it. */
enum result rules_facts_read(struct forms *forms, const struct source *source, const char *where,
                             const char *given, struct type_context *context,
                             struct fields *values);

#endif
