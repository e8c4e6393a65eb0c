#include "service/import/import_merged.h"

#include "base/ids.h"
#include "service/cases/merge.h"

#include <inttypes.h>
#include <stdlib.h>

enum result import_merged_person(struct usecase *usecase, uint64_t person)
{
    uint64_t merge = 0;
    enum result result = merge_find_gone(usecase, person, &merge);

    if (result == 0 && merge != 0)
        result = reply_say(usecase->reply, RESULT_CONFLICT,
                           "这一批里有人后来并入了另一份登记（合并 %" PRIu64
                           "），请先撤销那次合并，再撤销这一批",
                           ids_count_of(merge));
    return result;
}

enum result import_merged_house(struct usecase *usecase, const Rec__Case *casefile)
{
    struct merge_gone_cases gone = {0};
    enum result result = merge_gone_cases_load(usecase, &gone);

    for (size_t i = 0; i < gone.count && result == 0; i++)
        if (gone.items[i].kept == casefile->id || gone.items[i].gone == casefile->id)
            result = reply_say(usecase->reply, RESULT_CONFLICT,
                               "个案 %s 后来与另一户合并，请先撤销那次合并，再撤销这一批",
                               casefile->number);
    free(gone.items);
    return result;
}
