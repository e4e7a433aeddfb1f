package org.migratecheck.facts.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;
import org.migratecheck.model.ProbeOutput;

/**
 * The installed packages of a host.
 *
 * @param manager whose database was read
 * @param installed all packages, in the order of the database; never empty
 */
public record Packages(Manager manager, List<InstalledPackage> installed) {
  private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]{1,200}");

  /** The installed packages. */
  public static final Fact<Packages> FACT = Fact.host("packages", "packages", Packages::parse);

  /** The package systems that are understood. */
  public enum Manager {
    /** RHEL, its rebuilds, Fedora, SUSE. */
    RPM,
    /** Debian, Ubuntu. */
    DPKG;

    /** Compares two versions in the order of this system. */
    public int compare(String a, String b) {
      return this == RPM ? RpmVersion.compare(a, b) : DpkgVersion.compare(a, b);
    }
  }

  /** Copies the list. */
  public Packages {
    installed = List.copyOf(installed);
  }

  private static Packages parse(Outputs outputs) {
    String system = outputs.ok("packages/system").strip();
    Packages packages =
        switch (system) {
          case "rpm" -> new Packages(Manager.RPM, rpm(outputs));
          case "dpkg" -> new Packages(Manager.DPKG, dpkg(outputs));
          default ->
              throw new Undetermined(
                  outputs.host() + ": neither rpm nor dpkg keeps the packages of this host");
        };
    if (packages.installed.isEmpty()) {
      throw new Undetermined(
          outputs.host() + ": the " + system + " database lists no package at all",
          "Look at the package database on " + outputs.host() + ".");
    }
    packages.refuseTwins(outputs.host());
    return packages;
  }

  /** The same version of the same package twice is a damaged database. */
  private void refuseTwins(String host) {
    Set<String> seen = new HashSet<>();
    for (InstalledPackage p : installed) {
      if (!seen.add(p.nevra())) {
        throw new Undetermined(
            host + ": the package database lists " + p.nevra() + " twice",
            manager == Manager.RPM
                ? "Rebuild the database on " + host + ": rpm --rebuilddb"
                : "Look at the package database on " + host + ": dpkg --audit");
      }
    }
  }

  /** rpm reports some damage on stderr and still exits with 0. */
  private static List<InstalledPackage> rpm(Outputs outputs) {
    ProbeOutput output = outputs.complete("packages/list");
    output
        .stderr()
        .lines()
        .filter(l -> l.startsWith("error:"))
        .findFirst()
        .ifPresent(
            line -> {
              throw new Undetermined(
                  outputs.host() + ": the rpm database is damaged: " + Printable.line(line),
                  "Rebuild the database on " + outputs.host() + ": rpm --rebuilddb");
            });
    List<InstalledPackage> result = new ArrayList<>();
    for (String line : outputs.ok("packages/list").split("\n")) {
      if (line.isEmpty()) {
        continue;
      }
      String[] f = fields(outputs, line, 6);
      if (f[0].equals("gpg-pubkey")) {
        continue; // a key, not software
      }
      String epoch = f[1].equals("0") || f[1].equals("(none)") ? "" : f[1] + ":";
      String architecture = f[4].equals("(none)") ? "" : f[4];
      result.add(
          new InstalledPackage(
              f[0], epoch + f[2] + "-" + f[3], architecture, time(outputs, line, f[5])));
    }
    return result;
  }

  /**
   * The last column is dpkg's state: what is wanted, what is there, and an error flag. Packages
   * whose configuration did not end are counted: their files are those of that version.
   */
  private static List<InstalledPackage> dpkg(Outputs outputs) {
    List<InstalledPackage> result = new ArrayList<>();
    for (String line : outputs.ok("packages/list").split("\n")) {
      if (line.isEmpty()) {
        continue;
      }
      String[] f = fields(outputs, line, 4);
      String state = f[3];
      if (state.endsWith("n") || state.endsWith("c")) {
        continue; // not installed, or only configuration files are left
      }
      if (state.length() != 2 || state.endsWith("H")) {
        throw new Undetermined(
            outputs.host() + ": the package " + f[0] + " is half installed (state " + state + ")",
            "Repair it on " + outputs.host() + ": apt-get install --reinstall " + f[0]);
      }
      result.add(new InstalledPackage(f[0], f[1], f[2], 0));
    }
    return result;
  }

  private static String[] fields(Outputs outputs, String line, int count) {
    String[] fields = line.split("\t", -1);
    if (fields.length != count) {
      throw unreadable(outputs, line);
    }
    for (int i = 0; i < fields.length; i++) {
      fields[i] = fields[i].strip();
      if (!WORD.matcher(fields[i]).matches()) {
        throw unreadable(outputs, line);
      }
    }
    return fields;
  }

  private static long time(Outputs outputs, String line, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw unreadable(outputs, line);
    }
  }

  private static Undetermined unreadable(Outputs outputs, String line) {
    String shown = line.length() > 120 ? line.substring(0, 120) + "..." : line;
    return new Undetermined(
        outputs.host() + ": the package list has an unreadable line: " + Printable.line(shown));
  }
}
