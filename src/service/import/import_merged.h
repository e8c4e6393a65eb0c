/**
 * What a later merge forbids when an import is taken back: the rows of the batch then stand for
 * somebody else's, too. Private to the import. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_IMPORT_IMPORT_MERGED_H
#define DOUDI_SERVICE_IMPORT_IMPORT_MERGED_H

#include "service/frame/usecase.h"

/** A person who is gone because two were merged still has what the batch made, under another name:
 *  RESULT_CONFLICT with words; RESULT_OK if nobody is. */
enum result import_merged_person(struct usecase *usecase, uint64_t person);

/** A household that another one has gone into may not go: the other one would be on no list.
 *  RESULT_CONFLICT with words; RESULT_OK if there is none. */
enum result import_merged_house(struct usecase *usecase, const Rec__Case *casefile);

#endif
