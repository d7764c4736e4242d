package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {
  private static final ValueReader WHOLE =
      new ValueReaders()
          .withKinds(Shape.class, Map.of("round", Round.class, "square", Square.class))
          .of(Whole.class);

  /// What percore read its journals by before, and still writes them by.
  private static final JsonMapper JACKSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  record Part(int size) {
    Part {
      if (size < 0) {
        throw new IllegalArgumentException("a part has no size of " + size);
      }
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Round.class, name = "round"),
    @JsonSubTypes.Type(value = Square.class, name = "square")
  })
  sealed interface Shape {}

  record Round(double radius) implements Shape {}

  record Square(double side) implements Shape {}

  enum Colour {
    RED,
    GREEN
  }

  /// Not in the order of their names.
  record Whole(
      @Nullable String name,
      boolean big,
      int count,
      long nanos,
      double share,
      @Nullable Integer maybeCount,
      @Nullable Long maybeNanos,
      @Nullable Double maybeShare,
      @Nullable Colour colour,
      @Nullable Shape shape,
      @Nullable Part part,
      @Nullable List<Part> parts,
      @Nullable List<Long> slices,
      @Nullable Map<String, Map<String, String>> settings) {
    /// Not the one that is used.
    Whole(String name) {
      this(name, true, 1, 1, 1, null, null, null, null, null, null, null, null, null);
    }
  }

  private static final Whole FULL =
      new Whole(
          "all",
          true,
          -3,
          1L << 40,
          0.1,
          7,
          Long.MAX_VALUE,
          2.0,
          Colour.GREEN,
          new Square(1.5),
          new Part(4),
          List.of(new Part(5), new Part(6)),
          List.of(1L, 1L << 33),
          Map.of("a", Map.of("b", "c")));

  private static Object read(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json.replace('\'', '"'))) {
      return Objects.requireNonNull(WHOLE.next(parser));
    }
  }

  @Test
  void readsWhatJacksonWrites() throws IOException {
    assertThat(read(JACKSON.writeValueAsString(FULL))).isEqualTo(FULL);
    String sorted =
        JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build()
            .writeValueAsString(FULL);
    assertThat(sorted).startsWith("{\"big\"");
    assertThat(read(sorted)).isEqualTo(FULL);
  }

  @Test
  void readsTheSameAsJacksonInEveryOrder() throws IOException {
    List<String> properties =
        List.of(
            "'big':true",
            "'colour':'RED'",
            "'count':2",
            "'name':'x'",
            "'other':{'a':[1,{'name':'inner'}]}",
            "'parts':[{'size':1},{'more':2,'size':3}]",
            "'settings':{'a':{'b':'c'},'d':null}",
            "'shape':{'kind':'round','radius':2}",
            "'share':3",
            "'slices':[4]");
    for (int first = 0; first < properties.size(); first++) {
      List<String> turned =
          Stream.concat(
                  properties.subList(first, properties.size()).stream(),
                  properties.subList(0, first).stream())
              .toList();
      for (List<String> order : List.of(turned, turned.reversed())) {
        String json = "{" + String.join(",", order) + "}";
        assertThat(read(json))
            .as(json)
            .isEqualTo(JACKSON.readValue(json.replace('\'', '"'), Whole.class));
      }
    }
  }

  @Test
  void whatIsMissingOrNullIsNothing() throws IOException {
    Whole nothing =
        new Whole(null, false, 0, 0, 0, null, null, null, null, null, null, null, null, null);

    assertThat(read("{}")).isEqualTo(nothing);
    assertThat(read("{'big':null,'count':null,'nanos':null,'share':null,'name':null,'part':null}"))
        .isEqualTo(nothing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'count':'many'}",
        "{'count':99999999999}",
        "{'count':1.5}",
        "{'big':1}",
        "{'name':1}",
        "{'share':'half'}",
        "{'share':[]}",
        "{'nanos':{}}",
        "{'part':{'size':-1}}",
        "{'part':3}",
        "{'colour':'BLUE'}",
        "{'shape':{'kind':'oval'}}",
        "{'shape':{'kind':1}}",
        "{'shape':{'radius':2,'kind':'round'}}",
        "{'shape':[]}",
        "{'parts':{'size':1}}",
        "{'parts':[null]}",
        "{'slices':[1,null]}",
        "{'parts':[{'size':1}",
        "{'settings':['a']}",
        "{'count':1",
        "[1]"
      })
  void refusesWhatItIsNot(String json) {
    assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> read(json));
  }

  @Test
  void tellsWhyARecordRefuses() {
    assertThatExceptionOfType(JsonParseException.class)
        .isThrownBy(() -> read("{'part':{'size':-1}}"))
        .withMessageContaining("no Part: a part has no size of -1");
  }

  @ParameterizedTest
  @CsvSource({"NaN, NaN", "Infinity, Infinity", "-Infinity, -Infinity", "12, 12.0", "1e3, 1000"})
  void readsWhatAFractionIsWrittenAs(double value, Double expected) throws IOException {
    String json = JACKSON.writeValueAsString(Map.of("share", value));

    assertThat(((Whole) read(json)).share()).isEqualTo(expected);
  }

  @Test
  void knowsWhatItCannotRead() {
    ValueReaders readers = new ValueReaders();

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> readers.of(Thread.class))
        .withMessage("no values of class java.lang.Thread are read");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> readers.of(Shape.class));
  }
}
