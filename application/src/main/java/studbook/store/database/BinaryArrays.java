package studbook.store.database;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.array.SqlArrayType;
import org.jdbi.v3.core.array.SqlArrayTypes;

/**
 * Sends arrays in PostgreSQL's binary form, in which NULL is not a word. In text form a server with
 * array_nulls = off reads it as a text of four letters and would write that.
 */
final class BinaryArrays {

  private BinaryArrays() {}

  static void register(Jdbi jdbi) {
    SqlArrayTypes types = jdbi.getConfig(SqlArrayTypes.class);
    register(types, String.class, "text");
    register(types, Integer.class, "int4");
    register(types, Long.class, "int8");
  }

  private static <T> void register(SqlArrayTypes types, Class<T> element, String sqlName) {
    types.register((type, _) ->
        type.equals(element)
            ? java.util.Optional.of(new BinaryType<>(element, sqlName))
            : java.util.Optional.empty());
  }

  /** The driver has a binary form for arrays of these exact classes, and none for Object[]. */
  private record BinaryType<T>(Class<T> element, String sqlName) implements SqlArrayType<T> {

    @Override
    public String getTypeName() {
      return sqlName;
    }

    @Override
    public Object convertArrayElement(T value) {
      return value;
    }

    @Override
    public Class<?> getArrayElementClass() {
      return element;
    }
  }
}
