package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.OperatorCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Places along an axis that holds the batch, written down for one batch size. Where they are the
 * same within each text or image, and each reads its own, any batch can be read so.
 *
 * @param places with a leading axis as long as the file's batch
 * @param batch the file's
 * @param inner how many places each text or image has
 */
record PlacesWithin(Constant places, long batch, long inner) {

  /** Rows of {@code x}, float[N * inner, ...], as {@code Gather} along axis 0 would give them. */
  static Value gather(OperatorCall call, Value x, Constant places) {
    Dim rows = x.shape().dim(0);
    Dim batch = call.setting().batch();
    long inner = rows.perSample() / batch.perSample();
    Constant own =
        Optional.of(call.setting().fileBatch())
            .filter(file -> file.isPresent() && rows.equals(batch.times(inner)))
            .flatMap(file -> new PlacesWithin(places, file.getAsLong(), inner).ofEach())
            .orElseThrow(
                () ->
                    call.refuse(
                        "it picks single images of the batch",
                        "Each image must be treated alike."));
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    dims.set(0, Dim.of(inner));
    dims.add(0, batch);
    return SlicingRules.innerTable(call.g(), call.g().reshape(x, new Shape(dims)), 1, own);
  }

  /** The places within one; empty if they differ, or leave it. */
  private Optional<Constant> ofEach() {
    if (places.rank() == 0 || places.extents()[0] != batch) {
      return Optional.empty();
    }
    int count = (int) (places.size() / batch);
    for (int i = 0; i < places.size(); i++) {
      double within = places.at(i % count).fixed();
      long example = i / count;
      double expected = within + example * inner;
      if (within < 0 || within >= inner || places.at(i).fixed() != expected) {
        return Optional.empty();
      }
    }
    long[] extents = Arrays.copyOfRange(places.extents(), 1, places.rank());
    return Optional.of(places.select(extents, i -> i));
  }
}
