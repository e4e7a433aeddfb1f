package org.migratecheck.facts.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.ProbeOutput;

class OsTest {
  private static Outputs outputs(Map<String, String> parts) {
    TreeMap<String, ProbeOutput> outputs = new TreeMap<>();
    outputs.put("system/uname", ok("Linux 5.14.0 x86_64\n"));
    for (String absent : new String[] {"os-release", "redhat-release", "debian-version"}) {
      outputs.put(
          "system/" + absent,
          new ProbeOutput(
              ProbeOutput.Completeness.COMPLETE, 1, "", "cat: No such file or directory\n", 1));
    }
    parts.forEach((part, text) -> outputs.put("system/" + part, ok(text)));
    return new Outputs("h", outputs);
  }

  private static ProbeOutput ok(String text) {
    return new ProbeOutput(ProbeOutput.Completeness.COMPLETE, 0, text, "", 1);
  }

  private static Os os(String... parts) {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < parts.length; i += 2) {
      map.put(parts[i], parts[i + 1]);
    }
    return Os.FACT.parser().apply(outputs(map));
  }

  @Test
  void rhel9() {
    Os os =
        os(
            "os-release",
            """
            NAME="Red Hat Enterprise Linux"
            VERSION="9.4 (Plow)"
            ID="rhel"
            ID_LIKE="fedora"
            VERSION_ID="9.4"
            PLATFORM_ID="platform:el9"
            PRETTY_NAME="Red Hat Enterprise Linux 9.4 (Plow)"
            """,
            "redhat-release",
            "Red Hat Enterprise Linux release 9.4 (Plow)\n");
    assertThat(os.id()).isEqualTo("rhel");
    assertThat(os.idLike()).containsExactly("fedora");
    assertThat(os.version()).isEqualTo("9.4");
    assertThat(os.major()).isEqualTo("9");
    assertThat(os.platformId()).isEqualTo("platform:el9");
    assertThat(os.prettyName()).isEqualTo("Red Hat Enterprise Linux 9.4 (Plow)");
    assertThat(os.architecture()).isEqualTo("x86_64");
  }

  @Test
  void centos7HasItsMinorReleaseInRedhatReleaseOnly() {
    Os os =
        os(
            "os-release",
            "NAME=\"CentOS Linux\"\nID=\"centos\"\nID_LIKE=\"rhel fedora\"\nVERSION_ID=\"7\"\n",
            "redhat-release",
            "CentOS Linux release 7.9.2009 (Core)\n");
    assertThat(os.version()).isEqualTo("7.9.2009");
    assertThat(os.prettyName()).isEqualTo("centos 7");
    assertThat(os.idLike()).containsExactly("rhel", "fedora");
  }

  @Test
  void beforeOsRelease() {
    Os rhel = os("redhat-release", "Red Hat Enterprise Linux Server release 6.10 (Santiago)\n");
    assertThat(rhel.id()).isEqualTo("rhel");
    assertThat(rhel.version()).isEqualTo("6.10");
    assertThat(os("redhat-release", "CentOS release 6.10 (Final)\n").id()).isEqualTo("centos");
  }

  @Test
  void debianUbuntuSuse() {
    assertThat(
            os("os-release", "ID=debian\nVERSION_ID=\"12\"\n", "debian-version", "12.11\n")
                .version())
        .isEqualTo("12.11");
    assertThat(
            os("os-release", "ID=ubuntu\nVERSION_ID=\"24.04\"\n", "debian-version", "trixie/sid\n")
                .version())
        .isEqualTo("24.04");
    assertThat(
            os(
                    "os-release",
                    "ID='sles'\nVERSION_ID='15.5'\nPRETTY_NAME='SUSE Linux Enterprise Server 15 SP5'\n")
                .version())
        .isEqualTo("15.5");
    assertThat(os("os-release", "ID=arch\n").version()).isEmpty();
  }

  @Test
  void quotingOfOsRelease() {
    assertThat(
            OsRelease.parse(
                """
                # a comment
                A=plain
                B="with \\"quotes\\", \\$dollar, \\`tick\\` and \\\\ and \\n"
                C='single "inside" \\$not'
                D=un\\ quoted
                E="joined"'pieces'here
                F=first second
                not an assignment
                G=
                  H="indented"\s
                A=last
                """))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "A", "last",
                "B", "with \"quotes\", $dollar, `tick` and \\ and \\n",
                "C", "single \"inside\" \\$not",
                "D", "un quoted",
                "E", "joinedpieceshere",
                "F", "first",
                "G", "",
                "H", "indented"));
  }

  @Test
  void nothingReadableIsUndetermined() {
    assertThatThrownBy(() -> os()).isInstanceOf(Undetermined.class);
    assertThatThrownBy(() -> os("os-release", "\n")).isInstanceOf(Undetermined.class);
    assertThatThrownBy(() -> os("redhat-release", "garbage\n")).isInstanceOf(Undetermined.class);
  }
}
