# src/wire: protocol, frames, client calls.
noinst_LIBRARIES += libwire.a
