package io.github.nolabel.fragment.layer;

import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.List;
import java.util.stream.IntStream;

/** So many equal blocks, one after the other; what they see is the same for all. */
public record ContextBlocks(ContextBlock block, int depth) {

  public ContextBlock.Attached attach(Scope scope) {
    List<ContextBlock.Attached> blocks =
        IntStream.range(0, depth)
            .mapToObj(i -> block.attach(scope.child("blocks/" + i).below(depth - i)))
            .toList();
    return (x, seen) -> {
      Value y = x;
      for (ContextBlock.Attached attached : blocks) {
        y = attached.apply(y, seen);
      }
      return y;
    };
  }
}
