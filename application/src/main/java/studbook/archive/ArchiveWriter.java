package studbook.archive;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import studbook.crashtest.CrashPoint;
import studbook.security.PrivateFiles;

/**
 * Writes compressed files with a SHA-256 file beside each. A file is written beside its place,
 * forced to disk, read back and compared with what went in, and only then moved to its place. For
 * one process at a time.
 *
 * @param folder exists
 */
record ArchiveWriter(Path folder) {

  private static final int LEVEL = 6;

  /** What is compressed into a file. */
  private interface FileContent {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Adds sorted lines to a file; those that it has already are not added again. */
  Path merge(String name, Iterator<byte[]> lines) throws IOException {
    Path place = folder.resolve(name);
    if (!Files.exists(place)) {
      return write(place, out -> LineMerge.write(null, lines, out));
    }
    try (ArchiveReader old = ArchiveReader.open(place)) {
      return write(place, out -> LineMerge.write(old, lines, out));
    }
  }

  /** Compresses a file of another folder. */
  Path copy(String name, Path source) throws IOException {
    return write(folder.resolve(name), out -> Files.copy(source, out));
  }

  private Path write(Path place, FileContent content) throws IOException {
    Path part = beside(place);
    try {
      byte[] plain = compress(part, content);
      String checksum = verify(part, plain);
      CrashPoint.AFTER_ARCHIVE_WRITE.reached();
      move(part, place);
      writeChecksum(place, checksum);
      CrashPoint.AFTER_ARCHIVE_MOVE.reached();
      return place;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Always the same name, so that what a killed process left is overwritten. */
  private static Path beside(Path place) {
    return place.resolveSibling("." + place.getFileName() + ".part");
  }

  /** Returns the SHA-256 of what went in. */
  private static byte[] compress(Path part, FileContent content) throws IOException {
    MessageDigest plain = sha256();
    try (OutputStream out = new BufferedOutputStream(new DigestOutputStream(zstd(part), plain))) {
      content.writeTo(out);
    }
    force(part);
    return plain.digest();
  }

  private static OutputStream zstd(Path part) throws IOException {
    FileChannel channel = PrivateFiles.open(part);
    channel.truncate(0);
    return new ZstdOutputStream(Channels.newOutputStream(channel), LEVEL).setChecksum(true);
  }

  /** Writes a file or folder to the disk. */
  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Returns the SHA-256 of the file, after comparing its content. */
  private static String verify(Path part, byte[] plain) throws IOException {
    MessageDigest whole = sha256();
    MessageDigest content = sha256();
    try (InputStream zstd =
        new ZstdInputStream(new DigestInputStream(Files.newInputStream(part), whole))) {
      new DigestInputStream(zstd, content).transferTo(OutputStream.nullOutputStream());
    }
    if (!MessageDigest.isEqual(plain, content.digest())) {
      throw new FileSystemException(
          part.toString(),
          null,
          "the file read back differs from what was written; check the disk");
    }
    return HexFormat.of().formatHex(whole.digest());
  }

  /** In the format of {@code sha256sum --check}. */
  private static void writeChecksum(Path place, String checksum) throws IOException {
    Path file = place.resolveSibling(place.getFileName() + ".sha256");
    Path part = beside(file);
    PrivateFiles.write(part, "%s  %s\n".formatted(checksum, place.getFileName()));
    force(part);
    move(part, file);
  }

  private static void move(Path part, Path place) throws IOException {
    Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(place.resolveSibling("."));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
