package studbook.security;

import java.io.IOException;
import java.nio.channels.Channels;
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
 * Files and folders that only their owner can read, at any moment and with any umask. The owner is
 * the user of the process; for root it is the owner of the folder ({@link FileOwner#inherit}).
 * Existing files keep their mode and owner, which may be intended.
 */
public final class PrivateFiles {

  private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = mode("rwx------");

  /**
   * Root's embedded PostgreSQL runs as another user, who must pass through, but can read nothing.
   */
  private static final FileAttribute<Set<PosixFilePermission>> HOME_OF_ROOT = mode("rwx--x--x");

  private PrivateFiles() {}

  private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  /** Creates a folder that contains others, and its parents, if missing. */
  public static void home(Path folder) throws IOException {
    create(folder, System.getProperty("user.name").equals("root") ? HOME_OF_ROOT : FOLDER);
  }

  /** Creates a folder if missing; succeeds if another process has just created it. */
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

  /** Creates an empty file if missing, for a caller that opens it. */
  public static void file(Path file) throws IOException {
    try {
      Files.createFile(file, FILE);
      FileOwner.inherit(file);
    } catch (FileAlreadyExistsException e) {
      // It exists already.
    }
  }

  /**
   * Writes {@code text} into a file and replaces its content.
   *
   * @throws IOException also for a symbolic link, whose creator may intend another file to be
   *     overwritten
   */
  public static void write(Path file, String text) throws IOException {
    try (FileChannel channel = open(file, StandardOpenOption.TRUNCATE_EXISTING)) {
      Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Opens a file to read and write, created if missing; never through a symbolic link. */
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
