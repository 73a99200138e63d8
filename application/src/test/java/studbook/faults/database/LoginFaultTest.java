package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.LimitedRole;
import studbook.faults.invariant.AllowedDeviations;
import studbook.faults.proxy.PostgresProxy;
import studbook.faults.proxy.PostgresProxy.Refusal;
import studbook.time.SystemTime;

/** The database or its pooler refuses logins during a run, with various errors. */
class LoginFaultTest {

  private static final Refusal[] REJECTIONS = {
    new Refusal("XX000", "(EDBHANDLEREXITED) connection to database closed"),
    new Refusal("XX000", "(EMAXCONNSESSION) max clients reached in session mode"),
    new Refusal("28P01", "password authentication failed for user \"x\""),
    new Refusal("3D000", "database \"x\" does not exist"),
    new Refusal("42501", "permission denied for database x"),
    new Refusal("08P01", "server login has been failing"),
    new Refusal("0A000", "unsupported startup parameter")
  };

  @TempDir Path folder;

  private static CompletableFuture<Result> backfill(FaultTestEnvironment environment) {
    return environment.startHere("backfill", "--rate", "100");
  }

  private static void assertThatNothingIsAsked(
      FaultTestEnvironment environment, CompletableFuture<Result> run) throws InterruptedException {
    environment.assertThatRequestsCease(Duration.ofSeconds(1), 0);
    assertThat(run).isNotDone();
  }

  @Test
  void aPoolerEndsTheSessionsAndRefusesLoginsInManyWords() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(300, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(proxy.port()));
      CompletableFuture<Result> run = backfill(environment);
      environment.awaitArrivals(80);
      proxy.refuse(REJECTIONS);
      assertThatNothingIsAsked(environment, run);
      Await.until(
          "each refusal",
          () -> proxy.refusedLogins().containsAll(List.of(REJECTIONS)) || run.isDone());
      SystemTime.sleeper().sleep(Duration.ofSeconds(11)); // the pool waits 10 s for a login
      assertThat(run).isNotDone();
      proxy.heal();
      Result result = run.join();
      assertThat(result.code()).as(result.err() + result.out()).isZero();
      assertThat(environment.pauses()).contains("database");
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void aNewPasswordIsReadFromItsFile() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(300, folder);
        LimitedRole role = LimitedRole.in(environment)) {
      Path file = folder.resolve(".env.local");
      environment.cli.environment().remove("DATABASE_URL");
      Files.writeString(file, "DATABASE_URL=" + role.place().url() + "\n");
      CompletableFuture<Result> run = backfill(environment);
      environment.awaitArrivals(80);
      environment.sql("ALTER ROLE %s PASSWORD 'the-next-one'".formatted(role.name()));
      environment.killSessions();
      assertThatNothingIsAsked(environment, run);
      Files.writeString(
          file, "DATABASE_URL=" + role.place().as(role.name(), "the-next-one").url() + "\n");
      Result result = run.join();
      assertThat(result.code()).as(result.err() + result.out()).isZero();
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }
}
