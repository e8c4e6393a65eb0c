/*
 * The file of the bundle about events.
 */
#include "bundle/extract_files.h"

#include "base/digest.h"
#include "base/plain.h"
#include "db/tables.h"
#include "service/cases/mask.h"
#include "service/memory/chain.h"

#include <stdlib.h>
#include <string.h>

// ---- events.csv

static const char *const event_columns[] = {
    "session", "seq",     "at",       "officer",  "action",       "record",     "area",
    "result",  "changes", "note",     "terminal", "previous",     "hash",       "result_no",
    "number",  "written", "same_day", "salt",     "changes_hash", "answer_hash"};

/** Adds the changes; the other files have whole records, here changes are masked, as in every log.
 *  True if they are written as they are stored, so that their hash can be computed from them. */
static bool add_changes(struct extract *extract, const Rec__Event *event)
{
    const struct forms *forms = service_forms(extract->service);
    bool whole = true;

    extract_pairs_begin(&extract->line);
    for (size_t i = 0; i < event->n_changes; i++) {
        const Rec__Change *change = event->changes[i];
        const struct form_field *field = mask_field(forms, NULL, change->name);
        char *old = mask_value(field, change->old);
        char *new = mask_value(field, change->new_);
        extract_change(&extract->line, change->name, old, new);
        whole &= strcmp(old, change->old) == 0 && strcmp(new, change->new_) == 0 &&
                 plain_is(change->name, PLAIN_LINES) && plain_is(old, PLAIN_LINES) &&
                 plain_is(new, PLAIN_LINES);
        free(old);
        free(new);
    }
    extract_pairs_end(&extract->line);
    return whole;
}

/** What the hash covers beside the columns before. An event of an older version has none of it. */
static void add_hashes(struct extract_line *line, const Rec__Event *event, bool whole)
{
    const ProtobufCBinaryData nothing = {0};
    bool salted = event->salt.len > 0;
    struct chain_hashes hashes;

    extract_number(line, event->result);
    extract_number(line, (int64_t)event->number);
    extract_number(line, (int64_t)event->written);
    extract_flag(line, event->same_day);
    extract_hex(line, whole ? event->salt : nothing);
    chain_hash_parts(event, &hashes);
    extract_hex(line, salted ? (ProtobufCBinaryData){DIGEST_SIZE, hashes.changes} : nothing);
    extract_hex(line, salted ? (ProtobufCBinaryData){DIGEST_SIZE, hashes.answer} : nothing);
}

static enum result add_event(const Rec__Event *event, void *arg)
{
    struct extract *extract = arg;
    struct extract_line *line = &extract->line;
    bool whole;

    extract_hex(line, event->session);
    extract_number(line, (int64_t)event->seq);
    extract_stamp(line, event->at);
    extract_text(line, event->officer);
    extract_text(line, event->action);
    extract_text(line, event->record);
    extract_text(line, event->area);
    extract_text(line, result_name((enum result)event->result));
    whole = add_changes(extract, event);
    extract_text(line, event->note);
    extract_text(line, event->terminal);
    extract_hex(line, event->previous);
    extract_hex(line, event->hash);
    add_hashes(line, event, whole);
    return extract_send(line);
}

static enum result scan_events(struct txn *txn, struct extract *extract)
{
    return store_event_scan(txn, add_event, extract);
}

EXTRACT_FILE(events, "event", "操作记录：谁在什么时候做了什么、读了什么；敏感的值遮住",
             "events: who did or read what and when; sensitive values are masked", event_columns,
             .key_columns = 2, EXTRACT_SCAN(scan_events));
