package studbook.racingapi;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import studbook.crashtest.CrashPoint;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.racingapi.network.ConnectionTrial;
import studbook.racingapi.network.FailoverResolverProvider;
import studbook.racingapi.network.HttpsProxy;
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

  private static final long LARGEST_REFUSAL = 64_000;

  private final ApiAccount account;
  private final String authorization;
  private final String userAgent;
  private final Clock clock;
  private final Ticker ticker;
  private final ExecutorService executor;
  private final HttpClient client;
  private final ConnectionTrial trial;
  private final RequestCounters requestCounters = new RequestCounters();
  private final FieldCounter fieldCounter = new FieldCounter();
  private final ProfileDecoder decoder = new ProfileDecoder(fieldCounter);
  private final RacecardsDecoder racecards = new RacecardsDecoder();

  /**
   * Connects at the first request.
   *
   * @param version of Studbook, for the User-Agent
   */
  public RacingApi(ApiAccount account, String version, Clock clock, Ticker ticker) {
    // The JDK's client resends a GET when a connection dies: one permit would cause two arrivals.
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    this.account = account;
    this.authorization = account.authorization();
    this.userAgent = "Studbook/" + version;
    this.clock = clock;
    this.ticker = ticker;
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
    this.trial =
        new ConnectionTrial(
            account.peer(), account.connectTimeout(), FailoverResolverProvider.DEAD, ticker);
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
            request,
            info -> {
              head.set(info);
              CrashPoint.AFTER_SEND.reached();
              return info.statusCode() == 200
                  ? BodySubscribers.limiting(BodySubscribers.ofByteArray(), LARGEST_PROFILE)
                  : refusal(new byte[0]);
            });
    ProfileResponse answer;
    try {
      HttpResponse<byte[]> response =
          exchange.get(account.timeout().toNanos(), TimeUnit.NANOSECONDS);
      head.compareAndSet(null, Head.of(response));
      answer =
          ofStatus(head.get()).orElseGet(() -> decoder.decode(horse, endpoint, response.body()));
    } catch (TimeoutException e) {
      exchange.cancel(true);
      answer = ofStatus(head.get()).orElseGet(this::late);
    } catch (ExecutionException e) {
      Throwable cause = unwrapped(e);
      answer =
          ofStatus(head.get()).orElseGet(() -> broken(cause, head.get() != null, LARGEST_PROFILE));
    } catch (InterruptedException e) {
      exchange.cancel(true);
      throw e;
    }
    if (answer instanceof ProfileResponse.Throttled) {
      requestCounters.throttled();
    }
    CrashPoint.AFTER_BODY.reached();
    return new ProfileCall(endpoint, answer, status(head.get()), since(sent));
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
    } catch (TimeoutException e) {
      response = ofDayStatus(head.get()).orElseGet(this::late);
    } catch (ExecutionException e) {
      Throwable cause = unwrapped(e);
      response =
          ofDayStatus(head.get()).orElseGet(() -> broken(cause, head.get() != null, LARGEST_PAGE));
    } finally {
      whole.cancel(true);
    }
    if (response instanceof ProfileResponse.Throttled) {
      requestCounters.throttled();
    }
    CrashPoint.AFTER_BODY.reached();
    return new RacecardCall(response, status(head.get()), since(sent));
  }

  private RacecardResponse read(
      LocalDate day, HttpRequest request, AtomicReference<@Nullable ResponseInfo> head)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(
            request,
            info -> {
              head.set(info);
              CrashPoint.AFTER_SEND.reached();
              return info.statusCode() == 200
                  ? BodySubscribers.limiting(BodySubscribers.ofInputStream(), LARGEST_PAGE)
                  : refusal(InputStream.nullInputStream());
            });
    head.compareAndSet(null, Head.of(response));
    try (InputStream body = response.body()) {
      Optional<RacecardResponse> refused = ofDayStatus(head.get());
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

  /**
   * Discards the body of other statuses than 200, up to a limit, so that the connection can be
   * reused.
   */
  private static <T> BodySubscriber<T> refusal(T nothing) {
    return BodySubscribers.limiting(BodySubscribers.replacing(nothing), LARGEST_REFUSAL);
  }

  private static int status(@Nullable ResponseInfo head) {
    return head == null ? 0 : head.statusCode();
  }

  private Duration since(long sent) {
    return Duration.ofNanos(ticker.nanos() - sent);
  }

  /** The result of a status, without looking at the body; empty for a 200. */
  private Optional<ProfileResponse> ofStatus(@Nullable ResponseInfo head) {
    if (head == null || head.statusCode() == 200) {
      return Optional.empty();
    }
    return Optional.of(
        isMissing(head.statusCode()) ? new ProfileResponse.NotFound() : trouble(head));
  }

  private Optional<RacecardResponse> ofDayStatus(@Nullable ResponseInfo head) {
    if (head == null || head.statusCode() == 200) {
      return Optional.empty();
    }
    int status = head.statusCode();
    return Optional.of(
        isMissing(status) || status == 422
            ? new RacecardResponse.NoSuchDay(status)
            : trouble(head));
  }

  /** Whether the resource does not exist (any more). */
  private static boolean isMissing(int status) {
    return status == 404 || status == 410;
  }

  private ProfileResponse.Failure trouble(ResponseInfo head) {
    int status = head.statusCode();
    return switch (status) {
      case 401, 403 -> new ProfileResponse.Unauthorised(status);
      case 429 -> new ProfileResponse.Throttled(RetryAfter.parse(head.headers(), clock));
      default ->
          new ProfileResponse.Unavailable(
              ErrorKind.SERVER_ERROR,
              status == 407
                  ? "the proxy requires a user name and password (407): set them in HTTPS_PROXY"
                  : status >= 300 && status < 400
                      ? "answered " + status + ", a redirect, which is never followed"
                      : "answered " + status,
              false,
              RetryAfter.parse(head.headers(), clock));
    };
  }

  private ProfileResponse.Failure late() {
    String message = "no complete response within " + seconds(account.timeout());
    return new ProfileResponse.Unavailable(ErrorKind.TIMEOUT, message, false, Optional.empty());
  }

  /**
   * The first failure. Without resends the client reports "too many retries" for a request that it
   * would have resent, with the failure as the cause.
   */
  private static Throwable unwrapped(ExecutionException e) {
    Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
    boolean tired = String.valueOf(cause.getMessage()).startsWith("Too many retries");
    return tired && cause.getCause() != null ? cause.getCause() : cause;
  }

  /** The first message of a chain of causes; the client's own exceptions often have none. */
  private static String reason(Throwable first) {
    return Stream.iterate(first, Objects::nonNull, Throwable::getCause)
        .flatMap(cause -> Stream.ofNullable(cause.getMessage()))
        .findFirst()
        .orElse("the connection was refused or closed");
  }

  private ProfileResponse.Failure broken(Throwable cause, boolean headCame, long largest) {
    String message = ProfileDecoder.excerpt(reason(cause));
    if (headCame) {
      return message.contains("exceeds capacity")
          ? new ProfileResponse.Malformed(
              ErrorKind.TOO_LARGE, "the body is larger than " + largest + " bytes")
          : new ProfileResponse.Malformed(ErrorKind.MALFORMED, "the body was cut off: " + message);
    }
    return switch (cause) {
      case HttpConnectTimeoutException e ->
          new ProfileResponse.Unavailable(
              ErrorKind.TIMEOUT, "cannot connect to " + trial.findings(), false, Optional.empty());
      case HttpTimeoutException e -> late();
      case SSLException e -> connection("no trusted TLS connection: " + message, false);
      case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
          connection("the host's name is unknown", false);
      case ConnectException e -> connection("cannot connect to " + trial.findings(), false);
      case ProtocolException e -> connection("what came is no HTTP: " + message, false);
      case IOException e -> connection("the connection broke: " + message, true);
      default -> connection(cause.getClass().getSimpleName() + ": " + message, false);
    };
  }

  private static ProfileResponse.Failure connection(String message, boolean stale) {
    return new ProfileResponse.Unavailable(ErrorKind.CONNECTION, message, stale, Optional.empty());
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }
}
