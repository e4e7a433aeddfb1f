/** Facts about what guests need of their hosts beside disks and networks, and what hosts keep. */
@NullMarked
package org.migratecheck.facts.guest;

import org.jspecify.annotations.NullMarked;
