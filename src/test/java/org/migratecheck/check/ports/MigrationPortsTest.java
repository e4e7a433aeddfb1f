package org.migratecheck.check.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.Status;

/** The check of the migration ports: proof first, then the rules that explain. */
class MigrationPortsTest {
  private static Finding find(TwoHosts hosts) {
    return hosts.find("migration-ports");
  }

  private static List<String> commands(Finding finding) {
    return finding.fix().commands().stream().map(c -> c.host() + ": " + c.command()).toList();
  }

  @Test
  void everyFreePortIsProven() {
    Finding finding = find(new TwoHosts());
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.message()).contains("49152-49215", "64 proven");
  }

  @Test
  void portsInUseDoNotMatter() {
    Finding finding =
        find(
            new TwoHosts()
                .listener("listening 49153-49215\nbusy 49152-49152\nheard 49153-49215\n")
                .attempts("49152-49152", "open", "49153-49215", "proven"));
    assertThat(finding.status()).isEqualTo(Status.PASS);
  }

  @Test
  void whatIsProvenBeatsSuspiciousRules() {
    assertThat(find(new TwoHosts().input("tcp dport 49152-49215 drop")).status())
        .isEqualTo(Status.PASS);
  }

  @ParameterizedTest
  @CsvSource({"drop, timeout", "reject, refused", "reject with tcp reset, refused"})
  void aRuleOfNftablesIsNamedAndOpened(String verdict, String state) {
    Finding finding =
        find(
            new TwoHosts()
                .input("tcp dport 49160-49215 " + verdict)
                .listener("listening 49152-49215\nbusy \nheard 49152-49159\n")
                .attempts("49152-49159", "proven", "49160-49215", state));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo(
            "hostB: 'tcp dport 49160-49215 "
                + verdict
                + "' in nftables chain input of table inet filter blocks migration ports"
                + " 49160-49215 on the way into the host");
    assertThat(commands(finding))
        .containsExactly("hostB: nft insert rule inet filter input tcp dport 49152-49215 accept");
  }

  @Test
  void rulesOnTheSourceAreOpenedThere() {
    Finding finding =
        find(
            new TwoHosts()
                .a("firewall/nft", TwoHosts.chain("output", "tcp dport 49152-49215 reject"))
                .listener("listening 49152-49215\nbusy \nheard \n")
                .attempts("49152-49215", "refused"));
    assertThat(commands(finding))
        .containsExactly("hostA: nft insert rule inet filter output tcp dport 49152-49215 accept");
  }

  @Test
  void everyChainInTheWayGetsItsOwnCommand() {
    Finding finding =
        find(
            new TwoHosts()
                .input("tcp dport 49152-49215 drop")
                .b(
                    "firewall/iptables",
                    "*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\nCOMMIT\n")
                .listener("listening 49152-49215\nbusy \nheard \n")
                .attempts("49152-49215", "timeout"));
    assertThat(commands(finding)).hasSize(2);
    assertThat(finding.message())
        .contains("'policy drop' in chain INPUT of iptables's table filter");
    assertThat(finding.fix().command())
        .contains("iptables -t filter -I INPUT -p tcp --dport 49152:49215 -j ACCEPT")
        .contains("nft insert rule inet filter input tcp dport 49152-49215 accept");
  }

  @ParameterizedTest
  @CsvSource({
    "default, br0, firewall-cmd --permanent --zone=public --add-port=49152-49215/tcp && firewall-cmd --reload",
    "srczone, br0, firewall-cmd --permanent --zone=public --add-port=49152-49215/tcp && firewall-cmd --reload",
  })
  void firewalldIsOpenedByZone(String sample, String device, String command) throws IOException {
    Finding finding =
        find(
            new TwoHosts()
                .b(
                    "firewall/nft",
                    Files.readString(
                        Path.of(
                            "src/test/resources/samples/firewall/firewalld-" + sample + ".nft")))
                .listener("listening 49152-49215\nbusy \nheard \n")
                .attempts("49152-49215", "unreachable"));
    assertThat(finding.fix().commands()).extracting(Fix.Command::command).containsExactly(command);
    assertThat(finding.message()).contains("not opened in firewalld's zone public");
  }

  @Test
  void aRichRuleOfFirewalldIsOverruled() throws IOException {
    Finding finding =
        find(
            new TwoHosts()
                .b(
                    "firewall/nft",
                    Files.readString(
                            Path.of("src/test/resources/samples/firewall/firewalld-rich.nft"))
                        .replace("10.88.0.0/16", "10.77.0.0/16"))
                .listener("listening 49152-49215\nbusy \nheard 49152-49159\n")
                .attempts("49152-49159", "proven", "49160-49215", "refused"));
    assertThat(finding.fix().command())
        .contains(
            "firewall-cmd --permanent --zone=public --add-rich-rule='rule priority=\"-32768\""
                + " port port=\"49152-49215\" protocol=\"tcp\" accept' && firewall-cmd --reload");
  }

  @Test
  void answersThatAreLostOnTheWayBack() {
    Finding finding =
        find(
            new TwoHosts()
                .b("firewall/nft", TwoHosts.chain("output", "tcp sport 22 accept\n\t\tdrop"))
                .listener("listening 49152-49215\nbusy \nheard \n")
                .attempts("49152-49215", "timeout"));
    assertThat(finding.message()).contains("packets of established connections");
    assertThat(commands(finding))
        .containsExactly(
            "hostB: nft insert rule inet filter output ct state established,related accept");
  }

  @Test
  void noWayThereOrBack() {
    TwoHosts there =
        new TwoHosts()
            .listener("listening 49152-49215\nbusy \nheard \n")
            .attempts("49152-49215", "unreachable")
            .fromA("destination-path/routes", "RTNETLINK answers: Network is unreachable\n");
    assertThat(find(there).message()).startsWith("hostA has no route to 10.77.0.12");
    TwoHosts back =
        new TwoHosts()
            .listener("listening 49152-49215\nbusy \nheard \n")
            .attempts("49152-49215", "timeout")
            .atB("return-path/routes", "RTNETLINK answers: Invalid argument\n");
    assertThat(find(back).message()).startsWith("hostB has no route back to 10.77.0.11");
  }

  @Test
  void nothingOnTheHostsExplainsIt() {
    Finding silent =
        find(
            new TwoHosts()
                .listener("listening 49152-49215\nbusy \nheard \n")
                .attempts("49152-49215", "timeout"));
    assertThat(silent.status()).isEqualTo(Status.FAIL);
    assertThat(silent.fix().text()).contains("between the hosts");
    Finding unread =
        find(
            new TwoHosts()
                .cut("firewall/nft")
                .listener("listening 49152-49215\nbusy \nheard \n")
                .attempts("49152-49215", "timeout"));
    assertThat(unread.message()).contains("cut at its size limit");
  }

  @Test
  void refusedCountsOnlyWhileTheListenerWasUp() {
    TwoHosts hosts =
        new TwoHosts()
            .listener("listening 49152-49215\nbusy \nheard \n")
            .attempts("49152-49215", "refused");
    assertThat(find(hosts).status()).isEqualTo(Status.FAIL);
    assertThat(find(hosts.withoutClocks()).status()).isEqualTo(Status.ERROR);
  }

  @Test
  void withoutAListenerNothingIsProven() {
    TwoHosts off = new TwoHosts().listener("off\n").attempts("49152-49215", "refused");
    assertThat(find(off).status()).isEqualTo(Status.WARN);
    assertThat(find(off).message()).contains("--no-listen");
    TwoHosts none = new TwoHosts().listener("none\n").attempts("49152-49215", "refused");
    assertThat(find(none).status()).isEqualTo(Status.WARN);
    // Rules that may block, or that could not be read, leave it open.
    assertThat(find(off.input("meta mark 7 drop")).status()).isEqualTo(Status.ERROR);
    assertThat(find(none.cut("firewall/nft")).status()).isEqualTo(Status.ERROR);
    // What the rules surely block is blocked, and silence is no open path.
    assertThat(
            find(new TwoHosts().listener("off\n").attempts("49152-49215", "refused").input("drop"))
                .status())
        .isEqualTo(Status.FAIL);
    assertThat(find(new TwoHosts().listener("off\n").attempts("49152-49215", "timeout")).status())
        .isEqualTo(Status.FAIL);
  }

  @Test
  void silenceBesideRefusalCountsOnlyWhileTheListenerWasUp() {
    TwoHosts slow =
        new TwoHosts()
            .listener("listening 49152-49215\nbusy \nheard \n")
            .attempts("49152-49187", "refused", "49188-49194", "timeout", "49195-49215", "refused");
    assertThat(find(slow).status()).isEqualTo(Status.FAIL);
    Finding unsure = find(slow.withoutClocks());
    assertThat(unsure.status()).isEqualTo(Status.ERROR);
    assertThat(unsure.message()).contains("not sure that its listener was up");
    // A rule that explains it needs no listener.
    assertThat(find(slow.input("tcp dport 49152-49215 drop")).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void aSourceThatCannotTryIsUndetermined() {
    Finding finding = find(new TwoHosts().fromA("migration-connect/ports", "none\n"));
    assertThat(finding.status()).isEqualTo(Status.ERROR);
    assertThat(finding.fix().text()).contains("Install");
  }

  @Test
  void cutEvidenceIsUndetermined() {
    for (String part :
        List.of(
            "migration-connect/ports",
            "migration-listener/listener",
            "migration-config/qemu-conf")) {
      assertThat(find(new TwoHosts().cut(part)).status()).as(part).isEqualTo(Status.ERROR);
    }
  }

  @Test
  void somebodyElseAnswers() {
    Finding finding =
        find(
            new TwoHosts()
                .listener("listening 49152-49215\nbusy \nheard \n")
                .attempts("49152-49215", "open"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).startsWith("Something else than hostB answers");
  }

  @Test
  void theSecondAddressAnswersOnlyAfterALongWait() {
    String two =
        TwoHosts.round("fd00::12", "49152-49215", "timeout")
            + TwoHosts.round("10.77.0.12", "49152-49215", "proven");
    Finding finding = find(new TwoHosts().fromA("migration-connect/ports", two));
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("fd00::12");
    String refused = two.replace("timeout", "unreachable");
    assertThat(find(new TwoHosts().fromA("migration-connect/ports", refused)).status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void anAddressThatTheHostDoesNotHave() {
    Finding finding =
        find(
            new TwoHosts()
                .listener("listening \nbusy \nfailed 49152 EADDRNOTAVAIL\nheard \n")
                .attempts("49152-49215", "refused"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("EADDRNOTAVAIL");
  }

  @Test
  void otherChecksSpeakForWhatMakesThisOneMeaningless() {
    assertThat(find(new TwoHosts().fromA("destination-path/names", "name hostB.lab\n")).status())
        .isEqualTo(Status.SKIPPED);
    assertThat(
            find(new TwoHosts()
                    .listener("listening \nbusy 49152-49215\nheard \n")
                    .attempts("49152-49215", "open"))
                .status())
        .isEqualTo(Status.SKIPPED);
    assertThat(
            find(new TwoHosts().b("migration-config/qemu-conf", "migration_port_min = 0\n"))
                .status())
        .isEqualTo(Status.SKIPPED);
  }
}
