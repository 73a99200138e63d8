package studbook.store.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL's programs run. PostgreSQL refuses root, so root needs a way round.
 *
 * @param prefix what stands before a command
 * @param owner the user id that the files must belong to
 */
record ServerUser(List<String> prefix, int owner) {

  private static final int ROOT = 0;
  private static final int NOBODY = 65534;

  /**
   * Root in a user name space without a mapping: PostgreSQL sees the overflow user there, the
   * system still root, to whom the files belong.
   */
  static final ServerUser UNMAPPED = new ServerUser(List.of("unshare", "-U", "--"), ROOT);

  static final ServerUser SETPRIV =
      new ServerUser(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"),
          NOBODY);
  static final ServerUser RUNUSER =
      new ServerUser(List.of("runuser", "-u", "nobody", "--"), NOBODY);

  /**
   * The first way that works on this machine.
   *
   * @throws EmbeddedServerException for root where none does
   */
  static ServerUser choose(ServerFolder folder) {
    int user = (int) new UnixSystem().getUid();
    return user == ROOT
        ? chooseForRoot(folder, List.of(UNMAPPED, SETPRIV, RUNUSER))
        : new ServerUser(List.of(), user);
  }

  static ServerUser chooseForRoot(ServerFolder folder, List<ServerUser> ways) {
    for (ServerUser way : ways) {
      if (way.reaches(folder)) {
        return way;
      }
    }
    throw new EmbeddedServerException(
        "PostgreSQL does not run as root, and neither unshare nor setpriv nor runuser can run it as another user in %s: run Studbook as an ordinary user, choose a STUDBOOK_HOME that the user nobody can reach, or set DATABASE_URL."
            .formatted(folder.root()));
  }

  /** Whether a program can be run that way, and get through the folder, which stays root's. */
  private boolean reaches(ServerFolder folder) {
    try {
      if (owner != ROOT) {
        folder.letThrough();
      }
      return new Programs(folder, this).succeeds("test", "-x", folder.root().toString());
    } catch (IOException e) {
      return false;
    }
  }

  /** Hands {@code tree} over, where it is not this user's yet. */
  void own(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS) || ownerOf(tree) == owner) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(tree)) {
      paths = walk.toList();
    }
    // The top last: a hand-over that was cut off is then done again.
    for (Path path : paths.reversed()) {
      ownAlone(path);
    }
  }

  private void ownAlone(Path path) throws IOException {
    if (ownerOf(path) != owner) {
      Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static int ownerOf(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }
}
