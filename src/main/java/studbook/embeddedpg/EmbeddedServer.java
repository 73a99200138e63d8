package studbook.embeddedpg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import studbook.text.FileErrorMessages;
import studbook.time.SystemTime;

/**
 * A client's hold on the PostgreSQL server of a folder. The server belongs to the folder, not to a
 * process: whoever needs it first starts it, detached; all others join; the last client that closes
 * stops it. It outlives a client that is killed, and the next one adopts it with its rows.
 *
 * <p>The server listens on 127.0.0.1 only, asks for a random password that only the folder's owner
 * can read, and has acknowledged nothing that is not on the disk. Its database, in UTF-8 and sorted
 * by code points, is {@code studbook}; the user of that name may do everything in it.
 *
 * <p>Safe for use by many threads. Several may be open on one folder, in one JVM as in many.
 */
public final class EmbeddedServer implements AutoCloseable {

  private final ServerLifecycle folder;
  private final ServerLifecycle.JoinedServer joined;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedServer(ServerLifecycle folder, ServerLifecycle.JoinedServer joined) {
    this.folder = folder;
    this.joined = joined;
  }

  /**
   * Joins the server that lives in the folder {@code postgres} of {@code home}; makes the folder
   * and starts the server where needed. The first use takes some seconds, a start half a second.
   *
   * @param announce is told, in a sentence, before anything that takes a while
   * @throws EmbeddedServerException when there is no server to be had; nothing is left running that
   *     this call started
   */
  public static EmbeddedServer join(Path home, Consumer<String> announce) {
    return join(home, announce, ServerOptions.USUAL);
  }

  static EmbeddedServer join(Path home, Consumer<String> announce, ServerOptions options) {
    PostgresBinaries binaries = PostgresBinaries.ofThisPlatform();
    ServerLifecycle folder =
        new ServerLifecycle(
            ServerDirectory.in(home),
            binaries,
            options,
            new Deadline.TimeSource(SystemTime.ticker(), SystemTime.sleeper()));
    return new EmbeddedServer(folder, folder.join(announce));
  }

  /**
   * What tests choose.
   *
   * @param binaries where the programs are unpacked, if not in the server's own folder
   * @param user as whom they run, if not as the machine makes best
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

  /** For connecting; it belongs into no output. */
  public String password() {
    return joined.connection().password();
  }

  /** Whether this client started the server, rather than joined one that ran. */
  public boolean startedHere() {
    return joined.startedHere();
  }

  /**
   * Gives the server up; the last client stops it and waits until it has stopped. Connections still
   * open then are cut. Closing again does nothing.
   *
   * @throws EmbeddedServerException when the server could not be stopped
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // A person who interrupts a command must not leave its server behind.
    boolean interrupted = Thread.interrupted();
    try {
      folder.leave(joined.client());
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "The embedded PostgreSQL could not be left (%s).".formatted(FileErrorMessages.reason(e)),
          e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
