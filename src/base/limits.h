/**
 * How much a client may ask of the server. All of its limits stand here; sizes of frames
 * are in wire/frame.h.
 *
 * The account that owns the home is not held to a pace: it could remove the home as well.
 */
#ifndef DOUDI_BASE_LIMITS_H
#define DOUDI_BASE_LIMITS_H

enum {
    /** Clients at once. A street has dozens of officers, a county one or two thousand. */
    LIMIT_CLIENTS = 2500,
    /** Places kept for the account that owns the home, so that maintenance always gets in. */
    LIMIT_CLIENTS_RESERVED = 50,
    /** Clients at once of one account other than the owner: nobody crowds out the others. */
    LIMIT_CLIENTS_PER_UID = 1200,
    /** Connections at once of one officer, the owner's account aside: a terminal or two, some commands,
     *  and those that a lost line has left behind. */
    LIMIT_CLIENTS_PER_OFFICER = 16,
    /** Passwords hashed at once of strangers, and as many of officers who change theirs; 16 MiB each. */
    LIMIT_HASHES = 4,
    /** Strangers of one account who have a turn at that or wait for one. */
    LIMIT_LOGINS_PER_UID = 64,
    /** Bytes of a frame from a client that has not logged in. */
    LIMIT_FRAME_BEFORE_LOGIN = 64 << 10,
    /** Form values in a request: a household of 50 has about 3000. */
    LIMIT_VALUES = 5000,
    /** Elements of any other list in a request: the divisions of a province have 80 000 cells. */
    LIMIT_LIST = 200000,
    /** Bytes that a request takes unpacked: small texts take twenty times what they take in a frame. */
    LIMIT_UNPACKED = 64 << 20,
    /** Bytes of the rows that one import gathers before it can judge them (households: all of a file),
     *  and of all imports at once. A street's ledger takes some 20 MiB. */
    LIMIT_IMPORT_BYTES = 128 << 20,
    LIMIT_IMPORTS_BYTES = 512 << 20,
    /** Drafts of one officer, and the bytes of one: a household of 50 takes about 150 KiB. */
    LIMIT_DRAFTS = 100,
    LIMIT_DRAFT_BYTES = 256 << 10,
    /** Characters of a form's value (a memo of the forms that come with the program has 2000), of a note
     *  or reason, of any other text in one line, and of a path. */
    LIMIT_VALUE = 10000,
    LIMIT_NOTE = 1000,
    LIMIT_LINE = 200,
    LIMIT_PATH = 4096,
    /** Requests a second of one connection; the rest of the second is waited out. */
    LIMIT_PACE = 500,
    /** Bytes a second of one connection, likewise. */
    LIMIT_PACE_BYTES = 8 << 20,
    /** Requests a second before login: a password that is tried costs the server a tenth of a second. */
    LIMIT_PACE_BEFORE_LOGIN = 5,
    /** Seconds a client may be silent before it has logged in. */
    LIMIT_SILENT_SECONDS = 60,
    /** Seconds a frame that has begun may take to come. */
    LIMIT_FRAME_SECONDS = 30,
    /** Seconds a client may leave an answer unread. */
    LIMIT_UNREAD_SECONDS = 30,
    /** Seconds after which a server that ends breaks off long work that reports its progress. */
    LIMIT_ENDING_SECONDS = 20,
    /** Seconds after which it no longer waits for anything. */
    LIMIT_ENDED_SECONDS = 60,
    /** The same, milliseconds, once the database has stopped: what still works then has only to say
     *  so, the rest may wait for ever. */
    LIMIT_FAILED_MS = 300,
    /** Milliseconds a session may be silent longer than its screen (session_idle_minutes()), which
     *  puts what was typed away before it locks. */
    LIMIT_IDLE_GRACE_MS = 30 * 1000,
    /** Bytes of a client's thread stack. */
    LIMIT_STACK = 512 << 10,
    /** Bytes after which the log of a server started by a client is put aside. */
    LIMIT_LOG = 4 << 20,
    /** Seconds between two runs of the timers' work. */
    LIMIT_TICK_SECONDS = 15
};

/** Those of the above that tests set lower. */
struct limits {
    unsigned clients, clients_reserved, clients_per_uid, clients_per_officer;
    unsigned pace, pace_before_login, pace_bytes;
    int silent_seconds, frame_seconds, unread_seconds;
};

static inline struct limits limits_default(void)
{
    return (struct limits){
        .clients = LIMIT_CLIENTS,
        .clients_reserved = LIMIT_CLIENTS_RESERVED,
        .clients_per_uid = LIMIT_CLIENTS_PER_UID,
        .clients_per_officer = LIMIT_CLIENTS_PER_OFFICER,
        .pace = LIMIT_PACE,
        .pace_before_login = LIMIT_PACE_BEFORE_LOGIN,
        .pace_bytes = LIMIT_PACE_BYTES,
        .silent_seconds = LIMIT_SILENT_SECONDS,
        .frame_seconds = LIMIT_FRAME_SECONDS,
        .unread_seconds = LIMIT_UNREAD_SECONDS,
    };
}

#endif
