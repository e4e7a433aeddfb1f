package org.migratecheck.facts.host;

import org.migratecheck.facts.Xml;

/**
 * What a guest's XML says of the machine that it runs on.
 *
 * @param emulator QEMU's path
 * @param architecture such as {@code x86_64}
 * @param machine the machine type
 * @param type {@code kvm} or {@code qemu}
 */
public record Platform(String emulator, String architecture, String machine, String type) {
  /** Reads it from a guest's XML; what is absent is empty. */
  public static Platform of(Xml guest) {
    return new Platform(
        guest.textAt("devices/emulator").orElse(""),
        guest.attribute("os/type", "arch").orElse(""),
        guest.attribute("os/type", "machine").orElse(""),
        guest.attr("type"));
  }
}
