package studbook.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.notification.MailConfig.SmtpLogin;
import studbook.notification.MailConfig.SmtpSecurity;
import studbook.notification.MailConfig.SmtpServer;
import studbook.racingapi.TestCertificates;
import studbook.security.Secret;

/** Mail servers with real TLS: the login goes to one that has proved who it is. */
class MailEncryptionTest {

  private static final NotificationMessage MESSAGE =
      new NotificationMessage(
          UUID.randomUUID(), "test", Optional.empty(), Instant.parse("2026-03-01T12:00:00Z"), "hi");

  private static SmtpServerFixture server(SmtpSecurity security, String certificate)
      throws Exception {
    SSLContext context = TestCertificates.server(certificate);
    return security == SmtpSecurity.TLS
        ? SmtpServerFixture.encrypted(context)
        : SmtpServerFixture.offeringTls(context);
  }

  private static void send(SmtpServerFixture server, SmtpSecurity security)
      throws DeliveryException {
    new MailChannel(
            new MailConfig(
                new SmtpServer("127.0.0.1", server.port(), security),
                "studbook@example.org",
                List.of("ops@example.org"),
                Optional.of(new SmtpLogin(Secret.of("anna"), Secret.of("hush")))))
        .send(MESSAGE);
  }

  @ParameterizedTest
  @CsvSource({"TLS", "START_TLS", "NONE"})
  void aMailIsSentOverTlsToAServerThatIsTrusted(SmtpSecurity security) throws Exception {
    try (SmtpServerFixture server = server(security, "right")) {
      TestCertificates.trustingTheAuthority(() -> {
        send(server, security);
        return true;
      });
      assertThat(server.mails).singleElement().asString().contains("\n\nhi\n");
      assertThat(server.commands).contains("AUTH anna anna hush");
      assertThat(server.commands.contains("STARTTLS")).isEqualTo(security != SmtpSecurity.TLS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS, elsewhere",
    "TLS, expired",
    "START_TLS, elsewhere",
    "START_TLS, expired",
    "NONE, expired"
  })
  void aCertificateForAnotherHostOrOutOfDateIsRefused(SmtpSecurity security, String certificate)
      throws Exception {
    try (SmtpServerFixture server = server(security, certificate)) {
      TestCertificates.trustingTheAuthority(() -> {
        assertRefused(server, security);
        return true;
      });
    }
  }

  @ParameterizedTest
  @CsvSource({"TLS", "START_TLS"})
  void aCertificateOfAnUntrustedAuthorityIsRefused(SmtpSecurity security) throws Exception {
    try (SmtpServerFixture server = server(security, "right")) {
      assertRefused(server, security);
    }
  }

  @Test
  void aServerThatOffersNoEncryptionGetsNoLogin() throws Exception {
    try (SmtpServerFixture server = new SmtpServerFixture()) {
      assertRefused(server, SmtpSecurity.START_TLS);
    }
  }

  private static void assertRefused(SmtpServerFixture server, SmtpSecurity security) {
    assertThatThrownBy(() -> send(server, security))
        .isInstanceOf(DeliveryException.class)
        .hasMessageNotContaining("hush");
    assertThat(server.mails).isEmpty();
    assertThat(server.commands).noneMatch(command -> command.startsWith("AUTH"));
  }
}
