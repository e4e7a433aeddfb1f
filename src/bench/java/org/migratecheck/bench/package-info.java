/** Measurements that are run on demand by {@code src/bench/bench}; nothing here is a test. */
@NullMarked
package org.migratecheck.bench;

import org.jspecify.annotations.NullMarked;
