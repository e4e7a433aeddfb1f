package org.migratecheck.facts;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An immutable XML element. Reading is safe against hostile input: a DOCTYPE is refused (no
 * external or expanding entities), depth and size are bounded.
 *
 * @param name the local name
 * @param attributes the attributes by local name
 * @param children the child elements in order
 * @param text the element's own text, stripped
 */
public record Xml(String name, Map<String, String> attributes, List<Xml> children, String text) {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_LENGTH = 8 << 20;

  /** Copies the collections. */
  public Xml {
    attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
    children = List.copyOf(children);
  }

  /**
   * Reads a document.
   *
   * @param what names the document in errors
   * @throws Undetermined when it is not well-formed, has a DOCTYPE, or is too deep or too large
   */
  public static Xml parse(String what, String document) {
    if (document.length() > MAX_LENGTH) {
      throw new Undetermined(what + ": the XML is too large");
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(document));
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD) {
          throw new Undetermined(what + ": the XML has a DOCTYPE, which is refused");
        }
        if (event == XMLStreamConstants.START_ELEMENT) {
          Xml root = element(what, reader, 0);
          while (reader.hasNext()) {
            reader.next();
          }
          return root;
        }
      }
    } catch (XMLStreamException e) {
      throw new Undetermined(what + ": not readable as XML");
    }
    throw new Undetermined(what + ": the XML is empty");
  }

  private static Xml element(String what, XMLStreamReader reader, int depth)
      throws XMLStreamException {
    if (depth > MAX_DEPTH) {
      throw new Undetermined(what + ": the XML is nested too deeply");
    }
    String name = reader.getLocalName();
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    List<Xml> children = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(what, reader, depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          return new Xml(name, attributes, children, text.toString().strip());
        }
        default -> {
          // comments and processing instructions say nothing
        }
      }
    }
  }

  /** Returns all elements at {@code path} below this one, such as {@code devices/disk}. */
  public List<Xml> all(String path) {
    List<Xml> current = List.of(this);
    for (String step : path.split("/")) {
      List<Xml> next = new ArrayList<>();
      for (Xml element : current) {
        for (Xml child : element.children) {
          if (step.equals("*") || child.name.equals(step)) {
            next.add(child);
          }
        }
      }
      current = next;
    }
    return current;
  }

  /** Returns the first element at {@code path}. */
  public Optional<Xml> first(String path) {
    return all(path).stream().findFirst();
  }

  /** Returns an attribute's value; empty where it is absent. */
  public Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute));
  }

  /** Returns an attribute's value, or {@code ""} where it is absent. */
  public String attr(String attribute) {
    return attributes.getOrDefault(attribute, "");
  }

  /** Returns an attribute of the first element at {@code path}; empty where either is absent. */
  public Optional<String> attribute(String path, String attribute) {
    return first(path).flatMap(x -> x.attribute(attribute));
  }

  /** Returns the text of the first element at {@code path}; empty where there is none. */
  public Optional<String> textAt(String path) {
    return first(path).map(Xml::text);
  }

  /**
   * Returns the element written back in a canonical form, attributes sorted, two spaces a level.
   */
  public String canonical() {
    return canonical("");
  }

  private String canonical(String indent) {
    String attrs =
        attributes.entrySet().stream()
            .map(e -> " " + e.getKey() + "='" + escape(e.getValue()) + "'")
            .collect(Collectors.joining());
    if (children.isEmpty()) {
      return text.isEmpty()
          ? indent + "<" + name + attrs + "/>\n"
          : indent + "<" + name + attrs + ">" + escape(text) + "</" + name + ">\n";
    }
    String inner =
        children.stream().map(c -> c.canonical(indent + "  ")).collect(Collectors.joining());
    return indent + "<" + name + attrs + ">\n" + inner + indent + "</" + name + ">\n";
  }

  private static String escape(String s) {
    return s.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
  }
}
