# src/service/memory: what is held in memory.
libservice_a_SOURCES += \
	src/service/memory/cache.c src/service/memory/cache.h \
	src/service/memory/calendar.c src/service/memory/calendar.h \
	src/service/memory/catching_up.c src/service/memory/catching_up.h \
	src/service/memory/cells.c src/service/memory/cells.h \
	src/service/memory/census.c src/service/memory/census.h \
	src/service/memory/chain.c src/service/memory/chain.h \
	src/service/memory/closed.c src/service/memory/closed.h \
	src/service/memory/delta.c src/service/memory/delta.h \
	src/service/memory/examples.c src/service/memory/examples.h \
	src/service/memory/excuses.c src/service/memory/excuses.h \
	src/service/memory/facts.c src/service/memory/facts.h \
	src/service/memory/judge.c src/service/memory/judge.h \
	src/service/memory/kept.c src/service/memory/kept.h \
	src/service/memory/leftout.c src/service/memory/leftout.h \
	src/service/memory/reckon.c src/service/memory/reckon.h \
	src/service/memory/lent.c src/service/memory/lent.h \
	src/service/memory/people_changes.c src/service/memory/people_changes.h \
	src/service/memory/reading.c src/service/memory/reading.h \
	src/service/memory/revoked.c src/service/memory/revoked.h \
	src/service/memory/round_kept.c src/service/memory/round_kept.h \
	src/service/memory/settled.c src/service/memory/settled.h \
	src/service/memory/standards.c src/service/memory/standards.h \
	src/service/memory/state.h \
	src/service/memory/steps.c src/service/memory/steps.h \
	src/service/memory/stored.h \
	src/service/memory/totals.c src/service/memory/totals.h \
	src/service/memory/urgent_kept.c src/service/memory/urgent_kept.h
EXTRA_DIST += src/service/memory/README.md
