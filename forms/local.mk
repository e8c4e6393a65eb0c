# forms: programme files — the engine; the files themselves are data.
noinst_LIBRARIES += libforms.a
