package studbook.store.change;

/**
 * The result of a comparison, in horses.
 *
 * @param compared with their rows
 * @param changed of these, at least one value
 * @param raised of these, at least one new review
 */
public record ConfirmationCounts(int compared, int changed, int raised) {

  public static final ConfirmationCounts NONE = new ConfirmationCounts(0, 0, 0);

  public ConfirmationCounts plus(ConfirmationCounts other) {
    return new ConfirmationCounts(
        compared + other.compared, changed + other.changed, raised + other.raised);
  }
}
