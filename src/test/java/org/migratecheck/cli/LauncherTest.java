package org.migratecheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a home of its own, with the program's classes but without Maven. */
final class LauncherTest {
  private static final String VERSION = "migrate-check development\n";

  @TempDir private static Path shared;
  @TempDir private Path dir;
  private Path home;

  private record Run(int status, String out, String err) {}

  @BeforeAll
  static void pack() throws IOException {
    Path classes = Path.of("target/classes");
    try (OutputStream file = Files.newOutputStream(shared.resolve("program.jar"));
        JarOutputStream jar = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        jar.write(Files.readAllBytes(path));
      }
    }
  }

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(dir.resolve("a home, with $(id) spaces"));
    Files.copy(Path.of("migrate-check"), home.resolve("migrate-check"));
    Files.createDirectories(home.resolve("target/app"));
    Files.createDirectories(home.resolve("target/lib"));
    Files.copy(shared.resolve("program.jar"), home.resolve("target/app/migrate-check.jar"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar") && Files.exists(jar)) {
        Files.createSymbolicLink(home.resolve("target/lib").resolve(jar.getFileName()), jar);
      }
    }
    // A file in place of the archive's directory, and a cache that cannot be: no archive.
    Files.writeString(home.resolve("target/cds"), "");
  }

  @AfterEach
  void unlink() throws IOException {
    try (Stream<Path> links = Files.list(home.resolve("target/lib"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }

  private Run run(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(shared.toFile());
    builder.redirectOutput(dir.resolve("out").toFile());
    builder.redirectError(dir.resolve("err").toFile());
    builder.environment().put("XDG_CACHE_HOME", "/dev/null/none");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
      return new Run(
          process.exitValue(),
          Files.readString(dir.resolve("out")),
          Files.readString(dir.resolve("err")));
    } finally {
      process.destroyForcibly();
    }
  }

  private String mavenThat(String does) throws IOException {
    Path bin = Files.createDirectories(dir.resolve("bin"));
    Path maven = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\n" + does + "\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    return bin + ":" + System.getenv("PATH");
  }

  @Test
  void runsThroughLinksFromAnyDirectory() throws Exception {
    Path link = Files.createSymbolicLink(dir.resolve("link"), home.resolve("migrate-check"));
    Path second = Files.createSymbolicLink(dir.resolve("second"), link);
    assertThat(run(second, Map.of(), "--version")).isEqualTo(new Run(0, VERSION, ""));
  }

  @Test
  void handsArgumentsAndExitCodeOnAsTheyAre() throws Exception {
    Run run = run(home.resolve("migrate-check"), Map.of(), "-oProxyCommand=x y", "a;b");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("-oProxyCommand=x y");
  }

  @Test
  void anOldJavaIsNotUsed() throws Exception {
    Path old = Files.createDirectories(dir.resolve("old"));
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"1.8.0_402\"\n");
    Files.writeString(old.resolve("bin/java"), "#!/bin/sh\necho wrong\n");
    assertThat(old.resolve("bin/java").toFile().setExecutable(true)).isTrue();
    String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
    assertThat(
            run(
                home.resolve("migrate-check"),
                Map.of("JAVA_HOME", old.toString(), "PATH", path),
                "--version"))
        .isEqualTo(new Run(0, VERSION, ""));
  }

  @Test
  void buildsOnFirstUseAndWhenSourcesAreNewer() throws Exception {
    Files.delete(home.resolve("target/app/migrate-check.jar"));
    Path source = Files.createDirectories(home.resolve("src/main/java")).resolve("A.java");
    Files.writeString(source, "class A {}");
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    String path =
        mavenThat(
            "echo \"$*\" >>'"
                + dir.resolve("calls")
                + "'; echo noise; cp '"
                + shared.resolve("program.jar")
                + "' '"
                + home.resolve("target/migrate-check.jar")
                + "'");
    Map<String, String> environment = Map.of("PATH", path);
    Run first = run(home.resolve("migrate-check"), environment, "--version");
    assertThat(first.out()).isEqualTo(VERSION);
    assertThat(first.err().lines()).hasSize(2).first().asString().contains("building");
    assertThat(run(home.resolve("migrate-check"), environment, "--version").err()).isEmpty();
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(run(home.resolve("migrate-check"), environment, "--version").out())
        .isEqualTo(VERSION);
    assertThat(Files.readAllLines(dir.resolve("calls")))
        .hasSize(2)
        .allMatch(c -> c.contains("-f " + home.resolve("pom.xml") + " ") && c.endsWith("package"));
  }

  @Test
  void aFailedBuildStops() throws Exception {
    Files.delete(home.resolve("target/app/migrate-check.jar"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Run run =
        run(
            home.resolve("migrate-check"),
            Map.of("PATH", mavenThat("echo 'no such plugin'; exit 1")),
            "--version");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("no such plugin").endsWith("the build failed; see above\n");
    assertThat(home.resolve("target/app/migrate-check.jar")).doesNotExist();
  }

  @Test
  void makesAnArchiveOnceAndUsesIt() throws Exception {
    Files.delete(home.resolve("target/cds"));
    for (String directory : List.of("checks", "templates")) {
      Files.createSymbolicLink(home.resolve(directory), Path.of(directory).toAbsolutePath());
    }
    Run first = run(home.resolve("migrate-check"), Map.of(), "--version");
    Run second =
        run(
            home.resolve("migrate-check"),
            Map.of("MIGRATE_CHECK_JAVA_OPTS", "-Xlog:class+load=info:stderr"),
            "--version");
    for (String directory : List.of("checks", "templates")) {
      Files.delete(home.resolve(directory));
    }
    assertThat(first).isEqualTo(new Run(0, VERSION, first.err()));
    assertThat(first.err()).isEqualTo("migrate-check: preparing a faster start (once) ...\n");
    try (Stream<Path> made = Files.list(home.resolve("target/cds"))) {
      assertThat(made.map(p -> p.getFileName().toString()).filter(n -> n.startsWith("classes")))
          .singleElement()
          .asString()
          .endsWith(".jsa");
    }
    assertThat(second.out()).isEqualTo(VERSION);
    assertThat(second.err())
        // Java 17 archives no classes of jars whose path has a space, but those of its own.
        .contains("source: shared objects file (top)")
        .doesNotContain("preparing");
  }

  @Test
  void aDamagedArchiveNeverReachesStandardOutput() throws Exception {
    Files.delete(home.resolve("target/cds"));
    Files.createDirectories(home.resolve("target/cds"));
    String release = Files.readString(Path.of(System.getProperty("java.home"), "release"));
    String version = release.replaceAll("(?s).*JAVA_RUNTIME_VERSION=\"([^\"]+)\".*", "$1");
    Files.writeString(
        home.resolve("target/cds/classes-0-" + version + ".jsa"),
        "no archive",
        StandardCharsets.US_ASCII);
    Run run = run(home.resolve("migrate-check"), Map.of(), "--version");
    assertThat(run.out()).isEqualTo(VERSION);
    assertThat(run.status()).isZero();
  }
}
