/**
 * Limits on what a client may ask of the server. All stand here, except sizes of frames
 * (wire/frame.h).
 *
 * The account that owns the home has no pace limit: it could delete the home anyway.
 */
#ifndef DOUDI_BASE_LIMITS_H
#define DOUDI_BASE_LIMITS_H

enum {
    /** Clients at once. A street has dozens of officers, a county one or two thousand. */
    LIMIT_CLIENTS = 2500,
    /** Places for the account that owns the home, so that maintenance always gets in. */
    LIMIT_CLIENTS_RESERVED = 50,
    /** Clients at once of another account, so that no account takes all places. */
    LIMIT_CLIENTS_PER_UID = 1200,
    /** Connections at once of one officer (not for the owner's account): a few terminals and
     *  commands, and the remains of lost connections. */
    LIMIT_CLIENTS_PER_OFFICER = 16,
    /** Password hashes at once for strangers, and as many for officers' password changes; 16 MiB
     *  each. */
    LIMIT_HASHES = 4,
    /** Strangers of one account that hash or wait for it. */
    LIMIT_LOGINS_PER_UID = 64,
    /** Bytes of a frame from a client that has not logged in. */
    LIMIT_FRAME_BEFORE_LOGIN = 64 << 10,
    /** Form values in a request: a household of 50 has about 3000. */
    LIMIT_VALUES = 5000,
    /** Elements of any other list in a request: the divisions of a province have 80 000 cells. */
    LIMIT_LIST = 200000,
    /** Bytes of an unpacked request: small texts take twenty times their size in the frame. */
    LIMIT_UNPACKED = 64 << 20,
    /** Bytes of the rows that an import collects before it judges them (households: all of a file),
     *  and of all imports at once. A street's ledger takes some 20 MiB. */
    LIMIT_IMPORT_BYTES = 128 << 20,
    LIMIT_IMPORTS_BYTES = 512 << 20,
    /** Drafts of one officer, and the bytes of one: a household of 50 takes about 150 KiB. */
    LIMIT_DRAFTS = 100,
    LIMIT_DRAFT_BYTES = 256 << 10,
    /** Characters of a form's value (the longest memo of the supplied forms has 2000), of a note or
     *  reason, of any other one-line text, and of a path. */
    LIMIT_VALUE = 10000,
    LIMIT_NOTE = 1000,
    LIMIT_LINE = 200,
    LIMIT_PATH = 4096,
    /** Requests a second of one connection; over that the server waits for the next second. */
    LIMIT_PACE = 500,
    /** Bytes a second of one connection; the same. */
    LIMIT_PACE_BYTES = 8 << 20,
    /** Requests a second before login: checking a password takes a tenth of a second. */
    LIMIT_PACE_BEFORE_LOGIN = 5,
    /** Seconds of silence before a login. */
    LIMIT_SILENT_SECONDS = 60,
    /** Seconds from a frame's first byte to its last. */
    LIMIT_FRAME_SECONDS = 30,
    /** Seconds that a client may leave an answer unread. */
    LIMIT_UNREAD_SECONDS = 30,
    /** At shutdown: seconds until long work that reports progress is broken off. */
    LIMIT_ENDING_SECONDS = 20,
    /** At shutdown: seconds until the server stops waiting. */
    LIMIT_ENDED_SECONDS = 60,
    /** The same in milliseconds after the database has stopped: working threads only need to report
     *  that; blocked ones may block for ever. */
    LIMIT_FAILED_MS = 300,
    /** Milliseconds that a session outlives its screen's idle time (session_idle_minutes()): the
     *  screen saves unfinished input before it locks. */
    LIMIT_IDLE_GRACE_MS = 30 * 1000,
    /** Bytes of a client's thread stack. */
    LIMIT_STACK = 512 << 10,
    /** Bytes after which a server that a client started puts its log aside. */
    LIMIT_LOG = 4 << 20,
    /** Days that a printed sheet can be asked for by its code: a year, and a month to enter it. */
    LIMIT_SHEET_DAYS = 400,
    /** Seconds between two runs of the timers. */
    LIMIT_TICK_SECONDS = 15
};

/** Limits that tests can lower. */
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
