/**
 * Reaching a host: SSH through JSch, a local process, and the user's ssh configuration, host keys,
 * agent and sudo. It runs one script and returns bytes; it knows nothing of probes or checks.
 */
@NullMarked
package org.migratecheck.remote;

import org.jspecify.annotations.NullMarked;
