package org.migratecheck.facts.network;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.model.ProbeOutput;

/** Several XML documents that one virsh process printed one after another. */
final class VirshXml {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private VirshXml() {}

  /** A document and its text. */
  record Document(Xml xml, String text) {}

  static boolean isUuid(String text) {
    return UUID.matcher(text).matches();
  }

  /**
   * Returns the documents by their {@code uuid} element. What went away between list and dump is
   * missing and reported on stderr; any other complaint is an error.
   *
   * @param root the name of the root element; libvirt writes its end at the start of a line
   * @param gone what virsh says of an object that went away
   */
  static SortedMap<String, Document> documents(
      Outputs outputs, String part, String root, String gone) {
    ProbeOutput output = outputs.complete(part);
    for (String line : output.stderr().split("\n")) {
      if (line.startsWith("error:") && !line.contains("failed to get") && !line.contains(gone)) {
        throw outputs.failed(part, output);
      }
    }
    SortedMap<String, Document> documents = new TreeMap<>();
    String what = outputs.host() + ": '" + part + "'";
    for (String text : split(what, output.stdout(), "</" + root + ">")) {
      Xml xml = Xml.parse(what, text);
      String uuid = xml.textAt("uuid").orElse("");
      if (!xml.name().equals(root) || !isUuid(uuid)) {
        throw new Undetermined(what + " printed what is no " + root);
      }
      if (documents.put(uuid, new Document(xml, text)) != null) {
        throw new Undetermined(what + " printed one " + root + " twice");
      }
    }
    if (output.exitStatus() != 0 && !output.stderr().contains(gone)) {
      throw outputs.failed(part, output);
    }
    return documents;
  }

  private static List<String> split(String what, String text, String end) {
    List<String> documents = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String line : text.split("\n")) {
      if (line.isBlank() && current.isEmpty()) {
        continue;
      }
      current.append(line).append('\n');
      if (line.equals(end)) {
        documents.add(current.toString());
        current.setLength(0);
      }
    }
    if (!current.isEmpty()) {
      throw new Undetermined(what + " printed half a document");
    }
    return documents;
  }
}
