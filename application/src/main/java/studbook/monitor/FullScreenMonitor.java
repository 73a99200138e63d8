package studbook.monitor;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.AttributedString;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a run on the full screen of a terminal until the user quits. One thread polls, one reads
 * keys, each draws its news; only changes are sent, so nothing flickers. Restores the previous
 * screen at the end.
 */
public final class FullScreenMonitor {

  private static final Logger log = LoggerFactory.getLogger(FullScreenMonitor.class);
  private static final Size USUAL = Size.of(80, 24);
  private static final Duration KEY_WITHIN = Duration.ofMillis(500);
  private static final int CONTROL_C = 3;
  private static final int CONTROL_D = 4;
  private static final int END_OF_INPUT = -1;

  private final Terminal terminal;
  private final RunPoller poller;
  private final ScreenRenderer renderer;
  private final Duration interval;
  private final Display display;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Semaphore wanted = new Semaphore(0);
  private final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();

  private MonitorSnapshot snapshot = MonitorSnapshot.NOTHING_YET;
  private Size drawn = Size.of(0, 0);
  private boolean shown;
  private boolean left;

  public FullScreenMonitor(
      Terminal terminal, RunPoller poller, ScreenRenderer renderer, Duration interval) {
    this.terminal = terminal;
    this.poller = poller;
    this.renderer = renderer;
    this.interval = interval;
    this.display = new Display(terminal, true);
  }

  /** Whether the terminal supports it; a dumb one does not. */
  public static boolean isPossibleOn(Terminal terminal) {
    return !terminal.getType().startsWith(Terminal.TYPE_DUMB)
        && terminal.getStringCapability(Capability.cursor_address) != null;
  }

  /** The control sequence that restores the previous screen. */
  public static String leaving(Terminal terminal) {
    return Stream.of(Capability.cursor_normal, Capability.exit_ca_mode)
        .map(capability -> Objects.requireNonNullElse(terminal.getStringCapability(capability), ""))
        .map(Curses::tputs)
        .collect(Collectors.joining());
  }

  /**
   * Shows until {@link #quit}, {@code q}, Ctrl-C, or the end of the input. Call it once.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void show() throws InterruptedException {
    Attributes before = terminal.enterRawMode();
    terminal.handle(Signal.WINCH, _ -> draw());
    terminal.handle(Signal.INT, _ -> quit());
    terminal.handle(Signal.QUIT, _ -> quit());
    // A shell would print over the figures.
    terminal.handle(Signal.TSTP, SignalHandler.SIG_IGN);
    open();
    Thread looking = start("look", this::poll);
    Thread listening = start("keys", this::listen);
    try {
      over.await();
    } finally {
      looking.interrupt();
      listening.interrupt();
      close();
      terminal.setAttributes(before);
    }
    RuntimeException failure = broken.get();
    if (failure != null) {
      throw failure;
    }
  }

  /** Ends {@link #show}, from any thread. */
  public void quit() {
    over.countDown();
  }

  /** Polls now instead of at the end of the interval, from any thread. */
  void pollNow() {
    wanted.release();
  }

  private synchronized void open() {
    shown = true;
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    draw();
  }

  private synchronized void close() {
    shown = false;
    terminal.puts(Capability.cursor_normal);
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
    left = true;
  }

  /** Whether the previous screen is restored. */
  public synchronized boolean hasLeft() {
    return left;
  }

  private synchronized void show(MonitorSnapshot news) {
    snapshot = news;
    draw();
  }

  private synchronized void draw() {
    if (!shown) {
      return;
    }
    Size size = terminal.getSize();
    if (size.getColumns() <= 0 || size.getRows() <= 0) {
      size = USUAL;
    }
    if (!size.equals(drawn)) {
      display.clear();
      display.resize(size);
      drawn = size;
    }
    int width = size.getColumns();
    List<AttributedString> lines =
        renderer.lines(snapshot, width, size.getRows()).stream()
            .map(line -> AttributedString.fromAnsi(line).columnSubSequence(0, width))
            .toList();
    display.update(lines, -1);
  }

  private void poll() {
    try {
      while (over.getCount() > 0) {
        show(poller.poll());
        if (poller.countingIsDue()) {
          show(poller.count());
        }
        boolean _ =
            wanted.tryAcquire(poller.timeUntilAllowed(interval).toMillis(), TimeUnit.MILLISECONDS);
        wanted.drainPermits();
      }
    } catch (InterruptedException e) {
      log.debug("nobody looks any more");
    }
  }

  private void listen() {
    try {
      while (over.getCount() > 0) {
        // A read without a timeout would hold a lock that closing the terminal needs.
        switch (terminal.reader().read(KEY_WITHIN.toMillis())) {
          case 'q', CONTROL_C, CONTROL_D, END_OF_INPUT -> {
            quit();
            return;
          }
          case 'r', '\r', '\n' -> pollNow();
          default -> {}
        }
      }
    } catch (IOException e) {
      log.debug("the terminal is gone: {}", e.toString());
      quit();
    }
  }

  private Thread start(String name, Runnable work) {
    return Thread.ofPlatform()
        .name(name)
        .daemon()
        .uncaughtExceptionHandler((_, failure) -> {
          if (over.getCount() > 0) {
            broken.compareAndSet(
                null,
                failure instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("the monitor broke off: " + failure, failure));
            quit();
          }
        })
        .start(work);
  }
}
