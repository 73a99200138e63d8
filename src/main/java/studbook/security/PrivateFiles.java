package studbook.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that nobody but their owner can read, at no moment and whatever the umask says.
 * The owner is who runs the process; of what root creates, the owner of the folder ({@link
 * FileOwner#inherit}). What exists keeps its mode and owner: they may be so on purpose.
 */
public final class PrivateFiles {

  private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = mode("rwx------");

  /** Root's embedded PostgreSQL runs as another user, who must get through, and reads nothing. */
  private static final FileAttribute<Set<PosixFilePermission>> HOME_OF_ROOT = mode("rwx--x--x");

  private PrivateFiles() {}

  private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  /** Makes a folder that others lie in, and those above it, where they are missing. */
  public static void home(Path folder) throws IOException {
    create(folder, System.getProperty("user.name").equals("root") ? HOME_OF_ROOT : FOLDER);
  }

  /** Makes a folder where it is missing; no failure where somebody else has just made it. */
  public static void folder(Path folder) throws IOException {
    create(folder, FOLDER);
  }

  private static void create(Path folder, FileAttribute<Set<PosixFilePermission>> mode)
      throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null && !Files.exists(parent)) {
      create(parent, mode);
    }
    try {
      Files.createDirectory(folder, mode);
      FileOwner.inherit(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** Makes an empty file where none stands, for somebody who opens it himself. */
  public static void file(Path file) throws IOException {
    try {
      Files.createFile(file, FILE);
      FileOwner.inherit(file);
    } catch (FileAlreadyExistsException e) {
      // it is there: more is not asked
    }
  }

  /**
   * Writes {@code text} into a file, in place of what stood there.
   *
   * @throws IOException also where the file is a symbolic link: who planted it may mean another
   *     file to be overwritten
   */
  public static void write(Path file, String text) throws IOException {
    try (FileChannel channel = open(file, StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  /** Opens a file to read and write, made where it is missing; never through a symbolic link. */
  public static FileChannel open(Path file) throws IOException {
    return open(file, StandardOpenOption.READ);
  }

  private static FileChannel open(Path file, StandardOpenOption further) throws IOException {
    boolean isNew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                further,
                LinkOption.NOFOLLOW_LINKS),
            FILE);
    if (isNew) {
      FileOwner.inherit(file);
    }
    return channel;
  }
}
