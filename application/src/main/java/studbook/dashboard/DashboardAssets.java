package studbook.dashboard;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The stylesheets and scripts, from the class path: Studbook's own and those of the WebJars. Their
 * address contains a hash of all of them, so browsers may keep them for ever. Immutable.
 */
public final class DashboardAssets {

  private static final Map<String, String> FILES =
      Map.of(
          "dashboard.css", "/studbook/dashboard/dashboard.css",
          "dashboard.js", "/studbook/dashboard/dashboard.js",
          "icon.svg", "/studbook/dashboard/icon.svg",
          "htmx.js", "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js",
          "sse.js", "/META-INF/resources/webjars/htmx-ext-sse/2.2.2/sse.js",
          "uplot.js", "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.iife.min.js",
          "uplot.css", "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.min.css");

  private static final int NOT_FOUND = 404;
  private static final int HASH_CHARACTERS = 12;

  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private final String version;

  public DashboardAssets() {
    FILES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(file -> contents.put(file.getKey(), read(file.getValue())));
    version = hash();
  }

  private static byte[] read(String resource) {
    try (InputStream in = DashboardAssets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not in the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      contents.values().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The folder of the addresses: {@code /assets/1f2e3d4c5b6a/}. */
  public String path() {
    return "/assets/" + version + "/";
  }

  /** Serves {@code /assets/{version}/{name}}. */
  void serve(Context request) {
    byte[] content = contents.get(request.pathParam("name"));
    if (content == null || !request.pathParam("version").equals(version)) {
      request.status(NOT_FOUND).contentType("text/plain").result("not found\n");
      return;
    }
    request.header("Cache-Control", "public, max-age=31536000, immutable");
    request.contentType(type(request.pathParam("name"))).result(content);
  }

  private static String type(String name) {
    if (name.endsWith(".css")) {
      return "text/css; charset=utf-8";
    }
    return name.endsWith(".svg") ? "image/svg+xml" : "text/javascript; charset=utf-8";
  }
}
