# src/bundle: files for other homes: the nightly bundle.
noinst_LIBRARIES += libbundle.a
libbundle_a_CPPFLAGS = $(AM_CPPFLAGS) $(ARCHIVE_CFLAGS) $(CRYPTO_CFLAGS) $(JSON_CFLAGS) $(PROTOBUF_C_CFLAGS)
libbundle_a_SOURCES = \
	src/bundle/apply.c src/bundle/apply.h \
	src/bundle/boardbook.c src/bundle/boardbook.h \
	src/bundle/bundle.c src/bundle/bundle.h \
	src/bundle/codes.c src/bundle/codes.h \
	src/bundle/delta.c src/bundle/delta.h \
	src/bundle/dictionary.c src/bundle/dictionary.h \
	src/bundle/decode.c src/bundle/decode.h \
	src/bundle/dictionary_columns.c \
	src/bundle/extract.c src/bundle/extract.h src/bundle/extract_files.h \
	src/bundle/extract_case.c \
	src/bundle/extract_compliance.c \
	src/bundle/extract_event.c \
	src/bundle/extract_ledger.c \
	src/bundle/extract_line.c src/bundle/extract_line.h \
	src/bundle/extract_month.c \
	src/bundle/extract_office.c src/bundle/extract_round.c \
	src/bundle/filesum.c src/bundle/filesum.h \
	src/bundle/ingest.c src/bundle/ingest.h src/bundle/ingest_private.h \
	src/bundle/ingest_rows.c \
	src/bundle/ingest_rounds.c src/bundle/ingest_rounds.h \
	src/bundle/ingest_check.c src/bundle/ingest_check.h \
	src/bundle/manifest.c src/bundle/manifest.h \
	src/bundle/numbering.c src/bundle/numbering.h \
	src/bundle/outside.c src/bundle/outside.h \
	src/bundle/pairs.c src/bundle/pairs.h \
	src/bundle/part.c src/bundle/part.h \
	src/bundle/pem.c src/bundle/pem.h \
	src/bundle/post.c src/bundle/post.h \
	src/bundle/readme.c src/bundle/readme.h \
	src/bundle/rowline.c src/bundle/rowline.h \
	src/bundle/rowstate.c src/bundle/rowstate.h \
	src/bundle/rowsum.c src/bundle/rowsum.h \
	src/bundle/seal.c src/bundle/seal.h \
	src/bundle/sealed.c src/bundle/sealed.h \
	src/bundle/receipt.c src/bundle/receipt.h \
	src/bundle/receiptfile.c src/bundle/receiptfile.h \
	src/bundle/signature.c src/bundle/signature.h \
	src/bundle/rowfile.c src/bundle/rowfile.h \
	src/bundle/intake.c src/bundle/intake.h src/bundle/intake_private.h \
	src/bundle/intake_cases.c \
	src/bundle/intake_ledger.c \
	src/bundle/intake_people.c \
	src/bundle/intake_round.c \
	src/bundle/waiting.c src/bundle/waiting.h \
	src/bundle/tarball.c src/bundle/tarball.h
