package studbook.backfill.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The errors file: a JSON array with an entry for each horse that failed in the end. An entry and
 * the closing bracket are one write over the old bracket, so that appending takes the same time
 * however long the file is, and the file is valid at every moment. For one thread.
 */
public final class ErrorsFile {

  private static final String END = "\n]";

  private final Path file;

  public ErrorsFile(Path file) {
    this.file = file;
  }

  /**
   * An entry.
   *
   * @param timestamp ISO, with offset
   * @param attempts requests that were sent for the horse
   */
  public record Entry(String timestamp, String horseId, String error, String kind, int attempts) {}

  /** Appends an entry. A file that stands and is no such array is put aside, never overwritten. */
  public void append(Entry entry) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = channel.size();
      if (end > 0 && !endsWell(channel)) {
        Files.move(file, file.resolveSibling(file.getFileName() + ".damaged-" + end));
        append(entry);
        return;
      }
      String json = Json.MAPPER.writeValueAsString(entry);
      boolean first = end <= 3;
      String text = (end == 0 ? "[" : first ? "" : ",") + "\n" + json + END;
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      channel.write(bytes, end == 0 ? 0 : end - END.length());
    }
  }

  private static boolean endsWell(FileChannel channel) throws IOException {
    if (channel.size() < 3) {
      return false;
    }
    ByteBuffer tail = ByteBuffer.allocate(END.length());
    channel.read(tail, channel.size() - END.length());
    return new String(tail.array(), StandardCharsets.UTF_8).equals(END);
  }
}
