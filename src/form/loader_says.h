/**
 * Tells an office which of its rules say what is wrong and not what to do.
 */
#ifndef DOUDI_FORM_LOADER_SAYS_H
#define DOUDI_FORM_LOADER_SAYS_H

#include "form/loader.h"

/** Adds the places of such rules in the office's files to the text of forms_office(). */
void loader_says_tell(struct forms *forms, const char *office);

#endif
