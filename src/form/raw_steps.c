#include "form/raw_steps.h"

#include "form/source_schema.h"

static const cyaml_schema_field_t clock_fields[] = {
    CYAML_FIELD_INT("days", CYAML_FLAG_DEFAULT, struct raw_clock, days),
    STRING("unit", NEEDED, raw_clock, unit),
    STRING("since", OPTIONAL, raw_clock, since),
    STRING("source", NEEDED, raw_clock, source),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t step_fields[] = {
    STRING("id", NEEDED, raw_step, id),
    STRING("label", NEEDED, raw_step, label),
    SEQUENCE("who", raw_step, who, who_count, &source_string),
    SEQUENCE("back", raw_step, back, back_count, &source_string),
    CYAML_FIELD_MAPPING_PTR("clock", OPTIONAL, struct raw_step, clock, clock_fields),
    STRING("when", OPTIONAL, raw_step, when),
    FLAG("least", raw_step, least),
    FLAG("publish", raw_step, publish),
    FLAG("amount", raw_step, amount),
    FLAG("changes", raw_step, changes),
    FLAG("complete", raw_step, complete),
    FLAG("apart", raw_step, apart),
    STRING("refuse", OPTIONAL, raw_step, refuse),
    STRING("begun", OPTIONAL, raw_step, begun),
    STRING("done", OPTIONAL, raw_step, done),
    STRING("number", OPTIONAL, raw_step, number),
    STRING("first", OPTIONAL, raw_step, first),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t step_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_step, step_fields),
};

static const cyaml_schema_field_t example_fields[] = {
    STRING("step", NEEDED, raw_step_example, step),
    STRING("began", NEEDED, raw_step_example, began),
    STRING("due", NEEDED, raw_step_example, due),
    FLAG("longer", raw_step_example, longer),
    SEQUENCE("pauses", raw_step_example, pauses, pause_count, &source_string),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t example_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_step_example, example_fields),
};

static const cyaml_schema_field_t notice_fields[] = {
    STRING("basis", OPTIONAL, raw_notice, basis),
    STRING("remedy", OPTIONAL, raw_notice, remedy),
    CYAML_FIELD_END,
};

const cyaml_schema_field_t RAW_STEPS_FIELDS[] = {
    CYAML_FIELD_MAPPING_PTR("whole", OPTIONAL, struct raw_steps, whole, clock_fields),
    CYAML_FIELD_MAPPING_PTR("longer", OPTIONAL, struct raw_steps, longer, clock_fields),
    CYAML_FIELD_MAPPING_PTR("notice", OPTIONAL, struct raw_steps, notice, notice_fields),
    SEQUENCE("flow", raw_steps, flow, flow_count, &step_schema),
    SEQUENCE("examples", raw_steps, examples, example_count, &example_schema),
    CYAML_FIELD_END,
};
