package studbook.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;

/** Who may do what, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardAccessTest {

  private final BackfillFixture fixture;
  private final DashboardFixture dashboard;

  DashboardAccessTest(@TempDir Path folder) throws Exception {
    fixture = new BackfillFixture(20, folder).imported();
    assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isZero();
    DashboardFixture.addUsers(fixture);
    dashboard = DashboardFixture.start(fixture, "serve-");
  }

  @AfterAll
  void close() {
    dashboard.close();
    fixture.close();
  }

  private Map<String, String> browser(String cookie) {
    return Map.of("Cookie", cookie, "Origin", dashboard.url, "Sec-Fetch-Site", "same-origin");
  }

  @Test
  void strangersSeeTheLoginOnly() throws Exception {
    HttpResponse<String> page = dashboard.get("/runs/1?x=1", "Accept", "text/html");
    assertThat(page.statusCode()).isEqualTo(302);
    assertThat(page.headers().firstValue("Location").orElse(""))
        .endsWith("/login?next=%2Fruns%2F1%3Fx%3D1");
    assertThat(dashboard.get("/runs/1/history").statusCode()).isEqualTo(401);
    assertThat(dashboard.get("/runs/1/live", "Accept", "text/event-stream").statusCode())
        .isEqualTo(401);
    assertThat(dashboard.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(dashboard.get("/login").body()).doesNotContain("anna", "victor", "0.1.0");
  }

  @Test
  void wrongPasswordsAndUnknownNamesLookTheSame() throws Exception {
    Map<String, String> headers = Map.of("Origin", dashboard.url, "Sec-Fetch-Site", "same-origin");
    HttpResponse<String> wrong = dashboard.post("/login", headers, "name=victor&password=x");
    HttpResponse<String> unknown = dashboard.post("/login", headers, "name=nobody&password=x");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body().replace("nobody", "victor")).isEqualTo(wrong.body());
  }

  @Test
  void repeatedFailuresDelayALogin() throws Exception {
    Map<String, String> headers = Map.of("Origin", dashboard.url, "Sec-Fetch-Site", "same-origin");
    int status = 0;
    for (int i = 0; i < 12 && status != 429; i++) {
      status = dashboard.post("/login", headers, "name=guessed&password=x" + i).statusCode();
    }
    assertThat(status).isEqualTo(429);
  }

  @Test
  void aSessionCookieIsOutOfReachOfScriptsAndOtherSites() throws Exception {
    HttpResponse<String> response =
        dashboard.post(
            "/login",
            Map.of("Origin", dashboard.url, "Sec-Fetch-Site", "same-origin"),
            "name=anna&password=" + DashboardFixture.PASSWORD.replace(' ', '+'));
    assertThat(response.headers().firstValue("Set-Cookie").orElse(""))
        .matches("studbook=[\\w-]{43}; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax");
  }

  @Test
  void headersOfAProxyThatNobodyNamedAreIgnored() throws Exception {
    HttpResponse<String> response =
        dashboard.get("/login", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Strict-Transport-Security")).isEmpty();
  }

  @Test
  void logOutEndsTheSession() throws Exception {
    String cookie = dashboard.cookie("victor");
    assertThat(dashboard.get("/runs", "Cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(dashboard.post("/logout", browser(cookie), "").statusCode()).isEqualTo(303);
    assertThat(dashboard.get("/runs", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void sessionsEndWhenTheyAreIdleOrOldAndAtTheNextLogin() throws Exception {
    for (String ended :
        List.of(
            "last_used_at = clock_timestamp() - interval '12 h 1 s'",
            "started_at = clock_timestamp() - interval '7 d 1 s'")) {
      String cookie = dashboard.cookie("victor");
      assertThat(dashboard.get("/runs", "Cookie", cookie).statusCode()).isEqualTo(200);
      fixture.sql(
          "UPDATE studbook.dashboard_session SET %s WHERE session_hash = sha256('%s'::bytea)"
              .formatted(ended, cookie.replaceFirst("studbook=", "")));
      assertThat(dashboard.get("/runs", "Cookie", cookie).statusCode()).as(ended).isEqualTo(401);
    }
    String before = dashboard.cookie("victor");
    HttpResponse<String> again =
        dashboard.post(
            "/login",
            browser(before),
            "name=victor&password=" + DashboardFixture.PASSWORD.replace(' ', '+'));
    assertThat(again.headers().firstValue("Set-Cookie").orElse("")).doesNotContain(before);
    assertThat(dashboard.get("/runs", "Cookie", before).statusCode()).isEqualTo(401);
  }

  @Test
  void viewersCannotActNotEvenByADirectPost() throws Exception {
    HttpResponse<String> refused =
        dashboard.post("/runs/1/retry", dashboard.formHeaders("victor"), "");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("Your role is viewer");
    Result token = fixture.cli.run("token", "create", "reader", "--role", "viewer");
    assertThat(token.code()).isZero();
    Map<String, String> bearer = Map.of("Authorization", "Bearer " + token.out().strip());
    assertThat(dashboard.post("/runs/1/retry", bearer, "").statusCode()).isEqualTo(403);
    assertThat(
            dashboard.get("/runs", "Authorization", "Bearer " + token.out().strip()).statusCode())
        .isEqualTo(200);
    assertThat(fixture.count("SELECT count(*) FROM studbook.operator_action")).isZero();
  }

  @Test
  void otherSitesCannotActForAnOperator() throws Exception {
    String cookie = dashboard.cookie("anna");
    for (Map<String, String> headers :
        List.of(
            Map.of(
                "Cookie", cookie, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"),
            Map.of("Cookie", cookie, "Origin", "null"),
            Map.of("Cookie", cookie, "Origin", dashboard.url, "Sec-Fetch-Site", "same-site"),
            Map.of("Cookie", cookie))) {
      assertThat(dashboard.post("/runs/1/pause", headers, "").statusCode())
          .as(headers.toString())
          .isEqualTo(403);
    }
  }

  @Test
  void removedUsersAndTokensAreOutAtOnce() throws Exception {
    fixture.cli.reading(DashboardFixture.PASSWORD + "\n");
    assertThat(fixture.cli.run("user", "add", "temporary", "--role", "viewer").code()).isZero();
    String cookie = dashboard.cookie("temporary");
    assertThat(dashboard.get("/runs", "Cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(fixture.cli.run("user", "remove", "temporary").code()).isZero();
    assertThat(dashboard.get("/runs", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void secretsAreStoredHashed() {
    assertThat(fixture.list("SELECT password_hash FROM studbook.dashboard_user"))
        .allMatch(hash -> hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    assertThat(fixture.list("SELECT length(session_hash)::text FROM studbook.dashboard_session"))
        .allMatch("32"::equals);
    assertThat(dashboard.log()).doesNotContain(DashboardFixture.PASSWORD);
  }

  @Test
  void errorPagesTellNothingOfTheInside() throws Exception {
    HttpResponse<String> missing = dashboard.get("/runs/999", "Cookie", dashboard.cookie("victor"));
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("There is no run 999.").doesNotContain("Exception", "at ");
    assertThat(dashboard.get("/nothing").statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("Server")).isEmpty();
  }
}
