package studbook.dashboard;

/** The dashboard cannot be served as it is configured; the message says what to do. */
public final class DashboardException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DashboardException(String message) {
    super(message);
  }
}
