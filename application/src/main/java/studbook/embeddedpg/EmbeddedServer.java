package studbook.embeddedpg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import studbook.text.FileErrorMessages;
import studbook.time.TimeSources;

/**
 * A client of the PostgreSQL server of a folder. The server belongs to the folder, not to a
 * process: the first client starts it, detached; others join; the last client that closes stops it.
 * It survives a killed client, and the next one takes it over with its rows.
 *
 * <p>The server listens on 127.0.0.1 only, requires a random password that only the folder's owner
 * can read, and acknowledges nothing that is not on disk. Its database, in UTF-8 and sorted by code
 * points, is {@code studbook}; the user of that name has all rights in it.
 *
 * <p>Safe for many threads. Several may be open on one folder, in one JVM or many.
 */
public final class EmbeddedServer implements AutoCloseable {

  private final ServerLifecycle lifecycle;
  private final ServerLifecycle.JoinedServer joined;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedServer(ServerLifecycle lifecycle, ServerLifecycle.JoinedServer joined) {
    this.lifecycle = lifecycle;
    this.joined = joined;
  }

  /**
   * Joins the server of the folder {@code postgres} of {@code home}; creates the folder and starts
   * the server if needed. The first use takes some seconds, a start half a second.
   *
   * @param announce receives a sentence before anything slow
   * @throws EmbeddedServerException if there is no server; nothing that this call started stays
   *     running
   */
  public static EmbeddedServer join(Path home, Consumer<String> announce) {
    return join(home, announce, ServerOptions.USUAL);
  }

  static EmbeddedServer join(Path home, Consumer<String> announce, ServerOptions options) {
    PostgresBinaries binaries = PostgresBinaries.ofThisPlatform();
    ServerLifecycle lifecycle =
        new ServerLifecycle(ServerDirectory.in(home), binaries, options, TimeSources.system());
    return new EmbeddedServer(lifecycle, lifecycle.join(announce));
  }

  /**
   * Options for tests.
   *
   * @param binaries where the programs are unpacked, if not in the server's folder
   * @param user of the processes, if not the default of the machine
   */
  record ServerOptions(Optional<Path> binaries, Optional<OsUser> user) {
    static final ServerOptions USUAL = new ServerOptions(Optional.empty(), Optional.empty());
  }

  /** Without user and password. */
  public String jdbcUrl() {
    return joined.connection().jdbcUrl();
  }

  public String username() {
    return ConnectionInfo.USER;
  }

  /** For connecting; must not reach any output. */
  public String password() {
    return joined.connection().password();
  }

  /** Whether this client started the server instead of joining a running one. */
  public boolean startedHere() {
    return joined.startedHere();
  }

  /**
   * Leaves the server; the last client stops it and waits for its end. Open connections are then
   * cut. Closing again does nothing.
   *
   * @throws EmbeddedServerException if the server could not be stopped
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // An interrupted command must not leave its server behind.
    boolean interrupted = Thread.interrupted();
    try {
      lifecycle.leave(joined.client());
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "Releasing the embedded PostgreSQL failed (%s).".formatted(FileErrorMessages.reason(e)),
          e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
