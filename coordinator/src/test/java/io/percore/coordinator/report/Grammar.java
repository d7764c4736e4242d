package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/// The forms that sentences of one place can have, each with the check of what it claims. A text of
/// no known form is an error: new wording comes with its check.
///
/// A form is written as its text with placeholders such as `{name:a}`; the part after the colon is
/// how the check asks for it.
final class Grammar {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+):(\\w+)}");

  /// A sentence of a known form.
  record Claim(Matcher parts) {
    String text(String part) {
      String text = parts.group(part);
      return text == null ? "" : text;
    }

    int number(String part) {
      return Integer.parseInt(text(part));
    }
  }

  private record Form(String id, Pattern pattern, Consumer<Claim> check) {}

  private final String place;
  private final String names;
  private final Map<String, Integer> reached;
  private final List<Form> forms = new ArrayList<>();

  /// @param place where such sentences stand
  /// @param names that may stand for `name`
  /// @param reached counts how often each form was read
  Grammar(String place, List<String> names, Map<String, Integer> reached) {
    this.place = place;
    this.reached = reached;
    this.names =
        String.join(
            "|",
            names.stream().sorted((a, b) -> b.length() - a.length()).map(Pattern::quote).toList());
  }

  /// Adds a form.
  Grammar form(String template, Consumer<Claim> check) {
    String id = place + ": " + template;
    reached.putIfAbsent(id, 0);
    forms.add(new Form(id, Pattern.compile(regex(template), Pattern.DOTALL), check));
    return this;
  }

  private String regex(String template) {
    StringBuilder regex = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(template);
    int done = 0;
    while (placeholder.find()) {
      regex.append(Pattern.quote(template.substring(done, placeholder.start())));
      regex.append("(?<").append(placeholder.group(2)).append(">");
      regex.append(kind(placeholder.group(1))).append(")");
      done = placeholder.end();
    }
    return regex.append(Pattern.quote(template.substring(done))).toString();
  }

  private String kind(String kind) {
    return switch (kind) {
      case "name" -> names;
      case "int" -> "\\d+";
      case "count" -> "-?\\d+(?:\\.\\d+)?(?: [kMGTP])?";
      case "rate" -> "-?\\d+(?:\\.\\d+)?(?: [kMGTP])? ops/s";
      case "time" -> "-?\\d+(?:\\.\\d+)? (?:ns|us|ms|s)";
      case "bytes" -> "\\d+(?:\\.\\d+)? (?:[KMGT]i)?B";
      case "percent" -> "-?\\d+(?:\\.\\d+)? %";
      case "ratio" -> "-?\\d+(?:\\.\\d+)?x";
      case "real" -> "-?\\d+(?:\\.\\d+)?(?:e[+-]\\d+)?";
      case "ends" -> "(?: \\[[^\\[\\]]*]| \\(no interval\\))?";
      case "s" -> "s?";
      case "places" -> place() + "(?:, " + place() + ")*";
      case "alone" -> "(?:; at N = 1 (?:none|too))?";
      case "rest" -> ".*?";
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private String place() {
    return "(?:%s) %s%s".formatted(names, kind("ratio"), kind("ends"));
  }

  /// Reads a text that is of one form.
  void read(String text) {
    for (Form form : forms) {
      Matcher matcher = form.pattern().matcher(text);
      if (matcher.matches()) {
        check(form, matcher, text);
        return;
      }
    }
    unknown(text);
  }

  /// Reads sentences that follow on each other.
  void readAll(String text) {
    String left = text;
    while (!left.isEmpty()) {
      String rest = left;
      left =
          forms.stream()
              .map(form -> readFirst(form, rest))
              .filter(after -> after != null)
              .findFirst()
              .orElseGet(
                  () -> {
                    unknown(rest);
                    return "";
                  });
    }
  }

  private @Nullable String readFirst(Form form, String text) {
    Matcher matcher = form.pattern().matcher(text);
    if (!matcher.lookingAt()
        || (matcher.end() < text.length() && !text.startsWith(" ", matcher.end()))) {
      return null;
    }
    check(form, matcher, text);
    return text.substring(matcher.end()).strip();
  }

  private void check(Form form, Matcher matcher, String text) {
    reached.merge(form.id(), 1, Integer::sum);
    try {
      form.check().accept(new Claim(matcher));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(place + " says \"" + text + "\": " + e.getMessage(), e);
    }
  }

  private void unknown(String text) {
    Assertions.fail("%s has a sentence of no known form: \"%s\"", place, text);
  }

  /// The noun after a number is singular for 1 alone.
  static void plural(String ending, long number) {
    assertThat(ending).as("ending after %s", number).isEqualTo(number == 1 ? "" : "s");
  }
}
