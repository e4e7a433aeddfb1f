package org.migratecheck.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own reader of ssh_config(5), and the installed client as its oracle. */
class SshConfigTest {
  @TempDir Path temp;
  private TestHome home;

  @BeforeEach
  void create() throws Exception {
    home = new TestHome(temp);
    Files.createDirectories(temp.resolve("etc/ssh/ssh_config.d"));
  }

  private void system(String text) throws Exception {
    Files.writeString(temp.resolve("etc/ssh/ssh_config"), text);
  }

  private SshSettings read(String host) throws ConnectionException {
    return SshSettingsReader.read(HostSpec.parse(host), home.environment(), new Patience());
  }

  static Optional<Path> client() {
    return SshEnvironment.ofThisProcess().ssh();
  }

  static boolean hasClient() {
    return client().isPresent();
  }

  @Test
  void defaults() throws Exception {
    SshSettings settings = read("kvm1");
    assertThat(settings.hostName()).isEqualTo("kvm1");
    assertThat(settings.port()).isEqualTo(22);
    assertThat(settings.user()).isEqualTo("root");
    assertThat(settings.identityFiles()).contains(home.key("id_ed25519"), home.key("id_rsa"));
    assertThat(settings.userKnownHosts()).contains(home.knownHosts());
    assertThat(settings.acceptNew()).isFalse();
    assertThat(settings.notes())
        .singleElement()
        .asString()
        .startsWith("no ssh client is installed");
  }

  /** The cases in which JSch's own reader goes wrong, each in one file. */
  @Test
  void whatRealFilesHold() throws Exception {
    home.config(
        """
        # comment
        Host "kvm1" kvm2   # a trailing comment
          HostName = kvm.example
          Port=2200
          IdentityFile ~/.ssh/%n_%r
          IdentityFile "~/.ssh/with space"
          User=ops

        Host *.example !bad.example
          User star
        Match host kvm1
          Port 9
        Host *
          User late
          IdentityFile ~/.ssh/general
          UserKnownHostsFile ~/.ssh/one "~/.ssh/two 2"
          LocalForward 8080 localhost:80
          ForwardAgent yes
        Host *
          ConnectTimeout 7
          HostKeyAlias alias
        """);
    system("Match final all\n Include ssh_config.d/*.conf\n");
    Files.writeString(
        temp.resolve("etc/ssh/ssh_config.d/50-redhat.conf"),
        "Match final all\n ConnectTimeout 99\n IdentitiesOnly yes\n GSSAPIAuthentication yes\n");
    SshSettings settings = read("kvm1");
    assertThat(settings.hostName()).isEqualTo("kvm.example");
    assertThat(settings.port()).isEqualTo(2200);
    assertThat(settings.user()).isEqualTo("ops");
    assertThat(settings.identityFiles())
        .containsExactly(home.key("kvm1_ops"), home.key("with space"), home.key("general"));
    assertThat(settings.userKnownHosts()).containsExactly(home.key("one"), home.key("two 2"));
    assertThat(settings.connectTimeout()).contains(Duration.ofSeconds(7));
    assertThat(settings.hostKeyAlias()).contains("alias");
    assertThat(settings.identitiesOnly()).isTrue();
    assertThat(settings.notes())
        .anyMatch(n -> n.contains("ignored") && n.endsWith("config:11: Match host kvm1"))
        .noneMatch(n -> n.contains("ForwardAgent"));
    assertThat(read("bad.example").user()).isEqualTo("late");
    assertThat(read("good.example").user()).isEqualTo("star");
  }

  @Test
  void whatIsTypedWins() throws Exception {
    home.config("Host kvm1\n User ops\n Port 2200");
    assertThat(read("kvm1").port()).isEqualTo(2200);
    assertThat(read("root@kvm1:22").port()).isEqualTo(22);
    assertThat(read("root@kvm1:22").user()).isEqualTo("root");
  }

  @Test
  void unknownDirectivesAreNotedOnceAndOnlyWhereTheyApply() throws Exception {
    home.config("Host kvm1\n TunnelDevice any\n tunneldevice any\nHost kvm2\n Tunnel yes");
    assertThat(read("kvm1").notes())
        .filteredOn(n -> n.contains("ignored"))
        .containsAnyOf("ssh configuration: ignored TunnelDevice")
        .noneMatch(n -> n.endsWith("Tunnel"));
  }

  @Test
  void includesOfTheUserAreInTheSshDirectory() throws Exception {
    home.config("Include conf.d/*\nHost *\n User late");
    Files.createDirectories(home.key("conf.d"));
    Files.writeString(home.key("conf.d/a"), "Host kvm1\n User included\n");
    Files.writeString(home.key("conf.d/b"), "Include conf.d/b\n"); // itself
    assertThat(catchThrowableOfType(ConnectionException.class, () -> read("kvm1")).getMessage())
        .contains("Include goes too deep");
    Files.delete(home.key("conf.d/b"));
    assertThat(read("kvm1").user()).isEqualTo("included");
    assertThat(read("kvm2").user()).isEqualTo("late");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host \"kvm1", "HostName -oProxyCommand=x", "HostName a;b", "User \"a b\""})
  void badConfigurationsAreOneClearLine(String text) throws Exception {
    home.config(text);
    ConnectionException e = catchThrowableOfType(ConnectionException.class, () -> read("kvm1"));
    assertThat(e.getMessage()).startsWith("kvm1: ").doesNotContain("\n");
  }

  @Test
  void cryptoPolicyIsFollowedAsFarAsPossible() throws Exception {
    SshSettings settings =
        read(
            new SshDirectives(
                Map.of(
                    "ciphers", List.of("aes256-gcm@openssh.com,chacha20-poly1305"),
                    "macs", List.of("umac-64@openssh.com")),
                true,
                List.of()));
    assertThat(settings.algorithms().ciphers()).containsExactly("aes256-gcm@openssh.com");
    assertThat(settings.algorithms().macs()).isEqualTo(SshAlgorithms.ALL.macs());
    assertThat(settings.notes()).anyMatch(n -> n.contains("macs"));
  }

  private SshSettings read(SshDirectives directives) throws ConnectionException {
    return SshSettingsReader.of(HostSpec.parse("kvm1"), home.environment(), directives);
  }

  @Test
  void agentSocketsOfTheConfiguration() throws Exception {
    Path socket = temp.resolve("agent");
    SshEnvironment environment = home.environment(socket);
    HostSpec host = HostSpec.parse("kvm1");
    assertThat(SshSettingsReader.read(host, environment, new Patience()).agent()).contains(socket);
    home.config("Host kvm1\n IdentityAgent ~/other\nHost kvm2\n IdentityAgent none");
    assertThat(SshSettingsReader.read(host, environment, new Patience()).agent())
        .contains(temp.resolve("other"));
    assertThat(SshSettingsReader.read(HostSpec.parse("kvm2"), environment, new Patience()).agent())
        .isEmpty();
  }

  @Test
  @EnabledIf(value = "hasClient", disabledReason = "no ssh client is installed")
  void theInstalledClientAgreesWithOurReader() throws Exception {
    home.config(
        """
        Host kvm1 kvm9
          HostName kvm.example
          Port 2200
          User ops
          IdentityFile %s/%%n_%%r
          CertificateFile %s/cert.pub
          IdentitiesOnly yes
          HostKeyAlias alias
          StrictHostKeyChecking accept-new
          HashKnownHosts yes
          ProxyJump a@jump1:23,[2001:db8::1]:24
          UserKnownHostsFile %s/one %s/two
          GlobalKnownHostsFile none
          ConnectTimeout 5
          AddressFamily inet6
          RevokedHostKeys %s/revoked
          PasswordAuthentication no
          KbdInteractiveAuthentication no
        """
            .replace("%s", temp.toString())
            .replace("%%", "%"));
    SshEnvironment own =
        new SshEnvironment(
            temp,
            "root",
            Optional.empty(),
            Optional.empty(),
            Optional.of(home.configFile()),
            temp.resolve("none"));
    SshEnvironment client =
        new SshEnvironment(
            temp, "root", Optional.empty(), client(), own.configFile(), own.systemConfig());
    for (String name : new String[] {"kvm1", "root@kvm1:22", "kvm9"}) {
      HostSpec host = HostSpec.parse(name);
      SshSettings a = SshSettingsReader.read(host, own, new Patience());
      SshSettings b = SshSettingsReader.read(host, client, new Patience());
      assertThat(b).usingRecursiveComparison().ignoringFields("notes", "algorithms").isEqualTo(a);
      assertThat(b.jumps()).hasSize(2);
      assertThat(b.acceptNew()).isTrue();
      assertThat(b.identityFiles()).singleElement().asString().startsWith(temp + "/kvm");
      assertThat(b.notes()).isEmpty();
    }
  }

  @Test
  @EnabledIf(value = "hasClient", disabledReason = "no ssh client is installed")
  void theInstalledClientsComplaintIsShown() throws Exception {
    home.config("NoSuchDirective yes");
    SshEnvironment environment = home.environmentWithSsh(client().orElseThrow());
    ConnectionException e =
        catchThrowableOfType(
            ConnectionException.class,
            () -> SshSettingsReader.read(HostSpec.parse("kvm1"), environment, new Patience()));
    assertThat(e.getMessage())
        .startsWith("kvm1: the ssh configuration could not be read: ")
        .contains("line 1")
        .contains("nosuchdirective");
  }

  @Test
  void aClientThatHangsOrIsTooOld() throws Exception {
    Path hanging = script("#!/bin/sh\nexec sleep 60\n");
    SshConnector connector = new SshConnector(home.environmentWithSsh(hanging));
    ConnectionException e =
        catchThrowableOfType(
            ConnectionException.class,
            () ->
                connector.connect(
                    HostSpec.parse("kvm1"),
                    ConnectOptions.defaults()
                        .withTimeouts(Duration.ofMillis(500), Duration.ofSeconds(1))));
    assertThat(e.getMessage()).endsWith("while reading the ssh configuration");

    Path old =
        script("#!/bin/sh\necho 'unknown option -- G\nusage: ssh [-1246AaCf]' >&2; exit 255\n");
    home.config("User fallback");
    assertThat(
            SshSettingsReader.read(
                    HostSpec.parse("kvm1"), home.environmentWithSsh(old), new Patience())
                .user())
        .isEqualTo("fallback");
  }

  private Path script(String text) throws Exception {
    Path file = Files.createTempFile(temp, "ssh", "");
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
