package studbook.backfill.write;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.Profile;
import studbook.model.ProfileValidator;
import studbook.model.RawProfile;
import studbook.model.SafeText;
import studbook.store.change.ConfirmedProfile;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.NewHorse;
import studbook.store.outcome.Outcome;
import studbook.store.racecard.CachedProfile;
import studbook.store.work.Lease;

/**
 * A horse's racecard record, validated like every record. Without date of birth, without a parent,
 * or with a parent's name without id it completes nothing: the detailed profile may have more. Then
 * the date of birth is not written either, since a horse that has one counts as enriched and is not
 * requested.
 *
 * @param horse of the record
 */
public record ValidatedRunner(
    HorseId horse, RawProfile raw, ProfileValidator.ValidationResult result) {

  /** The endpoint of such a record, in work items and the error log. */
  public static final String RACECARDS = "racecards";

  public static ValidatedRunner of(HorseId horse, RawProfile raw, ProfileValidator validator) {
    return new ValidatedRunner(horse, raw, validator.inspect(horse, raw));
  }

  /**
   * The outcome for a horse of the run.
   *
   * @param source endpoint of the record
   */
  public Outcome outcome(Lease lease, String source) {
    Profile profile = result.profile();
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
    return result.rejections().stream()
        .map(rejected ->
            new ErrorEntry(
                run,
                Optional.of(horse),
                ErrorKind.REJECTED_VALUE,
                Optional.of(source),
                200,
                0,
                Duration.ZERO,
                rejected.message()))
        .toList();
  }

  /**
   * The profile to cache for a horse that no run needs yet; empty if it is incomplete or flawed.
   */
  Optional<CachedProfile> cached() {
    boolean flawless = result.rejections().isEmpty() && isNamed();
    return flawless && result.profile().isWhole()
        ? Optional.of(new CachedProfile(horse, raw))
        : Optional.empty();
  }

  /** The profile to compare with the horse's row; empty if it is incomplete. */
  public Optional<ConfirmedProfile> confirmation(LocalDate day) {
    return result.profile().isWhole()
        ? Optional.of(new ConfirmedProfile(horse, result.profile(), RACECARDS, Optional.of(day)))
        : Optional.empty();
  }

  /** The horse to insert if the database lacks it; empty if it has no usable name. */
  public Optional<NewHorse> newHorse() {
    Profile profile = result.profile();
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
