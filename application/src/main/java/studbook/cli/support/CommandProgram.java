package studbook.cli.support;

/** A command line that runs within this process, such as a job of the service. For one call. */
public interface CommandProgram {

  /** Runs a command; returns its exit code. */
  int run(String... arguments);

  /** Asks the command to stop, as a signal does; returns at once. From any thread. */
  void stop();
}
