/**
 * The parts of the manual about what monitoring is told.
 */
#include "base/measure.h"
#include "manual/manual.h"

/** A sample's name with its label. */
static void add_metric(struct str *text, const struct measure *measure)
{
    const char *label = measure->form == MEASURE_WORDS ? measure->id : measure->of;

    if (measure->metric == NULL)
        return;
    str_printf(text, "`%s", measure->metric);
    if (label != NULL)
        str_printf(text, "{%s}", label);
    str_add(text, "`");
}

void manual_measures(struct str *text)
{
    const struct measure *measure;

    str_add(text, "\n| JSON | 指标 | 是什么 |\n|---|---|---|\n");
    for (size_t i = 0; (measure = measure_at(i)) != NULL; i++) {
        if (measure->inside)
            continue;
        bool alarm = i == MEASURE_ALARM || i == MEASURE_ALARM_SINCE;
        str_printf(text, "| `%s` | ", alarm ? "alarms" : measure->id);
        add_metric(text, measure);
        str_printf(text, " | %s |\n", measure->help);
    }
    str_add(text, "\n");
}

void manual_alarms(struct str *text)
{
    const struct measure_alarm *alarm;

    str_add(text, "\n| 告警 | 是什么 |\n|---|---|\n");
    for (size_t i = 0; (alarm = measure_alarm_at(i)) != NULL; i++)
        str_printf(text, "| `%s` | %s |\n", alarm->id, alarm->label);
    str_add(text, "\n");
}
