# src/service: use cases.
noinst_LIBRARIES += libservice.a
