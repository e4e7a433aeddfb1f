package org.migratecheck.facts.guest;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Xml;

/** The sockets of a guest's screens. */
public final class Screens {
  private Screens() {}

  /** Returns the paths of the Unix sockets that a guest's screens are given by its definition. */
  public static List<String> sockets(Guest guest) {
    List<String> sockets = new ArrayList<>();
    for (Xml screen : guest.migratable().orElse(guest.xml()).all("devices/graphics")) {
      for (Xml listen : screen.all("listen")) {
        String socket = listen.attr("socket");
        if (listen.attr("type").equals("socket")
            && socket.startsWith("/")
            && socket.indexOf('\n') < 0) {
          sockets.add(socket);
        }
      }
    }
    return sockets;
  }
}
