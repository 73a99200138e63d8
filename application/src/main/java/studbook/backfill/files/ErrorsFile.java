package studbook.backfill.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import studbook.security.PrivateFiles;
import studbook.text.JsonFormat;

/**
 * The errors file: a JSON array with an entry for each horse that finally failed. An entry and the
 * closing bracket are written at once over the old bracket, so appending takes constant time, and
 * the file is valid at every moment. Not thread-safe.
 */
public final class ErrorsFile {

  private static final String END = "\n]";
  private static final int LONGEST_BLANK = 8;
  private static final Pattern BLANK = Pattern.compile("\\s*(\\[\\s*]\\s*)?");

  private final Path file;

  ErrorsFile(Path file) {
    this.file = file;
  }

  /**
   * An entry.
   *
   * @param timestamp ISO, with offset
   * @param attempts requests that were sent for the horse
   */
  record ErrorFileEntry(
      String timestamp, String horseId, String error, String kind, int attempts) {}

  /** Creates the file with an empty array if it is missing or empty. */
  public void begin() throws IOException {
    try (FileChannel channel = PrivateFiles.open(file)) {
      if (channel.size() == 0) {
        write(channel, "[]\n", 0);
      }
    }
  }

  /** Appends an entry. An existing file that is no such array is renamed, never overwritten. */
  void append(ErrorFileEntry entry) throws IOException {
    try (FileChannel channel = PrivateFiles.open(file)) {
      long end = isBlank(channel) ? 0 : channel.size();
      if (end == 0 || isArray(channel)) {
        String json = JsonFormat.line(entry);
        String before = end == 0 ? "[" : ",";
        write(channel, before + "\n" + json + END, end == 0 ? 0 : end - END.length());
        return;
      }
    }
    Files.move(file, unused());
    append(entry);
  }

  /** Whether it is empty or an empty array, with any white space. */
  private static boolean isBlank(FileChannel channel) throws IOException {
    return channel.size() <= LONGEST_BLANK
        && BLANK.matcher(read(channel, 0, (int) channel.size())).matches();
  }

  private static void write(FileChannel channel, String text, long position) throws IOException {
    channel.position(position);
    Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path unused() {
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> file.resolveSibling(file.getFileName() + ".damaged-" + number))
        .filter(path -> !Files.exists(path))
        .findFirst()
        .orElseThrow();
  }

  /** Reads only its two ends. */
  private static boolean isArray(FileChannel channel) throws IOException {
    return channel.size() > END.length()
        && read(channel, 0, 1).equals("[")
        && read(channel, channel.size() - END.length(), END.length()).equals(END);
  }

  private static String read(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    channel.read(bytes, position);
    return new String(bytes.array(), StandardCharsets.UTF_8);
  }
}
