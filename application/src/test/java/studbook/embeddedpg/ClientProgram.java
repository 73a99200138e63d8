package studbook.embeddedpg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A client in a process of its own: says whether it started the server, ends with its input. */
final class ClientProgram {

  private ClientProgram() {}

  /** Arguments: home, folder of the unpacked programs. */
  public static void main(String[] arguments) throws IOException {
    var options =
        new EmbeddedServer.ServerOptions(Optional.of(Path.of(arguments[1])), Optional.empty());
    try (var server = EmbeddedServer.join(Path.of(arguments[0]), _ -> {}, options)) {
      System.out.println(server.startedHere() ? "started" : "joined");
      while (System.in.read() >= 0) {
        // The other side closes it.
      }
    }
  }
}
