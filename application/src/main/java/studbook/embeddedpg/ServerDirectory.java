package studbook.embeddedpg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import studbook.security.FileOwner;
import studbook.security.PrivateFiles;
import studbook.text.FileErrorMessages;

/**
 * The folder of a server and the paths in it.
 *
 * @param root absolute and without symbolic links, so that all processes use the same one
 */
record ServerDirectory(Path root) {

  /** pg_ctl quotes paths in a shell command: these characters would break it. */
  private static final String NOT_IN_A_PATH = "\"$`\\\n\r";

  private static final Set<PosixFilePermission> PASSAGE =
      PosixFilePermissions.fromString("rwx--x--x");

  /** The folder {@code postgres} of {@code home}, created if missing, for the owner only. */
  static ServerDirectory in(Path home) {
    Path absolute = home.toAbsolutePath().normalize();
    try {
      PrivateFiles.home(absolute);
      Path real = absolute.toRealPath();
      Path root = real.resolve("postgres");
      if (root.toString().chars().anyMatch(c -> NOT_IN_A_PATH.indexOf(c) >= 0)) {
        throw new EmbeddedServerException(
            "The embedded PostgreSQL cannot run in %s: its path must not contain quotes, $, ` or \\; choose another STUDBOOK_HOME."
                .formatted(root));
      }
      PrivateFiles.folder(root);
      takeBack(root, real);
      Files.delete(Files.createTempFile(root, "writable", ""));
      return new ServerDirectory(root);
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "The directory %s cannot be written (%s); choose another STUDBOOK_HOME or set DATABASE_URL."
              .formatted(absolute, FileErrorMessages.reason(e)),
          e);
    }
  }

  /**
   * Takes the folder back from the user nobody, to whom an older version gave it: root's PostgreSQL
   * runs as that user, who could create links there. Other owners keep it.
   */
  private static void takeBack(Path root, Path home) throws IOException {
    if (OsUser.isRoot() && FileOwner.of(root).user() == OsUser.NOBODY.user()) {
      FileOwner.of(home).takeAlone(root);
    }
    if (!Files.getPosixFilePermissions(root).equals(PASSAGE)) {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Lets other users pass through; they can read and write nothing. */
  void letThrough() throws IOException {
    Files.setPosixFilePermissions(root, PASSAGE);
  }

  Path data() {
    return root.resolve("data");
  }

  /** Whether there is a data folder that belongs to {@code owner}. */
  boolean hasDataOf(FileOwner owner) throws IOException {
    return Files.exists(data(), LinkOption.NOFOLLOW_LINKS)
        && FileOwner.of(data()).user() == owner.user();
  }

  Path pidFile() {
    return data().resolve("postmaster.pid");
  }

  Path serverLog() {
    return root.resolve("server.log");
  }

  Path startLock() {
    return root.resolve("start.lock");
  }

  Path clients() {
    return root.resolve("clients");
  }

  Path connectionFile() {
    return root.resolve("connection.properties");
  }

  /** Deletes {@code tree} and all below it; a missing one is fine. Links are not followed. */
  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(tree)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
