package io.github.nolabel.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Vocabulary;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what Nolabel must know of a {@code tokenizer.json}.
 *
 * @param where names it in messages
 */
record TokenizerFile(String where) {

  /** Tokens are the names of fields, and may be long. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNameLength(Integer.MAX_VALUE).build())
              .build());

  Vocabulary vocabulary(byte[] json) {
    Map<String, Integer> ids = ids(parse(json));
    int size = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    if (size == 0) {
      throw mistake("its vocabulary is empty");
    }
    int end = first(ids, "[SEP]", "</s>", "<|endoftext|>");
    int padding = first(ids, "[PAD]", "<pad>");
    return new Vocabulary(
        size,
        padding == Vocabulary.NONE ? end : padding,
        first(ids, "[UNK]", "<unk>"),
        first(ids, "[CLS]", "<s>", "<|startoftext|>"),
        end,
        first(ids, "[MASK]", "<mask>"));
  }

  private JsonNode parse(byte[] json) {
    if (json.length == 0) {
      throw mistake("it is empty");
    }
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw mistake("it is no JSON or breaks off (" + e.getOriginalMessage() + ")");
    } catch (IOException e) {
      throw mistake("it cannot be read (" + e.getMessage() + ")");
    }
  }

  private Map<String, Integer> ids(JsonNode file) {
    JsonNode tokens = file.path("model").path("vocab");
    if (!tokens.isObject() && !tokens.isArray()) {
      throw mistake("it is JSON without 'model.vocab'");
    }
    Map<String, Integer> ids = new HashMap<>();
    if (tokens.isObject()) {
      tokens.properties().forEach(token -> ids.put(token.getKey(), id(token.getValue())));
    } else {
      tokens.forEach(token -> ids.put(token.path(0).asText(), ids.size()));
    }
    file.path("added_tokens")
        .forEach(token -> ids.put(token.path("content").asText(), id(token.path("id"))));
    return ids;
  }

  private int id(JsonNode id) {
    if (!id.isInt() || id.intValue() < 0) {
      throw mistake("a token has the id " + id + ", no whole number from 0");
    }
    return id.intValue();
  }

  private static int first(Map<String, Integer> ids, String... names) {
    for (String name : names) {
      if (ids.containsKey(name)) {
        return ids.get(name);
      }
    }
    return Vocabulary.NONE;
  }

  private UserMistake mistake(String reason) {
    return new UserMistake(
        "Tokenizer '%s': %s; expected a tokenizer.json as Hugging Face writes it."
                .formatted(where, reason)
            + " Save it again or name another file.");
  }
}
