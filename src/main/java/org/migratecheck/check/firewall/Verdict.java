package org.migratecheck.check.firewall;

/** What a rule does with what it matches. */
enum Verdict {
  ACCEPT,
  /** Dropped or rejected. */
  BLOCK,
  /** The rest of this chain is left out. */
  RETURN,
  /** Another chain, and back. */
  JUMP,
  /** Another chain, and back to where this one was called from. */
  GOTO,
  /** Sent elsewhere, given to a program, or anything that is not known. */
  DOUBT
}
