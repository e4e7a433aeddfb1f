/** Evaluators of checks that are made only with {@code --active}. */
@NullMarked
package org.migratecheck.check.active;

import org.jspecify.annotations.NullMarked;
