package studbook.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The cache that halves a start: made once a build, passed over where it does not fit. */
class LauncherCacheTest extends LauncherTree {

  /** Makes the cache that it is told to, and says how it was called. */
  private static final String TRAINABLE =
      """
      #!/bin/bash
      for argument; do
        case $argument in
          -XX:AOTCacheOutput=*)
            echo "$PWD $*" >> "$PWD/../java.trained"
            [ -z "${DATABASE_URL:-}" ] || exit 5
            mkdir training
            echo "Temporary AOTConfiguration recorded"
            echo "[warning][aot] Skipping" >&2
            echo cache > "${argument#*=}"
            exit ;;
        esac
      done
      echo "$*"
      """;

  @Test
  void aBuildTrainsOnceAndEveryStartUsesTheCacheThatCameOfIt() throws Exception {
    executable(jdk.resolve("bin/java"), TRAINABLE);
    environment.put("DATABASE_URL", "postgresql://a.person/database");
    environment.put("STUDBOOK_JAVA_OPTS", "-Da=b");
    Ended first = run("status");
    Path app = tree.resolve("target").resolve(copies().getFirst());
    assertThat(first.output())
        .endsWith(
            "-XX:AOTCache=%s/studbook.aot -Xlog:aot*=off -Da=b -jar %s/studbook.jar status\n"
                .formatted(app, app));
    assertThat(first.error())
        .isEqualTo("studbook: Building Studbook (first use, about a minute)…\n");
    assertThat(run("status").output()).isEqualTo(first.output());
    assertThat(Files.readAllLines(tree.resolve("target/java.trained")))
        .singleElement()
        .asString()
        .startsWith(app + " ")
        .endsWith(
            " -cp %s/studbook.jar studbook.cli.StartupTraining %s/training".formatted(app, app))
        .doesNotContain("-Da=b");
    assertThat(app.resolve("training")).doesNotExist();
  }

  @Test
  void withoutACacheItStartsAsIfThereWereNone() throws Exception {
    Ended ended = run("status");
    assertThat(ended.output()).endsWith("studbook.jar status\n").doesNotContain("AOT", "aot");
    assertThat(ended.exitCode()).isEqualTo(7);
  }

  @Test
  void theCacheFitsTheJarAtItsFinalPathAndOneThatDoesNotIsPassedOverInSilence() throws Exception {
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    realJar(tree.resolve("some.jar"));
    executable(bin.resolve("mvn"), MAVEN.replace("echo jar >", "cp some.jar"));
    environment.put("STUDBOOK_JAVA_OPTS", "-XX:AOTMode=on"); // exits where the cache does not fit
    run("first");
    Ended fitting = run("one", "two");
    assertThat(fitting).isEqualTo(new Ended(0, "[one, two]\n", ""));
    environment.remove("STUDBOOK_JAVA_OPTS");
    Path cache = tree.resolve("target").resolve(copies().getFirst()).resolve("studbook.aot");
    Files.write(cache, Arrays.copyOf(Files.readAllBytes(cache), 4_000));
    assertThat(run("one", "two")).isEqualTo(fitting);
    Files.writeString(cache, "no cache");
    assertThat(run("one", "two")).isEqualTo(fitting);
  }

  /** A jar whose program prints its arguments. */
  private static void realJar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
    String entry = Program.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
        InputStream compiled =
            LauncherCacheTest.class.getClassLoader().getResourceAsStream(entry)) {
      jar.putNextEntry(new ZipEntry(entry));
      jar.write(Objects.requireNonNull(compiled).readAllBytes());
    }
  }

  /** What the launcher launches where a JDK is real. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      System.out.println(Arrays.toString(arguments));
    }
  }
}
