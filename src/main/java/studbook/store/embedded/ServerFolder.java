package studbook.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import studbook.secret.OwnerOnly;

/**
 * The folder that a server belongs to, and where what lies in it.
 *
 * @param root absolute and without symbolic links, so that every process means the same one
 */
record ServerFolder(Path root) {

  /** pg_ctl puts paths between double quotes into a shell's command: these would not survive. */
  private static final String NOT_IN_A_PATH = "\"$`\\\n\r";

  private static final Set<PosixFilePermission> PASSAGE =
      PosixFilePermissions.fromString("rwx--x--x");

  /** The folder {@code postgres} of {@code home}, made where it is missing, for the owner only. */
  static ServerFolder in(Path home) {
    Path absolute = home.toAbsolutePath().normalize();
    try {
      OwnerOnly.home(absolute);
      Path root = absolute.toRealPath().resolve("postgres");
      if (root.toString().chars().anyMatch(c -> NOT_IN_A_PATH.indexOf(c) >= 0)) {
        throw new EmbeddedServerException(
            "The embedded PostgreSQL cannot live in %s: quotes, $, ` and \\ are not possible in its path; choose another STUDBOOK_HOME."
                .formatted(root));
      }
      OwnerOnly.folder(root);
      takeBack(root);
      Files.delete(Files.createTempFile(root, "writable", ""));
      return new ServerFolder(root);
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "The folder %s cannot be written; choose another STUDBOOK_HOME or set DATABASE_URL."
              .formatted(absolute),
          e);
    }
  }

  /** Nobody else may write in it: who could, could plant links there. */
  private static void takeBack(Path root) throws IOException {
    if ("root".equals(System.getProperty("user.name"))) {
      Files.setAttribute(root, "unix:uid", 0, LinkOption.NOFOLLOW_LINKS);
    }
    if (!Files.getPosixFilePermissions(root).equals(PASSAGE)) {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Lets other users get through, who see and write nothing. */
  void letThrough() throws IOException {
    Files.setPosixFilePermissions(root, PASSAGE);
  }

  Path data() {
    return root.resolve("data");
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

  /** Replaces {@code file} at once; nobody but the owner can read it at any moment. */
  static void writeForOwner(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    OwnerOnly.write(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
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
