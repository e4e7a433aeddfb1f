/**
 * From evidence to facts: parsers that turn probe output into typed, immutable records. A parser
 * that cannot read its input throws {@link Undetermined}; it never guesses. Nothing here judges.
 */
@NullMarked
package org.migratecheck.facts;

import org.jspecify.annotations.NullMarked;
