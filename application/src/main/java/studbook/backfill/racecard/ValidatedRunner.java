package studbook.backfill.racecard;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import studbook.backfill.profile.ProfileResponseHandler;
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
 * A horse's record as a racecard has it, inspected as every record is. Without a date of birth,
 * without a parent, or with a parent's name that lacks its id it settles nothing: the detailed
 * profile may have more. Then the date of birth itself is not written, since a horse that has one
 * counts as enriched and is not requested.
 *
 * @param horse whose record it is
 */
public record ValidatedRunner(
    HorseId horse, RawProfile raw, ProfileValidator.ValidationResult inspected) {

  static ValidatedRunner of(HorseId horse, RawProfile raw, ProfileValidator inspection) {
    return new ValidatedRunner(horse, raw, inspection.inspect(horse, raw));
  }

  /**
   * What is written for a horse that the run wants.
   *
   * @param source what the ledger tells about where it is from
   */
  Outcome outcome(Lease lease, String source) {
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
  List<ErrorEntry> errors(long run, String source) {
    return inspected.rejections().stream()
        .map(rejection -> ProfileResponseHandler.rejected(run, horse, source, rejection))
        .toList();
  }

  /** What may be remembered of a horse that nobody wants yet: whole and flawless records only. */
  Optional<CachedProfile> known() {
    boolean flawless = inspected.rejections().isEmpty() && isNamed();
    return flawless && inspected.profile().isWhole()
        ? Optional.of(new CachedProfile(horse, raw))
        : Optional.empty();
  }

  /** What is inserted of a horse that the database lacks; empty where nothing could be its name. */
  public Optional<NewHorse> newcomer() {
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
