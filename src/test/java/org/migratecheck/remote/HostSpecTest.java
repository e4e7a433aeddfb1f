package org.migratecheck.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostSpecTest {
  @ParameterizedTest
  @CsvSource({
    "kvm1, '', kvm1, 0",
    "kvm1.example.com., '', kvm1.example.com., 0",
    "root@kvm1:2222, root, kvm1, 2222",
    "my_alias-2, '', my_alias-2, 0",
    "127.0.0.1, '', 127.0.0.1, 0",
    "ops@localhost, ops, localhost, 0",
    "localhost:2222, '', localhost, 2222",
    "admin@corp.example@kvm1, admin@corp.example, kvm1, 0",
    "fe80::1%eth0, '', fe80::1%eth0, 0",
    "root@fe80::1%br0.12, root, fe80::1%br0.12, 0",
    "::1, '', ::1, 0",
    "root@[2001:db8::7]:22, root, 2001:db8::7, 22",
    "[::ffff:192.0.2.1], '', ::ffff:192.0.2.1, 0",
  })
  void sshHosts(String text, String user, String host, int port) {
    HostSpec spec = HostSpec.parse(text);
    assertThat(spec.kind()).isEqualTo(HostSpec.Kind.SSH);
    assertThat(spec.typed()).isEqualTo(text);
    assertThat(spec.user().orElse("")).isEqualTo(user);
    assertThat(spec.host()).isEqualTo(host);
    assertThat(spec.port()).isEqualTo(port == 0 ? OptionalInt.empty() : OptionalInt.of(port));
    assertThat(spec.file()).isEmpty();
  }

  @Test
  void onlyTheWordLocalhostIsLocal() {
    assertThat(HostSpec.parse("localhost").kind()).isEqualTo(HostSpec.Kind.LOCAL);
  }

  @Test
  void storedEvidence() {
    HostSpec spec = HostSpec.parse("@dir/host a.json");
    assertThat(spec.kind()).isEqualTo(HostSpec.Kind.STORED);
    assertThat(spec.file()).contains(Path.of("dir/host a.json"));
    assertThat(spec.typed()).isEqualTo("@dir/host a.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-oProxyCommand=reboot",
        "user@-oProxyCommand=x",
        "-l@host",
        "a;reboot",
        "$(id)",
        "`id`",
        "a b",
        "a\tb",
        "a\nb",
        "a\u0000b",
        "a\u001b[2Jb",
        "a&b",
        "a|b",
        "a>b",
        "a'b",
        "a\"b",
        "a\\b",
        "a/b",
        "../../x",
        "..",
        ".hidden",
        "a..b",
        "user@",
        "us;er@host",
        "us er@host",
        "host:",
        "host:0",
        "host:65536",
        "host:-1",
        "host:+22",
        "host:22x",
        "host:99999999999999999999",
        ":22",
        "root@:22",
        "[::1",
        "[::1]x",
        "[::1]:",
        "[host]:22",
        "[]",
        "1::2::3",
        "fe80::1%",
        "fe80::1%eth0;id",
        "fe80::1%$(id)",
        "host%eth0",
        "häuser",
        "host\u202egnp",
        "host\u00a0",
        "ｈost",
        "@",
        "@a\nb.json",
        "@a\u202eb.json",
      })
  void hostileTextIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> HostSpec.parse(text))
        .isInstanceOf(BadHostException.class)
        .satisfies(e -> assertThat(e.getMessage()).matches("(a )?host [^\\p{Cntrl}\\p{Cf}]+"));
  }

  @Test
  void lengthIsBounded() {
    assertThat(HostSpec.parse("a".repeat(253)).host()).hasSize(253);
    assertThatThrownBy(() -> HostSpec.parse("a".repeat(254))).isInstanceOf(BadHostException.class);
    assertThatThrownBy(() -> HostSpec.parse("a".repeat(100_000)))
        .isInstanceOf(BadHostException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
  }

  @Test
  void theMessageSaysWhatIsWrong() {
    assertThatThrownBy(() -> HostSpec.parse("host\u202egnp"))
        .hasMessage(
            "host 'host\\u202egnp' contains the character U+202E; only ASCII letters, digits and ."
                + " _ - may be used");
    assertThatThrownBy(() -> HostSpec.parse("-oProxyCommand=x"))
        .hasMessage("host '-oProxyCommand=x' starts with '-', as options do");
    assertThatThrownBy(() -> HostSpec.parse("kvm1:70000"))
        .hasMessage("host 'kvm1:70000' has a port that is no number from 1 to 65535");
  }
}
