package org.migratecheck.lab;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Something unusual on two sound hosts: the verdict must be READY, and the guest must really move.
 * Begin with {@link #guest} or {@link #hosts}; each further step returns the changed variant.
 *
 * @param id name in the table
 * @param guest name of the guest
 * @param guestOptions how the guest is made, as for {@code lab guest}
 * @param prepare what is set up before the guest starts
 * @param started what is done to the running guest
 * @param source how the program is told of {@link Lab#A}
 * @param destination how the program is told of {@link Lab#B}
 * @param toolOptions further options of the program
 * @param migrateOptions further options of {@code virsh migrate}, shell words
 * @param warnings ids of the checks that must warn; other warnings are allowed
 * @param proof what must hold after the move
 */
record Healthy(
    String id,
    String guest,
    List<String> guestOptions,
    Consumer<Lab> prepare,
    Consumer<Lab> started,
    String source,
    String destination,
    List<String> toolOptions,
    String migrateOptions,
    List<String> warnings,
    Predicate<Lab> proof) {

  /** An unusual guest. */
  static Healthy guest(String id, String... options) {
    return new Healthy(
        id,
        "guest",
        List.of(options),
        lab -> {},
        lab -> {},
        Lab.A,
        Lab.B,
        List.of(),
        "",
        List.of(),
        lab -> true);
  }

  /** A usual guest on hosts of which shell text makes one unusual. */
  static Healthy hosts(String id, String host, String shell) {
    return guest(id).prepare(lab -> lab.must(host, shell));
  }

  /** A usual guest on hosts of which the same shell text makes both unusual. */
  static Healthy bothHosts(String id, String shell) {
    return guest(id).onBoth(shell);
  }

  Healthy named(String name) {
    return new Healthy(
        id,
        name,
        guestOptions,
        prepare,
        started,
        source,
        destination,
        toolOptions,
        migrateOptions,
        warnings,
        proof);
  }

  Healthy with(String... options) {
    return new Healthy(
        id,
        guest,
        List.of(options),
        prepare,
        started,
        source,
        destination,
        toolOptions,
        migrateOptions,
        warnings,
        proof);
  }

  Healthy prepare(Consumer<Lab> setUp) {
    return new Healthy(
        id,
        guest,
        guestOptions,
        prepare.andThen(setUp),
        started,
        source,
        destination,
        toolOptions,
        migrateOptions,
        warnings,
        proof);
  }

  Healthy onBoth(String shell) {
    return prepare(
        lab -> {
          lab.must(Lab.A, shell);
          lab.must(Lab.B, shell);
        });
  }

  /** Does something on the source when the guest has started. */
  Healthy started(String shell) {
    return new Healthy(
        id,
        guest,
        guestOptions,
        prepare,
        lab -> lab.must(Lab.A, shell),
        source,
        destination,
        toolOptions,
        migrateOptions,
        warnings,
        proof);
  }

  /** Tells the program of the hosts in another way than by their names. */
  Healthy called(String from, String to) {
    return new Healthy(
        id,
        guest,
        guestOptions,
        prepare,
        started,
        from,
        to,
        toolOptions,
        migrateOptions,
        warnings,
        proof);
  }

  Healthy check(String... options) {
    return new Healthy(
        id,
        guest,
        guestOptions,
        prepare,
        started,
        source,
        destination,
        List.of(options),
        migrateOptions,
        warnings,
        proof);
  }

  Healthy migrateWith(String options) {
    return new Healthy(
        id,
        guest,
        guestOptions,
        prepare,
        started,
        source,
        destination,
        toolOptions,
        options,
        warnings,
        proof);
  }

  /** Names checks that must warn: the move works, but a person wants to know. */
  Healthy warns(String... ids) {
    return new Healthy(
        id,
        guest,
        guestOptions,
        prepare,
        started,
        source,
        destination,
        toolOptions,
        migrateOptions,
        List.of(ids),
        proof);
  }

  /** Says what must hold after the move. */
  Healthy then(Predicate<Lab> holds) {
    return new Healthy(
        id,
        guest,
        guestOptions,
        prepare,
        started,
        source,
        destination,
        toolOptions,
        migrateOptions,
        warnings,
        holds);
  }
}
