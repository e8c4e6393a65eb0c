/**
 * The names of standards that somebody reads: amounts of the programme files, also of an office's
 * own, limits of their steps, and the program's own parameters. Others cannot be set: nobody would
 * look at them. Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_STANDARD_NAMES_H
#define DOUDI_SERVICE_KEEPING_STANDARD_NAMES_H

#include "base/str.h"
#include "service/service.h"

#include <stdint.h>

enum standard_what {
    STANDARD_AMOUNT,    /**< of a programme's `benefit:` */
    STANDARD_LIMIT,     /**< days of a step */
    STANDARD_PARAMETER, /**< of the program itself */
    STANDARD_PUBLISHED, /**< in the file of amounts, and no programme uses it */
    STANDARD_WHAT_COUNT
};

struct standard_name {
    enum standard_what what;
    const char *name;
    const char *used;  /**< the programme's short title, "" if it is nobody's own */
    bool optional;     /**< without a row nothing is missing */
    bool has_fallback; /**< `fallback`, as stored, holds without a row */
    int64_t fallback;
    const char *source; /**< of the fallback */
};

/** Everything is borrowed for the call. A name comes once for each programme that uses it. */
typedef void (*standard_name_fn)(const struct standard_name *name, void *arg);
void standard_names_each(const struct service *service, standard_name_fn each, void *arg);

bool standard_names_has(const struct service *service, const char *name);
/** All names for a refusal: "低保标准、照料护理标准-（全自理、半护理、全护理）、…". */
void standard_names_tell(const struct service *service, struct str *text);

/** COLUMNS_STANDARD_NAMES: every name with its value in force today in `area` ("" = the home's
 *  own), of the nearest division that has one, or that none is entered; then those that divisions
 *  below have of their own. */
enum result standard_names_list(struct service *service, const struct caller *caller,
                                const char *area, struct sheet **ret_sheet, struct reply *reply);

#endif
