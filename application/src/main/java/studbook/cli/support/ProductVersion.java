package studbook.cli.support;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Studbook's version, as the jar's manifest has it. */
public final class ProductVersion implements IVersionProvider {

  /** {@code 0.1.0}; {@code development} without a jar. */
  public static String current() {
    return Objects.requireNonNullElse(
        ProductVersion.class.getPackage().getImplementationVersion(), "development");
  }

  /** What {@code --version} prints. */
  public static String text() {
    return "studbook " + current();
  }

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }
}
