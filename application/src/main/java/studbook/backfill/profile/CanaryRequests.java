package studbook.backfill.profile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.RequestSource;
import studbook.backfill.dispatch.ThrottleReporter;
import studbook.backfill.pause.RequestGate;
import studbook.model.HorseId;
import studbook.racingapi.Endpoint;
import studbook.racingapi.ProfileCall;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;
import studbook.time.Ticker;

/**
 * Asks for a horse that the API has answered before, where others are not found, refused or not
 * answered: its answer tells whether the API or these horses are the cause. Nothing of it is
 * written.
 */
public final class CanaryRequests implements RequestSource {

  private static final Logger log = LoggerFactory.getLogger(CanaryRequests.class);

  /** Between two that came to nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * What it asks with.
   *
   * @param failures of other horses, which its answer tells of
   * @param horses that the API has answered before, the newest first
   */
  public record CanaryDependencies(
      RacingApi api,
      RequestGate gate,
      NotFoundConfirmer quarantine,
      UnconfirmedFailures failures,
      Supplier<List<HorseId>> horses,
      Ticker ticker) {}

  private final CanaryDependencies tools;
  private final BooleanSupplier wanted;
  private final boolean last;

  private boolean underWay;
  private long notBefore;
  private int asked;

  /**
   * @param wanted whether somebody needs to know
   * @param last whether nothing else is left to do: then, where no horse can tell, what was not
   *     found is believed
   */
  public CanaryRequests(CanaryDependencies tools, BooleanSupplier wanted, boolean last) {
    this.tools = tools;
    this.wanted = wanted;
    this.last = last;
    this.notBefore = tools.ticker().nanos();
  }

  @Override
  public synchronized Optional<QueuedRequest> next() {
    if (underWay || !wanted.getAsBoolean() || tools.ticker().nanos() - notBefore < 0) {
      return Optional.empty();
    }
    if (last) {
      tools.quarantine().believeRest();
      if (!wanted.getAsBoolean()) {
        return Optional.empty();
      }
    }
    List<HorseId> horses = tools.horses().get();
    if (horses.isEmpty()) {
      notBefore = tools.ticker().nanos() + PATIENCE.toNanos();
      if (last) {
        tools.quarantine().believeAll();
        tools.failures().nobodyCanTell();
      } else {
        tools.quarantine().nobodyCanTell();
      }
      return Optional.empty();
    }
    underWay = true;
    return Optional.of(new CanaryRequest(horses.get(asked++ % horses.size())));
  }

  private synchronized void done(Duration pause) {
    underWay = false;
    notBefore = tools.ticker().nanos() + pause.toNanos();
  }

  @Override
  public boolean holdsOthers() {
    return false;
  }

  @Override
  public Optional<Duration> dueIn() {
    return Optional.empty();
  }

  @Override
  public int concurrency() {
    return 1;
  }

  private final class CanaryRequest implements QueuedRequest {

    private final HorseId horse;

    CanaryRequest(HorseId horse) {
      this.horse = horse;
    }

    @Override
    public void putBack() {
      done(PATIENCE);
    }

    @Override
    public void run(NextPermit.Permit slot, RateLimiter pacer) throws InterruptedException {
      Duration pause = PATIENCE;
      try {
        boolean failuresWait = tools.failures().size() > 0;
        if (isFound(slot, pacer) && failuresWait) {
          pause = Duration.ZERO; // the next failure may need it at once
        }
      } finally {
        done(pause);
      }
    }

    private ProfileCall ask() throws InterruptedException {
      try (RequestGate.RequestInFlight _ = tools.gate().onSend()) {
        return tools.api().ask(horse, Endpoint.PRO);
      }
    }

    private boolean isFound(NextPermit.Permit slot, RateLimiter pacer) throws InterruptedException {
      long sent = tools.ticker().nanos();
      ProfileCall attempt = ask();
      if (attempt.answer() instanceof ProfileResponse.Failure trouble) {
        ThrottleReporter.tell(pacer, slot, trouble);
      }
      tools.gate().onResponse(attempt.answer(), sent);
      switch (attempt.answer()) {
        case ProfileResponse.Found _ -> found(sent);
        case ProfileResponse.NotFound _, ProfileResponse.Basic _ ->
            tools.quarantine().referenceNotFound();
        case ProfileResponse.Failure _ ->
            log.debug("the reference horse told nothing: {}", attempt.answer());
      }
      return attempt.answer() instanceof ProfileResponse.Found;
    }

    private void found(long sent) {
      tools.quarantine().referenceFound(sent);
      if (last) {
        tools.quarantine().believeRest();
        tools.failures().answeredLast(sent);
      } else {
        tools.failures().answered(sent);
      }
    }
  }
}
