package studbook.simulator.http;

import java.nio.charset.StandardCharsets;

/** A status and a body of JSON. */
public final class ApiReply {

  private final int status;
  private final byte[] body;

  /**
   * @param body kept, not copied
   */
  public ApiReply(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  public int status() {
    return status;
  }

  public byte[] body() {
    return body;
  }

  public static ApiReply of(int status, String body) {
    return new ApiReply(status, body.getBytes(StandardCharsets.UTF_8));
  }

  /** A reply of one sentence in the API's shape. */
  public static ApiReply detail(int status, String sentence) {
    return of(status, "{\"detail\":\"" + sentence + "\"}");
  }

  /** The API's error for a query parameter. */
  static ApiReply badParameter(String name, String message, String type) {
    return of(
        422,
        """
        {"detail":[{"loc":["query","%s"],"msg":"%s","type":"%s"}]}\
        """
            .formatted(name, message, type));
  }
}
