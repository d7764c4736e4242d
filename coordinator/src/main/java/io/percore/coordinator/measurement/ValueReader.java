package io.percore.coordinator.measurement;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads the values of one type from JSON. Immutable.
@FunctionalInterface
interface ValueReader {
  /// The value whose first token the parser is at, and which is not null. The parser is left at its
  /// last token.
  ///
  /// @throws IOException when the value is none of the type, or cannot be read
  Object read(JsonParser parser) throws IOException;

  /// What null stands for, and what is missing from a record.
  default @Nullable Object missing() {
    return null;
  }

  /// The value that begins with the parser's next token.
  ///
  /// @throws IOException when the value is none of the type, or cannot be read
  default @Nullable Object next(JsonParser parser) throws IOException {
    return parser.nextToken() == JsonToken.VALUE_NULL ? missing() : read(parser);
  }

  /// Passes at one kind of token alone.
  ///
  /// @throws JsonParseException when the parser is at another
  static void expect(JsonParser parser, JsonToken token) throws JsonParseException {
    if (parser.currentToken() != token) {
      throw new JsonParseException(
          parser, parser.currentToken() + " where " + token + " is expected");
    }
  }
}
