package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Shape;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Finds the batch in the target of a reshape that was written down for one batch size. The elements
 * keep their order, so the batch begins where it began, or after what was joined with it.
 *
 * @param own the operand, with a batch axis
 * @param target all extents as in the file
 * @param batch the file's batch size
 */
record BatchPlace(Shape own, Shape target, long batch) {

  int axis() {
    int from =
        IntStream.range(0, own.rank()).filter(a -> !own.dim(a).isFixed()).findFirst().orElse(0);
    long before = new Shape(own.dims().subList(0, from)).elements().extent();
    long joined = before * own.dim(from).perSample();
    Shape rest = new Shape(own.dims().subList(from + 1, own.rank()));
    return first(a -> target.extent(a) == batch && prefix(a) == before)
        .or(() -> first(a -> target.extent(a) == batch && prefix(a) == joined))
        .or(() -> first(a -> target.rank() == 2 && a == 0 && target.extent(0) == before * batch))
        .or(() -> first(a -> rest.rank() > 0 && rest.dims().equals(suffix(a).dims())))
        .or(() -> first(a -> prefix(a) == before))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no axis of %s can hold the batch of %s; export with a dynamic batch axis"
                        .formatted(target, own)));
  }

  private Optional<Integer> first(IntPredicate holds) {
    return IntStream.range(0, target.rank())
        .filter(axis -> target.extent(axis) % batch == 0)
        .filter(holds)
        .boxed()
        .findFirst();
  }

  private long prefix(int axis) {
    return new Shape(target.dims().subList(0, axis)).elements().extent();
  }

  private Shape suffix(int axis) {
    return new Shape(target.dims().subList(axis + 1, target.rank()));
  }
}
