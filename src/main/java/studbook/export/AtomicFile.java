package studbook.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import studbook.security.FileOwner;

/**
 * A file that appears whole or not at all, readable by its owner only. It is written beside its
 * place and put there by {@link #keep}; closed without that, nothing is left. For one thread.
 */
public final class AtomicFile implements AutoCloseable {

  private final Path place;
  private final boolean replace;
  private final Path part;
  private final Writer writer;

  private AtomicFile(Path place, boolean replace, Path part, Writer writer) {
    this.place = place;
    this.replace = replace;
    this.part = part;
    this.writer = writer;
  }

  /**
   * Begins one.
   *
   * @param place in a folder that exists
   * @param replace whether a file that stands there may go
   * @throws FileAlreadyExistsException where something stands there that may not
   */
  public static AtomicFile at(Path place, boolean replace) throws IOException {
    Path whole = place.toAbsolutePath();
    if (Files.exists(whole) && !(replace && Files.isRegularFile(whole))) {
      throw new FileAlreadyExistsException(place.toString());
    }
    Path part = Files.createTempFile(whole.getParent(), ".studbook-", ".part");
    part.toFile().deleteOnExit();
    FileOwner.inherit(part);
    BufferedWriter writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8);
    return new AtomicFile(whole, replace, part, writer);
  }

  public Writer writer() {
    return writer;
  }

  /**
   * Puts the file into its place.
   *
   * @throws FileAlreadyExistsException where somebody else was quicker; theirs stands
   */
  public void keep() throws IOException {
    writer.close();
    if (replace) {
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    try {
      Files.createLink(place, part); // fails where something stands, as no move would
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      Files.move(part, place); // a file system without links
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
    Files.deleteIfExists(part);
  }
}
