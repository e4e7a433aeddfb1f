package org.migratecheck.remote;

import java.time.Duration;

/**
 * Bounds of one script run.
 *
 * @param deadline after which the run is ended and its result marked as timed out
 * @param maxStdout bytes of standard output after which the run is ended and marked as cut
 * @param maxStderr bytes of standard error that are kept; more is read and dropped
 */
public record ScriptLimits(Duration deadline, int maxStdout, int maxStderr) {}
