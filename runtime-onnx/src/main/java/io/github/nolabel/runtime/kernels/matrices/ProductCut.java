package io.github.nolabel.runtime.kernels.matrices;

/** What threads share of a product: each takes a part of some size from some place on. */
record ProductCut(ProductShape shape, Side side) {

  /** How often the longer side of the result goes into what is added up. */
  private static final long DEEP = 2;

  /** What is cut. */
  enum Side {
    MATRICES,
    ROWS,
    COLUMNS,
    DEPTH
  }

  /**
   * @param addsUp whether what is added up may be cut
   */
  static ProductCut of(ProductShape shape, boolean addsUp) {
    return new ProductCut(shape, side(shape, addsUp));
  }

  private static Side side(ProductShape shape, boolean addsUp) {
    if (!shape.isOneMatrix()) {
      return Side.MATRICES;
    }
    long longer = Math.max(shape.a().rows(), shape.b().columns());
    if (addsUp && shape.depth() >= DEEP * longer) {
      return Side.DEPTH;
    }
    return shape.a().rows() == longer ? Side.ROWS : Side.COLUMNS;
  }

  boolean is(Side other) {
    return side == other;
  }

  long extent() {
    return switch (side) {
      case MATRICES -> shape.y().extents().get(0);
      case ROWS -> shape.a().rows();
      case COLUMNS -> shape.b().columns();
      case DEPTH -> shape.depth();
    };
  }

  Matrices a(long size) {
    return switch (side) {
      case MATRICES, ROWS -> shape.a().part(0, size);
      case COLUMNS -> shape.a();
      case DEPTH -> shape.a().part(1, size);
    };
  }

  Matrices b(long size) {
    return switch (side) {
      case MATRICES, DEPTH -> shape.b().part(0, size);
      case ROWS -> shape.b();
      case COLUMNS -> shape.b().part(1, size);
    };
  }

  Matrices y(long size) {
    return switch (side) {
      case MATRICES, ROWS -> shape.y().part(0, size);
      case COLUMNS -> shape.y().part(1, size);
      case DEPTH -> shape.y();
    };
  }

  /** Numbers of a before this place. */
  long beginOfA(long begin) {
    return switch (side) {
      case MATRICES, ROWS -> shape.a().offset(0, begin);
      case COLUMNS -> 0;
      case DEPTH -> shape.a().offset(1, begin);
    };
  }

  long beginOfB(long begin) {
    return switch (side) {
      case MATRICES, DEPTH -> shape.b().offset(0, begin);
      case ROWS -> 0;
      case COLUMNS -> shape.b().offset(1, begin);
    };
  }

  /** Of a vector that is added to all rows. */
  long beginOfBias(long begin) {
    return is(Side.COLUMNS) ? begin : 0;
  }

  long beginOfY(long begin) {
    return switch (side) {
      case MATRICES, ROWS -> shape.y().offset(0, begin);
      case COLUMNS -> shape.y().offset(1, begin);
      case DEPTH -> 0;
    };
  }
}
