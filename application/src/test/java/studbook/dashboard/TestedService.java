package studbook.dashboard;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;
import studbook.cli.CommandLineRunner;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.support.CommandEnvironment;
import studbook.time.SystemTime;

/** A service that runs until it is closed. */
abstract class TestedService implements AutoCloseable {

  private static final int END_MAY_TAKE = 15;

  /** What it has logged so far. */
  abstract String log();

  abstract boolean isAlive();

  /** Ends it as a crash would. */
  abstract void kill();

  @Override
  public abstract void close();

  /**
   * A process.
   *
   * @param name of the files of its output
   */
  static TestedService process(BackfillFixture fixture, String name, List<String> arguments)
      throws Exception {
    Process process =
        fixture.cli.start(
            name, List.of("--enable-native-access=ALL-UNNAMED"), arguments.toArray(String[]::new));
    Path log = fixture.cli.folder().resolve(name + "err.txt");
    return new TestedService() {
      @Override
      String log() {
        return DashboardFixture.read(log);
      }

      @Override
      boolean isAlive() {
        return process.isAlive();
      }

      @Override
      void kill() {
        process.destroyForcibly();
      }

      @Override
      public void close() {
        process.destroy();
        try {
          process.onExit().get(END_MAY_TAKE, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
          process.destroyForcibly();
        } catch (InterruptedException e) {
          process.destroyForcibly();
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  /** A thread of this process. */
  static TestedService thread(BackfillFixture fixture, List<String> arguments) {
    KeptLog kept = new KeptLog();
    kept.start();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(kept);
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    CommandLineRunner program =
        new CommandLineRunner(
            new CommandEnvironment(
                fixture.cli.environment(),
                fixture.cli.folder(),
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                false,
                SystemTime.clock(),
                SystemTime.ticker(),
                SystemTime.sleeper()));
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("tested-service")
            .start(() -> program.run(arguments.toArray(String[]::new)));
    return new TestedService() {
      @Override
      String log() {
        return kept.text();
      }

      @Override
      boolean isAlive() {
        return thread.isAlive();
      }

      @Override
      void kill() {
        throw new UnsupportedOperationException("it is this process");
      }

      @Override
      public void close() {
        program.stop();
        try {
          thread.join(TimeUnit.SECONDS.toMillis(END_MAY_TAKE));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        root.detachAppender(kept);
      }
    };
  }

  /** Keeps the lines of the log. */
  private static final class KeptLog extends AppenderBase<ILoggingEvent> {

    private final StringBuilder lines = new StringBuilder();

    @Override
    protected void append(ILoggingEvent event) {
      lines.append(event.getFormattedMessage()).append('\n');
    }

    synchronized String text() {
      return lines.toString();
    }
  }
}
