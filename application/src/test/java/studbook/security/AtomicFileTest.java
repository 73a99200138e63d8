package studbook.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path folder;

  private void write(Path place, boolean replace, String text) throws Exception {
    try (AtomicFile file = AtomicFile.at(place, replace)) {
      file.writer().write(text);
      file.commit();
    }
  }

  @Test
  void isCompleteAndReadableByItsOwnerOnly() throws Exception {
    Path place = folder.resolve("a.csv");
    try (AtomicFile file = AtomicFile.at(place, false)) {
      file.writer().write("half");
      file.writer().flush();
      assertThat(place).doesNotExist();
      file.writer().write(" and half");
      file.commit();
    }
    assertThat(place).hasContent("half and half");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void leavesNothingWhereItIsNotKept() throws Exception {
    try (AtomicFile file = AtomicFile.at(folder.resolve("a.csv"), false)) {
      file.writer().write("half");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void replacesOnlyWhereItMay() throws Exception {
    Path place = folder.resolve("a.csv");
    write(place, false, "first");
    assertThatThrownBy(() -> write(place, false, "second"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(place).hasContent("first");
    write(place, true, "third");
    assertThat(place).hasContent("third");
    assertThatThrownBy(() -> write(folder, true, "a folder is no file"))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void concurrentWriterWins() throws Exception {
    Path place = folder.resolve("a.csv");
    try (AtomicFile file = AtomicFile.at(place, false)) {
      Files.writeString(place, "theirs");
      assertThatThrownBy(file::commit).isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(place).hasContent("theirs");
  }
}
