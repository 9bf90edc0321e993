package io.github.nolabel.runs.watch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * TensorFlow's event format, as far as scalars need it: records of a length, the contents and
 * masked CRC-32C sums of both; the contents are {@code Event} messages in protobuf's wire format.
 */
final class EventRecords {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int EVENT_SESSION_LOG = 7;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;
  private static final int SESSION_STATUS = 1;
  private static final int SESSION_START = 1;

  private EventRecords() {}

  /** The event that every file begins with. */
  static byte[] fileVersion(double wallTime) {
    ByteArrayOutputStream event = event(wallTime, 0);
    bytes(event, EVENT_FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.US_ASCII));
    return event.toByteArray();
  }

  /** Tells readers that earlier events of this step and later ones no longer hold. */
  static byte[] sessionStart(double wallTime, long step) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    tag(log, SESSION_STATUS, VARINT);
    varint(log, SESSION_START);
    ByteArrayOutputStream event = event(wallTime, step);
    bytes(event, EVENT_SESSION_LOG, log.toByteArray());
    return event.toByteArray();
  }

  /** One event with a number per tag. */
  static byte[] scalars(double wallTime, long step, Map<String, Double> values) {
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    values.forEach(
        (name, number) -> {
          ByteArrayOutputStream value = new ByteArrayOutputStream();
          bytes(value, VALUE_TAG, name.getBytes(StandardCharsets.UTF_8));
          tag(value, VALUE_SIMPLE, FIXED32);
          value.writeBytes(little(4).putFloat(number.floatValue()).array());
          bytes(summary, SUMMARY_VALUE, value.toByteArray());
        });
    ByteArrayOutputStream event = event(wallTime, step);
    bytes(event, EVENT_SUMMARY, summary.toByteArray());
    return event.toByteArray();
  }

  /** The record of one event. */
  static byte[] framed(byte[] event) {
    byte[] length = little(8).putLong(event.length).array();
    return little(16 + event.length)
        .put(length)
        .putInt(maskedSum(length))
        .put(event)
        .putInt(maskedSum(event))
        .array();
  }

  /** CRC-32C, rotated and shifted so that sums of data that holds sums stay meaningful. */
  static int maskedSum(byte[] data) {
    CRC32C sum = new CRC32C();
    sum.update(data);
    return Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
  }

  private static ByteArrayOutputStream event(double wallTime, long step) {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    tag(event, EVENT_WALL_TIME, FIXED64);
    event.writeBytes(little(8).putDouble(wallTime).array());
    tag(event, EVENT_STEP, VARINT);
    varint(event, step);
    return event;
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] contents) {
    tag(out, field, BYTES);
    varint(out, contents.length);
    out.writeBytes(contents);
  }

  private static void tag(ByteArrayOutputStream out, int field, int wireType) {
    varint(out, (long) field << 3 | wireType);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
