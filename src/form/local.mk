# src/form: reads and runs programme files, which are in forms.
noinst_LIBRARIES += libform.a
libform_a_CPPFLAGS = $(AM_CPPFLAGS) $(CYAML_CFLAGS)
libform_a_SOURCES = \
	src/form/loader_alarm.c \
	src/form/amounts.c src/form/amounts.h src/form/raw_amounts.h \
	src/form/loader_aliases.c \
	src/form/expr_ast.h \
	src/form/choice.c src/form/choice.h \
	src/form/expr_eval.c \
	src/form/loader_codes.c \
	src/form/loader_examples.c \
	src/form/expr.c src/form/expr.h \
	src/form/field.h \
	src/form/loader_fields.c \
	src/form/form.c src/form/form.h \
	src/form/loader.c src/form/loader.h \
	src/form/form_lookup.h \
	src/form/overlay.c src/form/overlay.h \
	src/form/pool.c src/form/pool.h \
	src/form/programme.h \
	src/form/raw.h src/form/raw_codes.h \
	src/form/loader_resolve.c \
	src/form/raw_steps.c src/form/raw_steps.h src/form/schema.h \
	src/form/loader_steps.c src/form/steps.c src/form/steps.h \
	src/form/source.c src/form/source.h \
	src/form/type.c src/form/type.h \
	src/form/workdays.c src/form/workdays.h

