package studbook.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import studbook.simulator.fault.DelayFunction;
import studbook.simulator.fault.FaultInjector;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.http.ApiHandler;
import studbook.simulator.http.LimitChecker;
import studbook.simulator.http.ResponseSender;
import studbook.simulator.http.SimulatorStatistics;
import studbook.simulator.http.StatisticsPage;
import studbook.simulator.population.Population;
import studbook.simulator.racecards.RacecardPage;
import studbook.simulator.racecards.RacecardPages;

/**
 * A stand-in for The Racing API over HTTP on the loopback address: profiles, standard profiles and
 * racecards behind Basic authentication, a limit in a true sliding second, and faults on demand.
 * {@code /__stats} and {@link #statistics} report its requests. Safe for many threads; its owner
 * closes it.
 */
public final class Simulator implements AutoCloseable {

  private static final int BACKLOG = 4096;

  private final HttpServer server;
  private final ExecutorService threads;
  private final SimulatorStatistics statistics;
  private final RequestHandler requestHandler;
  private final CountDownLatch closed;

  private Simulator(
      HttpServer server,
      SimulatorStatistics statistics,
      RequestHandler requestHandler,
      CountDownLatch closed) {
    this.server = server;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.statistics = statistics;
    this.requestHandler = requestHandler;
    this.closed = closed;
  }

  /**
   * Starts the server.
   *
   * @throws UncheckedIOException with the port, if it is in use
   */
  public static Simulator start(SimulatorOptions options, Population population) {
    return start(options, population, new RacecardPage(population, options.seed()));
  }

  /** Starts the server with the caller's racecards. */
  public static Simulator start(
      SimulatorOptions options, Population population, RacecardPages racecards) {
    return start(
        options,
        population,
        racecards,
        System::nanoTime,
        Thread::sleep,
        Clock.system(ZoneId.systemDefault()));
  }

  public static Simulator start(
      SimulatorOptions options,
      Population population,
      LongSupplier nanoTime,
      DelayFunction delay,
      Clock clock) {
    return start(
        options, population, new RacecardPage(population, options.seed()), nanoTime, delay, clock);
  }

  private static Simulator start(
      SimulatorOptions options,
      Population population,
      RacecardPages racecards,
      LongSupplier nanoTime,
      DelayFunction delay,
      Clock clock) {
    SimulatorStatistics statistics = new SimulatorStatistics(population);
    CountDownLatch closed = new CountDownLatch(1);
    ResponseSender sender = new ResponseSender(statistics);
    RequestHandler requestHandler =
        new RequestHandler(
            new LimitChecker(nanoTime, statistics, options.rate(), options.racecardsRate()),
            statistics,
            new ApiHandler(population, racecards, clock),
            sender,
            new FaultInjector(sender, delay, closed),
            options,
            delay);
    HttpServer server = listen(options.port());
    server.createContext("/", requestHandler);
    server.createContext(
        "/__stats", new StatisticsPage(statistics, clock.instant(), nanoTime.getAsLong()));
    Simulator simulator = new Simulator(server, statistics, requestHandler, closed);
    server.setExecutor(simulator.threads);
    server.start();
    return simulator;
  }

  /** The number of whole periods that have passed since this call, by the monotonic clock. */
  static IntSupplier countFromNow(Duration period) {
    long start = System.nanoTime();
    return () -> (int) ((System.nanoTime() - start) / period.toNanos());
  }

  /** The base of the API, {@code http://127.0.0.1:4711/v1}. */
  public URI baseUri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  public SimulatorStatistics statistics() {
    return statistics;
  }

  /** Sets the faults of all later requests; {@link FaultProfile#NONE} ends them. */
  public void setFaults(FaultProfile faults) {
    requestHandler.setFaults(faults);
  }

  /** Closes all connections, answered or not. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }

  /**
   * The JDK's server reads these properties once, when it is first used. Without the first, an
   * answer on a kept-alive connection waits 40 ms for an acknowledgement; without the second, it
   * drops connections that a client with more than 200 wants to reuse.
   */
  private static HttpServer listen(int port) {
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("sun.net.httpserver.maxIdleConnections", "10000");
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
          BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " of 127.0.0.1 cannot be opened", e);
    }
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
