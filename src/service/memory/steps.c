#include "service/memory/steps.h"

enum result steps_run(const atomic_bool *stopping, steps_portion portion, void *arg)
{
    enum result result = RESULT_OK;

    for (bool done = false; result == 0 && !done;)
        result = atomic_load(stopping) ? RESULT_AGAIN : portion(arg, &done);
    return result;
}
