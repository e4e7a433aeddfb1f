package org.migratecheck.facts.firewall;

/**
 * A named set or map.
 *
 * @param elements what stands between the braces of its elements, as one line; may be empty
 */
public record FilterSet(String elements) {}
