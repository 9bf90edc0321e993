package io.github.nolabel.runtime.kernels.formula;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets small weights of equal extents share a formula: a network has dozens of vectors, and to call
 * a kernel takes longer than to update one.
 */
final class SmallDrafts {

  /** Numbers of a weight that is small. */
  private static final long SMALL = 1 << 12;

  private SmallDrafts() {}

  /** The same updates in fewer drafts, each as large as the operator takes. */
  static List<FormulaDraft> joined(List<FormulaDraft> drafts) {
    List<FormulaDraft> joined = new ArrayList<>();
    Map<List<Long>, FormulaDraft> open = new LinkedHashMap<>();
    for (FormulaDraft draft : drafts) {
      List<Long> extents = draft.extents();
      FormulaDraft before = open.get(extents);
      if (GroupedUpdates.numbers(extents) > SMALL) {
        joined.add(draft);
      } else if (before == null) {
        open.put(extents, draft);
      } else if (before.and(draft).fits()) {
        open.put(extents, before.and(draft));
      } else {
        joined.add(before);
        open.put(extents, draft);
      }
    }
    joined.addAll(open.values());
    return joined;
  }
}
