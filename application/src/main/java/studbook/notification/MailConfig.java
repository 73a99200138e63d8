package studbook.notification;

import java.util.List;
import java.util.Optional;
import studbook.security.Secret;

/**
 * A mail server and the addresses.
 *
 * @param server host and port, and how it is encrypted
 * @param login user name and password, if the server needs them
 */
public record MailConfig(
    SmtpServer server, String from, List<String> to, Optional<SmtpLogin> login) {

  public MailConfig {
    to = List.copyOf(to);
  }

  /** How a connection is encrypted. */
  public enum SmtpSecurity {
    /** TLS from the start. */
    TLS,
    /** TLS by STARTTLS, or no mail. */
    START_TLS,
    /** STARTTLS where the server offers it: for this machine. */
    NONE
  }

  /** Where mail is sent to. */
  public record SmtpServer(String host, int port, SmtpSecurity security) {}

  /** A user of the server. */
  public record SmtpLogin(Secret username, Secret password) {}
}
