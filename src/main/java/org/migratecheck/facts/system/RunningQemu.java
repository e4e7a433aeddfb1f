package org.migratecheck.facts.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The QEMU process of a running guest.
 *
 * @param guest the guest's name
 * @param version the version that libvirt wrote into the guest's log when it was started here, such
 *     as {@code 7.2.22}; empty where the log does not tell
 * @param replaced whether its program file was replaced or removed since it was started
 */
public record RunningQemu(String guest, String version, boolean replaced) {
  private static final Pattern VERSION = Pattern.compile("^([0-9]+(?:\\.[0-9]+)+)");

  /** The QEMU processes of all guests that run on the host. */
  public static final Fact<List<RunningQemu>> FACT =
      Fact.host("runningQemu", "qemu-running", RunningQemu::parse);

  /** How many files the QEMU of each guest has open, by the guest's name, where that was told. */
  public static final Fact<Map<String, Long>> OPEN_FILES =
      Fact.host("openFiles", "qemu-running", RunningQemu::openFiles);

  private static Map<String, Long> openFiles(Outputs outputs) {
    Map<String, Long> result = new TreeMap<>();
    for (String line : outputs.ok("qemu-running").lines().toList()) {
      String[] fields = line.split("\t", 3);
      if (fields.length == 3 && fields[0].equals("files") && fields[1].matches("[0-9]{1,9}")) {
        result.put(fields[2], Long.valueOf(fields[1]));
      }
    }
    return java.util.Collections.unmodifiableMap(result);
  }

  private static List<RunningQemu> parse(Outputs outputs) {
    List<RunningQemu> result = new ArrayList<>();
    for (String line : outputs.ok("qemu-running").split("\n")) {
      if (line.isEmpty()) {
        continue;
      }
      String[] fields = line.split("\t", 3);
      if (fields.length != 3) {
        throw new Undetermined(outputs.host() + ": the list of QEMU processes is not readable");
      }
      if (fields[0].equals("files")) {
        continue;
      }
      Matcher version = VERSION.matcher(fields[0].strip());
      result.add(
          new RunningQemu(
              fields[2], version.find() ? version.group(1) : "", fields[1].endsWith(" (deleted)")));
    }
    return List.copyOf(result);
  }
}
