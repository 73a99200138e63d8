package studbook.notification;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import studbook.notification.MailConfig.SmtpSecurity;
import studbook.notification.MailConfig.SmtpServer;

/** Sends messages as plain-text mails. The server's certificate is checked. */
final class MailChannel implements NotificationChannel {

  private static final String TIMEOUT_MILLIS = "10000";

  private final MailConfig config;

  MailChannel(MailConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public String place() {
    return "%s by %s:%d"
        .formatted(String.join(", ", config.to()), config.server().host(), config.server().port());
  }

  @Override
  public void send(NotificationMessage message) throws DeliveryException {
    Session session = Session.getInstance(properties());
    try (Transport transport =
        session.getTransport(config.server().security() == SmtpSecurity.TLS ? "smtps" : "smtp")) {
      SmtpServer server = config.server();
      if (config.login().isPresent()) {
        MailConfig.SmtpLogin login = config.login().get();
        transport.connect(
            server.host(), server.port(), login.username().reveal(), login.password().reveal());
      } else {
        transport.connect(server.host(), server.port(), null, null);
      }
      MimeMessage mail = mail(session, message);
      transport.sendMessage(mail, mail.getAllRecipients());
    } catch (MessagingException e) {
      throw new DeliveryException(
          "%s:%d did not take the mail: %s"
              .formatted(config.server().host(), config.server().port(), e.getMessage()));
    }
  }

  private MimeMessage mail(Session session, NotificationMessage message) throws MessagingException {
    MimeMessage mail = new StableMessage(session, message);
    mail.setFrom(new InternetAddress(config.from(), true));
    for (String address : config.to()) {
      mail.addRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
    }
    mail.setSubject("Studbook: " + message.text(), StandardCharsets.UTF_8.name());
    mail.setSentDate(Date.from(message.occurredAt()));
    mail.setHeader(WebhookChannel.DELIVERY, message.id().toString());
    mail.setText(message.text() + "\n", StandardCharsets.UTF_8.name());
    mail.saveChanges();
    return mail;
  }

  /** Its Message-ID is the same in every attempt, so that a mailbox can discard repetitions. */
  private static final class StableMessage extends MimeMessage {

    private final String id;

    StableMessage(Session session, NotificationMessage message) {
      super(session);
      this.id = "<%s@studbook>".formatted(message.id());
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  /** The authorities that this JVM trusts now, as for webhooks. */
  private static SSLSocketFactory trusting() {
    try {
      return SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has TLS", e);
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    boolean tls = config.server().security() == SmtpSecurity.TLS;
    String protocol = tls ? "mail.smtps." : "mail.smtp.";
    properties.setProperty(protocol + "connectiontimeout", TIMEOUT_MILLIS);
    properties.setProperty(protocol + "timeout", TIMEOUT_MILLIS);
    properties.setProperty(protocol + "writetimeout", TIMEOUT_MILLIS);
    properties.setProperty(protocol + "auth", Boolean.toString(config.login().isPresent()));
    properties.setProperty(protocol + "ssl.checkserveridentity", "true");
    properties.put(protocol + "ssl.socketFactory", trusting());
    if (!tls) {
      properties.setProperty("mail.smtp.starttls.enable", "true");
      properties.setProperty(
          "mail.smtp.starttls.required",
          Boolean.toString(config.server().security() == SmtpSecurity.START_TLS));
    }
    return properties;
  }
}
