/**
 * From verdict to a moved guest: plan, gate, migration, verification. Everything here acts on a
 * {@link org.migratecheck.model.Report} that was made just before; nothing but {@link
 * org.migratecheck.migrate.Gate} decides whether a guest is moved.
 */
@NullMarked
package org.migratecheck.migrate;

import org.jspecify.annotations.NullMarked;
