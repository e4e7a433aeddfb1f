package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;

/**
 * As which user QEMU opens images on a host, and who lets it: {@code qemu.conf}, the base label of
 * the dac security model in {@code virsh capabilities}, SELinux.
 *
 * @param uid the user id
 * @param gid the group id
 * @param dynamicOwnership whether libvirt makes that user the owner of images
 * @param lockManager {@code nop}, {@code lockd} or {@code sanlock}
 * @param sharedFilesystems directories that libvirt is told to take for shared
 * @param selinuxEnforcing whether SELinux forbids
 * @param selinuxBooleans booleans such as {@code virt_use_nfs}; empty without SELinux
 */
public record QemuAccess(
    long uid,
    long gid,
    boolean dynamicOwnership,
    String lockManager,
    List<String> sharedFilesystems,
    boolean selinuxEnforcing,
    Map<String, Boolean> selinuxBooleans) {
  /** How QEMU reaches storage on a host. */
  public static final Fact<QemuAccess> FACT =
      Fact.host("qemuAccess", "qemu-access", QemuAccess::parse);

  private static final Pattern LABEL = Pattern.compile("\\+?([0-9]{1,10}):\\+?([0-9]{1,10})");
  private static final Pattern SETTING = Pattern.compile("([a-z_0-9]+)\\s*=\\s*(.*)");
  private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

  /** Copies the collections. */
  public QemuAccess {
    sharedFilesystems = List.copyOf(sharedFilesystems);
    selinuxBooleans = java.util.Collections.unmodifiableMap(new TreeMap<>(selinuxBooleans));
  }

  /** Returns user and group as {@code UID:GID}. */
  public String owner() {
    return uid + ":" + gid;
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  private static QemuAccess parse(Outputs outputs) {
    Map<String, String> settings = settings(Evidence.lines(outputs, "qemu-access/configuration"));
    List<String> security = Evidence.lines(outputs, "qemu-access/security");
    String label = dacLabel(outputs.host(), security);
    Matcher ids = LABEL.matcher(label);
    if (!ids.matches()) {
      throw new Undetermined(
          outputs.host() + ": libvirt does not tell as which user QEMU runs",
          "Look at 'virsh capabilities' there, element secmodel.");
    }
    Map<String, Boolean> booleans = new TreeMap<>();
    boolean enforcing = false;
    for (String line : Evidence.lines(outputs, "qemu-access/selinux")) {
      String[] pair = line.split("=", 2);
      if (pair.length != 2) {
        throw Evidence.unreadable(outputs.host(), "qemu-access/selinux", line);
      }
      if (pair[0].equals("enforce")) {
        enforcing = pair[1].equals("1");
      } else {
        booleans.put(pair[0].substring(pair[0].indexOf('/') + 1), pair[1].equals("1"));
      }
    }
    // SELinux binds QEMU only where libvirt uses it.
    boolean selinux = security.stream().anyMatch(l -> l.strip().equals("<model>selinux</model>"));
    return new QemuAccess(
        Long.parseLong(ids.group(1)),
        Long.parseLong(ids.group(2)),
        !settings.getOrDefault("dynamic_ownership", "1").equals("0"),
        word(settings.getOrDefault("lock_manager", "nop")),
        strings(settings.getOrDefault("shared_filesystems", "")),
        enforcing && selinux,
        booleans);
  }

  private static String dacLabel(String host, List<String> lines) {
    Xml models = Xml.parse(host + ": security models", "<m>" + String.join("\n", lines) + "</m>");
    Optional<Xml> dac =
        models.all("secmodel").stream()
            .filter(m -> m.textAt("model").orElse("").equals("dac"))
            .findFirst();
    List<Xml> labels = dac.map(d -> d.all("baselabel")).orElse(List.of());
    return labels.stream()
        .filter(l -> l.attr("type").equals("kvm"))
        .findFirst()
        .or(() -> labels.stream().findFirst())
        .map(Xml::text)
        .orElse("");
  }

  /** Settings by name; a list may go over several lines until its bracket is closed. */
  private static Map<String, String> settings(List<String> lines) {
    Map<String, String> result = new TreeMap<>();
    String open = "";
    StringBuilder value = new StringBuilder();
    for (String line : lines) {
      if (!open.isEmpty()) {
        value.append(' ').append(line);
      } else {
        Matcher matcher = SETTING.matcher(line);
        if (!matcher.matches()) {
          continue;
        }
        open = matcher.group(1);
        value.setLength(0);
        value.append(matcher.group(2));
      }
      if (!value.toString().startsWith("[") || value.indexOf("]") >= 0) {
        result.put(open, value.toString().strip());
        open = "";
      }
    }
    return result;
  }

  private static List<String> strings(String value) {
    List<String> result = new ArrayList<>();
    Matcher matcher = STRING.matcher(value);
    while (matcher.find()) {
      result.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return result;
  }

  private static String word(String value) {
    List<String> quoted = strings(value);
    return quoted.isEmpty() ? value : quoted.get(0);
  }
}
