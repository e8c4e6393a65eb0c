#include "service/frame/home_read.h"

#include "service/frame/clockwatch.h"
#include "service/memory/state.h"

#include <stdio.h>

static enum result read_home(struct txn *txn, void *arg)
{
    return store_home_get(txn, arg);
}

enum result home_read(struct service *service)
{
    Rec__Home *home = NULL;
    enum result result = store_run(service->store, STORE_READ, read_home, &home);

    if (result != 0)
        return result;
    snprintf(service->area, sizeof service->area, "%s", home->area);
    service->first_month = home->first_month;
    service->ids_origin = home->ids_origin;
    service->collects = *home->level != '\0';
    if (service->collects)
        store_collect(service->store);
    service->created = date_of_time(home->created);
    service->whole_from = home->whole_from;
    clockwatch_load(service, home);
    atomic_store(&service->complete_month, home->opened_month > home->first_month - 1
                                               ? home->opened_month
                                               : home->first_month - 1);
    atomic_store(&service->opened_month, facts_complete_month(service));
    rec__home__free_unpacked(home, NULL);
    atomic_store(&service->initialised, true);
    return RESULT_OK;
}
