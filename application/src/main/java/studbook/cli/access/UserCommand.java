package studbook.cli.access;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.SubcommandGroup;
import studbook.cli.support.UsageException;
import studbook.store.access.AccessRole;
import studbook.store.access.UserRepository;
import studbook.store.access.UserRepository.UserRow;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** {@code studbook user}. */
@Command(
    name = "user",
    description = {
      "Add, list and remove the users of the dashboard.",
      "A viewer reads; an operator also controls runs and jobs and decides reviews."
    },
    synopsisSubcommandLabel = "SUBCOMMAND",
    exitCodeList = {"0:Done.", "2:Usage or configuration error."},
    footer = {
      "",
      "Examples: studbook user add anna --role operator",
      "          studbook user passwd anna < password.txt"
    })
public final class UserCommand extends SubcommandGroup {

  private static final String NAME = "[a-z0-9][a-z0-9._@-]{0,62}";

  private final CommandContext context;

  public UserCommand(CommandContext context) {
    this.context = context;
  }

  private record UsersJson(List<UserJson> users) {}

  private record UserJson(String name, AccessRole role, Instant createdAt, Instant changedAt) {

    static UserJson of(UserRow user) {
      return new UserJson(user.name(), user.role(), user.createdAt(), user.changedAt());
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "add",
      description = {
        "Add a user.",
        "Asks for the password on a terminal; otherwise reads it from the first line of stdin."
      })
  int add(
      @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and . _ @ -")
          String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "viewer or operator.")
          String role)
      throws IOException, InterruptedException {
    if (!name.matches(NAME)) {
      throw new UsageException(
          "a name has lower-case letters, digits and . _ @ -, at most 63, and begins with a letter or digit");
    }
    AccessRole known = role(role);
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      UserRepository users = new UserRepository(database.jdbi());
      if (users.find(name).isPresent()) {
        throw exists(name);
      }
      if (!users.add(name, known, PasswordInput.hash(context))) {
        throw exists(name);
      }
      context.println("User %s is added as %s.".formatted(name, known.text()));
      return ExitCode.DONE;
    }
  }

  private static UsageException exists(String name) {
    return new UsageException(
        "user %s exists already: `studbook user passwd %s` sets another password"
            .formatted(name, name));
  }

  /** The role of that name. */
  static AccessRole role(String text) {
    return AccessRole.of(text.toLowerCase(Locale.ROOT))
        .orElseThrow(() -> new UsageException("--role should be viewer or operator"));
  }

  @Command(mixinStandardHelpOptions = true, name = "list", description = "List the users.")
  int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      List<UserRow> users = new UserRepository(database.jdbi()).all();
      if (json) {
        context.printJson(new UsersJson(users.stream().map(UserJson::of).toList()));
      } else if (users.isEmpty()) {
        context.println(
            "There are no users: on this machine everybody reads the dashboard, and nobody acts.");
      } else {
        TextTable table =
            new TextTable(context.style()).text("Name").text("Role").text("Password set");
        users.forEach(user ->
            table.row(
                user.name(),
                user.role().text(),
                HumanFormat.day(user.changedAt(), context.environment().clock())));
        table.lines(context.width()).forEach(context::println);
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "remove",
      description = "Remove a user and end the user's sessions.")
  int remove(@Parameters(paramLabel = "NAME", description = "The user.") String name) {
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      if (!new UserRepository(database.jdbi()).remove(name)) {
        throw missing(name);
      }
      context.println("User %s is removed.".formatted(name));
      return ExitCode.DONE;
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "passwd",
      description = {
        "Set another password and end the user's sessions.",
        "Asks for it on a terminal; otherwise reads it from the first line of stdin."
      })
  int passwd(@Parameters(paramLabel = "NAME", description = "The user.") String name)
      throws IOException, InterruptedException {
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      UserRepository users = new UserRepository(database.jdbi());
      if (users.find(name).isEmpty() || !users.changePassword(name, PasswordInput.hash(context))) {
        throw missing(name);
      }
      context.println("The password of %s is set.".formatted(name));
      return ExitCode.DONE;
    }
  }

  private static UsageException missing(String name) {
    return new UsageException(
        "there is no user %s: `studbook user list` lists them".formatted(name));
  }
}
