package studbook.json;

import java.util.List;

/** Runs, latest first. */
public record RunsJson(List<RunJson> runs) {

  public RunsJson {
    runs = List.copyOf(runs);
  }
}
