package studbook.embeddedpg;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;
import studbook.security.FileOwner;
import studbook.text.FileErrorMessages;

/**
 * PostgreSQL's programs, on the class path as one archive per platform.
 *
 * @param archive of this platform
 * @param name of the folder to unpack into; differs for each archive
 */
record PostgresBinaries(URL archive, String name) {

  private static final String PREFIX = "bin-";

  /**
   * The binaries for this machine.
   *
   * @throws EmbeddedServerException if the class path has none for it
   */
  static PostgresBinaries ofThisPlatform() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static PostgresBinaries of(String system, String architecture) {
    String resource = "postgres-%s-%s.txz".formatted(system(system), architecture(architecture));
    URL archive = PostgresBinaries.class.getClassLoader().getResource(resource);
    if (archive == null) {
      throw new EmbeddedServerException(
          "Studbook has no embedded PostgreSQL for %s on %s; set DATABASE_URL to your own PostgreSQL."
              .formatted(system, architecture));
    }
    return new PostgresBinaries(archive, PREFIX + fingerprint(archive));
  }

  private static String system(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("mac") ? "darwin" : lower;
  }

  private static String architecture(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> name;
    };
  }

  /** The checksum from the jar's directory, without reading the archive. */
  private static String fingerprint(URL archive) {
    try {
      URLConnection connection = archive.openConnection();
      connection.setUseCaches(false);
      if (connection instanceof JarURLConnection jar) {
        try (var file = jar.getJarFile()) {
          return "%08x".formatted(file.getEntry(jar.getEntryName()).getCrc());
        }
      }
      try (InputStream _ = connection.getInputStream()) {
        return "%08x".formatted(connection.getContentLengthLong());
      }
    } catch (IOException e) {
      throw new EmbeddedServerException("The archive %s cannot be read.".formatted(archive), e);
    }
  }

  boolean isUnpackedIn(Path parent) {
    return Files.isDirectory(parent.resolve(name));
  }

  /**
   * The folder of the programs below {@code parent}, unpacked if missing. A folder of that name is
   * always complete, since it is renamed last. Removes earlier versions, so the caller makes sure
   * that no server uses them.
   */
  Path unpackedIn(Path parent) {
    Path folder = parent.resolve(name);
    if (isUnpackedIn(parent)) {
      return folder;
    }
    try {
      for (Path former : former(parent)) {
        ServerDirectory.deleteTree(former);
      }
      Path unfinished = Files.createTempDirectory(parent, PREFIX);
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      unpack(unfinished);
      FileOwner.inherit(unfinished);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
      return folder;
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "The embedded PostgreSQL could not be unpacked into %s (%s)."
              .formatted(folder, FileErrorMessages.reason(e)),
          e);
    }
  }

  /** The programs of any version below {@code parent}: enough to stop a server. */
  Path anyIn(Path parent) throws IOException {
    return former(parent).stream()
        .filter(path -> Files.isExecutable(path.resolve("bin/pg_ctl")))
        .findFirst()
        .orElseGet(() -> unpackedIn(parent));
  }

  private static List<Path> former(Path parent) throws IOException {
    try (Stream<Path> siblings = Files.list(parent)) {
      return siblings.filter(path -> path.getFileName().toString().startsWith(PREFIX)).toList();
    }
  }

  private void unpack(Path target) throws IOException {
    try (InputStream packed = new BufferedInputStream(archive.openStream(), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        write(tar, entry, target);
      }
    }
  }

  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    return tar.getNextEntry();
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path path = target.resolve(entry.getName()).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("an entry outside the archive's directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(target.resolve(path).getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
