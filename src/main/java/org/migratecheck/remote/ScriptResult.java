package org.migratecheck.remote;

import java.time.Instant;
import java.util.Optional;

/**
 * What a script run gave.
 *
 * @param exitStatus the exit status, empty when the remote side gave none (killed, connection cut)
 * @param stdout the bytes of standard output
 * @param stderr the bytes of standard error
 * @param cut whether standard output reached its cap
 * @param timedOut whether the deadline ended the run
 * @param sentAt just before the last bytes of the script were sent, by the local clock: whatever
 *     its last line does happens later
 * @param firstByteAt when the first byte of standard output arrived, by the local clock
 */
public record ScriptResult(
    Optional<Integer> exitStatus,
    byte[] stdout,
    byte[] stderr,
    boolean cut,
    boolean timedOut,
    Instant sentAt,
    Optional<Instant> firstByteAt) {}
