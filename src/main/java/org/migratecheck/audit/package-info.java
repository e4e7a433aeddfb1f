/**
 * One audit from end to end: collect every host, collect each link, parse, judge, and assemble the
 * {@link org.migratecheck.model.Report}. It wires the lower floors together and adds no rule.
 */
@NullMarked
package org.migratecheck.audit;

import org.jspecify.annotations.NullMarked;
