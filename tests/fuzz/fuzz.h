/**
 * Fuzz targets: each takes bytes, hands them to one part of the program and looks at what comes
 * back. A wrong answer ends the process (fuzz_expect()), as a crash does.
 *
 * The same targets are run by libFuzzer (fuzz.c, `make fuzz`) and by replay.c, which `make check`
 * runs over the seeds and over everything that was ever found. Inputs of a target with a `type` are
 * packed messages of it, changed field by field (mutate.h).
 */
#ifndef DOUDI_TESTS_FUZZ_H
#define DOUDI_TESTS_FUZZ_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct target {
    const char *name;
    void (*run)(const uint8_t *bytes, size_t length);
    const ProtobufCMessageDescriptor *type; /**< NULL: plain bytes */
    void (*begin)(void);                    /**< NULL: needs nothing */
    void (*end)(void);
    unsigned rounds; /**< changed inputs in `make check` */
};

/** NULL behind the last. */
const struct target *target_at(size_t index);
const struct target *target_find(const char *name);

/** Ends the process with the words if the condition does not hold. */
void fuzz_expect(bool holds, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** The bytes as text; new string (ends at the first NUL). */
char *fuzz_text(const uint8_t *bytes, size_t length);

void values_run(const uint8_t *bytes, size_t length);
void types_run(const uint8_t *bytes, size_t length);
void expr_run(const uint8_t *bytes, size_t length);
void catalogue_begin(void);
void catalogue_end(void);

void keys_run(const uint8_t *bytes, size_t length);
void keys_begin(void);

void csv_run(const uint8_t *bytes, size_t length);
void table_run(const uint8_t *bytes, size_t length);
void book_run(const uint8_t *bytes, size_t length);

void manifest_run(const uint8_t *bytes, size_t length);
void bundle_run(const uint8_t *bytes, size_t length);
void rows_run(const uint8_t *bytes, size_t length);
void delta_run(const uint8_t *bytes, size_t length);
void receipt_run(const uint8_t *bytes, size_t length);
void bundles_begin(void);
void bundles_end(void);

void feed_run(const uint8_t *bytes, size_t length);
void feed_begin(void);
void feed_end(void);

void forms_run(const uint8_t *bytes, size_t length);
void codes_run(const uint8_t *bytes, size_t length);
void amounts_run(const uint8_t *bytes, size_t length);
void forms_begin(void);
void forms_end(void);

void record_run(const uint8_t *bytes, size_t length);

void frame_run(const uint8_t *bytes, size_t length);
void request_run(const uint8_t *bytes, size_t length);
void response_run(const uint8_t *bytes, size_t length);
void office_begin(void);
void office_end(void);

#endif
