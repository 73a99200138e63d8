package studbook.cli.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.SubcommandGroup;
import studbook.cli.support.UsageException;
import studbook.dashboard.access.RandomToken;
import studbook.store.access.AccessRole;
import studbook.store.access.ApiTokenRepository;
import studbook.store.access.ApiTokenRepository.ApiTokenRow;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** {@code studbook token}. */
@Command(
    name = "token",
    description = {
      "Create, list and remove tokens of the JSON API.",
      "A program sends one as `Authorization: Bearer TOKEN`."
    },
    synopsisSubcommandLabel = "SUBCOMMAND",
    exitCodeList = {"0:Done.", "2:Usage or configuration error."},
    footer = {
      "",
      "Examples: studbook token create grafana --role viewer",
      "          studbook token remove grafana"
    })
public final class TokenCommand extends SubcommandGroup {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

  private final CommandContext context;

  public TokenCommand(CommandContext context) {
    this.context = context;
  }

  private record TokensJson(List<TokenJson> tokens) {}

  private record TokenJson(
      String name, AccessRole role, Instant createdAt, Optional<Instant> lastUsedAt) {

    static TokenJson of(ApiTokenRow token) {
      return new TokenJson(token.name(), token.role(), token.createdAt(), token.lastUsedAt());
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "create",
      description = {"Create a token and print it.", "It is stored hashed and printed this once."})
  int create(
      @Parameters(paramLabel = "NAME", description = "Which program uses it.") String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "viewer or operator.")
          String role) {
    if (!name.matches(NAME)) {
      throw new UsageException(
          "a name has letters, digits and . _ -, at most 63, and begins with a letter or digit");
    }
    AccessRole known = UserCommand.role(role);
    String token = RandomToken.create();
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      if (!new ApiTokenRepository(database.jdbi()).add(name, known, RandomToken.hash(token))) {
        throw new UsageException(
            "token %s exists already: `studbook token remove %s` removes it".formatted(name, name));
      }
      context.println(token);
      return ExitCode.DONE;
    }
  }

  @Command(mixinStandardHelpOptions = true, name = "list", description = "List the tokens.")
  int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      List<ApiTokenRow> tokens = new ApiTokenRepository(database.jdbi()).all();
      if (json) {
        context.printJson(new TokensJson(tokens.stream().map(TokenJson::of).toList()));
      } else if (tokens.isEmpty()) {
        context.println("There are no tokens.");
      } else {
        TextTable table =
            new TextTable(context.style()).text("Name").text("Role").text("Last used");
        tokens.forEach(token ->
            table.row(
                token.name(),
                token.role().text(),
                token
                    .lastUsedAt()
                    .map(time -> HumanFormat.day(time, context.environment().clock()))
                    .orElse("never")));
        table.lines(context.width()).forEach(context::println);
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "remove",
      description = "Remove a token; it is refused from now on.")
  int remove(@Parameters(paramLabel = "NAME", description = "The token.") String name) {
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      if (!new ApiTokenRepository(database.jdbi()).remove(name)) {
        throw new UsageException(
            "there is no token %s: `studbook token list` lists them".formatted(name));
      }
      context.println("Token %s is removed.".formatted(name));
      return ExitCode.DONE;
    }
  }
}
