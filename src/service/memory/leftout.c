#include "service/memory/leftout.h"

#include "base/mem.h"
#include "db/tables.h"

#include <stdlib.h>
#include <string.h>

struct search {
    const struct forms *forms;
    bool collects; /**< a street may have programmes that its county does not know */
    char *kind;    /**< the first programme with cases and without a file */
    char *number;  /**< of the first of its cases */
};

static enum result see_kind(const char *kind, void *arg)
{
    struct search *search = arg;
    bool left_out = forms_get(search->forms, kind) != NULL;

    if (forms_programme_find(search->forms, kind) != NULL || (search->collects && !left_out))
        return RESULT_OK;
    search->kind = mem_copy(kind);
    return (enum result)STORE_STOP;
}

static enum result find_first(const Rec__Case *record, void *arg)
{
    struct search *search = arg;

    search->number = mem_copy(record->number);
    return (enum result)STORE_STOP;
}

static void search_clear(struct search *search)
{
    free(search->kind);
    free(search->number);
    search->kind = search->number = NULL;
}

static enum result find_case(struct txn *txn, void *arg)
{
    struct search *search = arg;
    Rec__Home *home = NULL;

    search_clear(search); /* a body may run again */
    enum result result = store_home_get(txn, &home);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    search->collects = *home->level != '\0';
    rec__home__free_unpacked(home, NULL);
    result = store_case_kinds(txn, see_kind, search);
    if (result == 0 && search->kind != NULL)
        result = store_case_of_area(txn, "", search->kind, NULL, find_first, search);
    return result;
}

enum result leftout_check(struct store *store, const struct forms *forms, char **ret_message)
{
    struct search search = {.forms = forms};
    enum result result = store_run(store, STORE_READ, find_case, &search);

    if (result == 0 && search.number != NULL) {
        const struct form *form = forms_get(forms, search.kind);
        *ret_message =
            form != NULL
                ? mem_printf("%s有个案（如 %s），不能停用；请删去本地的空文件 %s.yaml", form->title,
                             search.number, search.kind)
                : mem_printf("业务 %s 有个案（如 %s），它的表单文件却不见了，名单和数字会缺人；"
                             "请把 %s.yaml 放回表单文件夹",
                             search.kind, search.number, search.kind);
        result = RESULT_INVALID;
    }
    search_clear(&search);
    return result;
}
