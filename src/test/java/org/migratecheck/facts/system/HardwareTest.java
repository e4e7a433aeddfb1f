package org.migratecheck.facts.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.ProbeOutput;

/** CPU and memory of machines that the recorded pair is not. */
class HardwareTest {
  private static <T> T parse(Function<Outputs, T> parser, String... parts) {
    TreeMap<String, ProbeOutput> outputs = new TreeMap<>();
    for (int i = 0; i < parts.length; i += 2) {
      outputs.put(
          parts[i], new ProbeOutput(ProbeOutput.Completeness.COMPLETE, 0, parts[i + 1], "", 1));
    }
    return parser.apply(new Outputs("h", outputs));
  }

  private static Cpu cpu(String cpuinfo) {
    return parse(
        Cpu.FACT.parser(), "cpu/cpuinfo", cpuinfo, "cpu/online", "8\n", "cpu/kvm-device", "yes\n");
  }

  @Test
  void intel() {
    Cpu cpu =
        cpu(
            """
            processor\t: 0
            vendor_id\t: GenuineIntel
            cpu family\t: 6
            model\t\t: 143
            model name\t: Intel(R) Xeon(R) Gold 6430
            stepping\t: 8
            microcode\t: 0x2b000603
            flags\t\t: vme fpu avx2
            vmx flags\t: vnmi ept
            """);
    assertThat(cpu)
        .isEqualTo(
            new Cpu(
                "GenuineIntel",
                "Intel(R) Xeon(R) Gold 6430",
                "6/143/8",
                "0x2b000603",
                java.util.List.of("avx2", "fpu", "vme"),
                8,
                true));
  }

  @Test
  void arm() {
    Cpu cpu =
        cpu(
            """
            processor\t: 0
            BogoMIPS\t: 50.00
            Features\t: fp asimd evtstrm aes
            CPU implementer\t: 0x41
            CPU architecture: 8
            CPU variant\t: 0x3
            CPU part\t: 0xd0c
            CPU revision\t: 1
            """);
    assertThat(cpu.vendor()).isEqualTo("0x41");
    assertThat(cpu.model()).isEqualTo("implementer 0x41 part 0xd0c");
    assertThat(cpu.stepping()).isEqualTo("8/0x3/1");
    assertThat(cpu.flags()).containsExactly("aes", "asimd", "evtstrm", "fp");
  }

  @Test
  void power() {
    Cpu cpu =
        cpu("processor\t: 0\ncpu\t\t: POWER9 (architected), altivec supported\nrevision\t: 2.2\n");
    assertThat(cpu.vendor()).startsWith("POWER9");
    assertThat(cpu.flags()).isEmpty();
  }

  @Test
  void memoryPoolsAndMounts() {
    Memory memory =
        parse(
            Memory.FACT.parser(),
            "memory/meminfo",
            """
            MemTotal:       24684096 kB
            MemFree:        22962372 kB
            MemAvailable:   23292936 kB
            SwapFree:        1048576 kB
            CommitLimit:    12342048 kB
            Committed_AS:   13893044 kB
            Hugepagesize:       2048 kB
            """,
            "memory/overcommit",
            "2\n",
            "memory/huge-pages",
            "hugepages-1048576kB 2 1\nhugepages-2048kB 512 500\n",
            "memory/mounts",
            "hugetlbfs /dev/hugepages hugetlbfs rw,relatime,pagesize=2M 0 0\n"
                + "none /mnt/big hugetlbfs rw,pagesize=1024M 0 0\n"
                + "old /mnt/old hugetlbfs rw 0 0\n");
    assertThat(memory.available()).isEqualTo(23292936);
    assertThat(memory.commitLeft()).isEqualTo(12342048 - 13893044);
    assertThat(memory.hugePages())
        .containsExactly(new Memory.HugePages(1048576, 2, 1), new Memory.HugePages(2048, 512, 500));
    assertThat(memory.hugetlbfs()).containsExactly(2048L, 1048576L, 2048L);
  }

  @Test
  void unreadableCpuIsUndetermined() {
    assertThatThrownBy(() -> cpu("processor : 0\n")).isInstanceOf(Undetermined.class);
  }
}
