package studbook.service;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Stores the data of scheduled jobs as JSON. Safe for many threads. */
final class JsonSerializer implements Serializer {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  @Override
  public byte[] serialize(@Nullable Object data) {
    return MAPPER.writeValueAsBytes(data);
  }

  @Override
  public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] stored) {
    return stored == null ? null : MAPPER.readValue(stored, type);
  }
}
