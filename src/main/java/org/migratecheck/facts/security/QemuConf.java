package org.migratecheck.facts.security;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;

/**
 * The settings of {@code /etc/libvirt/qemu.conf} but for passwords.
 *
 * @param settings values as written, with single spaces, by name
 */
public record QemuConf(Map<String, String> settings) {
  /** The settings of libvirt's QEMU driver. */
  public static final Fact<QemuConf> FACT = Fact.host("qemuConf", "qemu-access", QemuConf::parse);

  private static final Pattern SETTING = Pattern.compile("([a-z_0-9]+)\\s*=\\s*(.*)");
  private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

  /** Copies the map. */
  public QemuConf {
    settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** Returns the strings of a list; empty when the setting is not there. */
  public Optional<List<String>> list(String name) {
    return Optional.ofNullable(settings.get(name))
        .map(
            value ->
                STRING
                    .matcher(value)
                    .results()
                    .map(m -> m.group(1) != null ? m.group(1) : m.group(2))
                    .toList());
  }

  /** Returns whether a number or word is set to yes. */
  public boolean on(String name) {
    return settings.getOrDefault(name, "0").replaceAll("[\"']", "").equals("1");
  }

  /** A list may go over several lines until its bracket is closed. */
  private static QemuConf parse(Outputs outputs) {
    Map<String, String> settings = new TreeMap<>();
    String open = "";
    StringBuilder value = new StringBuilder();
    for (String line : Confinement.lines(outputs, "qemu-access/configuration")) {
      if (!open.isEmpty()) {
        value.append(' ').append(line.strip());
      } else {
        Matcher matcher = SETTING.matcher(line);
        if (!matcher.matches()) {
          continue;
        }
        open = matcher.group(1);
        value.setLength(0);
        value.append(matcher.group(2).strip());
      }
      if (value.indexOf("[") != 0 || value.indexOf("]") >= 0) {
        settings.put(open, value.toString().replaceAll("\\s+", " ").strip());
        open = "";
      }
    }
    return new QemuConf(settings);
  }
}
