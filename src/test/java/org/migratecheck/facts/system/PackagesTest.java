package org.migratecheck.facts.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.system.Packages.Manager;
import org.migratecheck.model.ProbeOutput;

class PackagesTest {
  private static Packages parse(String system, String list) {
    TreeMap<String, ProbeOutput> outputs = new TreeMap<>();
    outputs.put("packages/system", ok(system + "\n"));
    outputs.put("packages/list", ok(list));
    return Packages.FACT.parser().apply(new Outputs("h", outputs));
  }

  private static ProbeOutput ok(String text) {
    return new ProbeOutput(ProbeOutput.Completeness.COMPLETE, 0, text, "", 1);
  }

  @Test
  void rpm() {
    Packages packages =
        parse(
            "rpm",
            """
            bash\t0\t5.1.8\t6.el9_1\tx86_64\t1700000000
            qemu-kvm-core\t17\t7.2.0\t14.el9_2.5\tx86_64\t1700000001
            gpg-pubkey\t0\tfd431d51\t4ae0493b\t(none)\t1700000002
            rhel-like\t0\t1.0~rc1\t1^20230101\tnoarch\t1700000003
            """);
    assertThat(packages.manager()).isEqualTo(Manager.RPM);
    assertThat(packages.installed())
        .extracting(InstalledPackage::nevra)
        .containsExactly(
            "bash-5.1.8-6.el9_1.x86_64",
            "qemu-kvm-core-17:7.2.0-14.el9_2.5.x86_64",
            "rhel-like-1.0~rc1-1^20230101.noarch");
    assertThat(packages.installed().get(1).installedAt()).isEqualTo(1700000001);
  }

  @Test
  void dpkgCountsWhatIsThere() {
    Packages packages =
        parse(
            "dpkg",
            """
            bash\t5.2.15-2+b8\tamd64\tii\s
            libc6:amd64\t2.36-9+deb12u10\tamd64\thi\s
            unfinished\t1.0\tall\tiF\s
            triggers\t1.0\tall\tit\s
            gone\t1.0\tall\trc\s
            never\t1.0\tall\tun\s
            """);
    assertThat(packages.installed())
        .extracting(InstalledPackage::name)
        .containsExactly("bash", "libc6:amd64", "unfinished", "triggers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bash\t0\t5.1.8\t6.el9_1\tx86_64\n",
        "bash\t0\t5.1.8\t6.el9_1\tx86_64\tyesterday\n",
        "ba\u001bsh\t0\t5.1.8\t6.el9_1\tx86_64\t1\n",
        "bash\t0\t5.1.8 \t6.el9_1 x\tx86_64\t1\n",
        "bash\t0\t5.1.8\t\tx86_64\t1\n",
        "bash\t0\t5.1.8\t6\tx86_64\t1\nbash\t0\t5.1.8\t6\tx86_64\t2\n",
        "",
        "gpg-pubkey\t0\tfd431d51\t4ae0493b\t(none)\t1700000002\n",
      })
  void unreadableListsAreUndetermined(String list) {
    assertThatThrownBy(() -> parse("rpm", list)).isInstanceOf(Undetermined.class);
  }

  @Test
  void brokenDpkgStatesAndUnknownSystemsAreUndetermined() {
    assertThatThrownBy(() -> parse("dpkg", "bash\t5.2\tamd64\tiHR\n"))
        .isInstanceOf(Undetermined.class)
        .hasMessage("h: the package bash is half installed (state iHR)");
    assertThatThrownBy(() -> parse("", "")).isInstanceOf(Undetermined.class);
  }
}
