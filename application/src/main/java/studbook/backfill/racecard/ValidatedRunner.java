package studbook.backfill.write;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.Profile;
import studbook.model.ProfileValidator;
import studbook.model.RawProfile;
import studbook.model.SafeText;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.NewHorse;
import studbook.store.outcome.Outcome;
import studbook.store.racecard.CachedProfile;
import studbook.store.work.Lease;

/**
 * A horse's record on a racecard, validated as every record is. Without a date of birth, without a
 * parent, or with a parent's name that lacks its id it completes nothing: the detailed profile may
 * have more. Then the date of birth itself is not written, since a horse that has one counts as
 * enriched and is not requested.
 *
 * @param horse whose record it is
 */
public record ValidatedRunner(
    HorseId horse, RawProfile raw, ProfileValidator.ValidationResult inspected) {

  /** Where such a record is from, for the ledger and the error log. */
  public static final String RACECARDS = "racecards";

  public static ValidatedRunner of(HorseId horse, RawProfile raw, ProfileValidator inspection) {
    return new ValidatedRunner(horse, raw, inspection.inspect(horse, raw));
  }

  /**
   * What is written for a horse that the run wants.
   *
   * @param source where it is from, for the ledger
   */
  public Outcome outcome(Lease lease, String source) {
    Profile profile = inspected.profile();
    boolean whole = profile.isWhole();
    return new Outcome(
        lease,
        horse,
        whole ? HorseStatus.ENRICHED : HorseStatus.PENDING,
        Optional.of(whole ? profile : profile.withoutDob()),
        Optional.empty(),
        new Outcome.RequestTrace(source, 200, 0, Duration.ZERO));
  }

  /** For the error log: the values that were left out. */
  public List<ErrorEntry> errors(long run, String source) {
    return inspected.rejections().stream()
        .map(rejection ->
            new ErrorEntry(
                run,
                Optional.of(horse),
                ErrorKind.REJECTED_VALUE,
                Optional.of(source),
                200,
                0,
                Duration.ZERO,
                rejection.message()))
        .toList();
  }

  /** What is cached for a horse that no run needs yet: whole and flawless records only. */
  Optional<CachedProfile> cached() {
    boolean flawless = inspected.rejections().isEmpty() && isNamed();
    return flawless && inspected.profile().isWhole()
        ? Optional.of(new CachedProfile(horse, raw))
        : Optional.empty();
  }

  /** What is inserted for a horse that the database lacks; empty where it has no usable name. */
  public Optional<NewHorse> newHorse() {
    Profile profile = inspected.profile();
    return Optional.ofNullable(raw.name())
        .filter(_ -> isNamed())
        .map(name ->
            new NewHorse(
                horse, SafeText.trimmed(name), profile.isWhole() ? profile : profile.withoutDob()));
  }

  private boolean isNamed() {
    String name = raw.name();
    return name != null && !name.isBlank() && SafeText.is(name);
  }
}
