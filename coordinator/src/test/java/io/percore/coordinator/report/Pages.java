package io.percore.coordinator.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// Reads what was rendered.
public final class Pages {
  private static final Pattern RAW =
      Pattern.compile("(<(style|script)[^>]*>)(.*?)</\\2>", Pattern.DOTALL);

  private Pages() {}

  /// Parses XML; anything that is not well-formed throws.
  public static Document xml(String text) throws Exception {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setErrorHandler(null);
    return builder.parse(new InputSource(new StringReader(text)));
  }

  /// Parses a page, which is XML but for its styles and scripts; those are left out.
  public static Document page(String html) throws Exception {
    return xml(RAW.matcher(html).replaceAll("$1</$2>"));
  }

  /// Contents of the elements `style` or `script` whose tag is exactly `tag`.
  public static List<String> raw(String html, String tag) {
    List<String> contents = new ArrayList<>();
    Matcher matcher = RAW.matcher(html);
    while (matcher.find()) {
      if (matcher.group(1).equals(tag)) {
        contents.add(matcher.group(3));
      }
    }
    return contents;
  }

  public static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  public static List<Element> ofClass(Document document, String className) {
    return elements(document, "*").stream()
        .filter(e -> List.of(e.getAttribute("class").split(" ", -1)).contains(className))
        .toList();
  }

  public static Element byId(Document document, String id) {
    return elements(document, "*").stream()
        .filter(e -> e.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow();
  }
}
