# forms: programme files. The engine is here; the files themselves are data and are installed.
noinst_LIBRARIES += libforms.a
libforms_a_CPPFLAGS = $(AM_CPPFLAGS) $(CYAML_CFLAGS)
libforms_a_SOURCES = \
	forms/alarm.c \
	forms/aliases.c \
	forms/ast.h \
	forms/choice.c forms/choice.h \
	forms/eval.c \
	forms/examples.c \
	forms/expr.c forms/expr.h \
	forms/field.h \
	forms/fields.c \
	forms/form.c forms/form.h \
	forms/load.c forms/loader.h \
	forms/lookup.h \
	forms/pool.c forms/pool.h \
	forms/programme.h \
	forms/raw.h forms/raw_codes.h \
	forms/resolve.c \
	forms/source.c forms/source.h \
	forms/type.c forms/type.h

nobase_dist_pkgdata_DATA += \
	forms/blocks/bank.yaml forms/blocks/carer.yaml forms/blocks/contact.yaml \
	forms/blocks/decision.yaml forms/blocks/declaration.yaml forms/blocks/guardian.yaml \
	forms/blocks/housing.yaml forms/blocks/intake.yaml forms/blocks/member.yaml \
	forms/blocks/publicity.yaml forms/blocks/referral.yaml forms/blocks/relation.yaml \
	forms/blocks/visit.yaml \
	forms/blocks/visitor.yaml \
	forms/codes.yaml forms/dibao.yaml forms/ertong.yaml forms/person.yaml forms/tanfang.yaml \
	forms/tekun.yaml forms/visit_child.yaml forms/visit_elder.yaml
