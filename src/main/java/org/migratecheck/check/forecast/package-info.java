/**
 * Says beforehand how long a move takes, how long the guest stands still, and whether it ends at
 * all.
 */
@NullMarked
package org.migratecheck.check.forecast;

import org.jspecify.annotations.NullMarked;
