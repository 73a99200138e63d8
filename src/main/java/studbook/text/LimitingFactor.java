package studbook.text;

/** The bottleneck of a run in words, from the short form that is stored. */
public final class LimitingFactor {

  private LimitingFactor() {}

  /** The bottleneck for people; unknown ones are returned unchanged. */
  public static String words(String noted) {
    return switch (noted) {
      case "the API" -> "the API's limit";
      case "its latency" -> "the API's latency";
      case "the database" -> "the database, which is slow to write";
      case "paused" -> "the pause";
      case "the last answers" -> "the last answers; nothing else can be requested now";
      case "retries" -> "retries that are not due yet";
      case "no free work" -> "all remaining work is in progress";
      default -> noted;
    };
  }
}
