package io.github.nolabel.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is looked for, and how much of it. */
final class Query {

  private static final int MOST = 1000;
  private static final String USUAL = "24";
  private static final int LONGEST_TEXT = 10_000;
  private static final String SENT = "the image that was sent";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final float[] vector;
  private final int k;

  private Query(float[] vector, int k) {
    this.vector = vector;
    this.k = k;
  }

  /**
   * Reads a request: the bytes of an image, or JSON with {@code text} or {@code image}.
   *
   * @throws HttpFault 400 if it is neither
   */
  static Query read(Request request, SearchIndex index) throws IOException {
    int k = request.number("k", USUAL, 1, MOST);
    if (!request.isJson()) {
      return new Query(picture(request, index), k);
    }
    JsonNode json = json(request.body());
    return new Query(vector(json, index), k(json, k));
  }

  /** The images that it finds, the best first. */
  List<SearchIndex.Hit> in(SearchIndex index) {
    return index.nearest(vector, k);
  }

  /** The unit vector of the image whose bytes were sent. */
  static float[] picture(Request request, SearchIndex index) throws IOException {
    if (request.isForm()) {
      throw new HttpFault(
          400, "A form was sent; send the bytes of the image alone (curl --data-binary @FILE).");
    }
    byte[] body = request.body();
    if (body.length == 0) {
      throw new HttpFault(400, "Nothing was sent; send the bytes of an image.");
    }
    return index.embed(SENT, body);
  }

  private static JsonNode json(byte[] body) throws IOException {
    try {
      JsonNode json = MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
      if (json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new HttpFault(400, "The body is no JSON: %s.".formatted(e.getOriginalMessage()));
    }
    throw new HttpFault(400, "The body is no JSON object; send {\"text\": \"a red square\"}.");
  }

  private static int k(JsonNode json, int otherwise) {
    JsonNode k = json.path("k");
    if (k.isMissingNode()) {
      return otherwise;
    }
    if (!k.isInt() || k.intValue() < 1 || k.intValue() > MOST) {
      throw Request.outside("k", k.asText(), 1, MOST);
    }
    return k.intValue();
  }

  private static float[] vector(JsonNode json, SearchIndex index) {
    requireKnown(json);
    if (json.has("text") == json.has("image")) {
      throw new HttpFault(400, "Give either text or image, the number of an image; or send one.");
    }
    return json.has("text") ? text(json.get("text"), index) : image(json.get("image"), index);
  }

  private static void requireKnown(JsonNode json) {
    List<String> known = List.of("text", "image", "k");
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new HttpFault(
                    400, "'%s' is unknown; there is text, image and k.".formatted(name));
              }
            });
  }

  private static float[] text(JsonNode text, SearchIndex index) {
    if (!index.readsTexts()) {
      throw new HttpFault(
          400,
          "This model reads no texts; send an image, or serve a run of images and captions such as clip.");
    }
    String words = text.asText().strip();
    if (!text.isTextual() || words.isEmpty() || words.length() > LONGEST_TEXT) {
      throw new HttpFault(
          400, "text must be words, at most %,d characters.".formatted(LONGEST_TEXT));
    }
    return index.embed(words);
  }

  private static float[] image(JsonNode image, SearchIndex index) {
    float[] row = image.isInt() ? index.row(image.intValue()) : null;
    if (row == null) {
      throw new HttpFault(
          400, "There is no image '%s'; send the number of one.".formatted(image.asText()));
    }
    return row;
  }
}
