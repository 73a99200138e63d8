package studbook.cli.option;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a constant by the name that people know it by, its {@code toString}, in any case.
 *
 * @param type the enum
 */
public record EnumConverter<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {

  @Override
  public E convert(String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.toString().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "'%s' is not one of %s"
                    .formatted(
                        text,
                        Arrays.stream(type.getEnumConstants())
                            .map(Enum::toString)
                            .collect(Collectors.joining(", ")))));
  }
}
