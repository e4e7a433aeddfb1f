package org.migratecheck.cli;

import picocli.CommandLine.IVersionProvider;

/** The program's version, from the manifest of its jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"migrate-check " + text()};
  }

  /** Returns the version; {@code development} when run from classes. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
