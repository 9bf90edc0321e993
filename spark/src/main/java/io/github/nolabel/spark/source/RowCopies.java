package io.github.nolabel.spark.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.source.ImageFile;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Images of row groups in any order. The first image of a group that is asked for has all of the
 * group copied into a file on this machine's disk, where the others are found; what that may not
 * hold is read anew. All who read the same data in one process share the file. Thread-safe.
 */
final class RowCopies {

  /** The key of an address that says how large the file may become. */
  static final String KEY = "scratch";

  private static final long GIGABYTE = 1_000_000_000L;
  private static final String STANDARD = "20";

  private static final Map<String, WeakReference<RowCopies>> SHARED = new HashMap<>();

  private final List<RowGroup> groups;
  private final long most;
  private final ScratchFile file = new ScratchFile();
  private final AtomicReferenceArray<long @Nullable []> places;
  private @Nullable Recent recent;

  RowCopies(List<RowGroup> groups, long most) {
    this.groups = groups;
    this.most = most;
    this.places = new AtomicReferenceArray<>(groups.size());
  }

  /**
   * Those that others in this process have, if any do.
   *
   * @param notices is told if the file will not hold all
   */
  static RowCopies of(
      SourceAddress address, String fingerprint, List<RowGroup> groups, Consumer<String> notices) {
    long most = most(address);
    long all = groups.stream().mapToLong(RowGroup::bytes).sum();
    if (all > most) {
      notices.accept(
          "The images of '%s' take about %.1f GB, of which a copy on this machine's disk may hold %.1f: the others are slow, since each has a row group of %.1f MB read. Raise ?%s=GB if the disk has room."
              .formatted(
                  address.text(),
                  all / (double) GIGABYTE,
                  most / (double) GIGABYTE,
                  all / 1e6 / groups.size(),
                  KEY));
    }
    return shared(address.text() + fingerprint, groups, most);
  }

  private static RowCopies shared(String key, List<RowGroup> groups, long most) {
    synchronized (SHARED) {
      SHARED.values().removeIf(copies -> copies.get() == null);
      @Nullable WeakReference<RowCopies> known = SHARED.get(key);
      @Nullable RowCopies copies = known == null ? null : known.get();
      if (copies == null) {
        copies = new RowCopies(groups, most);
        SHARED.put(key, new WeakReference<>(copies));
      }
      return copies;
    }
  }

  private static long most(SourceAddress address) {
    String written = address.option(KEY).orElse(STANDARD);
    if (!written.matches("\\d{1,6}")) {
      throw new UserMistake(
          "Data source '%s': %s=%s; expected a whole number of gigabytes, 0 for none."
              .formatted(address.text(), KEY, written));
    }
    return Long.parseLong(written) * GIGABYTE;
  }

  /** An encoded image, read when asked for; broken if the row has none. */
  ImageFile.Content image(int group, int row) {
    return () -> read(group, row);
  }

  private byte[] read(int group, int row) throws IOException {
    long @Nullable [] known = places.get(group);
    byte[] image = known == null ? first(group, row) : file.read(known[row], known[row + 1]);
    if (image.length == 0) {
      throw new IOException("there is no image in this row");
    }
    return image;
  }

  private synchronized byte[] first(int group, int row) {
    long @Nullable [] known = places.get(group);
    if (known != null) {
      return file.read(known[row], known[row + 1]);
    }
    if (file.length() + groups.get(group).bytes() > most) {
      return recent(group).images().get(row);
    }
    long[] copied = copied(groups.get(group));
    places.set(group, copied);
    return file.read(copied[row], copied[row + 1]);
  }

  private long[] copied(RowGroup group) {
    long[] starts = new long[group.words().size() + 1];
    starts[0] = file.length();
    int[] row = {0};
    group.read(image -> starts[++row[0]] = file.append(image));
    return starts;
  }

  private Recent recent(int group) {
    @Nullable Recent last = recent;
    if (last != null && last.group() == group) {
      return last;
    }
    recent = null;
    List<byte[]> images = new ArrayList<>();
    groups.get(group).read(images::add);
    Recent read = new Recent(group, images);
    recent = read;
    return read;
  }

  private record Recent(int group, List<byte[]> images) {}
}
