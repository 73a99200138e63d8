package studbook.json;

import java.util.List;

/** Changed values, latest first. */
public record ChangesJson(List<ChangeJson> changes) {

  public ChangesJson {
    changes = List.copyOf(changes);
  }
}
