/**
 * Renderings of one {@link org.migratecheck.model.Report}: console, HTML, JSON. They decide layout
 * only; whatever they print came from a report and is escaped here.
 */
@NullMarked
package org.migratecheck.report;

import org.jspecify.annotations.NullMarked;
