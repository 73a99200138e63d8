package studbook.faults.invariant;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import studbook.simulator.population.Population;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The user's two tables at a moment, every column of them.
 *
 * @param horses the rows of ra_horses by their ids
 * @param pedigrees the rows of ra_horse_pedigree by their ids
 */
public record UserTables(Map<String, JsonNode> horses, Map<String, JsonNode> pedigrees) {

  /** A horse that another program filled long ago. */
  public static final String STANDING = "hrs_99999999";

  /** Creates the tables as a user with more columns and rules has them, and fills them. */
  public static void make(Jdbi jdbi, Population population) {
    jdbi.useTransaction(handle -> {
      handle.execute(
          """
          CREATE TABLE ra_horses (
            horse_id varchar(50) PRIMARY KEY, name text NOT NULL, sex varchar(20), sex_code varchar(5), dob date,
            colour varchar(50), colour_code varchar(20), region varchar(20), trainer text DEFAULT 'T. Rainer',
            created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now())
          """);
      handle.execute(
          """
          CREATE TABLE ra_horse_pedigree (
            horse_id varchar(50) PRIMARY KEY REFERENCES ra_horses ON DELETE CASCADE, sire_id varchar(50), sire varchar(200),
            dam_id varchar(50), dam varchar(200), damsire_id varchar(50), damsire varchar(200), breeder varchar(200),
            region varchar(20), stud_fee integer DEFAULT 7, created_at timestamptz DEFAULT now(),
            updated_at timestamptz DEFAULT now())
          """);
      var batch = handle.prepareBatch("INSERT INTO ra_horses (horse_id, name) VALUES (?, ?)");
      population.horses().forEach(horse -> batch.add(horse.id(), horse.name()));
      batch.execute();
      handle.execute(
          """
          INSERT INTO ra_horses (horse_id, name, dob, sex, region, trainer)
          VALUES (?, 'Of Old (GB)', '1999-04-01', 'mare', 'gb', 'somebody')
          """,
          STANDING);
      handle.execute(
          "INSERT INTO ra_horse_pedigree (horse_id, sire, stud_fee) VALUES (?, 'Elder (GB)', 9)",
          STANDING);
    });
  }

  public static UserTables look(Jdbi jdbi) {
    return jdbi.inTransaction(handle ->
        new UserTables(
            rows(handle.select("SELECT horse_id, to_jsonb(t)::text AS r FROM ra_horses t")),
            rows(
                handle.select(
                    "SELECT horse_id, to_jsonb(t)::text AS r FROM ra_horse_pedigree t"))));
  }

  private static Map<String, JsonNode> rows(org.jdbi.v3.core.statement.Query query) {
    Map<String, JsonNode> rows = new TreeMap<>();
    query
        .map((row, context) ->
            Map.entry(row.getString("horse_id"), JsonMapper.shared().readTree(row.getString("r"))))
        .forEach(row -> rows.put(row.getKey(), row.getValue()));
    return rows;
  }

  /** The horses without a date of birth, which a run requests. */
  public List<String> wanted() {
    return horses.entrySet().stream()
        .filter(horse -> horse.getValue().get("dob").isNull())
        .map(Map.Entry::getKey)
        .toList();
  }
}
