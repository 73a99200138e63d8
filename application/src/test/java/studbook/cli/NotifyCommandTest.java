package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.notification.ProxyServerFixture;
import studbook.notification.SmtpServerFixture;
import studbook.notification.WebhookServer;

class NotifyCommandTest {

  private static final String SECRET = "s3cret-word";

  @TempDir Path folder;

  private WebhookServer webhook;
  private SmtpServerFixture smtp;
  private CliRunner cli;

  @BeforeEach
  void open() throws Exception {
    webhook = new WebhookServer();
    smtp = new SmtpServerFixture();
    cli = configured(new CliRunner(folder));
  }

  private CliRunner configured(CliRunner runner) {
    return runner
        .with(
            "STUDBOOK_WEBHOOK_URL",
            webhook.url("anna:" + SECRET + "@/services/" + SECRET + "?t=" + SECRET))
        .with("STUDBOOK_WEBHOOK_KEY", SECRET)
        .with("STUDBOOK_MAIL_TO", "ops@example.org, anna@example.org")
        .with("STUDBOOK_MAIL_FROM", "studbook@example.org")
        .with("STUDBOOK_SMTP_SERVER", "smtp://127.0.0.1:" + smtp.port())
        .with("STUDBOOK_SMTP_USERNAME", "anna")
        .with("STUDBOOK_SMTP_PASSWORD", SECRET);
  }

  @AfterEach
  void close() throws Exception {
    webhook.close();
    smtp.close();
  }

  @Test
  void aTestIsSentToEveryReceiver() {
    Result result = cli.run("notify", "test");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("webhook: sent to http://127.0.0.1:", "mail: sent to ops@example.org, anna")
        .doesNotContain(SECRET);
    WebhookServer.Received request = webhook.received.getFirst();
    assertThat(request.path()).isEqualTo("/services/" + SECRET + "?t=" + SECRET);
    assertThat(request.authorization()).contains("Basic YW5uYTpzM2NyZXQtd29yZA==");
    assertThat(request.body())
        .contains("\"event\":\"test\"", "\"text\":\"This is a test notification.\"");
    assertThat(smtp.commands)
        .contains(
            "AUTH anna anna " + SECRET, "RCPT TO:<ops@example.org>", "RCPT TO:<anna@example.org>");
    assertThat(smtp.mails.getFirst())
        .contains(
            "From: studbook@example.org",
            "Subject: Studbook: This is a test notification.",
            "\n\nThis is a test notification.\n")
        .containsPattern("Message-ID: <[0-9a-f-]{36}@studbook>");
  }

  @Test
  void slackGetsATextOnly() {
    cli.with("STUDBOOK_WEBHOOK_FORMAT", "slack");
    assertThat(cli.run("notify", "test").code()).isZero();
    assertThat(webhook.received.getFirst().body())
        .isEqualTo("{\"text\":\"Studbook: This is a test notification.\"}");
  }

  @Test
  void refusalsAreNamedWithoutSecrets() {
    webhook.status = 403;
    smtp.refusing = true;
    Result result = cli.run("notify", "test", "--json");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("/… answered 403", "did not take the mail", "\"sent\" : false")
        .doesNotContain(SECRET);
  }

  /** In a process of its own: the JDK reads what a client may send to a proxy once. */
  @Test
  void webhooksGoThroughTheProxyWhichGetsItsOwnCredentialsOnly() throws Exception {
    try (ProxyServerFixture proxy = new ProxyServerFixture()) {
      Process process =
          new CliRunner(folder)
              .with("STUDBOOK_WEBHOOK_URL", "https://hooks.example.invalid/services/" + SECRET)
              .with("STUDBOOK_WEBHOOK_KEY", SECRET)
              .with("HTTPS_PROXY", "http://me:%40hush@127.0.0.1:" + proxy.port())
              .start("notify", "test");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(Files.readString(folder.resolve("out.txt")))
          .contains("webhook: not sent: https://hooks.example.invalid/… ")
          .doesNotContain(SECRET, "hush");
      assertThat(proxy.heads.getFirst())
          .contains(
              "CONNECT hooks.example.invalid:443 HTTP/1.1",
              "Proxy-Authorization: Basic "
                  + Base64.getEncoder()
                      .encodeToString("me:@hush".getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void receiversThatAreDownAreNamedWithoutSecrets() throws Exception {
    webhook.close();
    smtp.close();
    Result result = cli.run("notify", "test");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("/… cannot be reached", "did not take the mail")
        .doesNotContain(SECRET);
  }

  @Test
  void aRunThatFinishesIsNotified() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(12, folder)) {
      configured(fixture.cli);
      fixture.imported();
      Result result = fixture.cli.run("backfill", "--rate", "unlimited");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(webhook.received)
          .extracting(WebhookServer.Received::body)
          .singleElement()
          .asString()
          .contains("\"event\":\"run_finished\"", "Run 1 is finished: ", " of 12 horses enriched");
      assertThat(smtp.mails).singleElement().asString().contains("Run 1 is finished");
      assertThat(result.out() + result.err()).doesNotContain(SECRET);
      assertThat(fixture.count("SELECT count(*) FROM studbook.notification WHERE state = 'sent'"))
          .isEqualTo(2);
    }
  }

  @Test
  void aValidationThatFailsIsNotifiedWithItsReport() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(600, folder)) {
      configured(fixture.cli);
      fixture.imported();
      Result failed = fixture.cli.run("validate", "--save-report");
      assertThat(failed.code()).as(failed.err()).isEqualTo(1);
      String report = failed.out().strip().replaceFirst("(?s).*\nReport: ", "");
      assertThat(report).matches(".*/studbook-data/logs/validation_\\d{8}_\\d{6}\\.txt");
      assertThat(failed.out()).startsWith(Files.readString(Path.of(report)));
      assertThat(webhook.received)
          .extracting(WebhookServer.Received::body)
          .singleElement()
          .asString()
          .contains("\"event\":\"validation_failed\"", "FAIL: enriched", report);
      assertThat(smtp.mails).singleElement().asString().contains("The validation failed.");
      fixture.cli.run("backfill", "--rate", "unlimited");
      webhook.received.clear();
      Result passed = fixture.cli.run("validate");
      assertThat(passed.code()).as(passed.out()).isZero();
      assertThat(webhook.received).as("one that passes").isEmpty();
    }
  }

  @Test
  void withoutReceiverItSaysWhatToSet() {
    Result result = new CliRunner(folder).run("notify", "test");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("no receiver is configured: set STUDBOOK_WEBHOOK_URL");
  }

  @ParameterizedTest
  @CsvSource({
    "STUDBOOK_WEBHOOK_URL, http://hooks.example.org/x, https",
    "STUDBOOK_WEBHOOK_URL, ftp://127.0.0.1/x, https",
    "STUDBOOK_WEBHOOK_FORMAT, xml, json or slack",
    "STUDBOOK_MAIL_TO, nobody, mail addresses",
    "STUDBOOK_MAIL_FROM, a b@example.org, a mail address",
    "STUDBOOK_SMTP_SERVER, mail.example.org, smtps://HOST",
    "STUDBOOK_SMTP_SERVER, '', STUDBOOK_MAIL_TO needs it",
    "STUDBOOK_SMTP_USERNAME, '', need each other"
  })
  void wrongSettingsAreNamed(String name, String value, String message) {
    Result result = cli.with(name, value).run("notify", "test");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(name, message).doesNotContain(SECRET);
    assertThat(webhook.received).isEmpty();
  }
}
