/* The manifest of a bundle that comes from elsewhere: what is taken from it leads nowhere else. */
#include "tests/fuzz/fuzz.h"

#include "base/text.h"
#include "bundle/manifest.h"

#include <stdlib.h>
#include <string.h>

void manifest_run(const uint8_t *bytes, size_t length)
{
    struct manifest *manifest = NULL;
    char *message = NULL;
    enum result result = manifest_parse((const char *)bytes, length, &manifest, &message);

    fuzz_expect((result == 0) == (manifest != NULL), "neither refused nor read");
    fuzz_expect((result == 0) == (message == NULL), "refused without words");
    fuzz_expect(message == NULL || text_valid(message), "no words");
    for (size_t i = 0; manifest != NULL && i < manifest->file_count; i++) {
        const struct manifest_file *file = &manifest->files[i];

        fuzz_expect(file->name[0] != '\0' && file->name[0] != '.' &&
                        strchr(file->name, '/') == NULL,
                    "a path: %s", file->name);
        fuzz_expect(strlen(file->sha256) == DIGEST_TEXT - 1, "no hash: %s", file->sha256);
    }
    manifest_free(&manifest);
    free(message);
}
