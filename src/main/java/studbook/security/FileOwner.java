package studbook.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * To whom a file belongs. What root creates in a folder of another user becomes that user's: a file
 * of root's among their own would lock them out of their logs, locks and database.
 *
 * @param user the number of the user; 0 is root
 * @param group the number of the group
 */
public record FileOwner(int user, int group) {

  public static final FileOwner ROOT = new FileOwner(0, 0);

  /** Who owns {@code path}; of a symbolic link, whoever owns the link. */
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
   * Gives a file or folder that this process has just created, and what the folder holds, to the
   * owner of the folder that it lies in. Does nothing unless root created it: nobody else can give
   * files away. Where the file system lets not even root do it (NFS, some containers), the file
   * stays root's.
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
      // The file itself is there and whole, and root's commands work: more is not needed.
    }
  }

  /** Makes this the owner of {@code tree} with all below it. Symbolic links are not followed. */
  public void take(Path tree) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(tree)) {
      paths = walk.toList();
    }
    // The top last: a change that was cut off is then made again.
    for (Path path : paths.reversed()) {
      takeAlone(path);
    }
  }

  /** Makes this the owner of {@code path} and of nothing below it. */
  public void takeAlone(Path path) throws IOException {
    if (number(path, "unix:uid") == user || hasOtherNames(path)) {
      return;
    }
    Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * A hard link may be another user's trap: its other name is a file that must not change hands.
   */
  private static boolean hasOtherNames(Path path) throws IOException {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && number(path, "unix:nlink") > 1;
  }
}
