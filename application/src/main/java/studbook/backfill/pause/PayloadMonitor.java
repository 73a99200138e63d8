package studbook.backfill.pause;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import studbook.model.Field;
import studbook.model.Parent;
import studbook.model.PauseCause;
import studbook.model.Profile;
import studbook.racingapi.Endpoint;
import studbook.racingapi.drift.DriftCounter;
import studbook.time.Ticker;

/**
 * Detects that the API's payload has changed: a field that nearly every profile had is suddenly
 * missing from most, because it was renamed, has another format, or is blank. Such profiles would
 * be written as horses without a date of birth or parents, and not be requested again for months;
 * so the run pauses after a dozen of them.
 *
 * <p>A field is suspected if it is missing from at least {@value #MIN_MISSING} of the latest
 * profiles and from half as many again as usual. The usual share is that of the latest runs and, as
 * it grows, of this one. A profile that has the suspected fields ends the pause; if a person ends
 * it, the profiles that led to it count as usual, and the next pause needs twice as many. Safe for
 * many threads.
 */
public final class PayloadMonitor {

  private static final int MIN_MISSING = 12;

  /** The allowed rise above the usual share, as a share of the latest profiles. */
  private static final double MAX_RISE = 0.5;

  /**
   * The number of profiles that the usual share is worth, so that it follows a changing population.
   */
  private static final double USUAL_WEIGHT = 48;

  /** Until a run has shown otherwise; 1-4% of the reference population lack a field. */
  private static final double USUAL_MISSING = 0.04;

  /** Old and foreign records often have no breeder. */
  private static final double USUAL_BREEDER_MISSING = 0.3;

  /** A pause ends by itself only with a profile that has rarely missing fields. */
  private static final double RARELY_MISSING = 0.2;

  private static final int MAX_NAMED = 3;

  private final RequestGate gate;
  private final Ticker ticker;
  private final Supplier<List<String>> unknownFields;
  private final EnumSet<Field> expected;
  private final Map<Field, Double> usualMissing = new EnumMap<>(Field.class);
  private final Deque<EnumSet<Field>> latest = new ArrayDeque<>();

  private int minMissing = MIN_MISSING;
  private Optional<Long> pausedSince = Optional.empty();
  private EnumSet<Field> suspected = EnumSet.noneOf(Field.class);

  /**
   * A monitor of one endpoint.
   *
   * @param expected the fields of its profiles
   * @param usual the share of earlier profiles that had a field, if known
   * @param unknownFields names of unread fields in the responses, for the reason
   */
  PayloadMonitor(
      RequestGate gate,
      Ticker ticker,
      Collection<Field> expected,
      Map<Field, Double> usual,
      Supplier<List<String>> unknownFields) {
    this.gate = gate;
    this.ticker = ticker;
    this.unknownFields = unknownFields;
    this.expected = EnumSet.copyOf(expected);
    this.expected.forEach(field -> {
      double missing = field == Field.BREEDER ? USUAL_BREEDER_MISSING : USUAL_MISSING;
      usualMissing.put(field, usual.containsKey(field) ? 1 - usual.get(field) : missing);
    });
  }

  /**
   * The monitors of both endpoints.
   *
   * @param usualShares by endpoint and column: the share of earlier profiles that had a field
   * @param drift has the names of unknown fields
   */
  public static Map<Endpoint, PayloadMonitor> ofEndpoints(
      RequestGate gate,
      Ticker ticker,
      Map<Endpoint, Map<String, Double>> usualShares,
      DriftCounter drift) {
    Map<Endpoint, Set<Field>> expected =
        Map.of(
            Endpoint.PRO,
            EnumSet.allOf(Field.class),
            Endpoint.STANDARD,
            EnumSet.range(Field.SIRE_ID, Field.DAMSIRE));
    Map<Endpoint, PayloadMonitor> monitors = new EnumMap<>(Endpoint.class);
    expected.forEach((endpoint, of) -> {
      Map<String, Double> shares = usualShares.getOrDefault(endpoint, Map.of());
      Map<Field, Double> usual = new EnumMap<>(Field.class);
      of.stream()
          .filter(field -> shares.containsKey(field.column()))
          .forEach(field -> usual.put(field, shares.get(field.column())));
      monitors.put(
          endpoint,
          new PayloadMonitor(gate, ticker, of, usual, () -> drift.unknownFields(endpoint.text())));
    });
    return monitors;
  }

  /**
   * Whether {@code profile} may be written. If not, the run is paused, and the horse is to be
   * requested again.
   *
   * @param sent when its request was sent, by the ticker; one from before the pause cannot end it
   */
  public synchronized boolean accepts(Profile profile, long sent) {
    EnumSet<Field> missing = missing(profile);
    if (isPaused()) {
      return endsThePause(missing, sent);
    }
    if (pausedSince.isPresent()) {
      startAnew();
    }
    latest.addLast(missing);
    if (latest.size() > 2 * minMissing) {
      becomesUsual(latest.removeFirst());
    }
    suspected = rising();
    if (suspected.isEmpty()) {
      return true;
    }
    gate.pauseRun(PauseCause.PAYLOAD, reason());
    pausedSince = Optional.of(ticker.nanos());
    return false;
  }

  private boolean isPaused() {
    boolean isPaused =
        gate.runPause().filter(pause -> pause.cause() == PauseCause.PAYLOAD).isPresent();
    if (isPaused && pausedSince.isEmpty()) {
      pausedSince = Optional.of(ticker.nanos()); // another process noticed it
    }
    return isPaused;
  }

  private boolean endsThePause(EnumSet<Field> missing, long sent) {
    boolean isSentBefore = pausedSince.filter(since -> sent - since < 0).isPresent();
    boolean isWhole =
        !isSentBefore
            && expected.stream()
                .filter(field ->
                    suspected.isEmpty() ? isRarelyMissing(field) : suspected.contains(field))
                .noneMatch(missing::contains);
    if (isWhole) {
      startAnew();
      gate.resume();
    }
    return isWhole;
  }

  private boolean isRarelyMissing(Field field) {
    return usualMissing.getOrDefault(field, 1.0) < RARELY_MISSING;
  }

  /** A person ended the pause: its cause counts as usual from now on. */
  private void startAnew() {
    latest.forEach(this::becomesUsual);
    latest.clear();
    suspected = EnumSet.noneOf(Field.class);
    pausedSince = Optional.empty();
    minMissing *= 2;
  }

  private void becomesUsual(EnumSet<Field> missing) {
    usualMissing.replaceAll(
        (field, share) -> share + ((missing.contains(field) ? 1 : 0) - share) / USUAL_WEIGHT);
  }

  private EnumSet<Field> rising() {
    EnumSet<Field> rising = EnumSet.noneOf(Field.class);
    for (Field field : expected) {
      long missing = latest.stream().filter(profile -> profile.contains(field)).count();
      double usual = usualMissing.getOrDefault(field, 1.0);
      if (missing >= minMissing && missing >= (usual + MAX_RISE) * latest.size()) {
        rising.add(field);
      }
    }
    return rising;
  }

  private String reason() {
    Field first = suspected.iterator().next();
    long missing = latest.stream().filter(profile -> profile.contains(first)).count();
    List<String> unknown = unknownFields.get();
    return "%d of the last %d profiles have no usable %s (usual: %d%%)%s: the API may have changed their format; see `studbook errors`, then `studbook resume`"
        .formatted(
            missing,
            latest.size(),
            named(suspected.stream().map(Field::column).toList()),
            Math.round(100 * usualMissing.getOrDefault(first, 0.0)),
            unknown.isEmpty() ? "" : ", but unknown fields: " + named(unknown));
  }

  private static String named(List<String> fields) {
    String named = fields.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
    return fields.size() > MAX_NAMED ? named + " …" : named;
  }

  private EnumSet<Field> missing(Profile profile) {
    EnumSet<Field> missing = EnumSet.copyOf(expected);
    missing.removeIf(field -> value(profile, field).isPresent());
    return missing;
  }

  private static Optional<Object> value(Profile profile, Field field) {
    Parent sire = profile.pedigree().sire();
    Parent dam = profile.pedigree().dam();
    Parent damsire = profile.pedigree().damsire();
    @Nullable Object value =
        switch (field) {
          case DOB -> profile.dob();
          case SEX -> profile.sex();
          case SEX_CODE -> profile.sexCode();
          case COLOUR -> profile.colour();
          case COLOUR_CODE -> profile.colourCode();
          case REGION -> profile.region();
          case BREEDER -> profile.breeder();
          case SIRE -> sire.name();
          case SIRE_ID -> sire.id();
          case DAM -> dam.name();
          case DAM_ID -> dam.id();
          case DAMSIRE -> damsire.name();
          case DAMSIRE_ID -> damsire.id();
        };
    return Optional.ofNullable(value);
  }
}
