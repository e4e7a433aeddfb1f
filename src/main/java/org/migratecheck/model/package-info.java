/**
 * The words of the house as immutable records and enums: evidence, findings, reports, exit codes.
 * Nothing here opens a connection, parses output or judges; no dependency but Jackson annotations.
 */
@NullMarked
package org.migratecheck.model;

import org.jspecify.annotations.NullMarked;
