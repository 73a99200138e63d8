package studbook.cli.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.CommandLineRunner;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.ExitCode;
import studbook.time.SystemTime;

/** The thread of a request dies of an Error. */
class BrokenRequestTest {

  private static final String RATE = "50";

  @TempDir Path folder;

  /** The tenth request throws an Error, as a class that is missing at run time would. */
  private static final class FailingClock extends Clock {

    private final AtomicInteger readings = new AtomicInteger();

    @Override
    public ZoneId getZone() {
      return SystemTime.clock().getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      if (Thread.currentThread().isVirtual() && readings.incrementAndGet() == 10) {
        throw new NoClassDefFoundError("staged");
      }
      return SystemTime.clock().instant();
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void anErrorInARequestEndsTheRunWithItsReason() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(40, folder).imported()) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      CommandEnvironment environment =
          new CommandEnvironment(
              fixture.cli.environment(),
              folder,
              InputStream.nullInputStream(),
              new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              false,
              new FailingClock(),
              SystemTime.ticker(),
              SystemTime.sleeper());

      int code =
          new CommandLineRunner(environment)
              .run("backfill", "--non-interactive", "--no-racecards", "--rate", RATE);

      assertThat(code).isEqualTo(ExitCode.INTERNAL_ERROR);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("staged");
      assertThat(fixture.list("SELECT state || ': ' || reason FROM studbook.run"))
          .containsExactly("stopped: an internal error: staged");
      assertThat(
              fixture.cli.run("backfill", "--resume", "--non-interactive", "--rate", RATE).code())
          .isZero();
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }
}
