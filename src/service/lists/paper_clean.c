/* Old printed sheets are removed, by the timer. */
#include "service/lists/paper.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/sheetcode.h"
#include "service/frame/clockwatch.h"

#include <stdio.h>

enum { AT_ONCE = 20 }; /* sheets of one transaction */

struct cleaning {
    day_t before;
    size_t count;
    char codes[AT_ONCE][SHEETCODE_TEXT];
    uint32_t rows[AT_ONCE];
};

static enum result take_old(const Rec__Sheet *sheet, void *arg)
{
    struct cleaning *cleaning = arg;

    (void)snprintf(cleaning->codes[cleaning->count], SHEETCODE_TEXT, "%s", sheet->code);
    cleaning->rows[cleaning->count++] = sheet->rows;
    return cleaning->count < AT_ONCE ? RESULT_OK : (enum result)STORE_STOP;
}

static enum result find_old(struct txn *txn, void *arg)
{
    struct cleaning *cleaning = arg;

    cleaning->count = 0;
    return store_sheet_printed_before(txn, cleaning->before, take_old, cleaning);
}

static enum result remove_old(struct usecase *usecase, void *arg)
{
    const struct cleaning *cleaning = arg;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < cleaning->count; i++)
        for (uint32_t row = 0; row <= cleaning->rows[i] && result == 0; row++) {
            result = store_sheet_del(usecase->txn, cleaning->codes[i], row);
            if (result == RESULT_NOTFOUND)
                result = RESULT_OK;
        }
    return result;
}

enum result paper_clean(struct service *service)
{
    struct cleaning cleaning = {.before = service_today(service) - LIMIT_SHEET_DAYS};
    struct caller system = facts_system(service);
    struct reply reply = {0};
    enum result result = RESULT_OK;

    if (clockwatch_is_doubtful(service)) /* then nothing counts as old */
        return RESULT_OK;
    result = store_run(facts_store(service), STORE_READ, find_old, &cleaning);
    if (result == 0 && cleaning.count > 0)
        result =
            usecase_write_unlogged(service, &system, STORE_WRITE, remove_old, &cleaning, &reply);
    reply_free(&reply);
    return result;
}
