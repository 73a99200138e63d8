package studbook.embeddedpg;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import studbook.security.FileOwner;

/**
 * The user of PostgreSQL's processes. PostgreSQL refuses root, so root uses another user: the owner
 * of the server's folder, if that is not root. PostgreSQL also refuses a user id without a name.
 *
 * @param prefix put before a command
 * @param owner of the server's files
 */
record OsUser(List<String> prefix, FileOwner owner) {

  static final FileOwner NOBODY = new FileOwner(65534, 65534);

  /**
   * Root in a user namespace without a mapping: PostgreSQL sees the overflow user, the system still
   * root, who owns the files.
   */
  static final OsUser UNMAPPED = new OsUser(List.of("unshare", "-U", "--"), FileOwner.ROOT);

  static final OsUser SETPRIV = new OsUser(setpriv(NOBODY, "--clear-groups"), NOBODY);
  static final OsUser RUNUSER = new OsUser(List.of("runuser", "-u", "nobody", "--"), NOBODY);

  /** {@code id} returns 1 if it finds no name; without {@code id} PostgreSQL decides. */
  private static final String HAS_NAME = "id -un; [ $? -ne 1 ]";

  private static List<String> setpriv(FileOwner owner, String groups) {
    return List.of("setpriv", "--reuid=" + owner.user(), "--regid=" + owner.group(), groups, "--");
  }

  static boolean isRoot() {
    return self().isRoot();
  }

  private static FileOwner self() {
    UnixSystem system = new UnixSystem();
    return new FileOwner((int) system.getUid(), (int) system.getGid());
  }

  /**
   * The first option that works on this machine.
   *
   * @throws EmbeddedServerException if none does, with what to do
   */
  static OsUser choose(ServerDirectory directory) throws IOException {
    if (isRoot()) {
      return chooseForRoot(directory, waysOfRoot(directory));
    }
    OsUser self = new OsUser(List.of(), self());
    if (!self.hasName(directory)) {
      throw new EmbeddedServerException(
          "PostgreSQL needs a user ID with a name, and %d has none, as in some containers: set DATABASE_URL to a PostgreSQL server, or add the ID to /etc/passwd (or use nss_wrapper)."
              .formatted(self.owner().user()));
    }
    return self;
  }

  /** Never hands over data of the folder's owner, who would be locked out. */
  private static List<OsUser> waysOfRoot(ServerDirectory directory) throws IOException {
    FileOwner owner = FileOwner.of(directory.root());
    if (owner.isRoot()) {
      return List.of(UNMAPPED, SETPRIV, RUNUSER);
    }
    List<OsUser> ways = new ArrayList<>();
    ways.add(new OsUser(setpriv(owner, "--init-groups"), owner));
    // For containers that do not know the user: the overflow user of a namespace has a name.
    List<String> unmapped = new ArrayList<>(setpriv(owner, "--clear-groups"));
    unmapped.addAll(UNMAPPED.prefix());
    ways.add(new OsUser(unmapped, owner));
    if (!directory.hasDataOf(owner)) {
      ways.add(SETPRIV);
      ways.add(RUNUSER);
    }
    return ways;
  }

  static OsUser chooseForRoot(ServerDirectory directory, List<OsUser> ways) throws IOException {
    for (OsUser way : ways) {
      if (way.reaches(directory)) {
        return way;
      }
    }
    FileOwner owner = FileOwner.of(directory.root());
    throw new EmbeddedServerException(
        owner.isRoot()
            ? "PostgreSQL does not run as root, and neither unshare nor setpriv nor runuser can run it as another user in %s: run Studbook as an ordinary user, choose a STUDBOOK_HOME that the user nobody can access, or set DATABASE_URL."
                .formatted(directory.root())
            : "PostgreSQL does not run as root, and setpriv cannot run it as the user id %d, to which %s belongs: run Studbook as that user, choose another STUDBOOK_HOME, or set DATABASE_URL."
                .formatted(owner.user(), directory.root()));
  }

  /** Whether a program can run this way, as a user with a name, and pass through the folder. */
  private boolean reaches(ServerDirectory directory) {
    try {
      if (owner.user() != FileOwner.of(directory.root()).user()) {
        directory.letThrough();
      }
      return hasName(directory)
          && new PostgresCommands(directory, this)
              .succeeds("test", "-x", directory.root().toString());
    } catch (IOException e) {
      return false;
    }
  }

  private boolean hasName(ServerDirectory directory) {
    return new PostgresCommands(directory, this).succeeds("sh", "-c", HAS_NAME);
  }

  /** Makes this user the owner of {@code tree} if it is not. */
  void own(Path tree) throws IOException {
    if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)
        && FileOwner.of(tree).user() != owner.user()) {
      owner.take(tree);
    }
  }
}
