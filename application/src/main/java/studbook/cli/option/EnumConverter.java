package studbook.cli.option;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a constant by its {@code toString}, ignoring case. */
public record EnumConverter<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {

  /** Reads options of this type so. */
  public static <E extends Enum<E>> void register(CommandLine program, Class<E> type) {
    program.registerConverter(type, new EnumConverter<>(type));
  }

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
