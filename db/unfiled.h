/**
 * Records that are not filed yet: unsaved input, and cases proposed by officers without the right
 * to file them. db/tables.h says what holds for every table.
 */
#ifndef DOUDI_DB_UNFILED_H
#define DOUDI_DB_UNFILED_H

#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

/* draft: by officer, form, record */
typedef enum result (*store_draft_fn)(const Rec__Draft *draft, void *arg);
enum result store_draft_get(struct txn *txn, const char *officer, const char *form,
                            const char *record, Rec__Draft **ret_draft);
enum result store_draft_put(struct txn *txn, const Rec__Draft *draft);
enum result store_draft_del(struct txn *txn, const char *officer, const char *form,
                            const char *record);
enum result store_draft_scan(struct txn *txn, const char *officer, store_draft_fn each, void *arg);

/* proposal: by id; secondary by state and area */
typedef enum result (*store_proposal_fn)(const Rec__Proposal *proposal, void *arg);
enum result store_proposal_get(struct txn *txn, uint64_t id, Rec__Proposal **ret_proposal);
enum result store_proposal_put(struct txn *txn, const Rec__Proposal *proposal);
/** Those in a state, by area, then id. */
enum result store_proposal_scan(struct txn *txn, const char *state, const char *area,
                                store_proposal_fn each, void *arg);
/** Those that became a case. */
enum result store_proposal_of_case(struct txn *txn, uint64_t case_id, store_proposal_fn each,
                                   void *arg);
/** The open ones in which somebody has the ID number. */
enum result store_proposal_of_id_no(struct txn *txn, const char *id_no, store_proposal_fn each,
                                    void *arg);

#endif
