/**
 * Facts about the way of a migration: addresses and names, SSH, the migration port range, what was
 * reached from the source. Nothing here judges.
 */
@NullMarked
package org.migratecheck.facts.ports;

import org.jspecify.annotations.NullMarked;
