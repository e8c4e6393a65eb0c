/*
 * Changes an invented case as an officer does.
 */
#include "service/cases/case.h"
#include "service/demo/demo_private.h"
#include "service/frame/record.h"

enum result demo_case_change(struct usecase *usecase, const Rec__Case *casefile,
                             demo_change_fn change, void *arg)
{
    const struct form *form = forms_get(service_forms(usecase->service), casefile->kind);
    struct fields before = {0};
    struct fields after = {0};
    Rec__Person *person = NULL;
    enum result result = store_person_get(usecase->txn, casefile->person, &person);

    if (result == 0)
        result = record_values(usecase, form, casefile, &before);
    if (result == 0) {
        fields_copy(&after, &before);
        change(&after, arg);
        result = case_record(usecase, &(struct case_input){
                                          .case_id = casefile->id,
                                          .kind = casefile->kind,
                                          .version = casefile->version,
                                          .person_version = person->version,
                                          .values = &after,
                                          .base = &before,
                                          .confirm = true,
                                          .batch = "",
                                      });
    }
    fields_free(&before);
    fields_free(&after);
    if (person != NULL)
        rec__person__free_unpacked(person, NULL);
    return result;
}
