# src/service: use cases, in rooms from the ground to the roof.
noinst_LIBRARIES += libservice.a
libservice_a_CPPFLAGS = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS)
libservice_a_SOURCES = \
	src/service/access.c src/service/access.h src/service/action_list.h \
	src/service/life.c \
	src/service/reply.c src/service/reply.h \
	src/service/service.h

include src/service/memory/local.mk
include src/service/frame/local.mk
include src/service/ledger/local.mk
include src/service/cases/local.mk
include src/service/officers/local.mk
include src/service/lists/local.mk
include src/service/payroll/local.mk
include src/service/figures/local.mk
include src/service/import/local.mk
include src/service/keeping/local.mk
include src/service/demo/local.mk

$(libservice_a_OBJECTS): db/record.pb-c.h
