package studbook.backfill;

/** How a worker's part in a run came to its end. */
public sealed interface Ending {

  /** Every horse of the run is settled. */
  record Finished() implements Ending {}

  /** A later run took this one's place while the process slept; nothing more is its own. */
  record Superseded() implements Ending {}

  /** Somebody asked it to stop; the run can be resumed. */
  record Stopped() implements Ending {}

  /**
   * The API refused the very first requests: the credentials are wrong.
   *
   * @param status 401 or 403
   */
  record Refused(int status) implements Ending {}
}
