package studbook.backfill.profile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import studbook.model.ErrorKind;
import studbook.model.HorseStatus;
import studbook.model.ProfileValidator;
import studbook.model.RawProfile;
import studbook.racingapi.Endpoint;
import studbook.racingapi.ExponentialBackoff;
import studbook.racingapi.ProfileCall;
import studbook.racingapi.ProfileResponse;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;

/**
 * Decides what follows from an attempt, without side effects. A horse has three attempts; failures
 * of the API do not count. Safe for many threads.
 */
public final class ProfileResponseHandler {

  static final int ATTEMPTS = 3;

  private final ProfileValidator validator;
  private final ExponentialBackoff backOff;
  private final RandomGenerator random;

  public ProfileResponseHandler(
      ProfileValidator validator, ExponentialBackoff backOff, RandomGenerator random) {
    this.validator = validator;
    this.backOff = backOff;
    this.random = random;
  }

  /**
   * Decides what follows.
   *
   * @param before the task as it was sent
   */
  HorseAction judge(HorseTask before, ProfileCall call) {
    HorseTask task = before.onRequest();
    return switch (call.response()) {
      case ProfileResponse.Found(RawProfile raw) -> found(task, call, raw);
      case ProfileResponse.Basic(RawProfile raw) -> basic(task, call, raw);
      case ProfileResponse.NotFound() ->
          switch (call.endpoint()) {
            case PRO -> new HorseAction.Retry(task.atStandard(), Duration.ZERO, List.of());
            case STANDARD ->
                new HorseAction.Complete(
                    new Outcome(
                        task.lease(),
                        task.horse(),
                        HorseStatus.NOT_FOUND,
                        Optional.empty(),
                        Optional.empty(),
                        trace(task, call)),
                    List.of());
          };
      case ProfileResponse.Throttled(Optional<Duration> after) -> {
        String asked =
            after.map(wait -> ", to be retried after " + wait.toSeconds() + " s").orElse("");
        yield failed(task.refused(), call, ErrorKind.THROTTLED, "answered 429" + asked);
      }
      case ProfileResponse.Unauthorised(int status) ->
          failed(task.refused(), call, ErrorKind.UNAUTHORISED, "answered " + status);
      case ProfileResponse.Unavailable(ErrorKind kind, String message, boolean stale, var _)
          when stale && !task.staleConnection() ->
          new HorseAction.Retry(
              task.withRetryUsed(), Duration.ZERO, List.of(entry(task, call, kind, message)));
      case ProfileResponse.Unavailable(ErrorKind kind, String message, boolean _, var _) ->
          failed(task, call, kind, message);
      case ProfileResponse.Malformed(ErrorKind kind, String message) ->
          failed(task, call, kind, message);
    };
  }

  private HorseAction found(HorseTask task, ProfileCall call, RawProfile raw) {
    ProfileValidator.ValidationResult result = validator.inspect(task.horse(), raw);
    HorseStatus status = result.profile().dob() == null ? HorseStatus.NO_DOB : HorseStatus.ENRICHED;
    return answered(task, call, status, result);
  }

  private HorseAction basic(HorseTask task, ProfileCall call, RawProfile raw) {
    return answered(task, call, HorseStatus.BASIC, validator.inspect(task.horse(), raw));
  }

  /** A rejected value is recorded with the outcome, so that later runs request the horse again. */
  private static HorseAction answered(
      HorseTask task,
      ProfileCall call,
      HorseStatus status,
      ProfileValidator.ValidationResult result) {
    return new HorseAction.Complete(
        new Outcome(
            task.lease(),
            task.horse(),
            status,
            Optional.of(result.profile()),
            result.rejections().stream()
                .findFirst()
                .map(
                    first -> new Outcome.OutcomeFailure(ErrorKind.REJECTED_VALUE, first.message())),
            trace(task, call)),
        rejected(task, call, result));
  }

  private static List<ErrorEntry> rejected(
      HorseTask task, ProfileCall call, ProfileValidator.ValidationResult result) {
    if (result.rejections().isEmpty()) {
      return List.of(); // nearly always
    }
    return result.rejections().stream()
        .map(rejected -> entry(task, call, ErrorKind.REJECTED_VALUE, rejected.message()))
        .toList();
  }

  private HorseAction failed(HorseTask task, ProfileCall call, ErrorKind kind, String message) {
    return new HorseAction.Failed(
        new HorseAction.Retry(
            task, backOff.after(1, random), List.of(entry(task, call, kind, message))),
        charged(task.failedOnce(), call, new Outcome.OutcomeFailure(kind, message)),
        kind == ErrorKind.THROTTLED || kind == ErrorKind.UNAUTHORISED);
  }

  private HorseAction.FinalAction charged(
      HorseTask task, ProfileCall call, Outcome.OutcomeFailure failure) {
    return task.failures() < ATTEMPTS
        ? new HorseAction.Retry(task, backOff.after(task.failures(), random), List.of())
        : new HorseAction.Complete(
            new Outcome(
                task.lease(),
                task.horse(),
                HorseStatus.FAILED,
                Optional.empty(),
                Optional.of(failure),
                trace(task, call)),
            List.of());
  }

  private static Outcome.RequestTrace trace(HorseTask task, ProfileCall call) {
    Endpoint endpoint = call.endpoint();
    return new Outcome.RequestTrace(endpoint.text(), call.status(), task.requests(), call.took());
  }

  private static ErrorEntry entry(
      HorseTask task, ProfileCall call, ErrorKind kind, String message) {
    return new ErrorEntry(
        task.lease().run(),
        Optional.of(task.horse()),
        kind,
        Optional.of(call.endpoint().text()),
        call.status(),
        task.requests(),
        call.took(),
        message);
  }
}
