/**
 * The Chinese word of a division's level. Threads: pure functions.
 */
#ifndef DOUDI_BASE_AREALEVEL_H
#define DOUDI_BASE_AREALEVEL_H

/** 市 of "city", 镇街 of "street" …; an unknown level is its own word. */
const char *arealevel_label(const char *level);

#endif
