package studbook.dashboard.access;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.store.access.ApiTokenRepository;
import studbook.store.access.SessionRepository;
import studbook.store.access.SessionRepository.KnownVisitor;
import studbook.store.access.UserRepository;
import studbook.store.access.UserRepository.UserRow;
import studbook.time.Ticker;

/**
 * Logs users in and out and recognises them: by the session in a cookie, or by a token in the
 * header Authorization. Each request reads the database, so that a removed user is out at once.
 * Safe for many threads.
 */
public final class VisitorSessions {

  /** A page that is open sends requests by itself, so this is the time that it is closed. */
  static final Duration IDLE = Duration.ofHours(12);

  static final Duration ABSOLUTE = Duration.ofDays(7);

  private static final String COOKIE = "studbook";

  /**
   * A cookie of that name is accepted by browsers only with Secure, Path=/ and without a domain.
   */
  private static final String SECURE_COOKIE = "__Host-studbook";

  private static final String BEARER = "Bearer ";
  private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);
  private static final int MOST_TOUCHED = 1_000;

  private final UserRepository users;
  private final SessionRepository sessions;
  private final ApiTokenRepository tokens;
  private final PasswordHashing passwords = new PasswordHashing();
  private final LoginThrottle throttle;
  private final ProxyRules proxies;
  private final Ticker ticker;
  private final boolean loopback;
  private final Map<String, Long> touched =
      new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_TOUCHED;
        }
      };

  /**
   * @param loopback whether only this machine is listened to: without users, reading needs no login
   */
  public VisitorSessions(Jdbi jdbi, ProxyRules proxies, Ticker ticker, boolean loopback) {
    this.users = new UserRepository(jdbi);
    this.sessions = new SessionRepository(jdbi, IDLE, ABSOLUTE);
    this.tokens = new ApiTokenRepository(jdbi);
    this.throttle = new LoginThrottle(ticker);
    this.proxies = proxies;
    this.ticker = ticker;
    this.loopback = loopback;
  }

  /** The result of a login. */
  public sealed interface LoginResult {

    /** The response sets the cookie of a new session. */
    record LoggedIn() implements LoginResult {}

    /** Whether the name or the password is wrong is not disclosed. */
    record LoginRejected() implements LoginResult {}

    /** Too many failures; the password was not looked at. */
    record LoginDelayed(Duration delay) implements LoginResult {}
  }

  /** Who sends the request. */
  Visitor identify(Context request) {
    String header = ProxyRules.header(request, "Authorization");
    if (header != null && header.startsWith(BEARER)) {
      return tokens
          .find(RandomToken.hash(header.substring(BEARER.length()).strip()))
          .map(known -> Visitor.of(known, true))
          .orElse(Visitor.STRANGER);
    }
    return session(request)
        .flatMap(this::find)
        .map(known -> Visitor.of(known, false))
        .orElseGet(() -> loopback && !users.exists() ? Visitor.LOCAL_READER : Visitor.STRANGER);
  }

  private Optional<KnownVisitor> find(String token) {
    Optional<KnownVisitor> known = sessions.find(RandomToken.hash(token));
    if (known.isPresent() && isTouchDue(token)) {
      sessions.touch(RandomToken.hash(token));
    }
    return known;
  }

  private boolean isTouchDue(String token) {
    synchronized (touched) {
      Long before = touched.get(token);
      if (before != null && ticker.nanos() - before < TOUCH_INTERVAL.toNanos()) {
        return false;
      }
      touched.put(token, ticker.nanos());
      return true;
    }
  }

  /** Logs a user in: ends the session that the request has, and begins another. */
  public LoginResult logIn(Context request, String name, String password)
      throws InterruptedException {
    String address = proxies.address(request);
    Optional<Duration> wait = throttle.delay(name, address);
    if (wait.isPresent()) {
      return new LoginResult.LoginDelayed(wait.get());
    }
    Optional<UserRow> user = users.find(name);
    boolean matches =
        password.length() <= PasswordHashing.MAX_LENGTH
            && passwords.matches(password, user.map(UserRow::passwordHash));
    if (!matches || user.isEmpty()) {
      throttle.onFailure(name, address);
      return new LoginResult.LoginRejected();
    }
    throttle.onSuccess(name);
    session(request).ifPresent(token -> sessions.end(RandomToken.hash(token)));
    String token = RandomToken.create();
    sessions.begin(RandomToken.hash(token), user.get().name());
    setCookie(request, token, ABSOLUTE);
    return new LoginResult.LoggedIn();
  }

  /** Ends the session of the request, if it has one. */
  public void logOut(Context request) {
    session(request).ifPresent(token -> sessions.end(RandomToken.hash(token)));
    setCookie(request, "", Duration.ZERO);
  }

  private Optional<String> session(Context request) {
    @Nullable String cookie = request.cookie(proxies.isSecure(request) ? SECURE_COOKIE : COOKIE);
    return Optional.ofNullable(cookie).filter(token -> !token.isEmpty());
  }

  private void setCookie(Context request, String value, Duration age) {
    boolean secure = proxies.isSecure(request);
    request
        .res()
        .addHeader(
            "Set-Cookie",
            "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(
                    secure ? SECURE_COOKIE : COOKIE,
                    value,
                    age.toSeconds(),
                    secure ? "; Secure" : ""));
  }
}
