package studbook.dashboard.page;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.dashboard.access.Visitor;
import studbook.store.access.OperatorActionRepository.OperatorAction;

/**
 * What surrounds the content of a page.
 *
 * @param title of the page, for the window too
 * @param section that is marked in the navigation; {@code null} outside of it
 * @param assets folder of the stylesheets and scripts
 * @param done the action that led to the page, whose result it shows
 */
public record PageFrame(
    String title,
    @Nullable PageSection section,
    Visitor visitor,
    String assets,
    HtmlFormat format,
    Optional<OperatorAction> done) {

  /** The path of an asset. */
  public String asset(String name) {
    return assets + name;
  }

  public boolean isOperator() {
    return visitor.isOperator();
  }
}
