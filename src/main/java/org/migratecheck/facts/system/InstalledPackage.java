package org.migratecheck.facts.system;

/**
 * An installed package.
 *
 * @param name the name; on Debian with the architecture ({@code libc6:amd64}) where dpkg itself
 *     needs it to tell packages apart
 * @param version {@code [epoch:]version[-release]}; epoch 0 is left out
 * @param architecture the architecture
 * @param installedAt when it was installed, in seconds since 1970; 0 where the package system does
 *     not tell
 */
public record InstalledPackage(String name, String version, String architecture, long installedAt) {

  /** Returns {@code name-[epoch:]version-release.architecture}, as dnf and yum take it. */
  public String nevra() {
    return name + "-" + version + (architecture.isEmpty() ? "" : "." + architecture);
  }
}
