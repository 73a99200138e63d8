package studbook.security;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears complete or not at all, readable by its owner only. Written to a temporary
 * file in the same folder, which {@link #commit} moves to its place; closing without it deletes it.
 * Not thread-safe.
 */
public final class AtomicFile implements AutoCloseable {

  private final Path place;
  private final boolean replace;
  private final Path part;
  private final OutputStream stream;
  private final Writer writer;

  private AtomicFile(Path place, boolean replace, Path part, OutputStream stream) {
    this.place = place;
    this.replace = replace;
    this.part = part;
    this.stream = stream;
    this.writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  /** Writes {@code text} to a file, replacing one that exists. */
  public static void write(Path place, String text) throws IOException {
    try (AtomicFile file = open(place, true)) {
      file.writer.write(text);
      file.commit();
    }
  }

  /**
   * Opens one for writing; a process that exits before {@link #commit} deletes it.
   *
   * @param place in a directory that exists
   * @param replace whether an existing file may be replaced
   * @throws FileAlreadyExistsException where something exists that may not be replaced
   */
  public static AtomicFile at(Path place, boolean replace) throws IOException {
    AtomicFile file = open(place, replace);
    file.part.toFile().deleteOnExit();
    return file;
  }

  private static AtomicFile open(Path place, boolean replace) throws IOException {
    Path whole = place.toAbsolutePath();
    if (Files.exists(whole) && !(replace && Files.isRegularFile(whole))) {
      throw new FileAlreadyExistsException(place.toString());
    }
    Path part = Files.createTempFile(whole.getParent(), ".studbook-", ".part");
    FileOwner.inherit(part);
    return new AtomicFile(whole, replace, part, Files.newOutputStream(part));
  }

  /** For text. */
  public Writer writer() {
    return writer;
  }

  /** For bytes, instead of the writer. */
  public OutputStream stream() {
    return stream;
  }

  /**
   * Moves the file to its place.
   *
   * @throws FileAlreadyExistsException if another process created it first; that file stays
   */
  public void commit() throws IOException {
    writer.close();
    if (replace) {
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    try {
      Files.createLink(place, part); // unlike a move, fails if the file exists
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      Files.move(part, place); // a file system without hard links
    }
  }

  @Override
  public void close() throws IOException {
    try {
      writer.close();
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
