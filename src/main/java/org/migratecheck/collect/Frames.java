package org.migratecheck.collect;

import java.util.Optional;
import java.util.SortedMap;
import org.migratecheck.model.ProbeOutput;

/**
 * What one run of a script answered.
 *
 * @param started whether the host began to run the script
 * @param time the host's clock at that moment, where it told
 * @param failure why the script gave up before it ran any probe, in the host's words
 * @param outputs the outputs by name; every probe that was asked for is there, as missing where it
 *     did not answer
 */
record Frames(
    boolean started,
    Optional<HostTime> time,
    Optional<String> failure,
    SortedMap<String, ProbeOutput> outputs) {}
