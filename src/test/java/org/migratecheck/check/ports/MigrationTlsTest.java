package org.migratecheck.check.ports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** The check migration-tls. */
class MigrationTlsTest {
  private static final String ALL =
      "file ca-cert.pem\n"
          + "file server-cert.pem\n"
          + "file server-key.pem\n"
          + "file client-cert.pem\n"
          + "file client-key.pem\n";
  private static final String OK =
      "ca sha256 Fingerprint=AA:BB\nserver /etc/pki/qemu/server-cert.pem: OK \n"
          + "client /etc/pki/qemu/client-cert.pem: OK \n"
          + "name hostB.lab Hostname hostB.lab does match certificate\nend\n";

  private static Finding judge(String here, String there, String ours, String theirs) {
    return new TwoHosts()
        .a("migration-tls/settings", here)
        .b("migration-tls/settings", there)
        .a("migration-tls/certificates", ours)
        .b("migration-tls/certificates", theirs)
        .find("migration-tls");
  }

  private static String settings(String force, String files) {
    return "force " + force + "\nverify \ndefault-verify \ndir /etc/pki/qemu\n" + files + "end\n";
  }

  private static Finding forced(String ours, String theirs) {
    return judge(settings("1", ALL), settings("1", ALL), ours, theirs);
  }

  @Test
  void notForcedDoesNotMatter() {
    assertThat(judge(settings("", ""), settings("0", ""), "end\n", "end\n").status())
        .isEqualTo(Status.SKIPPED);
  }

  @Test
  void forcedOnOneSide() {
    Finding finding = judge(settings("", ""), settings("1", ALL), "end\n", OK);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.errors())
        .containsExactly("this libvirtd instance allows migration only with VIR_MIGRATE_TLS flag");
    assertThat(finding.fix().commands().get(0).host()).isEqualTo("hostB");
    assertThat(
            judge(settings("1", ""), settings("", ""), "end\n", "end\n")
                .fix()
                .commands()
                .get(0)
                .host())
        .isEqualTo("hostA");
  }

  @Test
  void forcedOnBothWithGoodCertificates() {
    Finding finding = forced(OK, OK);
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("must be given --tls");
  }

  @Test
  void certificatesThatAreMissingOrWrong() {
    assertThat(
            judge(settings("1", ALL), settings("1", "file ca-cert.pem\n"), OK, "end\n").message())
        .contains("hostB")
        .contains("server-cert.pem, server-key.pem");
    assertThat(
            judge(settings("1", "file ca-cert.pem\n"), settings("1", ALL), "end\n", OK).message())
        .contains("hostA")
        .contains("client-cert.pem");
    String expired =
        OK.replace(
            "server /etc/pki/qemu/server-cert.pem: OK",
            "server CN = hostB.lab error 10 at 0 depth lookup: certificate has expired error"
                + " /etc/pki/qemu/server-cert.pem: verification failed");
    assertThat(forced(OK, expired).message()).contains("certificate has expired");
    assertThat(forced(OK, OK.replace("AA:BB", "CC:DD")).message())
        .contains("different authorities");
    assertThat(forced(OK, OK.replace("does match", "does NOT match")).message())
        .contains("is not made out to hostB.lab");
  }

  @Test
  void withoutOpensslNothingIsKnown() {
    assertThat(forced("no openssl\nend\n", OK).status()).isEqualTo(Status.ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ca sha256 Fingerprint=AA:BB\n", "surprise\nend\n"})
  void cutOrStrangeOutputIsAnError(String text) {
    assertThat(forced(OK, text).status()).isEqualTo(Status.ERROR);
  }
}
