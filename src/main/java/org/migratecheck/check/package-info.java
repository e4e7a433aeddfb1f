/**
 * Judging: the check catalogue (YAML), rules, evaluators and the verdict. Pure functions of facts;
 * nothing here opens a connection, reads a clock or prints.
 */
@NullMarked
package org.migratecheck.check;

import org.jspecify.annotations.NullMarked;
