package studbook.text;

/** What limits the rate of a run, in words; the processes note it in a shorter form. */
public final class LimitingFactor {

  private LimitingFactor() {}

  /** As people read it; what nobody knows here is returned as it was noted. */
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
