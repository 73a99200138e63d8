package studbook.bench.speed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.NamedHorse;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.simulator.racecards.RacecardPage;

/** Racecards rendered beforehand and sent on request; each day has other runners. */
final class RenderedDays implements AutoCloseable {

  static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

  private static final int RUNNERS = 480;
  private static final Pattern ID = Pattern.compile("\"horse_id\":\"(hrs_[0-9]+)\"");
  private static final Pattern DATE = Pattern.compile("date=([0-9-]{10})");

  private final Path folder;
  private final int days;
  private final Set<String> horses = new TreeSet<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private RenderedDays(Path folder, int days, HttpServer server) {
    this.folder = folder;
    this.days = days;
    this.server = server;
  }

  /** Some horses of a population on each day, none on two. */
  private record InTurns(Population all) implements Population {

    @Override
    public int size() {
      return all.size();
    }

    @Override
    public HorseRecord horse(int index) {
      return all.horse(index);
    }

    @Override
    public NamedHorse named(int index) {
      return all.named(index);
    }

    @Override
    public OptionalInt indexOf(String id) {
      return all.indexOf(id);
    }

    @Override
    public List<HorseRecord> runners(LocalDate day) {
      int first = (int) ChronoUnit.DAYS.between(FIRST, day) * RUNNERS;
      return IntStream.range(first, first + RUNNERS).mapToObj(all::horse).toList();
    }
  }

  static RenderedDays render(Path folder, int days) throws IOException {
    Files.createDirectories(folder);
    RenderedDays rendered =
        new RenderedDays(
            folder,
            days,
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64));
    RacecardPage racecards =
        new RacecardPage(new InTurns(new SyntheticPopulation(3, days * RUNNERS)), 3);
    for (LocalDate day = FIRST; !day.isAfter(rendered.last()); day = day.plusDays(1)) {
      byte[] page = racecards.page(day, 500, 0);
      Files.write(folder.resolve(day.toString()), page);
      Matcher ids = ID.matcher(new String(page, StandardCharsets.UTF_8));
      while (ids.find()) {
        rendered.horses.add(ids.group(1));
      }
    }
    rendered.server.createContext("/v1/racecards/pro", rendered::answer);
    rendered.server.setExecutor(rendered.threads);
    rendered.server.start();
    return rendered;
  }

  private void answer(HttpExchange exchange) throws IOException {
    Matcher date = DATE.matcher(exchange.getRequestURI().getRawQuery());
    byte[] page = date.find() ? Files.readAllBytes(folder.resolve(date.group(1))) : new byte[0];
    exchange.sendResponseHeaders(200, page.length);
    try (var out = exchange.getResponseBody()) {
      out.write(page);
    }
  }

  LocalDate last() {
    return FIRST.plusDays(days - 1);
  }

  /** The ids of all runners. */
  Set<String> horses() {
    return horses;
  }

  long bytes() throws IOException {
    try (var files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
