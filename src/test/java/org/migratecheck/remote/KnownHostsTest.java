package org.migratecheck.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.remote.HostKeys.Trust;

class KnownHostsTest {
  private static final String KEY_A =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGZ6dw6eM4zbVhW9iO4B0u0bGZ2m6yEJt9d9n1x8sJ2v";
  private static final String KEY_B =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBZ6dw6eM4zbVhW9iO4B0u0bGZ2m6yEJt9d9n1x8sJ2v";
  private static final String OPENSSH_HASHED =
      "|1|wSqhNeJcNCCxoCdu77Xxgfkc+lk=|vJp46qO2fm0pMj5ABTjgC6VOgl8=";
  private static final KeyPair RSA = EmbeddedSshd.namedKey("known", "RSA", 2048);

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "kvm1, kvm1, true",
    "kvm1, KVM1, true",
    "KVM1, kvm1, true",
    "kvm1, kvm10, false",
    "'kvm1,kvm2', kvm2, true",
    "'kvm*.example', kvm7.example, true",
    "'kvm?.example', kvm77.example, false",
    "'*,!kvm1', kvm1, false",
    "'!kvm1,*', kvm1, false",
    "'!kvm1,*', kvm2, true",
    "'!kvm1', kvm2, false",
    "[kvm1]:2222, [kvm1]:2222, true",
    "[kvm1]:2222, kvm1, false",
    "kvm1, [kvm1]:2222, false",
    "[*]:2222, [kvm1]:2222, true",
    "192.0.2.*, 192.0.2.17, true",
    "fe80::1%eth0, fe80::1%eth0, true",
    "'a*a*a*a*a*a*a*a*a*a*b', aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false",
  })
  void hostPatterns(String names, String host, boolean matches) {
    KnownHostsLine line = KnownHostsLine.parse(Path.of("f"), 1, names + " " + KEY_A).orElseThrow();
    assertThat(line.matches(host)).isEqualTo(matches);
  }

  @Test
  void hashedNames() {
    String hashed = KnownHostsLine.hashedName(new byte[20], "[kvm1.example]:2222");
    KnownHostsLine line = KnownHostsLine.parse(Path.of("f"), 1, hashed + " " + KEY_A).orElseThrow();
    assertThat(line.matches("[kvm1.example]:2222")).isTrue();
    assertThat(line.matches("[KVM1.example]:2222")).isTrue();
    assertThat(line.matches("kvm1.example")).isFalse();
  }

  @Test
  void hashedNamesOfOpenssh() {
    // sshd(8), section SSH_KNOWN_HOSTS FILE FORMAT: HMAC-SHA1 over the name; made by
    // "ssh-keygen -H" from "kvm1.example".
    KnownHostsLine line =
        KnownHostsLine.parse(Path.of("f"), 1, OPENSSH_HASHED + " " + KEY_A).orElseThrow();
    assertThat(line.matches("kvm1.example")).isTrue();
    assertThat(line.matches("kvm2.example")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "'# comment'",
    "kvm1",
    "kvm1 ssh-ed25519",
    "kvm1 ssh-ed25519 !!!!",
    "kvm1 ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIGZ6dw6eM4zbVhW9iO4B0u0bGZ2m6yEJt9d9n1x8sJ2v",
    "kvm1 1024 35 123456789",
    "@unknown kvm1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGZ6dw6eM4zbVhW9iO4B0u0bGZ2m6yEJt9d9n1x8sJ2v",
    "@revoked",
    "|1|x ssh-ed25519",
  })
  void brokenLinesAreNoKeys(String line) {
    assertThat(KnownHostsLine.parse(Path.of("f"), 1, line)).isEmpty();
  }

  @Test
  void brokenHashesMatchNothing() {
    for (String names : List.of("|1|", "|1|a|b", "|1|!|!", "|1||", "|2|AAAA|AAAA", "|1|AAAA")) {
      KnownHostsLine.parse(Path.of("f"), 1, names + " " + KEY_A)
          .ifPresent(line -> assertThat(line.matches("kvm1")).isFalse());
    }
  }

  @Test
  void fingerprintsAreThoseOfSshKeygen() {
    SshPublicKey key =
        SshPublicKey.ofLine(
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKruqsbBdnydzgHMgmRnc7izZpimZ8+qGgHWdBCEYT+A")
            .orElseThrow();
    assertThat(key.fingerprint()).isEqualTo("SHA256:bmAon9jkiQ4hQM1xb2d69SknySAqWksojQ33t1kNNug");
  }

  @Test
  void severalFilesAndAllJudgements() throws Exception {
    Path user = write("user", "kvm1 " + KEY_A, "# comment", "@revoked * " + KEY_B);
    Path global = write("global", "kvm2 " + KEY_A, "kvm3 " + EmbeddedSshd.publicKey(RSA));
    SshSettings kvm1 = settings("kvm1", 22, user, global);

    assertThat(judge(kvm1, KEY_A).trust()).isEqualTo(Trust.KNOWN);
    assertThat(judge(kvm1, KEY_B).trust()).isEqualTo(Trust.REVOKED);
    assertThat(judge(settings("kvm2", 22, user, global), KEY_A).trust()).isEqualTo(Trust.KNOWN);
    assertThat(judge(settings("kvm2", 22, user), KEY_A).trust()).isEqualTo(Trust.UNKNOWN);
    assertThat(judge(settings("kvm9", 22, user, global), KEY_A).trust()).isEqualTo(Trust.UNKNOWN);

    HostKeys.Judgement changed = judge(settings("kvm3", 22, user, global), KEY_A);
    assertThat(changed.trust()).isEqualTo(Trust.CHANGED);
    assertThat(changed.line().orElseThrow().place()).isEqualTo(global + ":2");
  }

  @Test
  void aKeyOfTheStandardPortCountsWhereThePortHasNone() throws Exception {
    Path file = write("user", "kvm1 " + KEY_A);
    assertThat(judge(settings("kvm1", 2222, file), KEY_A).trust()).isEqualTo(Trust.KNOWN);
    // It is another sshd, so that another key is new and not changed.
    assertThat(judge(settings("kvm1", 2222, file), KEY_B).trust()).isEqualTo(Trust.UNKNOWN);
    Path both = write("both", "kvm1 " + KEY_A, "[kvm1]:2222 " + KEY_B);
    assertThat(judge(settings("kvm1", 2222, both), KEY_A).trust()).isEqualTo(Trust.CHANGED);
  }

  @Test
  void aChangedFileIsReadAgainAndAnUnreadableOneIsNoted() throws Exception {
    KnownHosts known = new KnownHosts();
    Path file = write("user", "kvm1 " + KEY_A);
    SshSettings settings = settings("kvm1", 22, file, temp.resolve("missing"), temp);
    List<String> notes = new ArrayList<>();
    assertThat(known.lookup(settings, notes).own()).hasSize(1);
    assertThat(notes).singleElement().asString().startsWith(temp + " cannot be read");
    Files.writeString(file, "kvm1 " + KEY_A + "\nkvm1 " + KEY_B + "\n");
    assertThat(known.lookup(settings, notes).own()).hasSize(2);
  }

  @Test
  void knownTypesComeFirstAndCertificatesWhereAnAuthorityIsKnown() {
    assertThat(SshAlgorithms.ALL.hostKeysPreferring(List.of("ssh-rsa"), false))
        .startsWith("rsa-sha2-512", "rsa-sha2-256")
        .hasSameElementsAs(SshAlgorithms.ALL.hostKeys());
    assertThat(SshAlgorithms.ALL.hostKeysPreferring(List.of("ssh-rsa"), true))
        .startsWith("ssh-ed25519-cert-v01@openssh.com")
        .containsSubsequence("rsa-sha2-256-cert-v01@openssh.com", "rsa-sha2-512", "ssh-ed25519");
  }

  private HostKeys.Judgement judge(SshSettings settings, String key) {
    return new KnownHosts()
        .lookup(settings, new ArrayList<>())
        .judge(SshPublicKey.ofLine(key).orElseThrow());
  }

  private Path write(String name, String... lines) throws Exception {
    return Files.writeString(temp.resolve(name), String.join("\n", lines) + "\n");
  }

  static SshSettings settings(String host, int port, Path... files) {
    return new SshSettings(
        host,
        host,
        port,
        "root",
        SshSettings.AddressFamily.ANY,
        List.of(),
        List.of(),
        false,
        Optional.empty(),
        List.of(files),
        List.of(),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new SshSettings.Methods(true, true, true),
        SshAlgorithms.ALL,
        List.of());
  }
}
