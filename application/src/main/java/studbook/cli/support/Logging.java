package studbook.cli.support;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import ch.qos.logback.core.status.StatusManager;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.security.PrivateFiles;
import studbook.text.FileErrorMessages;

/**
 * Configures the log: off by default; stderr with {@code -v}; a file during a backfill. Found by
 * logback as a service, so that no configuration file is searched.
 */
public final class Logging extends ContextAwareBase implements Configurator {

  private static final String STDERR = "stderr";
  private static final String SERVICE = "service";
  private static final int MOST_WAITING = 10_000;
  private static final int FLUSH_MILLIS = 500;

  /** Without control characters: exceptions of libraries quote what a database sent. */
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %replace(%msg%n%ex){'[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]', '\uFFFD'}";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * Logs to stderr, in detail, until {@link #endStderr}. A stderr that is not read blocks no
   * logging thread: messages that do not fit are dropped.
   */
  public static void toStderr() {
    attachStderr(STDERR, Level.DEBUG);
  }

  /** Logs to stderr until the handle is closed: state changes, for the journal of a service. */
  public static AutoCloseable toServiceLog() {
    Appender<ILoggingEvent> appender = attachStderr(SERVICE, Level.INFO);
    return () -> {
      root().detachAppender(appender);
      appender.stop();
    };
  }

  private static Appender<ILoggingEvent> attachStderr(String name, Level level) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setTarget("System.err");
    encode(console);
    AsyncAppender appender = new AsyncAppender();
    appender.setContext(root().getLoggerContext());
    appender.setName(name);
    appender.setQueueSize(MOST_WAITING);
    appender.setDiscardingThreshold(0);
    appender.setNeverBlock(true);
    appender.setMaxFlushTime(FLUSH_MILLIS);
    appender.addAppender(console);
    start(appender, level);
    return appender;
  }

  /** Writes pending stderr messages, for a moment at most, and stops logging there. */
  public static void endStderr() {
    Appender<ILoggingEvent> appender = root().getAppender(STDERR);
    if (appender != null) {
      root().detachAppender(appender);
      appender.stop();
    }
  }

  /**
   * Logs to {@code file} until the handle is closed. The file is created at the first event.
   *
   * @param err notified once if the log cannot be written; the backfill continues without it
   */
  public static AutoCloseable toFile(Path file, PrintStream err) {
    StatusManager status = root().getLoggerContext().getStatusManager();
    StatusListener listener = errorListener(file, err);
    status.add(listener);
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setOutputStream(new LazyLogFile(file, root().getLoggerContext()));
    encode(appender);
    start(appender, Level.INFO);
    return () -> {
      root().detachAppender(appender);
      appender.stop();
      status.remove(listener);
    };
  }

  private static StatusListener errorListener(Path file, PrintStream err) {
    AtomicBoolean said = new AtomicBoolean();
    return status -> {
      if (status.getLevel() == Status.ERROR && said.compareAndSet(false, true)) {
        Throwable cause = status.getThrowable();
        String sentence =
            "studbook: the log %s cannot be written: %s. The run continues without it."
                .formatted(
                    file, cause == null ? status.getMessage() : FileErrorMessages.reason(cause));
        // This is the logging thread; a stderr that is not read must not block it.
        Thread.ofPlatform().name("log error").daemon().start(() -> err.println(sentence));
      }
    };
  }

  /** Creates the log before others write into it: they would leave its mode to the umask. */
  public static void begin(Path file) {
    try {
      PrivateFiles.file(file);
    } catch (IOException e) {
      // The writer creates a missing folder or file, or reports why it cannot.
    }
  }

  private static void encode(OutputStreamAppender<ILoggingEvent> appender) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(root().getLoggerContext());
    encoder.setPattern(PATTERN);
    encoder.start();
    appender.setContext(root().getLoggerContext());
    appender.setEncoder(encoder);
    appender.start();
  }

  private static void start(Appender<ILoggingEvent> appender, Level level) {
    LoggerContext context = root().getLoggerContext();
    appender.setContext(context);
    if (!appender.isStarted()) {
      appender.start();
    }
    root().addAppender(appender);
    // Libraries log warnings only; Studbook logs at its own level.
    root().setLevel(Level.WARN);
    ch.qos.logback.classic.Logger ours = context.getLogger("studbook");
    if (ours.getLevel() == null || ours.getLevel().isGreaterOrEqual(level)) {
      ours.setLevel(level);
    }
    // The pool reports each failed try of an outage; the gate reports its begin and end once.
    context.getLogger("com.zaxxer.hikari").setLevel(Level.OFF);
    context.getLogger("org.flywaydb").setLevel(Level.ERROR);
    // The same for the scheduler: the service reports the begin and the end of an outage.
    context.getLogger("com.github.kagkarlsson").setLevel(Level.OFF);
  }

  private static ch.qos.logback.classic.Logger root() {
    return (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  }
}
