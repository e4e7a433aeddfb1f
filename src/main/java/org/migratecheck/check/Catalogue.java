package org.migratecheck.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Tools;

/**
 * The checks of one run, by id. Immutable.
 *
 * @param checks the checks
 * @param sha256 SHA-256 over the files of these checks, in hexadecimal
 */
public record Catalogue(SortedMap<String, Check> checks, String sha256) {
  /** The check that is always chosen: a host that was not read must never be forgotten. */
  public static final String HOST_READ = "host-reachable";

  /** The check that judges the forecast; without it no forecast is made. */
  public static final String FORECAST = "guest-converges";

  /** Copies the map. */
  public Catalogue {
    checks = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(checks));
  }

  /**
   * Returns the checks that are chosen.
   *
   * @param only ids or groups to keep; empty keeps all
   * @param skip ids or groups to leave out
   * @throws CatalogueException when a name is neither an id nor a group, or nothing is left
   */
  public Catalogue select(List<String> only, List<String> skip) throws CatalogueException {
    SortedSet<String> known = new TreeSet<>(checks.keySet());
    checks.values().forEach(c -> known.add(c.group()));
    Set<String> unknown = new LinkedHashSet<>(only);
    unknown.addAll(skip);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new CatalogueException(
          unknown.stream().map(u -> "no check or group is called '" + u + "'").toList());
    }
    SortedMap<String, Check> chosen = new TreeMap<>(checks);
    chosen
        .values()
        .removeIf(
            c ->
                !c.id().equals(HOST_READ)
                    && ((!only.isEmpty() && !only.contains(c.id()) && !only.contains(c.group()))
                        || skip.contains(c.id())
                        || skip.contains(c.group())));
    if (chosen.keySet().stream().allMatch(HOST_READ::equals)) {
      throw new CatalogueException(List.of("no check is left to run"));
    }
    return new Catalogue(chosen, sha256);
  }

  /**
   * Returns the same catalogue, in which checks whose probes do more than read are not asked for:
   * they are skipped with the reason, and their probes are not run.
   */
  public Catalogue passive() {
    SortedMap<String, Check> all = new TreeMap<>(checks);
    all.replaceAll((id, c) -> c.active().isPresent() ? c.onlyOnRequest() : c);
    return new Catalogue(all, sha256);
  }

  /** Returns the same catalogue without one check. */
  public Catalogue without(String id) {
    SortedMap<String, Check> rest = new TreeMap<>(checks);
    rest.remove(id);
    return new Catalogue(rest, sha256);
  }

  /** Returns the probes that the chosen checks need, of one place, by name. */
  public SortedSet<String> probes(Fact.Place place) {
    SortedSet<String> probes = new TreeSet<>();
    for (Check check : checks.values()) {
      for (Fact<?> fact : check.needs()) {
        if (fact.place() == place) {
          probes.addAll(fact.probes());
        }
      }
    }
    if (place == Fact.Place.HOST) {
      probes.addAll(Tools.FACT.probes());
    }
    return probes;
  }

  /** Returns the inline probes of the chosen checks, text by name. */
  public SortedMap<String, String> inlineProbes() {
    SortedMap<String, String> probes = new TreeMap<>();
    checks.values().forEach(c -> probes.putAll(c.probes()));
    return probes;
  }
}
