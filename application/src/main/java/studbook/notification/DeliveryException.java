package studbook.notification;

import studbook.model.SafeText;

/** A message was not accepted. The reason is one printable line without secrets. */
public final class DeliveryException extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 300;

  DeliveryException(String reason) {
    super(SafeText.excerpt(reason, LONGEST));
  }
}
