/**
 * What probes with a side effect found out; they run only with {@code --active}. No judgement here.
 */
@NullMarked
package org.migratecheck.facts.active;

import org.jspecify.annotations.NullMarked;
