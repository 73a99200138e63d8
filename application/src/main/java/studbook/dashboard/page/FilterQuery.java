package studbook.dashboard.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A page with its filters, as its address has them. Immutable.
 *
 * @param values by the names of the parameters, in their order
 */
public record FilterQuery(String path, Map<String, String> values) {

  private static final String PAGE = "page";

  public FilterQuery {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Without filters. */
  public static FilterQuery of(String path) {
    return new FilterQuery(path, Map.of());
  }

  /** With another value of a filter; without it, if there is none. */
  public FilterQuery with(String name, Optional<String> value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.remove(name);
    value.ifPresent(given -> changed.put(name, given));
    return new FilterQuery(path, changed);
  }

  /** The same filters on another page of the table. */
  public FilterQuery onPage(int page) {
    return with(PAGE, page == 1 ? Optional.empty() : Optional.of(Integer.toString(page)));
  }

  /** Whether it selects anything. */
  public boolean isFiltered() {
    return values.keySet().stream().anyMatch(name -> !name.equals(PAGE));
  }

  /** For a link. */
  public String address() {
    return values.isEmpty()
        ? path
        : values.entrySet().stream()
            .map(one -> one.getKey() + "=" + HtmlFormat.url(one.getValue()))
            .collect(Collectors.joining("&", path + "?", ""));
  }
}
