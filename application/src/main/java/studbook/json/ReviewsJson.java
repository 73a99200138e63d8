package studbook.json;

import java.util.List;

/** Suspicious changes that wait for a person, oldest first. */
public record ReviewsJson(List<ReviewJson> reviews) {

  public ReviewsJson {
    reviews = List.copyOf(reviews);
  }
}
