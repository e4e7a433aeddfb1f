/**
 * Two embedded SSH hosts on loopback that replay recorded evidence, for {@code migrate-check demo}
 * and tests. No other command loads this package or the server library.
 */
@NullMarked
package org.migratecheck.demo;

import org.jspecify.annotations.NullMarked;
