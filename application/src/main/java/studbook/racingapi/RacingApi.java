package studbook.racingapi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import studbook.crashtest.CrashPoint;
import studbook.model.HorseId;
import studbook.racingapi.drift.DriftCounter;
import studbook.racingapi.network.ConnectionTrial;
import studbook.racingapi.network.FailoverResolverProvider;
import studbook.racingapi.network.HttpsProxy;
import studbook.racingapi.network.RequestObserver;
import studbook.time.Ticker;

/**
 * HTTP client of The Racing API: a call is one request, and its result is always a value. There are
 * no retries and no redirects, and one deadline covers a request with its body. The caller holds a
 * permit. Safe for many threads; intended for virtual ones.
 */
public final class RacingApi implements AutoCloseable {

  /** A profile has half a kilobyte; the limit is ten thousand times that. */
  static final long LARGEST_PROFILE = 5_000_000;

  /** A day has one or two megabytes, a page of five hundred races up to twenty. */
  static final long LARGEST_PAGE = 40_000_000;

  /** Races per page, the API's maximum. */
  public static final int PAGE = 500;

  private static final String RACECARDS = "racecards";
  private static final long LARGEST_REFUSAL = 64_000;

  private final ApiAccount account;
  private final String authorization;
  private final String userAgent;
  private final Ticker ticker;
  private final RequestObserver observer;
  private final ExecutorService executor;
  private final HttpClient client;
  private final FailureClassifier failures;
  private final RequestCounters requestCounters = new RequestCounters();
  private final FieldCounter fieldCounter = new FieldCounter();
  private final DriftCounter driftCounter = new DriftCounter();
  private final ProfileDecoder decoder = new ProfileDecoder(fieldCounter, driftCounter);
  private final RacecardsDecoder racecards = new RacecardsDecoder(driftCounter);

  /** A client that nobody observes. */
  public RacingApi(ApiAccount account, String version, Clock clock, Ticker ticker) {
    this(account, version, clock, ticker, RequestObserver.NONE);
  }

  /**
   * Connects at the first request.
   *
   * @param version of Studbook, for the User-Agent
   * @param observer of each request
   */
  public RacingApi(
      ApiAccount account, String version, Clock clock, Ticker ticker, RequestObserver observer) {
    // The JDK's client resends a GET when a connection dies: one permit would cause two arrivals.
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    this.account = account;
    this.authorization = account.authorization();
    this.userAgent = "Studbook/" + version;
    this.ticker = ticker;
    this.observer = observer;
    this.executor = Executors.newVirtualThreadPerTaskExecutor();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(account.connectTimeout())
            .executor(executor);
    account
        .proxy()
        .ifPresent(proxy -> {
          // By default the JDK's client never sends credentials to a proxy.
          System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
          builder.proxy(proxy.selector());
        });
    this.client = builder.build();
    ConnectionTrial trial =
        new ConnectionTrial(
            account.peer(), account.connectTimeout(), FailoverResolverProvider.DEAD, ticker);
    this.failures = new FailureClassifier(account.timeout(), trial, clock);
  }

  /**
   * The head of a response; for a proxy's refusal the client provides it with the response only.
   */
  private record Head(int statusCode, HttpHeaders headers, HttpClient.Version version)
      implements ResponseInfo {
    static Head of(HttpResponse<?> response) {
      return new Head(response.statusCode(), response.headers(), response.version());
    }
  }

  /**
   * Requests a horse's profile.
   *
   * @throws InterruptedException if interrupted; the request is cancelled
   */
  public ProfileCall fetchProfile(HorseId horse, Endpoint endpoint) throws InterruptedException {
    HttpRequest request = request(endpoint.path(horse));
    AtomicReference<@Nullable ResponseInfo> head = new AtomicReference<>();
    long sent = ticker.nanos();
    requestCounters.sent(sent);
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            request, body(head, BodySubscribers::ofByteArray, LARGEST_PROFILE, new byte[0]));
    ProfileResponse response;
    try {
      HttpResponse<byte[]> whole = exchange.get(account.timeout().toNanos(), TimeUnit.NANOSECONDS);
      head.compareAndSet(null, Head.of(whole));
      response =
          failures
              .ofProfileStatus(head.get())
              .orElseGet(() -> decoder.decode(horse, endpoint, whole.body()));
    } catch (TimeoutException | ExecutionException e) {
      response =
          failures
              .ofProfileStatus(head.get())
              .orElseGet(() -> failures.of(e, head.get() != null, LARGEST_PROFILE));
    } finally {
      exchange.cancel(true);
    }
    onEnd(response);
    ProfileCall call = new ProfileCall(endpoint, response, status(head.get()), since(sent));
    observer.onRequest(endpoint.text(), call.status(), call.took());
    return call;
  }

  /**
   * Requests a page of a day's racecards, decoded as it arrives.
   *
   * @param skip number of races before the page
   * @throws InterruptedException if interrupted; the request is cancelled
   */
  public RacecardCall fetchRacecards(LocalDate day, int skip) throws InterruptedException {
    HttpRequest request =
        request("/racecards/pro?date=%s&limit=%d&skip=%d".formatted(day, PAGE, skip));
    AtomicReference<@Nullable ResponseInfo> head = new AtomicReference<>();
    long sent = ticker.nanos();
    requestCounters.sent(sent);
    // One thread from sending to the last byte, so that one deadline covers it all.
    Future<RacecardResponse> whole = executor.submit(() -> read(day, request, head));
    RacecardResponse response;
    try {
      response = whole.get(account.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      response =
          failures
              .ofDayStatus(head.get())
              .orElseGet(() -> failures.of(e, head.get() != null, LARGEST_PAGE));
    } finally {
      whole.cancel(true);
    }
    onEnd(response);
    RacecardCall call = new RacecardCall(response, status(head.get()), since(sent));
    observer.onRequest(RACECARDS, call.status(), call.took());
    return call;
  }

  private void onEnd(Object response) {
    if (response instanceof ProfileResponse.Throttled) {
      requestCounters.throttled();
    }
    CrashPoint.AFTER_BODY.reached();
  }

  private RacecardResponse read(
      LocalDate day, HttpRequest request, AtomicReference<@Nullable ResponseInfo> head)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(
            request,
            body(
                head, BodySubscribers::ofInputStream, LARGEST_PAGE, InputStream.nullInputStream()));
    head.compareAndSet(null, Head.of(response));
    try (InputStream body = response.body()) {
      Optional<RacecardResponse> refused = failures.ofDayStatus(head.get());
      return refused.isPresent() ? refused.get() : racecards.decode(day, body);
    }
  }

  private HttpRequest request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(account.base() + path))
            .header("Authorization", authorization)
            .header("Accept", "application/json")
            .header("User-Agent", userAgent)
            .GET();
    // The client sends it to the proxy only, when it requests the tunnel.
    account
        .proxy()
        .flatMap(HttpsProxy::authorization)
        .ifPresent(secret -> request.header("Proxy-Authorization", secret.reveal()));
    return request.build();
  }

  /** Counts of sent requests. */
  public RequestCounters traffic() {
    return requestCounters;
  }

  /** Counts of fields in the responses. */
  public FieldCounter fields() {
    return fieldCounter;
  }

  /** Differences of the responses from what Studbook knows. */
  public DriftCounter drift() {
    return driftCounter;
  }

  /**
   * Notes the head of a response. Discards the body of other statuses than 200, up to a limit, so
   * that the connection can be reused.
   */
  private static <T> BodyHandler<T> body(
      AtomicReference<@Nullable ResponseInfo> head,
      Supplier<BodySubscriber<T>> good,
      long largest,
      T nothing) {
    return info -> {
      head.set(info);
      CrashPoint.AFTER_SEND.reached();
      return info.statusCode() == 200
          ? BodySubscribers.limiting(good.get(), largest)
          : BodySubscribers.limiting(BodySubscribers.replacing(nothing), LARGEST_REFUSAL);
    };
  }

  private static int status(@Nullable ResponseInfo head) {
    return head == null ? 0 : head.statusCode();
  }

  private Duration since(long sent) {
    return Duration.ofNanos(ticker.nanos() - sent);
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }
}
