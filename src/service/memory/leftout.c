#include "service/memory/leftout.h"

#include "base/mem.h"
#include "db/tables.h"

#include <stdlib.h>

struct search {
    const struct form *form;
    char *number; /**< of the first case that was found */
};

static enum result find_first(const Rec__Case *record, void *arg)
{
    struct search *search = arg;

    search->number = mem_copy(record->number);
    return (enum result)STORE_STOP;
}

static enum result find_case(struct txn *txn, void *arg)
{
    struct search *search = arg;

    free(search->number); /* a body may run again */
    search->number = NULL;
    return store_case_of_area(txn, "", search->form->kind, NULL, find_first, search);
}

enum result leftout_check(struct store *store, const struct forms *forms, char **ret_message)
{
    struct search search = {0};
    enum result result = RESULT_OK;

    for (size_t i = 0; result == 0 && (search.form = forms_left_out(forms, i)) != NULL; i++) {
        result = store_run(store, STORE_READ, find_case, &search);
        if (result == 0 && search.number != NULL) {
            *ret_message = mem_printf("%s有个案（如 %s），不能停用；请删去本地的空文件 %s.yaml",
                                      search.form->title, search.number, search.form->kind);
            result = RESULT_INVALID;
        }
        free(search.number);
        search.number = NULL;
    }
    return result;
}
