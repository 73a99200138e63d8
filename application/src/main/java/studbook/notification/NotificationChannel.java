package studbook.notification;

/** A way to send notifications. Safe for many threads. */
public interface NotificationChannel {

  /** As in the database: {@code webhook}, {@code mail}. */
  String name();

  /** The receiver, for people, without anything secret. */
  String place();

  /**
   * Sends a message.
   *
   * @throws DeliveryException if the receiver did not accept it
   */
  void send(NotificationMessage message) throws DeliveryException, InterruptedException;
}
