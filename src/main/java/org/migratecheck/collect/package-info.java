/**
 * From hosts to evidence: the probe catalogue, the batched script, framing, deadlines and fan-out.
 * Nothing here interprets what a host printed.
 */
@NullMarked
package org.migratecheck.collect;

import org.jspecify.annotations.NullMarked;
