package studbook.json;

import java.util.List;

/** Differences of the API's responses from what Studbook knows. */
public record DriftsJson(List<ApiDriftJson> drifts) {

  public DriftsJson {
    drifts = List.copyOf(drifts);
  }
}
