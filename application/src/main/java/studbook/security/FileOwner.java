package studbook.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The owner of a file. Files that root creates in another user's folder get that user as owner:
 * otherwise they would lock the user out of logs, locks and database.
 *
 * @param user numeric id; 0 is root
 * @param group numeric id
 */
public record FileOwner(int user, int group) {

  public static final FileOwner ROOT = new FileOwner(0, 0);

  /** The owner of {@code path}; of a symbolic link, the link's owner. */
  public static FileOwner of(Path path) throws IOException {
    return new FileOwner(number(path, "unix:uid"), number(path, "unix:gid"));
  }

  private static int number(Path path, String attribute) throws IOException {
    return (int) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
  }

  public boolean isRoot() {
    return user == ROOT.user;
  }

  /**
   * Gives a file or folder that this process has just created, and its content, to the owner of its
   * parent folder. Does nothing unless root created it: other users cannot change owners. If the
   * file system does not allow it (NFS, some containers), the file stays root's.
   */
  public static void inherit(Path created) throws IOException {
    Path folder = created.toAbsolutePath().getParent();
    if (folder == null || !of(created).isRoot()) {
      return;
    }
    FileOwner owner = of(folder.toRealPath());
    if (owner.isRoot()) {
      return;
    }
    try {
      owner.take(created);
    } catch (IOException e) {
      // The file is complete and root's commands work.
    }
  }

  /** Makes this the owner of {@code tree} and everything below. Symbolic links are not followed. */
  public void take(Path tree) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(tree)) {
      paths = walk.toList();
    }
    // The top last, so that an interrupted change is repeated.
    for (Path path : paths.reversed()) {
      takeAlone(path);
    }
  }

  /** Makes this the owner of {@code path} only. */
  public void takeAlone(Path path) throws IOException {
    if (number(path, "unix:uid") == user || hasOtherNames(path)) {
      return;
    }
    Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
  }

  /** Refuses hard links: the other name may be a file whose owner must not change. */
  private static boolean hasOtherNames(Path path) throws IOException {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && number(path, "unix:nlink") > 1;
  }
}
