/**
 * The lab: real hosts with sshd, libvirt and guests on this machine, real migrations, real faults.
 *
 * <p>It sees the program only from outside, as its users do: the command line, the JSON report and
 * the exit code. Everything is built by the scripts in {@code src/lab/sh}.
 */
@NullMarked
package org.migratecheck.lab;

import org.jspecify.annotations.NullMarked;
