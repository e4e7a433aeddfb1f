/** The picocli commands, exit codes, progress. No logic: every command calls the floor below. */
@NullMarked
package org.migratecheck.cli;

import org.jspecify.annotations.NullMarked;
