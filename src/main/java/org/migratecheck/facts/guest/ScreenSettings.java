package org.migratecheck.facts.guest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Outputs;

/**
 * What {@code qemu.conf} says about the screens of guests.
 *
 * @param settings values by key, such as {@code vnc_tls}; unset keys are absent
 * @param files the certificate files that are there
 * @param directories the certificate directories that are there
 */
public record ScreenSettings(
    Map<String, String> settings, Set<String> files, Set<String> directories) {
  private static final Pattern SETTING =
      Pattern.compile("set ([a-z0-9_]+) (?:\"([^\"]*)\"|'([^']*)'|(\\d{1,9}))\\s*(?:#.*)?");

  /** Copies the collections. */
  public ScreenSettings {
    settings = Map.copyOf(settings);
    files = Set.copyOf(files);
    directories = Set.copyOf(directories);
  }

  /** Returns where screens of that kind listen when their definition does not say. */
  public String listen(String kind) {
    return settings.getOrDefault(kind + "_listen", "127.0.0.1");
  }

  /**
   * Returns the first and the last port that libvirt chooses from.
   *
   * @param use {@code display} or {@code websocket}
   */
  public List<Integer> range(String use) {
    String least = use.equals("display") ? "5900" : "5700";
    return List.of(
        port("remote_" + use + "_port_min", least), port("remote_" + use + "_port_max", "65535"));
  }

  private int port(String key, String standard) {
    return Math.min(65_535, Integer.parseInt(settings.getOrDefault(key, standard)));
  }

  /** Returns whether screens of that kind ({@code vnc} or {@code spice}) are encrypted. */
  public boolean tls(String kind) {
    return settings.getOrDefault(kind + "_tls", "0").equals("1");
  }

  /** Returns the directory that certificates for that kind are read from (libvirt, qemu.conf). */
  public String certificates(String kind) {
    String own = settings.get(kind + "_tls_x509_cert_dir");
    if (own != null) {
      return own;
    }
    String common = settings.get("default_tls_x509_cert_dir");
    if (common != null) {
      return common;
    }
    String builtIn = "/etc/pki/libvirt-" + kind;
    return directories.contains(builtIn) ? builtIn : "/etc/pki/qemu";
  }

  /** Returns the certificate files that are missing for that kind. */
  public List<String> missing(String kind) {
    String directory = certificates(kind);
    return List.of("ca-cert.pem", "server-cert.pem", "server-key.pem").stream()
        .map(f -> directory + "/" + f)
        .filter(f -> !files.contains(f))
        .toList();
  }

  static ScreenSettings parse(Outputs outputs) {
    Map<String, String> settings = new TreeMap<>();
    Set<String> files = new TreeSet<>();
    Set<String> directories = new TreeSet<>();
    for (String line : Lines.of(outputs, "guest-services/screens")) {
      Matcher setting = SETTING.matcher(line);
      if (setting.matches()) {
        for (int i = 2; i <= 4; i++) {
          if (setting.group(i) != null) {
            settings.put(setting.group(1), setting.group(i));
          }
        }
      } else if (line.startsWith("file /")) {
        files.add(line.substring("file ".length()));
      } else if (line.startsWith("directory /")) {
        directories.add(line.substring("directory ".length()));
      } else {
        throw Lines.unreadable(outputs.host(), "guest-services/screens", line);
      }
    }
    return new ScreenSettings(settings, files, directories);
  }
}
