package org.migratecheck.facts.ports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.ProbeOutput;

/**
 * Whether root of the source reaches the destination's libvirt over SSH.
 *
 * @param name the name or address of the destination that the source used
 * @param port the SSH port
 * @param attempts the first as root; a second, as the user who audits, only where that failed
 * @param scannedKeys the host keys that answer at the SSH port, {@code TYPE BASE64}; looked for
 *     only where libvirt was not reached
 * @param banner whether an SSH server answered at the SSH port, in that case
 * @param options the source's ssh options for this destination, in that case
 */
public record LibvirtReach(
    String name,
    int port,
    List<Attempt> attempts,
    List<String> scannedKeys,
    boolean banner,
    Map<String, String> options) {
  /** Read from the probe {@code libvirt-reach} on the source. */
  public static final Fact<LibvirtReach> FACT =
      new Fact<>(
          "libvirtReach", Fact.Place.LINK_SOURCE, List.of("libvirt-reach"), LibvirtReach::parse);

  private static final Pattern UUID =
      Pattern.compile("<uuid>\\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\s*</uuid>");
  private static final Pattern SCANNED =
      Pattern.compile(
          "^\\S+ ((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-zA-Z0-9@.-]+ [A-Za-z0-9+/=]+)\\s*$",
          Pattern.MULTILINE);

  /** Of evidence that does not tell it. */
  private static final int USUAL_PATIENCE = 9;

  private static final Pattern URI = Pattern.compile("qemu\\+ssh://[A-Za-z0-9@:._\\[\\]-]+/system");

  /** Copies the collections. */
  public LibvirtReach {
    attempts = List.copyOf(attempts);
    scannedKeys = List.copyOf(scannedKeys);
    options = Map.copyOf(options);
  }

  /**
   * One connection.
   *
   * @param uri the libvirt URI; {@code virsh migrate} is to use the same
   * @param uuid the UUID of the host that answered; empty where none did
   * @param exitStatus of virsh; 124 where it was silent until its deadline
   * @param error what virsh and ssh said
   * @param patience until silence counted as no answer, seconds
   */
  public record Attempt(
      String uri, Optional<String> uuid, int exitStatus, String error, int patience) {}

  /** Returns the connection that worked. */
  public Optional<Attempt> reached() {
    return attempts.stream().filter(a -> a.uuid().isPresent()).findFirst();
  }

  private static LibvirtReach parse(Outputs outputs) {
    Set<String> parts = outputs.withPrefix("libvirt-reach/").keySet();
    Map<String, String> target = words(outputs.ok("libvirt-reach/target"));
    List<Attempt> attempts = new ArrayList<>();
    attempts.add(attempt(outputs, target, "libvirt-reach/libvirt"));
    if (parts.contains("user-libvirt")) {
      attempts.add(
          attempt(
              outputs,
              words(outputs.ok("libvirt-reach/user-target")),
              "libvirt-reach/user-libvirt"));
    }
    List<String> keys = new ArrayList<>();
    boolean banner = false;
    if (parts.contains("ssh-scan")) {
      ProbeOutput scan = outputs.complete("libvirt-reach/ssh-scan");
      Matcher key = SCANNED.matcher(scan.stdout());
      while (key.find()) {
        keys.add(key.group(1));
      }
      banner = !keys.isEmpty() || (scan.stdout() + scan.stderr()).contains("SSH-2.0-");
    }
    Map<String, String> options = Map.of();
    if (parts.contains("ssh-config")) {
      options = words(outputs.complete("libvirt-reach/ssh-config").stdout());
    }
    String name = target.getOrDefault("name", "");
    if (name.isEmpty()) {
      throw new Undetermined(outputs.host() + ": nothing tells how it would call the destination");
    }
    return new LibvirtReach(name, port(attempts.get(0).uri()), attempts, keys, banner, options);
  }

  private static Attempt attempt(Outputs outputs, Map<String, String> target, String part) {
    String uri = target.getOrDefault("uri", "");
    if (!URI.matcher(uri).matches()) {
      throw new Undetermined(
          outputs.host() + ": the libvirt URI of the destination is not readable");
    }
    ProbeOutput output = outputs.complete(part);
    Matcher uuid = UUID.matcher(output.stdout());
    return new Attempt(
        uri,
        uuid.find() ? Optional.of(uuid.group(1)) : Optional.empty(),
        output.exitStatus(),
        output.stderr(),
        patience(target.getOrDefault("wait", "")));
  }

  private static int patience(String text) {
    return text.matches("\\d{1,4}") ? Integer.parseInt(text) : USUAL_PATIENCE;
  }

  private static int port(String uri) {
    Matcher port = Pattern.compile(":(\\d+)/system$").matcher(uri);
    return port.find() ? PortSet.port(port.group(1)) : 22;
  }

  private static Map<String, String> words(String text) {
    Map<String, String> words = new HashMap<>();
    for (String line : text.lines().toList()) {
      int blank = line.indexOf(' ');
      if (blank > 0) {
        words.putIfAbsent(line.substring(0, blank), line.substring(blank + 1).strip());
      }
    }
    return words;
  }
}
