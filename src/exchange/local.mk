# src/exchange: CSV in and out; the nightly bundle.
noinst_LIBRARIES += libexchange.a
libexchange_a_SOURCES = src/exchange/csv.c src/exchange/csv.h
