/**
 * Reads metrics in the Prometheus text format, as strictly as a collector does.
 */
#ifndef DOUDI_TESTS_UNIT_EXPOSITION_H
#define DOUDI_TESTS_UNIT_EXPOSITION_H

/** NULL if the text is right, else what is wrong with it; in `buffer`. Every family has a HELP and a
 *  TYPE before its samples and stands in one piece; no sample comes twice; a counter ends with
 *  _total; a histogram's classes rise and its last one, +Inf, is its count. */
const char *exposition_fault(const char *text, char buffer[256]);

#endif
