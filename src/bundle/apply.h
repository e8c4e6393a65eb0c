/**
 * Applies a delta (bundle/delta.h) to the files of the bundle before it.
 *
 * The receiver of bundles keeps the unpacked files of each sender's last state, without its events;
 * a delta is merged into them row by row, and what comes out must have the rows and sums that the
 * delta's manifest says. So a delta is then taken in just as a full bundle.
 *
 * Private to src/bundle. Threads: any, on different folders.
 */
#ifndef DOUDI_BUNDLE_APPLY_H
#define DOUDI_BUNDLE_APPLY_H

#include "bundle/manifest.h"
#include "form/form.h"

/** Writes the whole files to the folder `to`. RESULT_INVALID with words in *ret_message (new string) if
 *  they are not as the manifest says; RESULT_IO, RESULT_FULL. */
enum result apply_delta(const struct manifest *manifest, const struct forms *forms,
                        const char *before, const char *delta, const char *to, char **ret_message);

/** Where a home keeps the files of a sender's state. New string. */
char *apply_path(const char *home, const char *area, uint64_t number);
/** Keeps the state of bundle `number`, moving its folder, in the place of that of bundle `before` (0 =
 *  none). Without it the next delta is refused, so a failure is only logged. */
void apply_keep(const char *home, const char *area, uint64_t number, uint64_t before,
                const char *files);

#endif
