package studbook.embeddedpg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A server of a test's own, for settings that others must not see; it shares their programs. */
public final class PrivateServer {

  private static final Path BINARIES = TestBinaries.FOLDER;

  private PrivateServer() {}

  /** Starts one in {@code home}; its data lie in {@code postgres/data} there. */
  public static EmbeddedServer start(Path home) throws IOException {
    return join(home, _ -> {});
  }

  /**
   * Starts one, or joins that of another process of the tests.
   *
   * @param announce receives a sentence before anything slow
   */
  public static EmbeddedServer join(Path home, Consumer<String> announce) {
    return EmbeddedServer.join(
        home, announce, new EmbeddedServer.ServerOptions(Optional.of(BINARIES), Optional.empty()));
  }
}
