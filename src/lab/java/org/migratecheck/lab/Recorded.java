package org.migratecheck.lab;

/**
 * A fault that no lab on this machine can make; its check is tested on output of the real tools.
 *
 * @param id name in the table
 * @param requirement the requirement that it violates
 * @param finding id of the check that speaks up
 * @param why what would be needed to make it
 * @param test class below {@code org.migratecheck} and method of the test, {@code a.b.CTest#method}
 */
record Recorded(String id, Requirement requirement, String finding, String why, String test) {

  /** Returns whether the test is there. */
  boolean isTested() {
    String[] parts = test.split("#", 2);
    try {
      for (var method : Class.forName("org.migratecheck." + parts[0]).getDeclaredMethods()) {
        if (method.getName().equals(parts[1])) {
          return true;
        }
      }
      return false;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
