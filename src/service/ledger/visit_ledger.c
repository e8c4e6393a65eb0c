/*
 * Checks and remarks for visits that an import records.
 */
#include "service/ledger/visit_entry.h"

#include "base/name.h"
#include "domain/area.h"

#include <stdlib.h>
#include <string.h>

static void check_name(struct visit_entry *entry)
{
    const char *name = entry->input->name != NULL ? entry->input->name : "";
    char *known = name_clean(entry->person->name);

    if (*name != '\0' && strcmp(name, known) != 0)
        problems_add(&entry->usecase->reply->problems, "person.name", name,
                     "姓名不一致：这个身份证号登记的是“%s”，请核对是否错行", known);
    free(known);
}

static bool is_success(const struct visit_entry *entry)
{
    return strcmp(fields_get(&entry->values, "result"), VISIT_SUCCESS) == 0;
}

/** Adds the remarks that a screen shows after recording a visit. */
static void remark(struct visit_entry *entry)
{
    struct usecase *usecase = entry->usecase;
    struct problems *problems = &usecase->reply->problems;
    struct duty_rules rules = facts_duty_rules(usecase->service, entry->month);
    const char *mode = fields_get(&entry->values, "mode");

    if (duty_is_late(entry->date, usecase->today, &rules))
        problems_warn(problems, "date", entry->input->date, "补录：探访后多日才登记，请核对日期");
    if (is_success(entry) && *mode != '\0' && !form_mode_counts(entry->form, mode))
        problems_warn(problems, "mode", mode, "方式“%s”不算一次探访，不计入探访率，请核对方式",
                      mode);
}

void visit_entry_check_ledger(struct visit_entry *entry)
{
    if (entry->input->batch == NULL || *entry->input->batch == '\0')
        return;
    fields_set(&entry->usecase->reply->values, "name", entry->person->name);
    check_name(entry);
    remark(entry);
}
