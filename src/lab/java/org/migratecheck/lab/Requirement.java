package org.migratecheck.lab;

/** The five requirements of a live migration, to which every fault belongs. */
enum Requirement {
  SAME_SYSTEM("same RHEL, same updates"),
  PORTS("ports and ways open"),
  NETWORK("identical network"),
  STORAGE("shared storage, same location"),
  GUEST("a sound pair and guest");

  private final String label;

  Requirement(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
