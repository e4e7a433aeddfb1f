package org.migratecheck.model;

/**
 * A host's clock minus the auditing machine's clock, as an interval: the truth lies between the two
 * bounds, whose distance is the round trip of the measurement.
 *
 * @param lowMillis the least possible offset in milliseconds
 * @param highMillis the greatest possible offset in milliseconds
 */
public record ClockOffset(long lowMillis, long highMillis) {}
