#include "service/memory/calendar.h"

#include "base/mem.h"
#include "form/workdays.h"

#include <stdlib.h>

struct workday_calendar calendar_new(const struct forms *forms)
{
    struct workday_change *changes;
    size_t count = 0;

    while (forms_workday(forms, count) != NULL)
        count++;
    changes = mem_array(count + 1, sizeof *changes);
    for (size_t i = 0; i < count; i++) {
        const struct form_workday *day = forms_workday(forms, i);
        changes[i] = (struct workday_change){.day = day->day, .worked = day->worked};
    }
    return (struct workday_calendar){.changes = changes, .count = count};
}

void calendar_free(struct workday_calendar *calendar)
{
    free((void *)(uintptr_t)calendar->changes);
    *calendar = (struct workday_calendar){0};
}
