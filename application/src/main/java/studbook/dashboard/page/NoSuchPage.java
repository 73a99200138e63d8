package studbook.dashboard.page;

/** What an address names does not exist; the message says what. */
public final class NoSuchPage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NoSuchPage(String message) {
    super(message);
  }
}
