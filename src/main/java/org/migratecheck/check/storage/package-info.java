/**
 * Judges storage: is every disk of a guest on storage that both hosts share, at the same place, the
 * very same bytes, and usable there. Each protocol has an evaluator of its own.
 */
@NullMarked
package org.migratecheck.check.storage;

import org.jspecify.annotations.NullMarked;
