# src/domain: the rules, as pure functions.
noinst_LIBRARIES += libdomain.a
libdomain_a_SOURCES = src/domain/alike.c src/domain/alike.h src/domain/area.c src/domain/area.h \
	src/domain/benefit.c src/domain/benefit.h src/domain/clock.c src/domain/clock.h \
	src/domain/dibaoform.c src/domain/dibaoform.h \
	src/domain/duty.c src/domain/duty.h \
	src/domain/payroll.c src/domain/payroll.h \
	src/domain/lead.c src/domain/lead.h \
	src/domain/lifecycle.c src/domain/lifecycle.h \
	src/domain/round.c src/domain/round.h \
	src/domain/rate.c src/domain/rate.h src/domain/rules.c src/domain/rules.h \
	src/domain/spotcheck.c src/domain/spotcheck.h \
	src/domain/share.c src/domain/share.h src/domain/suspect.c src/domain/suspect.h \
	src/domain/upcoming.c src/domain/upcoming.h \
	src/domain/workday.c src/domain/workday.h
