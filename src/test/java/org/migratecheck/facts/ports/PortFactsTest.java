package org.migratecheck.facts.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.ProbeOutput;

/** Reading what the probes of the ports print, whole, odd and hostile. */
class PortFactsTest {
  private static Outputs outputs(Map<String, String> texts) {
    TreeMap<String, ProbeOutput> outputs = new TreeMap<>();
    texts.forEach(
        (name, text) ->
            outputs.put(name, new ProbeOutput(ProbeOutput.Completeness.COMPLETE, 0, text, "", 1)));
    return new Outputs("host1", outputs);
  }

  private static MigrationConfig config(String conf) {
    return MigrationConfig.FACT
        .parser()
        .apply(
            outputs(
                Map.of(
                    "migration-config/qemu-conf", conf,
                    "migration-config/listens", "",
                    "migration-config/ages", "file 5\nlibvirtd 4\n")));
  }

  @Test
  void theFirstOfSeveralLinesCounts() {
    MigrationConfig config =
        config(
            "migration_port_min = 50000 # ours\n migration_port_min=51000\nmigration_port_max=50100\n");
    assertThat(config.ports()).isEqualTo(PortSet.range(50000, 50100));
    assertThat(config.mistakes()).isEmpty();
    assertThat(config.changedSinceStart()).isFalse();
  }

  @Test
  void addressesInBracketsAreAddresses() {
    assertThat(config("migration_host = '[fd00::1]'\n").host()).contains("fd00::1");
    assertThat(config("migration_address = \"\"\n").address()).isEmpty();
  }

  @Test
  void theAnnouncedNameIsThatOfLibvirt() {
    Map<String, String> names =
        Map.of(
            "migration-config/names", "hostname node1\nfqdn node1\ncanonical node1.example.com\n");
    assertThat(HostNames.FACT.parser().apply(outputs(names)).announced())
        .isEqualTo("node1.example.com");
    Map<String, String> more = new TreeMap<>(names);
    more.put("libvirt/hostname", "node1.corp\n");
    assertThat(HostNames.FACT.parser().apply(outputs(more)).announced()).isEqualTo("node1.corp");
    assertThat(
            HostNames.FACT
                .parser()
                .apply(
                    outputs(
                        Map.of("migration-config/names", "hostname node1\ncanonical localhost\n")))
                .announced())
        .isEqualTo("node1");
  }

  @ParameterizedTest
  @CsvSource({
    "49152-49215, 64",
    "1-1 3-4, 3",
    "'', 0",
  })
  void rangesOfPorts(String text, int size) {
    assertThat(PortSet.parse(text).size()).isEqualTo(size);
    assertThat(PortSet.parse(PortSet.parse(text).toString().replace(",", "")).size())
        .isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, true",
    "fe80::1%eth0, true",
    "::ffff:10.0.0.1, true",
    "10.0.0.256, false",
    "1.2.3, false",
    "cafe, false",
    "':::', false",
    "example.com, false"
  })
  void addresses(String text, boolean isOne) {
    assertThat(Ip.parse(text).isPresent()).isEqualTo(isOne);
  }

  private static Map<String, String> variables(String typed, HostIdentity identity, String conf) {
    TreeMap<String, ProbeOutput> probes = new TreeMap<>();
    Map.of(
            "migration-config/qemu-conf", conf,
            "migration-config/listens", "",
            "migration-config/ages", "",
            "migration-config/names", "hostname kvm2.example.com\ncanonical kvm2.example.com\n",
            "migration-config/links", "2: eth0: <UP> mtu 9000 qdisc\n",
            "migration-config/listening", "4 00000000:0016\n4 00000000:08AE\n",
            "migration-config/addresses", "2: eth0    inet 10.0.0.2/24 scope global eth0\\ valid\n",
            "ssh-server/settings", "port 2222\n",
            "ssh-server/host-keys", "",
            "ssh-server/root-keys", "")
        .forEach(
            (k, v) ->
                probes.put(k, new ProbeOutput(ProbeOutput.Completeness.COMPLETE, 0, v, "", 1)));
    HostFacts host =
        new HostFacts(
            new HostEvidence(
                1,
                typed,
                identity,
                Instant.EPOCH,
                1,
                Optional.empty(),
                probes,
                List.of(),
                Optional.empty()));
    return new MigrationVariables().variables(host, host, List.of());
  }

  private static HostIdentity ssh(String address, int port, String user) {
    return new HostIdentity("ssh", address, port, user, "", true);
  }

  @Test
  void theSourceCallsTheDestinationAsTheUserDid() {
    Map<String, String> plain = variables("admin@kvm2:22", ssh("10.0.0.2", 22, "admin"), "");
    assertThat(plain)
        .containsEntry("MC_DESTINATION_NAMES", "kvm2 kvm2.example.com 10.0.0.2")
        .containsEntry("MC_DESTINATION_PORT", "22")
        .containsEntry("MC_DESTINATION_USER", "admin")
        .containsEntry("MC_MIGRATION_HOST", "kvm2.example.com")
        .containsEntry("MC_MIGRATION_PORTS", "49152-49215")
        .containsEntry("MC_LISTEN_ADDRESS", "")
        .containsEntry("MC_DESTINATION_MTUS", "10.0.0.2=9000");
    assertThat(plain.get("MC_LISTEN_TOKEN")).matches("[0-9a-f]{32}");
  }

  @Test
  void aPortThatAGatewayForwardsIsNotTheDestinations() {
    Map<String, String> forwarded =
        variables("localhost:40022", ssh("127.0.0.1", 40022, "root"), "");
    assertThat(forwarded)
        .containsEntry("MC_DESTINATION_NAMES", "kvm2.example.com 10.0.0.2")
        .containsEntry("MC_DESTINATION_PORT", "2222")
        .containsEntry("MC_DESTINATION_USER", "");
  }

  @Test
  void largeRangesAreTriedFromTheirLowestPort() {
    assertThat(
            variables(
                "kvm2",
                ssh("10.0.0.2", 22, "root"),
                "migration_port_min = 2000\nmigration_port_max = 60000\nmigration_host = \"10.9.9.9\"\n"
                    + "migration_address = \"10.0.0.2\"\n"))
        .containsEntry("MC_MIGRATION_PORTS", "2000-2999")
        .containsEntry("MC_MIGRATION_HOST", "10.9.9.9")
        .containsEntry("MC_LISTEN_ADDRESS", "10.0.0.2");
  }

  @Property(tries = 200)
  void hostileNamesNeverGetIntoWordLists(@ForAll String typed) {
    String names = variables(typed, ssh(typed, 22, typed), "").get("MC_DESTINATION_NAMES");
    for (String name : names.split(" ")) {
      assertThat(name).matches("[A-Za-z0-9][A-Za-z0-9._-]*|[0-9a-fA-F:.]+");
    }
  }

  /** Whatever the hosts print: a fact is read or undetermined, nothing else. */
  @Property(tries = 300)
  void anythingPrintedIsReadOrUndetermined(@ForAll String text) {
    for (Fact<?> fact : new PortFacts().facts()) {
      TreeMap<String, String> texts = new TreeMap<>();
      for (String probe : fact.probes()) {
        texts.put(probe, text);
      }
      for (String part :
          List.of(
              "destination-path/names",
              "destination-path/routes",
              "destination-path/echoes",
              "libvirt-reach/target",
              "libvirt-reach/libvirt",
              "libvirt-reach/ssh-scan",
              "libvirt-reach/ssh-config",
              "migration-connect/ports",
              "migration-listener/listener",
              "return-path/routes",
              "migration-config/qemu-conf",
              "migration-config/listens",
              "migration-config/ages",
              "migration-config/names",
              "migration-config/addresses",
              "migration-config/links",
              "migration-config/listening",
              "ssh-server/settings",
              "ssh-server/host-keys",
              "ssh-server/root-keys",
              "libvirt/hostname")) {
        texts.put(part, text);
      }
      try {
        assertThat((Object) fact.parser().apply(outputs(texts))).isNotNull();
      } catch (Undetermined e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
