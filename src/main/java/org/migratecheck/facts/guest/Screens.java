package org.migratecheck.facts.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Xml;

/** The sockets of a guest's screens. */
public final class Screens {
  private Screens() {}

  /** Returns the paths of the Unix sockets that a guest's screens are given by its definition. */
  public static List<String> sockets(Guest guest) {
    List<String> sockets = new ArrayList<>();
    for (Xml screen : guest.migratable().orElse(guest.xml()).all("devices/graphics")) {
      for (Xml listen : listens(screen)) {
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

  /**
   * Returns what a screen listens at. Libvirt sends the only socket of a screen as an attribute,
   * for destinations that do not know the element.
   */
  public static List<Xml> listens(Xml screen) {
    List<Xml> listens = screen.all("listen");
    if (!listens.isEmpty()) {
      return listens;
    }
    Map<String, String> attributes = new TreeMap<>(screen.attributes());
    attributes.remove("type");
    if (!screen.attr("socket").isEmpty()) {
      attributes.put("type", "socket");
    }
    return List.of(new Xml("listen", attributes, List.of(), ""));
  }
}
