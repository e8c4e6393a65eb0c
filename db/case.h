/**
 * Numbers of the case table's indexes, for sources in db/ that read an index directly.
 */
#ifndef DOUDI_DB_CASE_H
#define DOUDI_DB_CASE_H

enum {
    CASE_BY_NUMBER,
    CASE_BY_PERSON, /**< u64 person, u64 case */
    CASE_BY_AREA,   /**< area, text kind, u64 case */
};

#endif
