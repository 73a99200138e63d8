package studbook.dashboard.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of records as {@link studbook.text.JsonFormat} writes them: the components in snake_case,
 * an absent value as null, a duration in seconds, an enum in lower case. Not thread-safe.
 */
final class OpenApiSchemas {

  private static final String TYPE = "type";

  private final Map<String, Object> schemas = new TreeMap<>();

  /** All schemas that were referred to, by name. */
  Map<String, Object> all() {
    return schemas;
  }

  /** A reference to the schema of a record, which is added with all that it contains. */
  Map<String, Object> reference(Class<?> type) {
    String name = type.getSimpleName().replaceFirst("Json$", "");
    if (!schemas.containsKey(name)) {
      schemas.put(name, Map.of()); // a record may contain itself
      schemas.put(name, object(type));
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  private Map<String, Object> object(Class<?> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    addProperties(properties, type);
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put(TYPE, "object");
    schema.put("required", List.copyOf(properties.keySet()));
    schema.put("properties", properties);
    return schema;
  }

  private void addProperties(Map<String, Object> properties, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (isUnwrapped(component, type)) {
        addProperties(properties, component.getType());
      } else {
        properties.put(snakeCase(component.getName()), property(component));
      }
    }
    Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(JsonProperty.class))
        .map(Method::getName)
        .sorted()
        .forEach(name -> properties.put(snakeCase(name), schema(returnType(type, name))));
  }

  private static Type returnType(Class<?> type, String method) {
    try {
      return type.getDeclaredMethod(method).getGenericReturnType();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The annotation of a component is on its field. */
  private static boolean isUnwrapped(RecordComponent component, Class<?> type) {
    try {
      return type.getDeclaredField(component.getName()).isAnnotationPresent(JsonUnwrapped.class);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> property(RecordComponent component) {
    AnnotatedElement annotated = component.getAnnotatedType();
    Map<String, Object> schema = schema(component.getGenericType());
    return annotated.isAnnotationPresent(Nullable.class) ? nullable(schema) : schema;
  }

  private Map<String, Object> schema(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      Class<?> raw = (Class<?>) generic.getRawType();
      if (raw == Optional.class) {
        return nullable(schema(last));
      }
      return List.class.isAssignableFrom(raw)
          ? Map.of(TYPE, "array", "items", schema(last))
          : Map.of(TYPE, "object", "additionalProperties", schema(last));
    }
    return scalar((Class<?>) type);
  }

  private Map<String, Object> scalar(Class<?> type) {
    if (type == String.class) {
      return Map.of(TYPE, "string");
    }
    if (type == Instant.class) {
      return Map.of(TYPE, "string", "format", "date-time");
    }
    if (type == LocalDate.class) {
      return Map.of(TYPE, "string", "format", "date");
    }
    if (type == Duration.class) {
      return Map.of(TYPE, "number");
    }
    if (type == boolean.class || type == Boolean.class) {
      return Map.of(TYPE, "boolean");
    }
    if (type == double.class || type == Double.class) {
      return Map.of(TYPE, List.of("number", "null")); // null for infinity
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return Map.of(TYPE, "integer");
    }
    if (type.isEnum()) {
      return Map.of(
          TYPE,
          "string",
          "enum",
          Arrays.stream(type.getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
              .toList());
    }
    return reference(type);
  }

  private static Map<String, Object> nullable(Map<String, Object> schema) {
    if (schema.containsKey("$ref")) {
      return Map.of("anyOf", List.of(schema, Map.of(TYPE, "null")));
    }
    if (schema.get(TYPE) instanceof List<?>) {
      return schema;
    }
    Map<String, Object> wider = new LinkedHashMap<>(schema);
    wider.put(TYPE, List.of(String.valueOf(schema.get(TYPE)), "null"));
    if (schema.get("enum") instanceof List<?> values) {
      List<@Nullable Object> all = new ArrayList<>(values);
      all.add(null);
      wider.put("enum", all);
    }
    return wider;
  }

  /** As Jackson's strategy for the names of records' components. */
  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z]+)", "_$1").toLowerCase(Locale.ROOT);
  }
}
