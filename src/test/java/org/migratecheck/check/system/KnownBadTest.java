package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.CatalogueException;
import org.migratecheck.check.CatalogueLoader;
import org.migratecheck.facts.FactRegistry;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Status;
import tools.jackson.databind.JsonNode;

/** Every row of known-bad.yaml: hosts and guest that it hits, and some that it does not. */
class KnownBadTest {
  private static final String CHECK = "known-bad-versions";

  /**
   * A pair of hosts and a guest.
   *
   * @param row the id of the row that is to hit
   * @param libvirt source's and destination's
   * @param qemu source's (of the guest) and destination's
   * @param guest changes the guest's XML
   * @param other changes the scene further
   * @param status what the finding is
   */
  private record Case(
      String row,
      String[] libvirt,
      String[] qemu,
      UnaryOperator<String> guest,
      UnaryOperator<Scene> other,
      Status status) {
    Scene scene() {
      Scene scene = Scene.healthy();
      version(scene, "libvirt ", "daemon: ", libvirt);
      scene.editSource("libvirt/version", v -> qemu(v, qemu[0]));
      scene.editDestination("libvirt/version", v -> qemu(v, qemu[1]));
      scene.source("qemu-running", qemu[0] + "\t/usr/bin/qemu-system-x86_64\tguest\n");
      String xml = scene.textOf("guests/xml." + Scene.GUEST);
      scene.source("guests/xml." + Scene.GUEST, guest.apply(xml));
      return other.apply(scene);
    }

    private static void version(Scene scene, String library, String daemon, String[] versions) {
      scene.editSource("libvirt/version", v -> libvirt(v, library, daemon, versions[0]) + "\n");
      scene.editDestination("libvirt/version", v -> libvirt(v, library, daemon, versions[1]) + "\n");
    }

    private static String libvirt(String text, String library, String daemon, String version) {
      return text.replaceAll(library + "[0-9.]+", library + version)
          .replaceAll(daemon + "[0-9.]+", daemon + version);
    }

    private static String qemu(String text, String version) {
      return text.replaceAll("(Running hypervisor: QEMU )[0-9.]+", "$1" + version) + "\n";
    }

    @Override
    public String toString() {
      return row;
    }
  }

  private static String[] both(String source, String destination) {
    return new String[] {source, destination};
  }

  private static Case libvirt(String row, String source, String destination, Status status) {
    return new Case(
        row, both(source, destination), both("7.2.0", "7.2.0"), x -> x, s -> s, status);
  }

  private static UnaryOperator<String> cpu(String feature) {
    return x -> x.replace("</cpu>", feature + "</cpu>");
  }

  private static UnaryOperator<String> device(String device) {
    return x -> x.replace("<devices>", "<devices>" + device);
  }

  private static UnaryOperator<Scene> packages(String name, String source, String destination) {
    return s ->
        s.editSource("packages/list", p -> p + line(name, source))
            .editDestination("packages/list", p -> p + line(name, destination));
  }

  private static String line(String name, String version) {
    String[] parts = version.split("-");
    return "%s\t17\t%s\t%s\tx86_64\t1700000000\n".formatted(name, parts[0], parts[1]);
  }

  private static UnaryOperator<Scene> kernels(String source, String destination) {
    return s ->
        s.source("system/uname", "Linux " + source + " x86_64\n")
            .destination("system/uname", "Linux " + destination + " x86_64\n");
  }

  static Stream<Case> hits() {
    String[] new2 = both("11.3.0", "11.3.0");
    String[] old2 = both("7.2.0", "7.2.0");
    return Stream.of(
        new Case("libvirt-vmx-features-added", both("9.0.0", "10.0.0"), old2,
            cpu("<feature policy='require' name='vmx'/>"), s -> s, Status.FAIL),
        new Case("libvirt-vmx-features-disabled", both("10.4.0", "11.0.0"), old2,
            cpu("<feature policy='disable' name='vmx-apicv'/>"), s -> s, Status.FAIL),
        libvirt("libvirt-xml-cpu", "10.2.0", "10.5.0", Status.PASS),
        new Case("libvirt-root-squash", both("10.5.0", "10.3.0"), old2, x -> x, s -> s, Status.WARN),
        libvirt("libvirt-tls-storage-copy", "10.2.0", "10.2.0", Status.WARN),
        libvirt("libvirt-copy-storage-broken", "8.7.0", "11.0.0", Status.PASS),
        libvirt("libvirt-incremental-copies-nothing", "7.5.0", "11.0.0", Status.PASS),
        libvirt("libvirt-no-eligible-disk", "7.2.0", "11.0.0", Status.PASS),
        libvirt("libvirt-restart-crash", "8.8.0", "11.0.0", Status.PASS),
        libvirt("libvirt-shutdown-crash", "9.0.0", "11.0.0", Status.PASS),
        new Case("libvirt-macvtap-names", both("11.0.0", "6.6.0"), old2,
            device("<interface type='direct'/>"), s -> s, Status.WARN),
        libvirt("libvirt-late-block-activate", "4.4.0", "11.0.0", Status.PASS),
        new Case("qemu-ht-extra-feature", both("11.3.0", "10.9.0"), both("9.2.0", "10.0.2"),
            x -> x.replace("<vcpu placement='static'>1<", "<vcpu placement='static'>2<"),
            s -> s, Status.FAIL),
        new Case("qemu-uso-offload", new2, both("9.0.0", "9.1.0"), x -> x,
            s -> packages("qemu-kvm-core", "9.1.0-15.el9", "9.1.0-20.el9")
                .apply(s.without("packages/none")
                    .editSource("packages/list", KnownBadTest::withoutQemu)
                    .editDestination("packages/list", KnownBadTest::withoutQemu)),
            Status.WARN),
        new Case("kernel-pkru-spin", new2, old2, cpu("<feature policy='disable' name='pku'/>"),
            kernels("5.13.19-2-pve", "5.19.17-1-pve"), Status.WARN),
        new Case("swtpm-shared-state", new2, old2,
            device("<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"),
            s -> packages("swtpm", "0.7.0-1.el9", "0.7.0-1.el9")
                .apply(s.editSource("packages/list", KnownBadTest::withoutSwtpm)
                    .editDestination("packages/list", KnownBadTest::withoutSwtpm)),
            Status.WARN));
  }

  private static String withoutQemu(String packages) {
    return packages.replaceAll("(?m)^qemu-kvm-core\t.*\n", "");
  }

  private static String withoutSwtpm(String packages) {
    return packages.replaceAll("(?m)^swtpm\t.*\n", "");
  }

  @ParameterizedTest
  @MethodSource("hits")
  void aRowHits(Case row) {
    Finding finding = row.scene().judge(CHECK);
    assertThat(finding.message()).contains("[" + row.row() + ": ");
    assertThat(finding.status()).isIn(row.status(), Status.WARN, Status.FAIL);
    if (row.status() == Status.FAIL) {
      assertThat(finding.status()).isEqualTo(Status.FAIL);
    }
    Finding healthy =
        new Case("", both("11.3.0", "11.3.0"), both("7.2.0", "7.2.0"), x -> x, s -> s, Status.PASS)
            .scene()
            .judge(CHECK);
    assertThat(healthy.message()).doesNotContain("[" + row.row() + ": ");
    assertThat(healthy.status()).isEqualTo(Status.PASS);
  }

  @Test
  void everyRowIsTested() throws Exception {
    JsonNode rows = load().checks().get(CHECK).parameters().get(Policy.STRICT).path("rows");
    List<String> ids = new java.util.ArrayList<>();
    rows.forEach(r -> ids.add(r.path("id").asString()));
    assertThat(hits().map(Case::row)).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void otherDirectionAndOtherGuestAreNotConcerned() {
    Case there =
        new Case("", both("10.0.0", "9.0.0"), both("7.2.0", "7.2.0"),
            cpu("<feature policy='require' name='vmx'/>"), s -> s, Status.PASS);
    assertThat(there.scene().judge(CHECK).message()).doesNotContain("libvirt-vmx-features-added");
    Case without =
        new Case("", both("9.0.0", "10.0.0"), both("7.2.0", "7.2.0"), x -> x, s -> s, Status.PASS);
    assertThat(without.scene().judge(CHECK).message()).doesNotContain("libvirt-vmx-features");
  }

  @Test
  void versionsThatAreNotKnownAreNoPass() {
    assertThat(
            Scene.healthy().destination("libvirt/version", "").judge(CHECK).status())
        .isEqualTo(Status.ERROR);
  }

  private static Catalogue load(Path... more) throws CatalogueException {
    List<Path> directories = new java.util.ArrayList<>(List.of(Path.of("checks")));
    directories.addAll(List.of(more));
    return new CatalogueLoader(FactRegistry.load()).load(directories);
  }

  @Test
  void aSiteAddsAndReplacesRows(@TempDir Path site) throws Exception {
    Files.writeString(
        site.resolve("known-bad.yaml"),
        """
        rows:
          - id: libvirt-xml-cpu
            when: {source: {libvirt: "=1.0"}}
            level: warning
            effect: ours
            fix: ours
            reference: ours
          - id: our-row
            when: {either: {kernel: ">=5 <6"}, guest: [{path: devices/tpm, absent: true}]}
            level: blocker
            effect: ours
            fix: ours
            reference: ours
        """);
    Catalogue catalogue = load(site);
    JsonNode rows = catalogue.checks().get(CHECK).parameters().get(Policy.COMPATIBLE).path("rows");
    Map<String, String> effects = new java.util.TreeMap<>();
    rows.forEach(r -> effects.put(r.path("id").asString(), r.path("effect").asString()));
    assertThat(effects).containsEntry("libvirt-xml-cpu", "ours").containsEntry("our-row", "ours");
    assertThat(effects).hasSize((int) hits().count() + 1);
    assertThat(catalogue.sha256()).isNotEqualTo(load().sha256());
  }

  @Test
  void mistakesHaveTheirPlace(@TempDir Path site) throws Exception {
    Files.writeString(
        site.resolve("known-bad.yaml"),
        """
        rows:
          - id: Bad
            when: {source: {libvirt: "=1.0"}}
            level: warning
            effect: x
            fix: x
            reference: x
          - id: no-version
            when: {flags: ["--tls"]}
            level: loud
            effect: x
            fix: ""
            reference: x
          - id: odd-version
            when: {source: {libvirt: "newer than 9"}, guest: [{path: cpu, attributes: {mode: "("}}, {attributes: {}}, {path: x, color: red}]}
            level: info
            effect: x
            fix: x
            reference: x
        """);
    CatalogueException e = catchThrowableOfType(CatalogueException.class, () -> load(site));
    assertThat(e.mistakes())
        .anyMatch(m -> m.contains("known-bad.yaml:2: Bad: a row has an id"))
        .anyMatch(m -> m.contains("known-bad.yaml:8: no-version: it needs a version"))
        .anyMatch(m -> m.contains("no-version: the level is"))
        .anyMatch(m -> m.contains("no-version: effect, fix and reference"))
        .anyMatch(m -> m.contains("no-version: a flag is"))
        .anyMatch(m -> m.contains("odd-version: a version looks like"))
        .anyMatch(m -> m.contains("'(' is no regular expression"))
        .anyMatch(m -> m.contains("has a 'path'"))
        .anyMatch(m -> m.contains("has no key 'color'"))
        .hasSize(9);
    Files.writeString(site.resolve("known-bad.yaml"), "rows: []\nextra: 1\n");
    assertThat(catchThrowableOfType(CatalogueException.class, () -> load(site)).mistakes())
        .singleElement()
        .asString()
        .contains("known-bad.yaml:2:");
  }
}
