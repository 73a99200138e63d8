package studbook.cli.option;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import studbook.model.ErrorKind;

/** Reads the kind of an error as the tables spell it, and names them all for completion. */
public final class ErrorKindConverter implements ITypeConverter<ErrorKind>, Iterable<String> {

  @Override
  public ErrorKind convert(String text) {
    return Arrays.stream(ErrorKind.values())
        .filter(kind -> kind.text().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "unknown error kind '%s' (%s)".formatted(text, String.join(", ", this))));
  }

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(ErrorKind.values())
        .map(ErrorKind::text)
        .collect(Collectors.toList())
        .iterator();
  }
}
