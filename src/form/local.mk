# src/form: reads and runs programme files, which are in forms.
noinst_LIBRARIES += libform.a
libform_a_CPPFLAGS = $(AM_CPPFLAGS) $(CYAML_CFLAGS)
libform_a_SOURCES = \
	src/form/loader_alarm.c \
	src/form/benefit.c src/form/benefit.h src/form/raw_benefit.h \
	src/form/beside.c src/form/beside.h src/form/beside_rule.h src/form/loader_beside.c src/form/raw_beside.h \
	src/form/source_beside.c \
	src/form/limits.c src/form/limits.h src/form/loader_limits.c src/form/loader_limits.h src/form/raw_limits.h \
	src/form/source_limits.c src/form/source_example.c \
	src/form/example.c src/form/example.h src/form/raw_example.h \
	src/form/loader_benefit.c src/form/source_benefit.c src/form/source_schema.h \
	src/form/expr_amounts.c src/form/expr_amounts.h src/form/expr_call.c \
	src/form/loader_dates.c \
	src/form/amounts.c src/form/amounts.h src/form/raw_amounts.h \
	src/form/loader_aliases.c \
	src/form/expr_ast.h \
	src/form/bank.c src/form/bank.h src/form/bank_load.c src/form/raw_bank.h \
	src/form/source_bank.c \
	src/form/choice.c src/form/choice.h \
	src/form/expr_eval.c \
	src/form/loader_codes.c \
	src/form/loader_examples.c \
	src/form/expr.c src/form/expr.h \
	src/form/dates.c src/form/dates.h src/form/field.h src/form/origins.h \
	src/form/loader_fields.c \
	src/form/form.c src/form/form.h \
	src/form/loader.c src/form/loader.h \
	src/form/form_lookup.h \
	src/form/overlay.c src/form/overlay.h \
	src/form/pool.c src/form/pool.h \
	src/form/programme.h \
	src/form/raw.h src/form/raw_codes.h src/form/raw_dates.h \
	src/form/loader_resolve.c \
	src/form/loader_says.c src/form/loader_says.h \
	src/form/raw_rules.c src/form/raw_rules.h \
	src/form/indicators.c src/form/indicators.h \
	src/form/rules.c src/form/rules.h \
	src/form/rules_facts.c src/form/rules_facts.h \
	src/form/raw_steps.c src/form/raw_steps.h \
	src/form/loader_steps.c src/form/steps.c src/form/steps.h \
	src/form/source.c src/form/source.h \
	src/form/systems.c src/form/systems.h \
	src/form/type.c src/form/type.h \
	src/form/workdays.c src/form/workdays.h

