package org.migratecheck.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.migratecheck.model.Printable;
import org.migratecheck.model.Report.ByHand;
import tools.jackson.core.JacksonException;

/** Reads {@code confirm-by-hand.yaml}: what no probe can prove and a person has to confirm. */
public final class ByHandList {
  /** The file's name in a directory of checks. */
  static final String FILE = "confirm-by-hand.yaml";

  private static final long MAX_FILE_BYTES = 1 << 20;

  private ByHandList() {}

  /** One entry of the file. */
  private record Item(String id, List<String> groups, String item, String why) {}

  /**
   * Returns the items that matter when {@code checks} are made, sorted by id.
   *
   * @param directories directories of checks; a later one's item replaces one of the same id
   * @param cache of what earlier runs read
   * @throws CatalogueException when a file cannot be read or has another shape
   */
  public static List<ByHand> load(List<Path> directories, Collection<Check> checks, YamlCache cache)
      throws CatalogueException {
    YamlReader yaml = new YamlReader(cache);
    Set<String> groups = checks.stream().map(Check::group).collect(Collectors.toSet());
    TreeMap<String, Item> items = new TreeMap<>();
    for (Path directory : directories) {
      Path file = directory.resolve(FILE);
      if (Files.isRegularFile(file)) {
        read(file, yaml).forEach(i -> items.put(i.id(), i));
      }
    }
    return items.values().stream()
        .filter(i -> i.groups().stream().anyMatch(groups::contains))
        .map(i -> new ByHand(i.id(), i.item(), i.why()))
        .toList();
  }

  private static List<Item> read(Path file, YamlReader yaml) throws CatalogueException {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw mistake(file, "larger than 1 MiB");
      }
      byte[] content = Files.readAllBytes(file);
      Item[] items = yaml.value(content, Item[].class);
      if (items == null) {
        return List.of();
      }
      for (Item item : items) {
        if (item == null
            || item.id() == null
            || item.groups() == null
            || item.item() == null
            || item.why() == null) {
          throw mistake(file, "every item needs id, groups, item and why");
        }
      }
      yaml.keep(content, Item[].class, items);
      return List.of(items);
    } catch (JacksonException | StackOverflowError e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("not readable");
      throw mistake(file, why);
    } catch (IOException e) {
      throw mistake(file, "cannot be read");
    }
  }

  private static CatalogueException mistake(Path file, String reason) {
    return new CatalogueException(
        List.of(Printable.line(file.toString()) + ": " + Printable.line(reason, 200)));
  }
}
