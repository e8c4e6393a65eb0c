#include "feed/unpack.h"

#include "base/mem.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 64 * 1024 };

struct unpacking {
    const struct manifest *manifest;
    const struct unpack_reader *reader;
    struct archive *archive;
    char *block;
    size_t read; /**< files of the manifest that were read */
    bool changed;
};

static const struct manifest_file *find_file(const struct manifest *manifest, const char *name)
{
    for (size_t i = 0; name != NULL && i < manifest->file_count; i++)
        if (strcmp(manifest->files[i].name, name) == 0)
            return &manifest->files[i];
    return NULL;
}

static enum result read_bytes(struct unpacking *unpacking, struct digest *digest, bool wanted)
{
    const struct unpack_reader *reader = unpacking->reader;
    enum result result = RESULT_OK;
    la_ssize_t got = 0;

    while (result == 0 &&
           (got = archive_read_data(unpacking->archive, unpacking->block, BLOCK_BYTES)) > 0) {
        digest_add(digest, unpacking->block, (size_t)got);
        if (wanted)
            result = reader->add(unpacking->block, (size_t)got, reader->arg);
    }
    unpacking->changed |= result == 0 && got < 0;
    return result == 0 && got < 0 ? RESULT_CORRUPT : result;
}

static enum result read_file(struct unpacking *unpacking, const struct manifest_file *file)
{
    const struct unpack_reader *reader = unpacking->reader;
    struct digest *digest = digest_new();
    uint8_t sum[DIGEST_SIZE];
    char hash[DIGEST_TEXT];
    bool wanted = false;
    enum result result = reader->begin(file, &wanted, reader->arg);

    if (result == 0)
        result = read_bytes(unpacking, digest, wanted);
    digest_end(&digest, sum);
    if (result == 0 && strcmp(digest_format(sum, hash), file->sha256) != 0) {
        unpacking->changed = true;
        result = RESULT_CORRUPT;
    }
    if (result == 0 && wanted)
        result = reader->end(file, reader->arg);
    unpacking->read++;
    return result;
}

static enum result read_members(struct unpacking *unpacking, const char *path)
{
    struct archive_entry *entry;
    enum result result = RESULT_OK;
    int code = ARCHIVE_FATAL;

    archive_read_support_filter_zstd(unpacking->archive);
    archive_read_support_format_tar(unpacking->archive);
    if (archive_read_open_filename(unpacking->archive, path, BLOCK_BYTES) == ARCHIVE_OK)
        while (result == 0 &&
               (code = archive_read_next_header(unpacking->archive, &entry)) == ARCHIVE_OK) {
            const char *name = archive_entry_pathname(entry);
            const struct manifest_file *file = find_file(unpacking->manifest, name);
            if (file != NULL)
                result = read_file(unpacking, file);
        }
    if (result != 0)
        return result;
    unpacking->changed = code != ARCHIVE_EOF || unpacking->read != unpacking->manifest->file_count;
    return unpacking->changed ? RESULT_CORRUPT : RESULT_OK;
}

enum result unpack_read(const char *path, const struct manifest *manifest,
                        const struct unpack_reader *reader, char **ret_message)
{
    struct unpacking unpacking = {
        .manifest = manifest,
        .reader = reader,
        .archive = archive_read_new(),
        .block = mem_array(1, BLOCK_BYTES),
    };
    enum result result = read_members(&unpacking, path);

    if (unpacking.changed)
        *ret_message = mem_copy("核对以后又被改动过，请等它写完再收");
    archive_read_free(unpacking.archive);
    free(unpacking.block);
    return result;
}
