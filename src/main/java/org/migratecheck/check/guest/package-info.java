/**
 * Evaluators about a guest's devices and firmware on the destination, and about what is left of it
 * on either host.
 */
@NullMarked
package org.migratecheck.check.guest;

import org.jspecify.annotations.NullMarked;
