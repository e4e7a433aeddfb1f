package org.migratecheck.model;

/**
 * One value as seen on each side; the row of a difference table.
 *
 * @param item what was looked at, such as a package name or {@code br0 mtu}; may be empty
 * @param source the value on the source (for host scope, on the host), empty when absent
 * @param destination the value on the destination, empty when absent
 */
public record Observed(String item, String source, String destination) {}
