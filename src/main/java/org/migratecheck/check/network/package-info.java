/**
 * Judges whether two hosts have the same networks, and whether a guest will find its own on the
 * other side.
 */
@NullMarked
package org.migratecheck.check.network;

import org.jspecify.annotations.NullMarked;
