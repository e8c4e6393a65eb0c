# db: everything Berkeley DB. The only place that includes <db.h>.
noinst_LIBRARIES += libstore.a
