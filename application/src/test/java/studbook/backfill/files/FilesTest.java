package studbook.backfill.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunCounts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FilesTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T20:00:00.4Z"), ZoneId.of("America/Los_Angeles"));

  @TempDir private Path folder;

  private static JsonNode read(Path file) throws IOException {
    return JSON.readTree(Files.readAllBytes(file));
  }

  private static ErrorsFile.ErrorFileEntry entry(int number) {
    return new ErrorsFile.ErrorFileEntry(
        "2026-03-01T12:00:00-08:00",
        "hrs_" + number,
        "answered \"503\"\n\u001b é",
        "server_error",
        3);
  }

  @Test
  void theCheckpointHasItsKeysAndNothingElse() throws Exception {
    Path file = folder.resolve("checkpoint.json");
    CheckpointFile checkpoint =
        new CheckpointFile(file, CLOCK, Instant.parse("2026-02-28T08:00:00Z"));
    assertThat(file).doesNotExist();
    checkpoint.write(7, new RunCounts(100, 10, 2, 3, 4, 5, 6, 1, 9, 40));
    JsonNode content = read(file);
    assertThat(content.propertyNames()).containsExactly("timestamp", "run", "processed", "stats");
    assertThat(content.get("timestamp").asString()).isEqualTo("2026-03-01T12:00:00-08:00");
    assertThat(content.get("run").asInt()).isEqualTo(7);
    assertThat(content.get("processed").asInt()).isEqualTo(31);
    assertThat(content.get("stats").toString())
        .isEqualTo(
            "{\"total\":100,\"processed\":31,\"with_pedigree\":9,\"without_pedigree\":6,\"not_found\":4,\"errors\":5,"
                + "\"start_time\":\"2026-02-28T00:00:00-08:00\",\"session_start\":\"2026-03-01T12:00:00-08:00\"}");
  }

  @Test
  void checkpointIsReplacedAtomically() throws Exception {
    Path file = folder.resolve("checkpoint.json");
    CheckpointFile checkpoint = new CheckpointFile(file, CLOCK, CLOCK.instant());
    checkpoint.write(1, new RunCounts(1_000, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (!Thread.interrupted()) {
                  JsonNode seen = read(file);
                  assertThat(seen.get("processed")).isEqualTo(seen.get("stats").get("processed"));
                }
              } catch (java.nio.channels.ClosedByInterruptException e) {
                // the end
              } catch (IOException | RuntimeException | AssertionError e) {
                failure.set(e);
              }
            });
    for (int i = 1; i <= 300; i++) {
      checkpoint.write(1, new RunCounts(1_000, i, 0, 0, 0, 0, 0, 0, 0, 0));
    }
    reader.interrupt();
    reader.join();
    assertThat(failure.get()).isNull();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void theErrorsFileIsAnArrayAfterEveryAppend() throws Exception {
    Path file = folder.resolve("errors.json");
    for (int i = 1; i <= 50; i++) {
      new ErrorsFile(file).append(entry(i));
      JsonNode array = read(file);
      assertThat(array.size()).isEqualTo(i);
      assertThat(array.get(i - 1).get("horse_id").asString()).isEqualTo("hrs_" + i);
    }
    assertThat(read(file).get(0).propertyNames())
        .containsExactly("timestamp", "horse_id", "error", "kind", "attempts");
  }

  @Test
  void anEmptyArrayIsContinued() throws Exception {
    Path file = folder.resolve("errors.json");
    for (String empty : List.of("", "[\n]", "[]", "[]\n", "[ ]\r\n")) {
      Files.writeString(file, empty);
      new ErrorsFile(file).append(entry(1));
      assertThat(read(file).size()).as(empty).isEqualTo(1);
    }
  }

  @Test
  void aBeginningLeavesEntriesAlone() throws Exception {
    ErrorsFile errors = new ErrorsFile(folder.resolve("errors.json"));
    errors.begin();
    assertThat(folder.resolve("errors.json")).hasContent("[]");
    errors.append(entry(1));
    errors.begin();
    assertThat(read(folder.resolve("errors.json")).size()).isEqualTo(1);
  }

  /** The file is a hole of two gigabytes: whoever read or rewrote it would need seconds. */
  @Test
  void anAppendLooksAtTheEndsOnly() throws Exception {
    Path file = folder.resolve("errors.json");
    try (FileChannel channel =
        FileChannel.open(
            file,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {'['}), 0);
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {'\n', ']'}), 2_000_000_000L);
    }
    new ErrorsFile(file).append(entry(1));
    assertThat(Files.size(file)).isBetween(2_000_000_050L, 2_000_000_400L);
  }

  @Test
  void aDamagedFileIsPutAsideEveryTime() throws Exception {
    Path file = folder.resolve("errors.json");
    for (String damaged : List.of("[\n{\"timestamp\":", "[\n{\"timestamp\":", "]", "{}\n]", "x")) {
      Files.writeString(file, damaged);
      new ErrorsFile(file).append(entry(1));
      assertThat(read(file).size()).isEqualTo(1);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()).sorted())
          .containsExactly(
              "errors.json",
              "errors.json.damaged-1",
              "errors.json.damaged-2",
              "errors.json.damaged-3",
              "errors.json.damaged-4",
              "errors.json.damaged-5");
    }
    assertThat(folder.resolve("errors.json.damaged-5")).hasContent("x");
  }

  @Test
  void thePidFileNamesThisProcessUntilItIsRemoved() throws Exception {
    Path path = folder.resolve("pid.txt");
    PidFile file = new PidFile(path);
    assertThat(file.number()).isEmpty();
    file.write();
    assertThat(file.number()).contains(ProcessHandle.current().pid());
    assertThat(file.process()).as("this process is a test and no backfill").isEmpty();
    file.remove();
    assertThat(path).doesNotExist();
    file.remove();
  }

  @Test
  void aRefreshAndAServiceAreRecognised() throws Exception {
    Path path = folder.resolve("pid.txt");
    for (String command : List.of("refresh", "retry", "serve", "status")) {
      Process other = new ProcessBuilder("sh", "-c", "read line", "studbook", command).start();
      try {
        String started = ProcessIdentity.of(other.pid()).started();
        Files.writeString(path, other.pid() + "\n" + started + "\n");
        assertThat(new PidFile(path).process().map(PidFile.RunProcess::isService))
            .as(command)
            .isEqualTo(
                command.equals("status") ? Optional.empty() : Optional.of(command.equals("serve")));
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void anotherProcessesPidFileIsNeitherRemovedNorTrusted() throws Exception {
    Path path = folder.resolve("pid.txt");
    PidFile file = new PidFile(path);
    for (String text :
        List.of("1\n", "999999999\n", "", "not a number", "-5", "99999999999999999999")) {
      Files.writeString(path, text);
      file.remove();
      assertThat(path).exists();
      assertThat(file.process()).isEmpty();
    }
  }

  /** A process number is used again after a restart, and in each container. */
  @Test
  void aBackfillThatBeganAtAnotherMomentIsNotTheOneOfTheFile() throws Exception {
    Path path = folder.resolve("pid.txt");
    // A shell that waits, with the arguments of a backfill.
    Process other = new ProcessBuilder("sh", "-c", "read line", "studbook", "backfill").start();
    try {
      String started = ProcessIdentity.of(other.pid()).started();
      for (String stranger : List.of("", started + "9", "boot/pid:[1]/" + started)) {
        Files.writeString(path, other.pid() + "\n" + stranger + "\n");
        assertThat(new PidFile(path).number()).contains(other.pid());
        assertThat(new PidFile(path).process()).as(stranger).isEmpty();
      }
      Files.writeString(path, other.pid() + "\n" + started + "\n");
      assertThat(new PidFile(path).process())
          .contains(new PidFile.RunProcess(other.toHandle(), false));
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(new PidFile(path).process()).as("it has ended").isEmpty();
  }

  @Test
  void theFolderIsItsOwnersAloneAndNamesItsFiles() throws Exception {
    LogDirectory logDirectory = LogDirectory.in(folder.resolve("home"));
    assertThat(LogDirectory.in(folder.resolve("home"))).isEqualTo(logDirectory);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(logDirectory.folder())))
        .isEqualTo("rwx------");
    assertThat(logDirectory.newLog(CLOCK)).hasFileName("backfill_20260301_120000.log");
    assertThat(logDirectory.writeFailedIds(List.of("hrs_1", "hrs_2"))).hasContent("hrs_1\nhrs_2\n");
  }
}
