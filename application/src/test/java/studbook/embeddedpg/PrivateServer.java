package studbook.embeddedpg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A server of a test's own, for settings that others must not see; it shares their programs. */
public final class PrivateServer {

  private static final Path BINARIES = TestBinaries.FOLDER;

  private PrivateServer() {}

  /** Starts one in {@code home}; its data lie in {@code postgres/data} there. */
  public static EmbeddedServer start(Path home) throws IOException {
    return EmbeddedServer.join(
        home, _ -> {}, new EmbeddedServer.ServerOptions(Optional.of(BINARIES), Optional.empty()));
  }
}
