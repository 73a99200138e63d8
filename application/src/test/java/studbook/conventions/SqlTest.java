package studbook.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No statement is put together from anything but constants: whatever comes from outside is bound. A
 * look at the sources: the first argument of each call that takes SQL, without its literals, may
 * name constants only.
 */
class SqlTest {

  /** Calls whose first argument is SQL; those of executors and of picocli look the same. */
  private static final Pattern CALL =
      Pattern.compile(
          "\\b(?:createQuery|createUpdate|createCall|createScript|createBatch|prepareBatch"
              + "|prepareStatement|prepareCall|executeQuery|executeUpdate|addBatch|copyIn|copyOut"
              + "|(?:handle|statement|connection|batch)\\s*\\.(?:execute|select))\\(");

  private static final Pattern LITERAL =
      Pattern.compile("\"\"\".*?(?<!\\\\)\"\"\"|\"(?:[^\"\\\\]++|\\\\.)*+\"", Pattern.DOTALL);

  /** Constants, put together with + and formatted(). */
  private static final Pattern CONSTANT =
      Pattern.compile(
          "(?:(?:[A-Z][A-Za-z]*\\.)?[A-Z][A-Z0-9_]*\\b|\\.\\s*formatted\\(|[+(),\\s]++)*+");

  /**
   * Where SQL is more than constants: the argument without its literals and blanks. Its parts are
   * constants that a method puts together or chooses: the conditions of incomplete horses, of a
   * selection, of a trial write and of quality.Checks, the column of a review; an export and an
   * archive hand constants to a method. A file is staged by the columns that csvimport.ImportColumn
   * names, in a table with a random name. A view over a user's table has names that PostgreSQL has
   * quoted, and is created only after the user has seen the statement; so has the extension of a
   * search index.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "ArchiveRepository.java: ArchiveStatements.of(table).delete()",
          "ArchiveRepository.java: ArchiveStatements.of(table).lines()",
          "ArchiveRepository.java: ArchiveStatements.of(table).vacuum()",
          "CachedProfileRepository.java:"
              + " .formatted(IncompleteHorses.isHorseComplete(),IncompleteHorses.isPedigreeComplete())",
          "CheckCounts.java: .formatted(each(,conditions),ROWS_WITH_DATA)",
          "Database.java: .formatted(longest.toMillis())",
          "ExportQueries.java: sql",
          "HorseRecordReader.java: +source+",
          "HorseRecordReader.java: source+SOME",
          "MappingRepository.java: statement",
          "ReviewRepository.java: statement(decided.field())",
          "RunPlanner.java: .formatted(candidates(selection),IncompleteHorses.isCardComplete())",
          "RunPlanner.java: .formatted(candidates(selection),ORDER)",
          "RunPlanner.java: .formatted(candidates(selection),isDone(selection),tables(selection))",
          "SearchIndexes.java: query",
          "SearchIndexes.java: sql",
          "StagingTable.java: +name++list(,columns)+",
          "StagingTable.java: rendered(statement)",
          "TrialWrite.java: .formatted(condition)");

  /**
   * Jdbi puts what is defined into the statement's text: the same staging does. The user's tables
   * are searched by names that PostgreSQL has quoted.
   */
  private static final Set<String> DEFINING = Set.of("MappingRepository.java", "StagingTable.java");

  @Test
  void statementsAreMadeOfConstants() throws IOException {
    int calls = 0;
    Set<String> others = new TreeSet<>();
    for (Path file : SourceFiles.main()) {
      String source = Files.readString(file);
      Matcher call = CALL.matcher(source);
      while (call.find()) {
        calls++;
        String bare = bare(argument(source, call.end()));
        if (!CONSTANT.matcher(bare).matches()) {
          others.add(file.getFileName() + ": " + bare);
        }
      }
    }
    assertThat(calls).isGreaterThan(60);
    assertThat(others).isEqualTo(new TreeSet<>(KNOWN));
  }

  @Test
  void nothingElseIsPutIntoAStatementsText() throws IOException {
    Set<String> defining = new TreeSet<>();
    for (Path file : SourceFiles.main()) {
      if (Files.readString(file).matches("(?s).*\\.define(List)?\\(.*")) {
        defining.add(file.getFileName().toString());
      }
    }
    assertThat(defining).isEqualTo(DEFINING);
  }

  @Test
  void whatIsPutTogetherFromAVariableIsSeen() {
    for (String argument :
        List.of(
            "\"SELECT \" + id)",
            "\"\"\"\n SELECT '%s'\n \"\"\".formatted(name))",
            "RUN + where, id)",
            "sql)",
            "new StringBuilder(\"SELECT\"))")) {
      assertThat(CONSTANT.matcher(bare(argument(argument, 0))).matches()).as(argument).isFalse();
    }
    for (String argument :
        List.of(
            "\"SELECT ) \\\" \" + \"x\", id)",
            "RUN + \" WHERE\")",
            "\"(%s)\".formatted(NEEDY), a)")) {
      assertThat(CONSTANT.matcher(bare(argument(argument, 0))).matches()).as(argument).isTrue();
    }
  }

  /** The first argument of the call whose parenthesis ends at {@code from}. */
  private static String argument(String source, int from) {
    Matcher literal = LITERAL.matcher(source).region(from, source.length());
    int depth = 0;
    int at = from;
    while (at < source.length()) {
      if (source.charAt(at) == '"' && literal.region(at, source.length()).lookingAt()) {
        at = literal.end();
        continue;
      }
      char c = source.charAt(at);
      if (depth == 0 && (c == ',' || c == ')')) {
        break;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at++;
    }
    return source.substring(from, at);
  }

  private static String bare(String argument) {
    return LITERAL.matcher(argument).replaceAll("").replaceAll("\\s+", "");
  }
}
