package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.CliRunner.Result;
import studbook.ratelimit.RateLimitKey;
import studbook.simulator.fault.FaultProfile;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.WorkerRepository;
import studbook.time.Rate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/json.md says which keys there are, and nothing else is printed. */
class JsonKeysTest {

  private static final Pattern SECTION =
      Pattern.compile("(?s)## `studbook ([^`]+)`.*?```json\n(.*?)```");

  @TempDir Path folder;

  private static Map<String, JsonNode> documented() throws Exception {
    Map<String, JsonNode> examples = new LinkedHashMap<>();
    Matcher section = SECTION.matcher(Files.readString(Path.of("docs", "json.md")));
    while (section.find()) {
      examples.put(section.group(1), JsonMapper.shared().readTree(section.group(2)));
    }
    return examples;
  }

  @Test
  void theExamplesHaveTheKeysOfTheCommands() throws Exception {
    try (BackfillFixture stable =
        new BackfillFixture(90, folder).imported().failEveryThird("500:0.6")) {
      stable.terminal.run("backfill", "--rate", "unlimited");
      String failed =
          stable
              .list("SELECT min(horse_id) FROM studbook.work_item WHERE state = 'failed'")
              .getFirst();
      stable.simulator.behave(FaultProfile.always(500).onlyFor(failed));
      stable.terminal.run("retry", "--rate", "unlimited");
      assertThat(stable.in("failed")).isPositive();
      stable.simulator.behave(FaultProfile.NONE);
      String horse =
          stable
              .jdbi()
              .withHandle(handle ->
                  handle
                      .createQuery(
                          "SELECT min(horse_id) FROM studbook.work_item WHERE state = 'enriched' AND"
                              + " has_pedigree AND request_count > 1")
                      .mapTo(String.class)
                      .one());
      Files.writeString(folder.resolve("horses.csv"), "horse_id,name,notes\nhrs_1,A,b\n");
      new WorkerRepository(stable.jdbi())
          .register(
              UUID.randomUUID(),
              ProcessIdentity.mine(),
              "test",
              new RateLimitKey("test"),
              new Rate(2),
              Optional.empty(),
              _ -> {});
      Map<String, JsonNode> examples = documented();
      assertThat(examples).hasSizeGreaterThanOrEqualTo(9);
      examples.forEach((command, example) -> {
        Result result = stable.terminal.run(command.replace("HORSE_ID", horse).split(" "));
        assertThat(result.code()).as(command + ": " + result.err()).isIn(0, 1);
        JsonNode printed = JsonMapper.shared().readTree(result.out());
        assertThat(keys(printed)).as(command).isEqualTo(keys(example));
      });
    }
  }

  @Test
  void everyCommandThatPrintsJsonIsDocumented() throws Exception {
    CliRunner terminal = new CliRunner(folder);
    Set<String> documented = new TreeSet<>();
    documented().keySet().forEach(command -> documented.add(command.replaceFirst(" .*", "")));
    for (String command : HelpTest.commands(terminal)) {
      if (terminal.run(command, "--help").out().contains("--json")) {
        assertThat(documented).contains(command);
      }
    }
  }

  /** {@code .runs[].state}, of every object in it. */
  private static Set<String> keys(JsonNode node) {
    Set<String> keys = new TreeSet<>();
    collect("", node, keys);
    return keys;
  }

  private static void collect(String path, JsonNode node, Set<String> keys) {
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> {
            keys.add(path + "." + entry.getKey());
            collect(path + "." + entry.getKey(), entry.getValue(), keys);
          });
    }
    if (node.isArray()) {
      node.forEach(one -> collect(path + "[]", one, keys));
    }
  }
}
