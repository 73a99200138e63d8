package studbook.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive file that somebody else wrote. */
class HostileArchiveTest {

  private static final String ENTRY =
      "{\"occurred_at\":\"2026-10-05T10:00:00Z\",\"entry_id\":\"00000000-0000-0000-0000-000000000001\","
          + "\"run_id\":1,\"kind\":\"timeout\",\"message\":\"%s\"}";

  @TempDir Path folder;

  @Test
  void linesThatAreNoErrorsAreCounted() throws Exception {
    Path file =
        file(
            "[]",
            "{\"occurred_at\":12}",
            "not json",
            "\u0000\u001b[2J",
            "[".repeat(100_000),
            ENTRY.formatted("fine"),
            ENTRY.formatted("x").replace("timeout", "unheard of"));
    ArchivedErrors errors = ArchivedErrors.read(file, Optional.empty(), Optional.empty(), 10);
    assertThat(errors.entries()).isEqualTo(1);
    assertThat(errors.unreadable()).isEqualTo(6);
  }

  @Test
  void longMessagesAreShortened() throws Exception {
    Path file = file(ENTRY.formatted("x".repeat(900_000)));
    assertThat(
            ArchivedErrors.read(file, Optional.empty(), Optional.empty(), 1)
                .newest()
                .getFirst()
                .entry()
                .message())
        .hasSize(4_000);
  }

  @Test
  void aLineWithoutEndIsRefused() throws Exception {
    Path file = folder.resolve("bomb.zst");
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(file))) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        out.write(zeros);
      }
    }
    assertThat(Files.size(file)).isLessThan(20_000);
    assertThatThrownBy(() -> ArchivedErrors.read(file, Optional.empty(), Optional.empty(), 1))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("longer than 1 MB");
  }

  @Test
  void aFileThatIsNotCompressedIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("plain.zst"), "plain text, no zstd\n");
    assertThatThrownBy(() -> ArchivedErrors.read(file, Optional.empty(), Optional.empty(), 1))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("damaged");
  }

  private Path file(String... lines) throws IOException {
    Path file = folder.resolve("errors.zst");
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(file))) {
      for (String line : lines) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }
}
