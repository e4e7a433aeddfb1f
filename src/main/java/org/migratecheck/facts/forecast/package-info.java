/**
 * Facts that a forecast is made from: how fast guests write memory, how busy and fast links are.
 */
@NullMarked
package org.migratecheck.facts.forecast;

import org.jspecify.annotations.NullMarked;
